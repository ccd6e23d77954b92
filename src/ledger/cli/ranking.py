"""The circular: units in order, and what is overdue."""

import re
from datetime import date

from ledger.base.text import fold_width
from ledger.cli.context import View
from ledger.cli.reporting import Asked, Made, reporting
from ledger.dates.period import Kind, Period, parse_any_period, parse_period
from ledger.model.rules import GroupSet
from ledger.reports.columns import columns_for
from ledger.reports.ranking import ranking_of, ranking_report


def _made(view: View, asked: Asked) -> list[Made]:
    span = _period(asked.period, view.today)
    found = ranking_of(view.reader, span, view.today, view.rules, asked.scope, view.as_of, _within(view, asked))
    shown = columns_for(asked.format, view.rules, of_list=False)
    return [Made(lambda: ranking_report(found, view.rules, shown), found.as_json)]


def _within(view: View, asked: Asked) -> GroupSet | None:
    """The set of groups within which the units are ranked. Raises `NotFound`."""
    if asked.by_group is None:
        return None
    from ledger.store.unit_names import set_named

    return set_named(view.rules, asked.by_group)


def _period(text: str | None, today: date) -> Period:
    """A period of any kind; what only counts (-1), or nothing, is of months."""
    if text is None or re.fullmatch("[+-][0-9]+", fold_width(text).strip()):
        return parse_period(text, Kind.MONTH, today)
    return parse_any_period(text, today)


rank = reporting(
    """销号情况通报:各单位按销号率、按期率、超期、逾期排名,列红黑榜和逾期事项。

    时段可以是任何一种,没有给出时是本月;-1 是上月。交办日期还没到的事项不计。
    单位有分组的(ledger config groups)另列各组情况;--by-group 在一套分组的各组之内分别排名。

    例:
        ledger rank
        ledger rank 2013-Q1 --activity 学创活动
        ledger rank --by-group 片区
        ledger rank 上月 -o 通报.docx --number 学创办〔2013〕5号 --office 学创办 --issued 2013-04-01
    """,
    _made,
    without=("unit", "leader", "full", "compare", "brief", "split_by"),
)
