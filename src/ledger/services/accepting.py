"""Striking off at once all that waits for acceptance (待审核), once the clerk has looked it over."""

from ledger.base.text import visible
from ledger.dates.day import long_day
from ledger.model.task import SUBMITTED, Task
from ledger.reports.lists import Filter, list_tasks
from ledger.services.fields import Options
from ledger.services.tasks import step
from ledger.store.counts import Scope
from ledger.store.journal import Journal

CLOSE = "close"


def accept_waiting(journal: Journal, scope: Scope, options: Options, *, sure: bool) -> list[Task]:
    """Close the submitted tasks of a scope, all or none; `options` are those of `close`.

    Unless it is `sure`, the clerk is shown them and asked, and where nobody can be asked none is closed. What is
    submitted or changed while the clerk thinks is another question: it is asked anew.
    """
    chosen = Filter((SUBMITTED,), scope.units, ahead=True, sort="unit")
    waiting = list_tasks(journal.writer, chosen, journal.today, journal.rules)
    if not waiting:
        journal.remark("没有待审核的事项")
        return []
    shown = "\n".join([*map(_line, waiting), f"共 {len(waiting)} 件待审核"])
    if not sure and not journal.ask(shown, "都销号吗?", "一件也不销;不必问的加 --yes"):
        return []
    return [step(CLOSE)(journal, {**options, "task": task.id}) for task in waiting]


def _line(task: Task) -> str:
    said = f":{visible(task.note)}" if task.note else ""
    day = long_day(task.submitted_on) if task.submitted_on else ""
    return f"{visible(task.code)} {visible(task.title)} · {visible(task.unit)} · {day}申请{said}"
