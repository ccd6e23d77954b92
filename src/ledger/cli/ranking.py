"""The circular: units in order, and what is overdue."""

from typing import TYPE_CHECKING

from ledger.base.errors import NotFound
from ledger.cli.asked import Asked, Made
from ledger.cli.context import View
from ledger.cli.drilling import opened
from ledger.cli.reporting import OF_PERIODS, any_period, reporting
from ledger.dates.period import Period
from ledger.model.rules import GroupSet
from ledger.reports.circular import ranking_report
from ledger.reports.columns import columns_for
from ledger.reports.ranking import ranking_of

if TYPE_CHECKING:
    from ledger.model.scoring import Rule


def made(view: View, asked: Asked) -> list[Made]:
    span, rule = any_period(asked.period, view.today), asked.rule and _taking_part(view, asked.rule)
    if asked.drill is not None:  # what is not given out yet has no place in a circular
        return [opened(view, span, asked.scope._replace(given_out_by=view.today), asked.drill, asked.format)]
    within = _within(view, asked.by_group or (rule and rule.by_group))
    if rule is not None and asked.why is not None:
        return [_why(view, asked, rule, span)]
    found = ranking_of(view.reader, span, view.today, view.rules, asked.scope, view.as_of, within, rule)
    shown = columns_for(asked.format, view.rules, of_list=False)
    return [Made(lambda: ranking_report(found, view.rules, shown), found.as_json, period=span)]


def _why(view: View, asked: Asked, rule: "Rule", span: Period) -> Made:
    """Each point of one unit. Raises `NotFound`."""
    from ledger.reports.points import points_of, points_report
    from ledger.store.unit_names import spelled

    unit = spelled(view.reader, view.rules, str(asked.why))
    found = points_of(view.reader, unit, span, view.today, rule, asked.scope, view.as_of)
    return Made(lambda: points_report(found, view.rules), lambda: found.as_json(view.rules.name))


def _taking_part(view: View, rule: "Rule") -> "Rule":
    """The rule with the units that it leaves out as the ledger spells them. Raises `NotFound` for one that is none: it
    would be ranked in silence."""
    from ledger.store.unit_names import spelled

    try:
        return rule._replace(exclude=tuple(spelled(view.reader, view.rules, name) for name in rule.exclude))
    except NotFound as error:
        error.where = "打分规则的 exclude(不参加的单位)"
        raise


def _within(view: View, name: str | None) -> GroupSet | None:
    """The set of groups within which the units are ranked. Raises `NotFound`."""
    if name is None:
        return None
    from ledger.store.unit_names import set_named

    return set_named(view.rules, name)


rank = reporting(
    """销号情况通报:各单位按销号率、按期率、超期、逾期排名,列红黑榜和逾期事项。

    时段可以是任何一种,没有给出时是本月;-1 是上月。交办日期还没到的事项不计。
    --rule 文件 按本单位的打分办法计分排名:基础分、封顶、办结、提前、超期、退回、延期、催办等各几分,写法见
    docs/scoring.md,examples/scoring 有四个例子;红黑榜注明连续几期。--why 单位 列出每一分是哪一件、哪一笔记录。
    单位有分组的(ledger config groups)另列各组情况;--by-group 在一套分组的各组之内分别排名。

    例:
        ledger rank
        ledger rank 2013-Q1 --activity 学创活动
        ledger rank --by-group 片区
        ledger rank 2013-Q1 --rule examples/scoring/县政府督查室.toml
        ledger rank 2013-Q1 --rule examples/scoring/县政府督查室.toml --why 综合组
        ledger rank 上月 -o 通报.docx --number 学创办〔2013〕5号 --office 学创办 --issued 2013-04-01
    """,
    "rank",
    made,
    without=OF_PERIODS,
)
