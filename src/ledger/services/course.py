"""What a row of a sheet says of its task's course: progress, a problem, and whether and when it was done."""

import re
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import clean, fold_width, quote, says_no_problem, says_none
from ledger.model.fields import LABELS, NOTE_LIMIT
from ledger.model.rules import year_meant
from ledger.services import deadlines
from ledger.services.fields import Naming, Options, business_day, percent
from ledger.store.journal import Journal

_COURSE = ("note", "outcome", "problem", "progress", "closed_on")
_DONE = frozenset(
    ("已完成", "完成", "全部完成", "按期完成", "已办结", "办结", "已办理", "办毕", "已销号", "销号", "已落实")
) | {"是", "√", "✓", "✔", "100%", "100"}
_DONE_ON = re.compile(
    r"(?:已?于)?(?P<before>.+?)(?:已|全部|按期)*(?:完成|办结|销号)|已?(?:全部|按期)?(?:完成|办结|销号)\((?P<after>[^()]+)\)"
)
"""已于3月8日完成, 3月8日办结, 已完成(3月8日)."""

_LONGEST_DONE = 100
"""Characters of a text that may be one of these: the pattern takes time by the square of them."""

_UNDONE = ("未", "尚未", "正在", "没有")
_NOT_DONE = frozenset(("否", "×"))
"""What 完成情况 says of a task in hand, beside the marks for none."""


class Closing(NamedTuple):
    """A closing that the sheet states; without a 销号日期 it is `on` today, and not `dated`."""

    on: date
    dated: bool
    note: str | None


class Course(NamedTuple):
    """What a row says of the task's course: texts of progress, a problem, a percentage, a closing."""

    said: tuple[str, ...] = ()
    problem: str | None = None
    progress: int | None = None
    closing: Closing | None = None


def registration(options: Options) -> dict[str, Any]:
    """The options that register a task; the others tell its course."""
    return {name: value for name, value in options.items() if name not in _COURSE}


def course_of(journal: Journal, options: Options) -> Course:
    """What a row says of the course of its task. Raises `BadValue`, `Refused` for a closing after today."""
    note, outcome = _text(options, "note", LABELS["note"]), _text(options, "outcome", "完成情况")
    problem, progress = _text(options, "problem", LABELS["problem"]), options.get("progress")
    if progress is not None:
        with Naming("progress"):
            percent(progress)
    closing, done_on = None, _done_on(journal, outcome, options)
    says_done = done_on is not None or _says_done(outcome)
    if options.get("closed_on") or says_done:
        if outcome is not None and outcome.startswith(_UNDONE):
            raise _in("outcome", BadValue(f"完成情况{quote(outcome)}与销号日期不符", "请改正其中一处"))
        day = _closing_day(journal, options) if options.get("closed_on") or done_on is None else done_on
        dated = bool(options.get("closed_on")) or done_on is not None
        closing = Closing(day, dated, None if says_done else outcome)
        outcome = None
    said = tuple(dict.fromkeys(text for text in (note, outcome) if text is not None))
    return Course(said, problem, progress, closing)


def _text(options: Options, name: str, label: str) -> str | None:
    text = options[name].strip() if options.get(name) else ""
    if not text or _says_nothing(name, text):
        return None
    with Naming(name):
        return clean(text, label, limit=NOTE_LIMIT, multiline=True)


def _says_nothing(name: str, text: str) -> bool:
    if name == "problem":
        return says_no_problem(text)
    return name == "outcome" and (says_none(text) or fold_width(text).rstrip("。.") in _NOT_DONE)


def _says_done(outcome: str | None) -> bool:
    """Whether 完成情况 says that the task is done, and nothing else: 已完成初稿 says that it is not."""
    return outcome is not None and "".join(fold_width(outcome).split()).rstrip("。.!;") in _DONE


def _done_on(journal: Journal, outcome: str | None, options: Options) -> date | None:
    """The day on which 完成情况 says that the task was done; what is planned for a day to come is not done."""
    words = "".join(fold_width(outcome or "").split()).rstrip("。.!;")
    found = _DONE_ON.fullmatch(words) if len(words) <= _LONGEST_DONE else None
    if found is None:
        return None
    try:
        year = year_meant(journal.rules, options.get("year"))
        day = deadlines.past_day(journal, found["before"] or found["after"], year)
    except LedgerError:
        return None
    return day if day <= journal.today else None


def _closing_day(journal: Journal, options: Options) -> date:
    try:
        return business_day(journal, {"on": options.get("closed_on"), "year": options.get("year")})
    except LedgerError as error:
        raise _in("closed_on", error) from None


def _in(field: str, error: LedgerError) -> LedgerError:
    """The error as one about this field of the sheet."""
    error.option = field
    return error
