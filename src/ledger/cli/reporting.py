"""What the reports have in common as commands: a period, what they are restricted to, and how they are sent out."""

import inspect
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ledger.base.errors import BadValue
from ledger.base.text import fold_width
from ledger.cli import options
from ledger.cli.asked import Asked, Made
from ledger.cli.context import Context, View
from ledger.cli.issue import Sending, sent
from ledger.cli.scoping import scope_of
from ledger.cli.sending import Piece, hand_out, shape
from ledger.dates.period import Kind, Period, parse_any_period, parse_period
from ledger.store.counts import Scope

if TYPE_CHECKING:
    from ledger.model.scoring import Rule

OF_RANKING = ("by_group", "rule", "why")
"""The options of the circular alone."""
OF_PERIODS = ("unit", "leader", "full", "compare", "brief", "split_by")
"""Those that it has not."""


def reporting(
    help: str, kind: str, make: Callable[[View, Asked], Iterable[Made]], *, without: Collection[str] = ()
) -> Callable[..., None]:
    """The command of a report that `make` makes, whole or in parts, with the options of all reports save those named
    in `without`. One of this `kind` may have been issued: then it says so."""

    def report(
        ctx: typer.Context,
        period: options.Period = None,
        unit: options.Units = None,
        activity: options.Activities = None,
        group: options.Groups = None,
        leader: options.Leaders = None,
        by_group: options.ByGroup = None,
        rule: options.Rule = None,
        why: options.Why = None,
        full: options.Full = False,
        compare: options.Compare = False,
        drill: options.Drill = None,
        brief: options.Brief = False,
        split_by: options.SplitBy = None,
        number: options.Number = None,
        issued: options.Issued = None,
        office: options.Office = None,
        template: options.Template = None,
        as_of: options.AsOf = None,
        format: options.Format = None,
        output: options.Output = None,
    ) -> None:
        context = Context.of(ctx)
        chosen, by = shape(context, format, output, brief, split_by)
        _refuse_together({"--brief": brief}, {"--full": full, "--compare": compare})
        _refuse_together({"--split-by": by}, {"--compare": compare})
        _refuse_together({"--drill": drill}, {"--brief": brief, "--full": full, "--compare": compare, "--split-by": by})
        _refuse_together({"--drill": drill}, {"--rule": rule, "--why": why, "--by-group": by_group})
        scoring = None if rule is None else _rule(rule)
        if why is not None and scoring is None:
            raise BadValue("--why 说明每一分的来由,要和 --rule 同用", "请用 --rule 写明打分规则文件")
        sending = Sending(number, issued, office, template)
        with context.reading(as_of) as view:
            issue = sending.issue(chosen, view.today, view.rules)
            scope = scope_of(view.reader, view.rules, unit, activity, leader, group)
            made = list(
                make(view, Asked(period, scope, full, chosen, compare, brief, by, by_group, scoring, why, drill))
            )

            if scope == Scope() and drill is why is None:
                made = _noticed(view, kind, made)

        def of(one: Made) -> Piece:
            its = scope.narrowed(by, one.part) if by else scope
            return Piece(one.part, lambda: sent(one.report(), issue, its), one.value)

        hand_out(context, chosen, output, [of(one) for one in made], by is not None, template)

    report.__doc__ = help
    whole = inspect.signature(report)
    kept = [parameter for name, parameter in whole.parameters.items() if name not in without]
    report.__signature__ = whole.replace(parameters=kept)  # type: ignore[attr-defined]
    return report


def _noticed(view: View, kind: str, made: list[Made]) -> list[Made]:
    from ledger.store.publications import any_issued

    if not any_issued(view.reader):
        return made
    from ledger.cli.noticing import noticed

    return [noticed(view, kind, one) for one in made]


def _rule(path: Path) -> "Rule":
    from ledger.importers.rule_file import read_rule

    return read_rule(path)


def any_period(text: str | None, today: date) -> Period:
    """A period of any kind; what only counts (-1), or nothing, is of months."""
    if text is None or re.fullmatch("[+-][0-9]+", fold_width(text).strip()):
        return parse_period(text, Kind.MONTH, today)
    return parse_any_period(text, today)


def _refuse_together(some: Mapping[str, object], others: Mapping[str, object]) -> None:
    """What one option asks for has no place in what another makes. Raises `BadValue`."""
    for one, other in product(some, others):
        if some[one] and others[other]:
            raise BadValue(f"{one} 和 {other} 不能同时用", "请去掉其中一个")
