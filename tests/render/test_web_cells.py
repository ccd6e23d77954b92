from datetime import date
from functools import partial

import pytest

from ledger.dates.day import short_day
from ledger.render.web_cells import card_labels, row_html
from ledger.reports.report import Bar, Cell, Column, Rate, State

spoken = partial(short_day, today=date(2013, 3, 19))


@pytest.mark.parametrize(
    ("kind", "cell", "written"),
    [
        ("text", "a<b>&\"c'", "<td>a&lt;b&gt;&amp;&#34;c&#39;</td>"),
        ("text", "两\n行\x1b", "<td>两\n行\\u{1b}</td>"),
        (
            "name",
            "甲组\n乙(市、区)组、丙<组",
            '<td class="name">甲组\n<span>乙(市、区)组、</span><span>丙&lt;组</span></td>',
        ),
        ("name", None, '<td class="name"></td>'),
        ("number", -3, '<td class="number">-3</td>'),
        ("code", "2013-001", '<td class="code">2013-001</td>'),
        ("code", "长" * 21, f"<td>{'长' * 21}</td>"),
        ("date", date(2013, 3, 20), '<td class="date"><time datetime="2013-03-20">3月20日 周三</time></td>'),
        ("date", "适时", '<td class="date">适时</td>'),
        ("state", State("red", "红", ("逾期3天", "<")), '<td class="state"><b class="red">红</b> 逾期3天 &lt;</td>'),
        ("state", State("done", "", ("3月19日销号",)), '<td class="state"><b class="done">3月19日销号</b> </td>'),
        ("number", Rate(1, 3), '<td class="number" data-value="0.333333">33%<small>(1/3)</small></td>'),
        ("number", Rate(0, 0), '<td class="number">—</td>'),
        ("bar", Bar(4, 9), '<td class="number">4</td>'),
    ],
)
def test_a_cell(kind: str, cell: Cell, written: str) -> None:
    column = Column("甲", kind)  # type: ignore[arg-type]  # any of the kinds above
    assert row_html([cell], [column], spoken, bars=False) == f"<tr>{written}</tr>\n"


def test_a_rate_has_its_bar() -> None:
    row = row_html([Rate(1, 4)], [Column("销号率", "number")], spoken, bars=True)
    assert '<svg class="rate" aria-hidden="true">' in row
    assert '<rect class="met" width="25.0%"/>' in row


def test_on_a_card_what_does_not_say_what_it_is_is_led_by_its_title() -> None:
    columns = [
        Column("编号", "code"),
        Column("事项"),
        Column('说"明</style>'),
        Column("时限", "date"),
        Column("状态", "state"),
    ]
    assert card_labels({"#s1": columns}) == (
        '#s1 td:nth-child(3){--title:"说\\22 明\\3c \\2f style\\3e  "}\n#s1 td:nth-child(4){--title:"时限 "}\n'
    )
