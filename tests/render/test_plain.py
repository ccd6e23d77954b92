import io
from collections.abc import Callable
from datetime import date

from ledger.base.text import width
from ledger.render.plain import PADDED, render
from ledger.reports.report import Column, Report, State

COLUMNS = (Column("编号", "code"), Column("工作任务"), Column("完成时限", "date"))


def printed(report: Report) -> str:
    file = io.StringIO()
    render(report, file.write)
    return file.getvalue()


def test_the_whole_text(week: Report, month: Report, golden: Callable[[str, str], None]) -> None:
    golden("render/week.plain", printed(week))
    golden("render/month.plain", printed(month))


def test_one_line_per_row_whatever_it_holds(listing: Callable[..., Report]) -> None:
    lines = printed(listing(("001", "两\r\n行\n\u2028字\x1b[31m", None), columns=COLUMNS)).splitlines()
    assert lines[-2:] == ["编号  工作任务", r"001   两 行 \u{2028}字\u{1b}[31m"]


def test_a_text_beyond_the_padding_pushes_only_its_own_row(listing: Callable[..., Report]) -> None:
    long, day = "督" * PADDED, date(2013, 3, 20)
    *_, pushed, padded = printed(listing(("1", long, day), ("2", "查", day), columns=COLUMNS)).splitlines()
    assert pushed == f"1     {long}  2013-03-20"
    assert width(padded) == 6 + PADDED + 2 + 10


def test_without_rows_it_says_so(listing: Callable[..., Report]) -> None:
    assert printed(listing(columns=COLUMNS)) == "任务清单  学创台账\n截至2013年3月19日 周二\n\n无\n"


def test_a_light_is_a_word(listing: Callable[..., Report]) -> None:
    text = printed(listing((State("red", "红", ("逾期3天",)),), columns=(Column("状态", "state"),)))
    assert text.endswith("状态\n红 逾期3天\n")
