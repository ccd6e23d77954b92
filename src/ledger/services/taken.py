"""How sheets are to be taken in, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.base.errors import LedgerError
from ledger.base.text import clip, visible
from ledger.dates.day import long_day, weekday
from ledger.model.fields import label_of
from ledger.model.lifecycle import STEPS
from ledger.model.task import Task
from ledger.reports.conversions import Conversion
from ledger.reports.entry_words import words_of
from ledger.services.comparing import Difference
from ledger.services.sheets import Place


class Rejection(NamedTuple):
    """A row that cannot be taken: where it stands, and what is wrong with it."""

    where: str
    error: LedgerError


class RejectedRows(LedgerError):
    """Sheets with bad rows; `rejections` has every one of them."""

    def __init__(self, rejections: list[Rejection]) -> None:
        super().__init__(f"有 {len(rejections)} 行不能导入", "请改正以上各行后重新导入")
        self.rejections = rejections
        self.exit_code = rejections[0].error.exit_code


class Manner(NamedTuple):
    """How rows are taken in: `assigned_on` fills a missing 交办日期, `year` is meant by a date without one (None: the
    ledger's), `update` brings what differs into the ledger, of what was changed there since only the fields that
    `overwrite` names by their options; a `trial` does so too and hands back what it refused. `closed_on` is the day of
    what is done without a 销号日期: a day, or 时限 for that of its deadline (None: today)."""

    assigned_on: str | None = None
    year: int | None = None
    update: bool = False
    trial: bool = False
    closed_on: str | None = None
    overwrite: frozenset[str] = frozenset()


class ChangedRow(NamedTuple):
    """A row that differs, with its task's code and title (or a recurring duty's); `extends` when its deadline does."""

    place: Place
    code: str
    title: str
    differences: list[Difference]
    extends: bool


@dataclass
class Taken:
    """What was taken in: `registered` are the new tasks by number, `updated` the others that were changed; `changed`
    has every row that differs, updated or not, `left` what of rows is not taken because it was changed in the ledger
    since or an earlier row says otherwise; `closed` counts closings, `closing` is what became of them."""

    registered: list[tuple[Place, int]] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    changed: list[ChangedRow] = field(default_factory=list)
    left: list[ChangedRow] = field(default_factory=list)
    same: int = 0
    closed: int = 0
    closing: str = STEPS["close"].word
    rejections: list[Rejection] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)


def conversion_of(line: int | str, words: str, task: Task, remarks: Sequence[str]) -> Conversion:
    """What the words of a row's deadline became in its task."""
    day = "" if task.due_on is None else f"{long_day(task.due_on)} {weekday(task.due_on)}"
    if task.series is not None:
        meaning = f"循环任务{task.series},最近一期 {day}"
    else:
        grace = f",宽限{task.grace_days}天" if task.grace_days else ""
        meaning = f"{day}{grace}" if day else "无期限"
    return Conversion(line, task.code, task.title, words, meaning, ";".join(remarks))


def left_words(row: ChangedRow, *, since: bool) -> str:
    """What of a row is not taken, told: because the ledger was changed `since`, else because an earlier row says it."""
    cells = ";".join(
        f"{label_of(one.field)} 台账为 {words_of(one.field, one.before)},表中为 {words_of(one.field, one.after)}"
        for one in row.differences
    )
    why = "台账此后改过,未按表改动,以表为准用 --overwrite" if since else "同一件事以先取的一行为准,这一行未取"
    return f"{row.place.words()} {visible(row.code)}:{clip(visible(cells), 200)};{why}"
