"""What a row of a sheet says otherwise than the ledger: the fields, and the task's course.

Only what the sheet states is compared: an empty cell says nothing and clears nothing. What the ledger knows already is
no difference: a deadline in other words for the same day or, of a task that was extended, its original one; a text that
was said of the task before; a problem that was raised, resolved or not.
"""

from collections.abc import Mapping, Set
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import Refused
from ledger.base.problem_words import without
from ledger.dates.deadline import Deadline
from ledger.model.fields import FIELDS, OWN
from ledger.model.quota import quota_text
from ledger.model.replay import change, stored
from ledger.model.rules import year_meant
from ledger.model.series import Series
from ledger.model.task import CLOSED, SUBMITTED, Task, held, progress_of
from ledger.services import deadlines
from ledger.services.course import Course, course_of
from ledger.services.fields import Naming, Options, fields_of
from ledger.services.matching import is_same
from ledger.store.journal import Journal

_FIELDS = {field.option: field for field in FIELDS if field.given and field.option not in ("", "code", "due")}
"""Option → the field that it sets: those compared as they stand; a code names the task, a deadline is read."""


class Difference(NamedTuple):
    """A field by column name (`problem`, `note` and `status` among them), its values as `changes` keeps them."""

    field: str
    before: Any
    after: Any


class Changed(NamedTuple):
    """What differs, and what brings the ledger to the sheet: `edits` are options that correct, `extension` is a new
    deadline as `extend` takes it, `course` has what is new of it."""

    differences: list[Difference]
    edits: dict[str, Any]
    extension: str | None
    course: Course


NOTHING = Changed([], {}, None, Course())


def compared(journal: Journal, task: Task, options: Options, said: Set[tuple[bool, str]]) -> Changed:
    """Compare a row with its task; `said` is what was said of it, each text with whether it was as a problem.

    Raises `BadValue` for what cannot be read.
    """
    described = (name for name in options if name in _FIELDS or name.startswith(OWN))
    stated = {name: options[name] for name in described if not _holds(task, name, options[name])}
    moved, extension, is_old = _deadline_moved(journal, task, options)
    if is_old:
        stated.pop("due_text", None)
    elif moved:  # a deadline brings words and perhaps a first day of its own, which the sheet's own overrule
        stated |= {name: options[name] for name in ("due_text", "start") if name in options}
    changes = change(task, fields_of(journal, {**stated, "year": options.get("year")}, task.assigned_on))
    edits = {name: value for name, value in stated.items() if moved or _field(name) in changes}
    differences = [Difference(name, *values) for name, values in changes.items()]
    if moved:
        differences += [one for one in moved if one.field not in changes]
        if extension is None:
            edits["due"] = options["due"]
    course = course_of(journal, options)
    fresh = _fresh(task, course, said, review=journal.rules.review)
    return Changed(differences + _course_differences(task, fresh), edits, extension, fresh)


def _holds(task: Task, name: str, value: Any) -> bool:
    """Whether the task holds what a cell says, as far as can be seen without reading it; how a title or a
    unit is spelt says nothing."""
    if name in ("title", "unit"):
        return is_same(value, getattr(task, name))
    found = held(task, _field(name))
    if isinstance(found, date):
        return bool(value == found.isoformat())
    return "、".join(value) == "、".join(found) if isinstance(found, tuple) else bool(value == found)


def _field(option: str) -> str:
    """The column of what an option sets; an own column is called alike."""
    return _FIELDS[option].name if option in _FIELDS else option


