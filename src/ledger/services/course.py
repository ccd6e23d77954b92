"""What a row of a sheet says of its task's course: progress, a problem, and whether and when it was done."""

import re
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import BadValue, LedgerError
from ledger.base.problem_words import says_no_problem
from ledger.base.text import clean, fold_width, quote, says_none
from ledger.model.fields import LABELS, NOTE_LIMIT
from ledger.model.rules import year_meant
from ledger.services import deadlines
from ledger.services.fields import Naming, Options, business_day, percent
from ledger.store.journal import Journal

UNDATED = "undated"
"""The option that says on which day a task was done of which a sheet only says that it was: YYYY-MM-DD or a word of
`BY_DEADLINE`; today without it."""

_COURSE = ("note", "outcome", "problem", "progress", "closed_on", UNDATED)
_HOW = "(?:均|都|全部|按期|按时|如期|提前|顺利)*"
_DONE = re.compile(
    rf"{_HOW}(?:已|已经)?{_HOW}(?:完成|办结|销号|办毕|完结|(?:整改|办理)(?:完成|完毕|到位|结束)|完成(?:整改|办理|任务|销号)|落实到位)"
    rf"(?:并?(?:已|已经)?销号)?(?:\(?100%\)?)?(?:[,、]?并?(?:长期坚持|持续坚持|持续巩固|巩固提升|持续巩固提升))?|已{_HOW}(?:办理|办|落实|整改|解决|验收|结案|结束)|是|√|✓|✔|100%|100"
)
_IN_HAND = re.compile(
    r"(?:正在|正常)?(?:进行|推进|办理|实施|落实|整改|开展|施工)中?|(?:工作|任务)?(?:进行|推进|办理|实施|落实|整改|开展)中|在办|进行|待办"
    r"|(?:尚|还|暂)?未(?:开始|启动|开展|完成|办结|销号|办理|整改)|(?:持续|有序|正常|按计划|按序时)推进(?:中)?|序时推进|已启动|正常|达到序时进度"
)
"""What a state says of a task in hand that its being in hand does not: nothing."""
_DONE_ON = re.compile(
    r"(?:已?于)?(?P<before>.+?)(?:已|全部|按期)*(?:完成|办结|销号)|已?(?:全部|按期)?(?:完成|办结|销号)\((?P<after>[^()]+)\)"
)
"""已于3月8日完成, 3月8日办结, 已完成(3月8日)."""

_LONGEST_DONE = 100
"""Characters of a text that may be one of these: the pattern takes time by the square of them."""

_STOPPED = re.compile("(?:已|已经)?(?:取消|撤销|终止|中止|暂停|暂缓|作废|搁置|停止)(?:办理|实施)?")
_OF_THEN = re.compile(r"(?:在办|待审核|中止|已销号|已撤销)\(期后[^()]+\)")
"""How the report of a period that is over tells a state: it is no news (`reports.columns`)."""
_UNDONE = ("未", "尚未", "正在", "没有")
BY_DEADLINE = ("时限", "完成时限", "due")
"""What `UNDATED` says in place of a day where the day of the deadline is meant."""
_NOT_DONE = frozenset(("否", "×"))
"""What 完成情况 says of a task in hand, beside the marks for none."""


class Closing(NamedTuple):
    """A closing that the sheet states; without a 销号日期 it is `on` the day for such ones, and not `dated`."""

    on: date
    dated: bool
    note: str | None


class Course(NamedTuple):
    """What a row says of the task's course: texts of progress, a problem, a percentage, a closing; `stopped` where its
    state is one that takes a step of its own, so that it is only told."""

    said: tuple[str, ...] = ()
    problem: str | None = None
    progress: int | None = None
    closing: Closing | None = None
    stopped: bool = False


def registration(options: Options) -> dict[str, Any]:
    """The options that register a task; the others tell its course."""
    return {name: value for name, value in options.items() if name not in _COURSE}


def course_of(journal: Journal, options: Options) -> Course:
    """What a row says of the course of its task. Raises `BadValue`, `Refused` for a closing after today."""
    note, outcome = _text(options, "note", LABELS["note"]), _text(options, "outcome", "完成情况")
    if outcome is not None and _OF_THEN.fullmatch(fold_width(outcome)):
        outcome = None
    problem, progress = _text(options, "problem", LABELS["problem"]), options.get("progress")
    if progress is not None:
        with Naming("progress"):
            percent(progress)
    closing, done_on = None, _done_on(journal, outcome, options)
    says_done = done_on is not None or _says_done(outcome)
    if options.get("closed_on") or says_done:
        if outcome is not None and (outcome.startswith(_UNDONE) or _is_in_hand(outcome)):
            raise _in("outcome", BadValue(f"完成情况{quote(outcome)}与销号日期不符", "请改正其中一处"))
        dated = bool(options.get("closed_on")) or done_on is not None
        day = _closing_day(journal, options) if options.get("closed_on") else done_on or _undated_day(journal, options)
        closing = Closing(day, dated, None if says_done else outcome)
        outcome = None
    elif outcome is not None and _is_in_hand(outcome):
        outcome = None
    said = tuple(dict.fromkeys(text for text in (note, outcome) if text is not None))
    stopped = outcome is not None and bool(_STOPPED.fullmatch(_bare(outcome)))
    return Course(said, problem, progress, closing, stopped)


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
    return outcome is not None and bool(_DONE.fullmatch(_bare(outcome)))


def _is_in_hand(outcome: str) -> bool:
    return bool(_IN_HAND.fullmatch(_bare(outcome)))


def _bare(text: str) -> str:
    """A text as it is compared, if it is short enough to be one of the words for a state."""
    return "".join(fold_width(text).split()).rstrip("。.!;") if len(text) <= _LONGEST_DONE else ""


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


def undated_day(journal: Journal, text: str | None, year: int | None) -> str | None:
    """What a clerk says of closings without a day, as `UNDATED` holds it. Raises `BadValue`, `Refused` after today."""
    if not text or text.strip() in BY_DEADLINE:
        return text.strip() if text else None
    with Naming("closed_on"):
        return business_day(journal, {"on": text, "year": year}).isoformat()


def _undated_day(journal: Journal, options: Options) -> date:
    """The day of a closing without one: as `UNDATED` says, no later than today, which it is without that."""
    stated, due = options.get(UNDATED), options.get("due")
    if stated not in BY_DEADLINE:
        return date.fromisoformat(stated) if stated else journal.today
    year = year_meant(journal.rules, options.get("year"))
    given_out = deadlines.past_day(journal, options["on"], year) if options.get("on") else journal.today
    found = deadlines.meant(journal, due, year, given_out) if due else None
    return journal.today if found is None or found.due_on is None else min(found.due_on, journal.today)


def _in(field: str, error: LedgerError) -> LedgerError:
    """The error as one about this field of the sheet."""
    error.option = field
    return error
