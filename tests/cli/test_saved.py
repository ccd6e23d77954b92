"""A name that no saved list has: what was probably meant."""

import pytest

from tests.conftest import Book, Clerk


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("我地", "没有常用清单“我地”,是不是 我的"),
        ("本周", "请写 ledger list --due 本周"),
        ("5.1-5.15", "请写 ledger list --due 5.1-5.15"),
        ("综合组", "请写 ledger list --unit 综合组"),
        ("李四", "请写 ledger list --owner 李四"),
        ("学创活动", "请写 ledger list --activity 学创活动"),
        ("推进实施", "请写 ledger list --stage 推进实施"),
        ("在办", "请写 ledger list --status 在办"),
        ("submitted", "请写 ledger list --status submitted"),
        ("逾期", "请写 ledger list --overdue"),
        ("报信息", "没有常用清单“报信息”(已有 我的、组里)"),
    ],
)
def test_unknown(book: Book, clerk: Clerk, name: str, said: str) -> None:
    book.post("add", title="甲", unit="综合组", owner="李四", activity="学创活动", stage="推进实施", on="2013-03-01")
    for kept in ("我的", "组里"):
        clerk("config", "view", kept, "--key")
    answer = clerk("--db", str(book.location), "list", name)
    assert (answer.code, answer.out) == (4, "")
    assert said in answer.err


def test_a_saved_list_comes_before_what_its_name_might_mean(book: Book, clerk: Clerk) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    clerk("config", "view", "综合组", "--undated")
    answer = clerk("--db", str(book.location), "list", "综合组")
    assert answer.code == 0
    assert "任务清单:综合组" in answer.out


def test_without_any_it_is_told_how_to_save_one(book: Book, clerk: Clerk) -> None:
    answer = clerk("--db", str(book.location), "list", "我的")
    assert (answer.code, answer.out) == (4, "")
    assert "先用 ledger config view 我的 --unit 单位 存下" in answer.err
