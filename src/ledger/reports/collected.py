"""What became of the forms of one import, file by file."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from ledger.base.text import visible
from ledger.model.rules import Rules
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Report, Section

_WORDS = {"taken": "已导入", "known": "此前已导入", "refused": "未导入"}
_TRIED = {"taken": "可导入", "known": "此前已导入", "refused": "不能导入"}
_COLUMNS = (
    Column("文件", "name"),
    Column("单位", "name"),
    Column("结果", "name"),
    Column("更新", "number"),
    Column("申请销号", "number"),
    Column("未采用", "number"),
    Column("原因"),
)


class Fault(NamedTuple):
    """What kept a form or a cell out: where it stands (empty: the file as a whole), what it is, what to do."""

    where: str
    what: str
    hint: str


class Outcome(NamedTuple):
    """What became of one file: `updated` and `submitted` count tasks, `left` tells the cells in which the ledger
    prevailed, `faults` why it was refused."""

    file: str
    unit: str | None
    round: str | None
    result: Literal["taken", "known", "refused"]
    updated: int = 0
    submitted: int = 0
    left: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()


def outcome_object(outcome: Outcome) -> dict[str, Any]:
    """For programs: the keys are the names of the attributes."""
    cells = {"left": outcome.left, "faults": outcome.faults}
    return outcome._asdict() | {name: [one._asdict() for one in found] for name, found in cells.items()}


def collected_report(outcomes: Sequence[Outcome], today: date, rules: Rules, *, trial: bool) -> Report:
    """For people: a line per file."""
    words = _TRIED if trial else _WORDS
    rows = [
        (
            visible(one.file),
            visible(one.unit or ""),
            words[one.result],
            one.updated,
            one.submitted,
            len(one.left),
            _reason(one.faults),
        )
        for one in outcomes
    ]
    section = Section("", _COLUMNS, [*rows])
    title = "填报表试算情况" if trial else "填报表导入情况"
    return Report(title, rules.name, moment_of(today, None), today, sections=[section])


def _reason(faults: Sequence[Fault]) -> str:
    if not faults:
        return ""
    where, what, _ = faults[0]
    more = f" 等 {len(faults)} 处" if len(faults) > 1 else ""
    return f"{where}:{what}{more}" if where else what


def collected_line(outcomes: Sequence[Outcome], *, trial: bool) -> str:
    """What was taken, in one line."""
    taken = [one for one in outcomes if one.result == "taken"]
    refused = sum(one.result == "refused" for one in outcomes)
    units = "、".join(dict.fromkeys(visible(one.unit or "") for one in taken))
    said = f"{len(taken)} 份填报表{f'({units})' if units else ''}"
    said += f":更新 {sum(one.updated for one in taken)} 件,申请销号 {sum(one.submitted for one in taken)} 件"
    if left := sum(len(one.left) for one in taken):
        said += f";{left} 格以台账为准,没有采用"
    if refused:
        said += f";另有 {refused} 份{'不能' if trial else '未'}导入"
    return ("试算,未写入:" if trial else "已导入 ") + said