def _deadline_moved(journal: Journal, task: Task, options: Options) -> tuple[list[Difference], str | None, bool]:
    """How the stated deadline differs, as what it is an extension, if it is one, and whether it is the original one
    of a task that was extended."""
    text = options.get("due")
    same_base = "on" not in options or _holds(task, "on", options["on"])  # 20日内 counts from that day
    said_so = (text == task.due_text and same_base) or (task.due_on is not None and text == task.due_on.isoformat())
    if text is None or said_so:
        return [], None, False
    year = year_meant(journal.rules, options.get("year"))
    given_out = task.assigned_on
    if "on" in options:  # the sheet corrects that day too, and counts from its own
        with Naming("on"):
            given_out = deadlines.past_day(journal, options["on"], year)
    with Naming("due"):
        found = deadlines.deadline(journal, text, year, given_out)
        if found.recurrence is not None:
            if task.series is not None and task.due_text == found.text:
                return [], None, False
            raise Refused(f"“{text}”是循环的时限,而编号 {task.code} 不是循环任务", "请另行登记,或写明这一期的日期")
    if _same(task, found, only="due_text" not in options):
        return [], None, False
    if task.extensions and found.due_on == task.original_due_on:
        return [], None, True
    moved = [Difference("due_on", stored(task.due_on), stored(found.due_on))] if found.due_on != task.due_on else []
    moved += [Difference("due_text", task.due_text, found.text)] if found.text != task.due_text else []
    if task.due_on is None or found.due_on == task.due_on:
        return moved, None, False
    return moved, _extension(journal, found, year), False


def _same(task: Task, found: Deadline, *, only: bool) -> bool:
    """Whether the deadline means what the task's does; a plain day says nothing of grace or quota. One without a day
    is its words, where it is the `only` column of deadlines."""
    if found.due_on != task.due_on:
        return False
    if found.due_on is None:
        return not only or found.text == task.due_text
    quota = None if found.quota is None else quota_text(found.quota)
    return found.text.isascii() or task.extensions > 0 or (found.grace_days, quota) == (task.grace_days, task.quota)


def _extension(journal: Journal, found: Deadline, year: int | None) -> str:
    """The new deadline as `extend` takes it: an extension counts 15日内 from today, the sheet from the 交办日期."""
    if found.due_on is None:
        return found.text
    again = deadlines.deadline(journal, found.text, year, journal.today)
    return found.text if again.due_on == found.due_on else found.due_on.isoformat()


def _fresh(task: Task, course: Course, said: Set[tuple[bool, str]], *, review: bool) -> Course:
    """What the ledger does not know yet: under review what waits to be accepted is known to be done."""
    known = {text for _, text in said} | {task.note}
    problems = {text for is_problem, text in said if is_problem} | {problem.text for problem in task.open_problems}
    closing = course.closing
    if closing is not None and task.status == CLOSED and (not closing.dated or closing.on == task.closed_on):
        closing = None
    if review and task.status == SUBMITTED:
        closing = None
    return Course(
        tuple(text for text in course.said if text not in known),
        without(course.problem or "", problems) or None,
        None if course.progress in (task.progress, progress_of(task)) else course.progress,
        closing,
    )


def _course_differences(task: Task, course: Course) -> list[Difference]:
    found = [Difference("note", task.note, text) for text in course.said]
    if course.progress is not None:
        found.append(Difference("progress", task.progress, course.progress))
    if course.problem is not None:
        found.append(Difference("problem", None, course.problem))
    if course.closing is not None:
        found.append(Difference("closed_on", stored(task.closed_on), stored(course.closing.on)))
    return found


def compared_series(journal: Journal, series: Series, options: Options) -> Changed:
    """Compare a row with the recurring duty that it means: its fields and its recurrence. Raises `BadValue`."""
    handed = (name for name in options if name.startswith(OWN) or (name in _FIELDS and _FIELDS[name].handed))
    stated = {name: options[name] for name in handed}
    unset: Mapping[str, Any] = {"with": (), "tags": (), "key": False}
    fields = fields_of(journal, stated, series.anchor)
    known = {name: series.fields.get(name, unset.get(name)) for name in fields}
    differing = [name for name, value in fields.items() if value != known[name]]
    differences = [Difference(name, stored(known[name]), stored(fields[name])) for name in differing]
    edits = {name: stated[name] for name in differing}
    due = options.get("due")
    if due is not None and due != series.due_text:
        differences.append(Difference("due_text", series.due_text, due))
        edits["due"] = due
    course = course_of(journal, options)
    said = tuple(text for text in course.said if text != series.fields.get("note"))
    fresh = course._replace(said=said)
    differences += [Difference("note", series.fields.get("note"), text) for text in said]
    return Changed(differences, edits, None, fresh)
