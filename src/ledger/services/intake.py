"""Taking in the rows of a sheet: all registered in one transaction, or every bad row named and none taken."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ledger.base.errors import LedgerError
from ledger.dates.day import long_day, weekday
from ledger.model.rules import year_meant
from ledger.model.task import Task
from ledger.services import tasks
from ledger.services.deadlines import past_day
from ledger.store.journal import Journal

_FLUSH_EVERY = 2000


class Rejection(NamedTuple):
    """A row that cannot be taken: where it stands (line and column), and what is wrong with it."""

    where: str
    error: LedgerError


class Conversion(NamedTuple):
    """What a deadline in words became: the row's line, the task, the words, the meaning, what to look at."""

    line: int
    code: str
    title: str
    words: str
    meaning: str
    remarks: str


class Intake(NamedTuple):
    """What was taken in: the numbers of the tasks, one a row, and every conversion of a deadline in words."""

    numbers: list[int]
    conversions: list[Conversion]


class RejectedRows(LedgerError):
    """A sheet with bad rows; `rejections` has every one of them."""

    exit_code = 2

    def __init__(self, rejections: list[Rejection]) -> None:
        super().__init__(f"有 {len(rejections)} 行不能导入", "请改正以上各行后重新导入")
        self.rejections = rejections
        self.exit_code = rejections[0].error.exit_code


def register_rows(
    journal: Journal,
    rows: Iterable[tuple[int, Mapping[str, Any], Mapping[str, str]]],
    assigned_on: str | None,
    advance: Callable[[int], None],
    year: int | None = None,
) -> Intake:
    """Register rows of (line, options, option → its heading); `assigned_on` fills a missing 交办日期, `year` is meant
    by a date without one (None: the ledger's).

    What there is to know of a single row stands in its conversion, not among the journal's remarks. Raises `BadValue`
    when `assigned_on` cannot be read, and `RejectedRows` after having looked at every row.
    """
    if assigned_on is not None:
        past_day(journal, assigned_on, year_meant(journal.rules, year))
    taken = Intake([], [])
    said = dict(journal.remarks)
    rejections: list[Rejection] = []
    for place, (line, options, headings) in enumerate(rows, start=1):
        filled = {"year": year, **({} if assigned_on is None else {"on": assigned_on}), **options}
        try:
            task = tasks.add(journal, filled)
            taken.numbers.append(task.id)
            if not _is_exact(options.get("due", "")):
                taken.conversions.append(
                    _conversion(line, options["due"], task, [text for text in journal.remarks if text not in said])
                )
        except LedgerError as error:
            heading = headings.get(error.option)
            rejections.append(Rejection(f"第{line}行" + (f"“{heading}”列" if heading else ""), error))
        journal.remarks = dict(said)
        if place % _FLUSH_EVERY == 0:
            journal.flush()
            advance(_FLUSH_EVERY)
    if rejections:
        raise RejectedRows(rejections)
    return taken


def _is_exact(text: str) -> bool:
    """Whether a deadline is no words: a day in figures, or nothing."""
    return text.isascii()


def _conversion(line: int, words: str, task: Task, remarks: Iterable[str]) -> Conversion:
    day = "" if task.due_on is None else f"{long_day(task.due_on)} {weekday(task.due_on)}"
    if task.series is not None:
        meaning = f"循环任务{task.series},最近一期 {day}"
    else:
        grace = f",宽限{task.grace_days}天" if task.grace_days else ""
        meaning = f"{day}{grace}" if day else "无期限"
    return Conversion(line, task.code, task.title, words, meaning, ";".join(remarks))
