"""What is overdue, or which reports are: the list, the short text of it, and the parts of units and leaders."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.cli import options
from ledger.cli.asked import Asked, Made
from ledger.cli.context import Context, View
from ledger.cli.issue import restricted
from ledger.cli.lists import issued, list_of
from ledger.cli.scoping import scope_of
from ledger.cli.sending import Piece, hand_out, shape
from ledger.model.task import Task
from ledger.reports.lists import days_on, overdue_tasks
from ledger.reports.report import Report
from ledger.store import queries

if TYPE_CHECKING:
    from ledger.model.feedback import Owing
    from ledger.store.counts import Scope


def overdue(
    ctx: typer.Context,
    within: Annotated[int, typer.Option("--within", min=0, metavar="天数", help="连同今后几天内到期的")] = 0,
    feedback: Annotated[bool, typer.Option("--feedback", help="列应报未报的反馈,不列逾期的事项")] = False,
    unit: options.Units = None,
    group: options.Groups = None,
    leader: options.Leaders = None,
    brief: options.Brief = False,
    split_by: options.SplitBy = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="清单不空时以 3 退出,供脚本判断")] = False,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """逾期清单:过了完成时限仍未销号的事项,逾期最久的在前。

    --feedback 列的是未报送清单:有反馈周期的在办事项,过了应报日期还没有报的,连同迟报、漏报各几次。

    例:
        ledger overdue
        ledger overdue --within 3 --unit 综合组
        ledger overdue --feedback
        ledger overdue --brief
        ledger overdue --split-by leader -o 逾期清单.xlsx
        ledger overdue --exit-code --format json
    """
    context = Context.of(ctx)
    chosen, by = shape(context, format, output, brief, split_by)
    with context.reading(as_of) as view:
        scope = scope_of(view.reader, view.rules, unit, leaders=leader, groups=group)
        owing = _owing(view, scope, within) if feedback else None
        found = overdue_tasks(view.reader, view.today, scope, within) if owing is None else [one for one, _ in owing]
        units = queries.units(view.reader, view.rules.units) if brief or by else []
    parts: list[tuple[str, Sequence[Task]]] = [("", found)]
    if by is not None:
        from ledger.reports.parts import WITHOUT, grouped, in_order

        parts = [(name or WITHOUT, tasks) for name, tasks in in_order(grouped(found, by), units).items()]

    owed = {task.id: of_task for task, of_task in owing or ()}

    def piece(name: str, tasks: Sequence[Task]) -> Piece:
        its = scope.narrowed(by, name) if by else scope
        if owing is not None:
            report, value = _owed_of(chosen, view, tasks, owed, within)
        else:
            report, value = list_of(chosen, view, f"逾期及{within}天内到期清单" if within else "逾期清单", tasks)
        laid_out = _brief(view, tasks, units, within, owed if feedback else None) if brief else report
        return Piece(name, lambda: restricted(laid_out(), its), value)

    hand_out(context, chosen, output, [piece(name, tasks) for name, tasks in parts], by is not None)
    if exit_code and found:
        raise typer.Exit(3)


def made(view: View, asked: Asked) -> list[Made]:
    """What is overdue today, as it is issued."""
    found = overdue_tasks(view.reader, view.today, asked.scope, 0)
    report, value = list_of(asked.format, view, "逾期清单", found)
    return [Made(report, value)]


def _owing(view: View, scope: "Scope", within: int) -> "list[tuple[Task, Owing]]":
    from ledger.store.feedback import owed_by

    until = days_on(view.today, within + 1) if within else None
    return [(one.task, one.owing) for one in owed_by(view.reader, view.rules, view.today, view.today, scope, until)]


def _owed_of(
    format: str, view: View, tasks: Sequence[Task], owed: "Mapping[int, Owing]", within: int
) -> tuple[Callable[[], Report], Callable[[], object]]:
    from ledger.reports.feedback import owed_object
    from ledger.reports.owed_list import owed_report

    pairs, title = (
        [(task, owed[task.id]) for task in tasks],
        f"未报送及{within}天内应报清单" if within else "未报送清单",
    )
    return (
        lambda: issued(owed_report(pairs, view.today, view.rules, view.as_of, title), format, view),
        lambda: [owed_object(*pair, view.today, view.rules) for pair in pairs],
    )


def _brief(
    view: View,
    tasks: Sequence[Task],
    units: Sequence[str],
    within: int,
    owed: "Mapping[int, Owing] | None",
) -> Callable[[], Report]:
    from ledger.reports.brief import overdue_brief, owed_brief

    if owed is not None:
        return lambda: owed_brief(tasks, owed, view.today, view.rules, view.as_of, units)
    return lambda: overdue_brief(tasks, view.today, view.rules, view.as_of, units, within)
