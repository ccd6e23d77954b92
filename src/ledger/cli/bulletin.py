"""The bulletin of a period."""

from functools import partial

from ledger.cli.asked import Asked, Made
from ledger.cli.context import View
from ledger.cli.reporting import OF_RANKING, any_period, reporting
from ledger.reports.bulletin import bulletin_of, bulletin_report


def made(view: View, asked: Asked) -> list[Made]:
    span = any_period(asked.period, view.today)
    found = bulletin_of(view.reader, span, view.today, view.rules, asked.scope, view.as_of)
    return [Made(partial(bulletin_report, found), found.as_json, period=span)]


bulletin = reporting(
    """工作简报:总体情况、主要工作进展、逾期和挂牌督办事项、突出问题、下一步工作打算,不超过两页。

    时段可以是任何一种,没有给出时是本月;-1 是上月。工作进展写销号时标为亮点的(close、accept --highlight),
    没有标的写重点事项,也没有重点的写全部;写不下的按“等几件”计数。没有内容的部分不写。
    docx、pdf 有红头、期号、编发单位、日期、报送和抄送,名称和报送单位用 ledger config set 简报名称、报送 设定。
    没有用 --number 写明期号的是草稿。

    例:
        ledger bulletin
        ledger bulletin 上月 -o 简报.docx
        ledger bulletin 2013-03 --number 3 --office 学创办 -o 简报.docx
    """,
    "bulletin",
    made,
    without=(*OF_RANKING, "full", "compare", "brief", "split_by", "drill"),
)
