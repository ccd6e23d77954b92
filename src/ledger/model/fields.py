"""The fields of a task: the one place that says what each is.

`FIELDS` stands in the order of the office's ledger sheet. From it follow the columns of the store, the limits and kinds
that entries are held to, the options of commands and batches, the headings and columns of sheets and lists, and what a
series hands on to its periods. The attributes of `model.task.Task` are named alike; a test holds the two together.
"""

import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What a field holds: in the journal and the store as JSON has it, in memory as `Task` does."""

    TEXT = auto()
    CODE = auto()
    NAMES = auto()  # a list of texts
    FLAG = auto()
    DAY = auto()
    NUMBER = auto()  # from 0
    PERCENT = auto()
    QUOTA = auto()  # JSON text of `model.quota`
    STATUS = auto()
    SLIP = auto()  # the colour of an urging, of `model.task.SLIP_WORDS`
    PROBLEMS = auto()
    OWN = auto()  # the office's own columns: name → text
    DERIVED = auto()  # not stored: it follows from the day of reading


class Field(NamedTuple):
    """`name` is the column and the JSON key; `label` the office's name, as it heads a column or names a wrong value.

    `option` is the long option that sets it, "" for none; `limit` the longest text in characters. What is `given` a
    registration says and a correction may change; what is `handed` on, a series gives its periods. `sheet` is the kind
    of its column in the ledger's whole line (`reports.report.Column`), "" where it has none; `size` bounds its column
    in the store.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    option: str = ""
    limit: int = 0
    given: bool = False
    handed: bool = False
    required: bool = False
    multiline: bool = False
    sheet: str = ""
    size: int = 0

    @property
    def attribute(self) -> str:
        """Its name in `Task`: `with` is a word of Python's own."""
        return "with_units" if self.name == "with" else self.name


def _text(name: str, label: str, limit: int, sheet: str = "name", *, required: bool = False, size: int = 0) -> Field:
    """A text that a clerk gives and a series hands on."""
    return Field(
        name, label, Kind.TEXT, name, limit, True, True, required, sheet == "text" and not required, sheet, size
    )


def _day(name: str, label: str, option: str = "", *, given: bool = False, sheet: str = "") -> Field:
    return Field(name, label, Kind.DAY, option, given=given, sheet=sheet, required=name == "assigned_on")


FIELDS = (
    Field("id", "序号", Kind.NUMBER, required=True),
    Field("code", "编号", Kind.CODE, "code", 60, given=True, required=True, sheet="code", size=100),
    _text("title", "工作任务", 500, "text", required=True),
    _text("unit", "牵头单位", 100, required=True, size=200),
    Field("with", "配合单位", Kind.NAMES, "with", 100, given=True, handed=True, sheet="name"),
    _text("leader", "责任领导", 100),
    _text("owner", "责任人", 100),
    _text("activity", "专项活动", 200),
    _text("stage", "阶段", 100),
    _text("source", "任务来源", 500),
    _text("measure", "具体措施", 2000, "text"),
    Field("key", "重点", Kind.FLAG, "key", given=True, handed=True, sheet="name"),
    Field("flagged", "挂牌督办", Kind.FLAG, given=True),
    _day("assigned_on", "交办日期", "on", given=True, sheet="date"),
    _day("start_on", "开始日期", "start", given=True, sheet="date"),
    Field("due_text", "完成时限", Kind.TEXT, "due_text", 100, given=True, sheet="name"),
    _day("due_on", "截止日期", "due", given=True, sheet="date"),
    Field("status", "状态", Kind.STATUS, sheet="name", size=20),
    Field("light", "灯", Kind.DERIVED, sheet="state"),
    Field("days_left", "剩余天数", Kind.DERIVED, sheet="number"),
    Field("progress", "完成进度", Kind.PERCENT, sheet="number"),
    Field("note", "进展情况", Kind.TEXT, "note", 5000, multiline=True, sheet="text"),
    Field("problem", "存在问题", Kind.DERIVED, sheet="text"),
    _day("original_due_on", "原定时限", given=True, sheet="date"),
    Field("grace_days", "宽限天数", Kind.NUMBER, given=True),
    Field("extensions", "延期次数", Kind.NUMBER, sheet="number"),
    _day("submitted_on", "申请销号日期", sheet="date"),
    _day("closed_on", "销号日期", sheet="date"),
    _day("flag_until", "挂牌到"),
    Field("urges", "催办次数", Kind.NUMBER, sheet="number"),
    _day("urged_on", "最近催办", sheet="date"),
    Field("slip", "催办单", Kind.SLIP, size=10),
    _text("feedback", "反馈周期", 100),
    _day("reported_on", "最近反馈", sheet="date"),
    Field("part_of", "所属事项", Kind.NUMBER, given=True),
    Field("evidence", "佐证件数", Kind.NUMBER, sheet="number"),
    Field("highlight", "亮点", Kind.FLAG),
    Field("origin", "来源事项", Kind.TEXT, limit=200, given=True),
    Field("tags", "标签", Kind.NAMES, "tags", 30, given=True, handed=True, sheet="name"),
    Field("quota", "数量要求", Kind.QUOTA, given=True),
    Field("tally", "已有数量", Kind.NUMBER),
    Field("series", "循环任务", Kind.NUMBER),
    _day("occurrence_on", "期首"),
    _day("last_day", "最后一天"),
    _day("original_last_day", "原定最后一天"),
    _day("binding_last_day", "按期与否的最后一天"),
    Field("extended_late", "逾期后延期", Kind.FLAG),
    _day("stepped_on", "状态变动日期"),
    Field("status_seq", "状态变动的记录", Kind.NUMBER),
    Field("problems", "突出问题", Kind.PROBLEMS),
    Field("own", "自定列", Kind.OWN),
)

BY_NAME = {field.name: field for field in FIELDS}
ATTRIBUTES = {field.name: field.attribute for field in FIELDS}
LABELS = {field.name: field.label for field in FIELDS}
LIMITS = {field.name: field.limit for field in FIELDS if field.kind is Kind.TEXT and field.handed}
"""The longest text, in characters, of each field that is a text of the clerk's."""

NOTE_LIMIT, DUE_LIMIT, CODE_LIMIT = (BY_NAME[name].limit for name in ("note", "due_text", "code"))
OWN = "field:"
"""Before the name of a column of the office's own (自定列), in options and `changes`: there each is a field."""

OWN_LIMIT, MOST_TAGS = 500, 20
OWN_NAME_LIMIT, MOST_OWN = 30, 50
"""Characters of an own column's value and tags of a task; characters of a column's name and columns of a ledger."""

MOST_COUNTED = 10_000
"""The most that one count towards a quota may bring."""


def named(*kinds: Kind) -> frozenset[str]:
    """The names of the stored fields of these kinds."""
    return frozenset(field.name for field in FIELDS if field.kind in kinds)


def label_of(name: str) -> str:
    """The office's name of a field, one of its own columns among them."""
    return LABELS.get(name) or name.removeprefix(OWN)


def options_named() -> dict[str, str]:
    """Every name of what a clerk may set → its option: the option itself, the column, the office's name."""
    return {name: field.option for field in FIELDS if field.option for name in (field.name, field.label, field.option)}


def choices_named(choices: Iterable[str]) -> dict[str, str]:
    """Choices that are fields, by every name: `due` is called 完成时限 and 截止日期, `closed` 销号日期."""
    found: dict[str, str] = {}
    for field in FIELDS:
        for name in {field.option, field.name, re.sub("_(on|text)$", "", field.name)}.intersection(choices):
            found |= dict.fromkeys((field.label, field.name, name), name)
    return found
