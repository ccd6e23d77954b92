"""What is overdue: the list, the short text of it, and the parts of units and leaders."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from ledger.cli import options
from ledger.cli.context import Context, View
from ledger.cli.issue import restricted
from ledger.cli.lists import list_of
from ledger.cli.scoping import scope_of
from ledger.cli.sending import Piece, hand_out, shape
from ledger.model.task import Task
from ledger.reports.lists import overdue_tasks
from ledger.reports.report import Report
from ledger.store import queries


def overdue(
    ctx: typer.Context,
    within: Annotated[int, typer.Option("--within", min=0, metavar="天数", help="连同今后几天内到期的")] = 0,
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

    例:
        ledger overdue
        ledger overdue --within 3 --unit 综合组
        ledger overdue --brief
        ledger overdue --split-by leader -o 逾期清单.xlsx
        ledger overdue --exit-code --format json
    """
    context = Context.of(ctx)
    chosen, by = shape(context, format, output, brief, split_by)
    with context.reading(as_of) as view:
        scope = scope_of(view.reader, view.rules, unit, leaders=leader, groups=group)
        found = overdue_tasks(view.reader, view.today, scope, within)
        units = queries.units(view.reader, view.rules.units) if brief or by else []
    parts: list[tuple[str, Sequence[Task]]] = [("", found)]
    if by is not None:
        from ledger.reports.parts import WITHOUT, grouped, in_order

        parts = [(name or WITHOUT, tasks) for name, tasks in in_order(grouped(found, by), units).items()]

    def piece(name: str, tasks: Sequence[Task]) -> Piece:
        report, value = list_of(chosen, view, f"逾期及{within}天内到期清单" if within else "逾期清单", tasks)
        its = scope.narrowed(by, name) if by else scope
        laid_out = _brief(view, tasks, units, within) if brief else report
        return Piece(name, lambda: restricted(laid_out(), its), value)

    hand_out(context, chosen, output, [piece(name, tasks) for name, tasks in parts], by is not None)
    if exit_code and found:
        raise typer.Exit(3)


def _brief(view: View, tasks: Sequence[Task], units: Sequence[str], within: int) -> Callable[[], Report]:
    from ledger.reports.brief import overdue_brief

    return lambda: overdue_brief(tasks, view.today, view.rules, view.as_of, units, within)
