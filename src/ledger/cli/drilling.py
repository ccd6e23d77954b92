"""A figure of a report opened: of a live one, a past one, an issued one."""

from ledger.cli.asked import Made
from ledger.cli.context import View
from ledger.dates.period import Period
from ledger.reports.columns import columns_for
from ledger.store.counts import Scope


def opened(view: View, period: Period, scope: Scope, figure: str, format: str) -> Made:
    """What stands behind a figure, by its name as typed. Raises `BadValue` where there is none of that name."""
    from ledger.reports.drill import drill, drill_report, figure_named

    rules = view.rules
    found = drill(view.reader, period, view.today, scope, figure_named(figure), rules.name, view.as_of)
    shown = columns_for(format, rules, of_list=False)
    return Made(lambda: drill_report(found, rules, shown), lambda: found.as_json(rules))
