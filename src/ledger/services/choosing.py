"""Tasks that a command is for without naming each: those that a filter finds, once the clerk has looked them over."""

from collections.abc import Callable, Sequence

from ledger.base.text import visible
from ledger.dates.day import long_day
from ledger.model.task import OPEN, SUBMITTED, Task
from ledger.reports.lists import Filter, list_tasks
from ledger.services.dividing import has_parts_in_hand
from ledger.services.fields import Options, business_day
from ledger.services.pressing import urged_that_day
from ledger.services.steps import submitter
from ledger.services.tasks import new_deadline
from ledger.store import queries
from ledger.store.journal import Journal


def chosen(journal: Journal, filter: Filter, word: str, *, sure: bool) -> list[int]:
    """The numbers of the tasks that a filter finds; `word` is what is to be done with them.

    Unless it is `sure`, the clerk is shown them and asked, and where nobody can be asked none is taken. What changes
    while the clerk thinks is another question: it is asked anew.
    """
    found = list_tasks(journal.writer, filter, journal.today, journal.rules)
    if not found:
        journal.remark("没有符合条件的事项")
    return confirmed(journal, found, due_line, f"共 {len(found)} 件", word, sure=sure)


def to_be_extended(journal: Journal, filter: Filter, options: Options, *, sure: bool) -> list[int]:
    """Likewise; what is due on the new day already is left out, and told."""
    found = list_tasks(journal.writer, filter, journal.today, journal.rules)
    due_on, _ = new_deadline(journal, options)
    others = [task for task in found if task.due_on != due_on]
    if len(others) < len(found):
        journal.remark(f"有 {len(found) - len(others)} 件的时限本来就是{long_day(due_on)},不再延期")
    elif not found:
        journal.remark("没有符合条件的事项")
    return confirmed(journal, others, due_line, f"共 {len(others)} 件", "延期", sure=sure)


def to_be_urged(journal: Journal, filter: Filter, options: Options, *, sure: bool) -> list[int]:
    """Likewise of those in hand that a filter finds; what was urged on that day already is left out, and told."""
    on = business_day(journal, options)
    found = list_tasks(journal.writer, filter._replace(status=(OPEN,)), journal.today, journal.rules)
    fresh = [task for task in found if options.get("again") or not urged_that_day(journal, task, on)]
    if len(fresh) < len(found):
        journal.remark(f"有 {len(found) - len(fresh)} 件在{long_day(on)}已经催办过,不再催;确需再催,加 --again")
    elif not found:
        journal.remark("没有符合条件的事项")
    return confirmed(journal, fresh, due_line, f"共 {len(fresh)} 件", "催办", sure=sure)


def waiting(journal: Journal, units: Sequence[str], *, sure: bool) -> list[int]:
    """The numbers of what waits for acceptance (待审核), shown and asked about likewise. Under review those that the
    actor submitted go on waiting for another, and wholes for those of their parts that do not wait."""
    found = list_tasks(
        journal.writer, Filter((SUBMITTED,), tuple(units), ahead=True, sort="unit"), journal.today, journal.rules
    )
    if not found:
        journal.remark("没有待审核的事项")
    own = journal.stamp.actor
    others = [task for task in found if not (journal.rules.review and submitter(journal, task) == own)]
    if len(others) < len(found):
        journal.remark(f"有 {len(found) - len(others)} 件是本人申请销号的,留待另一人审核")
    others = _without_parts_in_hand(journal, others)
    return confirmed(journal, others, _submission, f"共 {len(others)} 件待审核", "销号", sure=sure)


def _without_parts_in_hand(journal: Journal, waiting: list[Task]) -> list[Task]:
    if not queries.are_divided(journal.writer):
        return waiting
    numbers = {task.id for task in waiting}
    left = [task for task in waiting if has_parts_in_hand(journal, task, numbers)]
    for task in left:
        journal.remark(f"事项 {visible(task.code)} 还有分解事项没有办结,留待以后审核")
    return [task for task in waiting if task not in left]


def confirmed(
    journal: Journal, found: Sequence[Task], line: Callable[[Task], str], total: str, word: str, *, sure: bool
) -> list[int]:
    shown = "\n".join([*map(line, found), total])
    if found and not sure and not journal.ask(shown, f"都{word}吗?", f"一件也不{word};不必问的加 --yes"):
        return []
    return [task.id for task in found]


def _line(task: Task) -> str:
    return f"{visible(task.code)} {visible(task.title)} · {visible(task.unit)}"


def due_line(task: Task) -> str:
    return _line(task) + (f" · 时限 {long_day(task.due_on)}" if task.due_on else " · 无期限")


def _submission(task: Task) -> str:
    said = f":{visible(task.note)}" if task.note else ""
    return f"{_line(task)} · {long_day(task.submitted_on) if task.submitted_on else ''}申请{said}"
