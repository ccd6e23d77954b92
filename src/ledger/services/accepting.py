"""Striking off at once all that waits for acceptance (待审核), once the clerk has looked it over."""

from ledger.base.text import visible
from ledger.dates.day import long_day
from ledger.model.task import SUBMITTED, Task
from ledger.reports.lists import Filter, list_tasks
from ledger.services.fields import Options
from ledger.services.steps import step, submitter
from ledger.store.counts import Scope
from ledger.store.journal import Journal


def accept_waiting(journal: Journal, action: str, scope: Scope, options: Options, *, sure: bool) -> list[Task]:
    """Take the step `close` or `accept` on the submitted tasks of a scope, all or none; `options` are the step's.

    Unless it is `sure`, the clerk is shown them and asked, and where nobody can be asked none is closed. What is
    submitted or changed while the clerk thinks is another question: it is asked anew. Under review those that the actor
    submitted go on waiting for another.
    """
    chosen = Filter((SUBMITTED,), scope.units, ahead=True, sort="unit")
    waiting = list_tasks(journal.writer, chosen, journal.today, journal.rules)
    if not waiting:
        journal.remark("没有待审核的事项")
        return []
    others = [
        task for task in waiting if not (journal.rules.review and submitter(journal, task) == journal.stamp.actor)
    ]
    if len(others) < len(waiting):
        journal.remark(f"有 {len(waiting) - len(others)} 件是本人申请销号的,留待另一人审核")
    shown = "\n".join([*map(_line, others), f"共 {len(others)} 件待审核"])
    if others and not sure and not journal.ask(shown, "都销号吗?", "一件也不销;不必问的加 --yes"):
        return []
    return [step(action)(journal, {**options, "task": task.id}) for task in others]


def _line(task: Task) -> str:
    said = f":{visible(task.note)}" if task.note else ""
    day = long_day(task.submitted_on) if task.submitted_on else ""
    return f"{visible(task.code)} {visible(task.title)} · {visible(task.unit)} · {day}申请{said}"
