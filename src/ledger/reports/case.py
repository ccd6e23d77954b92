"""The file of one task (案卷): its documents in their order, and what an archive wants beside them.

The fields of the contents (卷内目录) are those of the offices' own forms; what closes the task comes first, then what
was done, how it was given out, the rest.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree

from ledger.base.text import visible
from ledger.dates.day import long_day
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Report, Row, Section

SUMS, PROOF, VERIFIER = "SHA256SUMS", "证明.json", "核验.py"
COVER, CONTENTS, LAST = "封面", "卷内目录", "备考表"
CONTENTS_FILE = f"{CONTENTS}.xml"
FIELDS = ("顺序号", "文号", "责任者", "题名", "日期", "页数", "备注")
FILE, TASK = "文件名", "事项编号"
"""What a file is called in the XML of the contents, beside the fields; and the code of the task, at its root."""


class Item(NamedTuple):
    """A document of a file: its 文号, who answers for it, what it is called and of which day, its pages if they are
    known; and the names of its files."""

    document: str | None
    author: str
    title: str
    on: date
    remark: str = ""
    pages: int | None = None
    files: tuple[str, ...] = ()

    def row(self, number: int) -> tuple[int, str | None, str, str, date, int | None, str | None]:
        return (number, self.document, self.author, self.title, self.on, self.pages, self.remark or None)


class Tested(NamedTuple):
    """One of 四性: what was looked at, and what was found."""

    name: str
    what: str
    result: str


def cover(task: Task, items: Sequence[Item], anchor: str, today: date, rules: Rules) -> Report:
    """封面."""
    closed = task.closed_on or today
    fields: list[Row] = [
        ("案卷题名", f"{task.unit}关于{task.title}的办理材料"),
        (TASK, task.code),
        ("立卷单位", rules.office or rules.name),
        ("牵头单位", task.unit),
        *([("专项活动", task.activity)] if task.activity else []),
        ("起止日期", f"{long_day(task.assigned_on)}至{long_day(closed)}"),
        ("归档年度", str(closed.year)),
        ("卷内件数", f"{len(items)}件"),
        ("保管期限", ""),
        ("档号", ""),
        ("台账锚点", anchor),
    ]
    return _page(f"案卷{COVER}", task, today, rules, [Section("", _PAIR, fields)])


def contents(task: Task, items: Sequence[Item], today: date, rules: Rules) -> Report:
    """卷内目录 as a document."""
    rows: list[Row] = []
    for at, item in enumerate(items, start=1):
        number, document, author, title, on, pages, remark = item.row(at)
        rows.append((number, document, author, title, long_day(on), pages, remark))  # read when the year is not plain
    return _page(CONTENTS, task, today, rules, [Section("", _COLUMNS, rows)])


def contents_xml(task: Task, items: Sequence[Item], today: date, rules: Rules) -> bytes:
    """卷内目录 for the archive's own program."""
    root = ElementTree.Element(
        CONTENTS,
        {
            TASK: visible(task.code),
            "题名": visible(task.title),
            "立卷单位": visible(rules.office or rules.name),
            "立卷日期": today.isoformat(),
        },
    )
    for number, item in enumerate(items, start=1):
        document = ElementTree.SubElement(root, "文件")
        for name, value in zip(FIELDS, item.row(number), strict=True):
            ElementTree.SubElement(document, name).text = "" if value is None else visible(str(value))
        for file in item.files:
            ElementTree.SubElement(document, FILE).text = file
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, "unicode")}\n'.encode()


def last_page(
    task: Task, items: Sequence[Item], tested: Sequence[Tested], actor: str, today: date, rules: Rules
) -> Report:
    """备考表, with what was found of 四性."""
    fields: list[Row] = [
        ("本卷情况", f"共{len(items)}件,各文件的 SHA-256 见包内 {SUMS};记录可用本目录的 {VERIFIER} 核验 {PROOF}"),
        ("立卷人", actor),
        ("检查人", ""),
        ("立卷日期", long_day(today)),
    ]
    sections = [Section("", _PAIR, fields), Section("四性检测", _TESTED, [tuple(one) for one in tested])]
    return _page(LAST, task, today, rules, sections)


_PAIR = (Column("项目", "name"), Column("内容"))
_TESTED = (Column("项目", "name"), Column("检测内容"), Column("结果"))
_COLUMNS = (
    Column("顺序号", "number"),
    Column("文号", "name"),
    Column("责任者", "name"),
    Column("题名"),
    Column("日期", "code"),
    Column("页数", "number"),
    Column("备注", "name"),
)


def _page(title: str, task: Task, today: date, rules: Rules, sections: list[Section]) -> Report:
    return Report(f"{title}  {task.code} {task.title}", rules.name, moment_of(today, None), today, sections=sections)
