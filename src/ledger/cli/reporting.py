"""What the reports have in common as commands: a period, what they are restricted to, and how they are sent out."""

import inspect
from collections.abc import Callable, Collection
from typing import NamedTuple

import typer

from ledger.cli import options
from ledger.cli.context import Context, View
from ledger.cli.issue import Sending, sent
from ledger.cli.lists import scope_of
from ledger.reports.report import Report
from ledger.store.counts import Scope


class Asked(NamedTuple):
    """What was asked for: the period as typed, the scope, whether in full, in which format, and compared or not."""

    period: str | None
    scope: Scope
    full: bool
    format: str
    compare: bool


class Made(NamedTuple):
    """What came of it: the report for people and the object for programs, neither laid out before it is needed."""

    report: Callable[[], Report]
    value: Callable[[], object]


def reporting(help: str, make: Callable[[View, Asked], Made], *, without: Collection[str] = ()) -> Callable[..., None]:
    """The command of a report that `make` makes, with the options of all reports save those named in `without`."""

    def report(
        ctx: typer.Context,
        period: options.Period = None,
        unit: options.Units = None,
        activity: options.Activities = None,
        full: options.Full = False,
        compare: options.Compare = False,
        number: options.Number = None,
        issued: options.Issued = None,
        office: options.Office = None,
        template: options.Template = None,
        as_of: options.AsOf = None,
        format: options.Format = None,
        output: options.Output = None,
    ) -> None:
        context = Context.of(ctx)
        chosen = context.format(format, output)
        sending = Sending(number, issued, office, template)
        with context.reading(as_of) as view:
            issue = sending.issue(chosen, view.today, view.rules)
            scope = scope_of(view.reader, view.rules, unit, activity)
            made = make(view, Asked(period, scope, full, chosen, compare))
        context.emit(chosen, output, lambda: sent(made.report(), issue, chosen, scope), made.value, template)

    report.__doc__ = help
    whole = inspect.signature(report)
    kept = [parameter for name, parameter in whole.parameters.items() if name not in without]
    report.__signature__ = whole.replace(parameters=kept)  # type: ignore[attr-defined]
    return report
