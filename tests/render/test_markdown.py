import io
from collections.abc import Callable

import pytest

from ledger.render.markdown import render
from ledger.reports.report import Column, Report


def printed(report: Report) -> str:
    file = io.StringIO()
    render(report, file.write)
    return file.getvalue()


def test_the_whole_text(month: Report, golden: Callable[[str, str], None]) -> None:
    golden("render/month.md", printed(month))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a|b", r"a\|b"),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("[看](javascript:x)", r"\[看\](javascript:x)"),
        ("*粗* _斜_ `码` ~~删~~", r"\*粗\* \_斜\_ \`码\` \~\~删\~\~"),
        ("\\| &lt; #标题 $x$", r"\\\| \&lt; \#标题 \$x\$"),
        ("两\n行", "两 行"),
    ],
)
def test_a_text_reads_as_it_was_typed(listing: Callable[..., Report], typed: str, written: str) -> None:
    text = printed(listing((typed,), columns=(Column("工作任务"),)))
    assert text.endswith(f"| 工作任务 |\n| --- |\n| {written} |\n")


def test_without_rows_it_says_so(listing: Callable[..., Report]) -> None:
    assert printed(listing()) == "# 任务清单\n\n学创台账 ｜ 截至2013年3月19日 周二\n\n无\n"


def test_the_figures_are_a_list_that_can_be_pasted(week: Report) -> None:
    assert printed(week).startswith(
        "# 周工作清单\n\n2013年第12周(3月18日—3月24日) ｜ 学创台账 ｜ 截至2013年3月19日 周二\n\n"
        "- 期初在办 9 + 新增 6 + 恢复 0 − 销号 3 − 撤销 0 = 期末在办 12\n"
        "- 应销 12 已销 3 销号率 25%(3/12)\n- 按期率 67%(2/3)\n- 逾期 5\n\n## 一、上周销号"
    )
