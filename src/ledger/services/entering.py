"""What a row of a sheet becomes in the journal: a registration and its course, or the steps that a change takes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.base.errors import LedgerError, Refused
from ledger.base.text import clip, visible
from ledger.model.series import Series
from ledger.model.task import CANCELLED, CLOSED, Task
from ledger.services import series as recurring
from ledger.services import steps, tasks
from ledger.services.comparing import Changed
from ledger.services.course import Course, registration
from ledger.store.journal import Journal


def register(journal: Journal, options: Mapping[str, Any], course: Course, given_out: date | None) -> Task:
    """Register the task of a row; `given_out` stands for the options' own `on`. The first of its texts is the note of
    the registration, unless there is a problem: that comes before. What follows of its course is for `follow`."""
    given = {"due": "", **registration(options)}  # a blank stays blank, whatever is usual
    if given_out is not None:
        given["on"] = given_out.isoformat()
    if course.said and course.problem is None:
        given["note"] = course.said[0]
    task = tasks.add(journal, given)
    if task.series is not None and after_registration(course) != Course():
        raise _recurs()
    return task


def after_registration(course: Course) -> Course:
    """What `register` leaves of a course."""
    return course if course.problem is not None else course._replace(said=course.said[1:])


def update(journal: Journal, number: int, changed: Changed, year: int | None, file: str) -> None:
    """Bring a task to what a row of `file` says. Raises `Refused` where the rules of the ledger do not allow it."""
    task = journal.task(number)
    if task.status == CANCELLED:
        raise Refused(f"事项 {task.code} 已撤销,表中却有变化", "如确需重办,先用 ledger reopen 恢复")
    closing = changed.course.closing
    if closing is not None and task.status == CLOSED:
        what = f"事项 {task.code} 已于 {task.closed_on} 销号,表中为 {closing.on}"
        raise _of_closing(Refused(what, "如确需改正,先用 ledger reopen 恢复"))
    named = {"task": number, "year": year}
    if changed.extension is not None:
        reason = f"按 {clip(visible(file), 200)} 调整时限"
        tasks.extend(journal, {**named, "due": changed.extension, "reason": reason})
    if changed.edits:
        tasks.edit(journal, {**named, **changed.edits})
    follow(journal, number, changed.course, report=task.feedback is not None)


def update_series(journal: Journal, series: Series, changed: Changed) -> None:
    """Bring a recurring duty to what a row says. Raises `Refused` for a course, which belongs to its periods."""
    if changed.course != Course():
        raise _recurs()
    recurring.edit(journal, recurring.find(journal, series.id), changed.edits)


def follow(journal: Journal, number: int, course: Course, *, report: bool = False) -> None:
    """Record a task's course, on the day of its closing if it is closed, else today; its problem before its progress,
    which is to be the latest that was said of it. What is told may be a `report` that the unit owes."""
    closing = course.closing
    on = journal.today if closing is None else closing.on
    changes = {} if course.progress is None else {"progress": [journal.task(number).progress, course.progress]}
    try:
        if course.problem is not None:
            raised = {"task": number, "text": course.problem, "problem": True, "on": on.isoformat()}
            tasks.note(journal, {**raised, "report": report})
        for text in course.said or ((None,) if changes else ()):
            journal.post("report" if report else "note", journal.task(number), on, text, changes)
            changes = {}
        if closing is not None:
            steps.strike_off(journal, {"task": number, "on": on.isoformat(), "note": closing.note})
    except LedgerError as error:
        error.option = ""
        raise (error if closing is None else _of_closing(error)) from None


def _of_closing(error: LedgerError) -> LedgerError:
    error.option = "closed_on"
    return error


def _recurs() -> Refused:
    return Refused("循环任务的进度、问题和销号要记在各期的事项上", "请删去这些内容,或把时限写成某一期的日期")
