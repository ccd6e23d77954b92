"""The table of keys: which are offered for which tasks, and by which names they are found."""

from datetime import date
from itertools import combinations

import pytest

from ledger.cli.combing.keys import KEYS, Targets, found, offered
from ledger.model.task import Problem, Task


def task(**fields: object) -> Task:
    return Task(1, "2013-001", "甲", "综合组", **fields)  # type: ignore[arg-type]


def words(targets: Targets) -> set[str]:
    return {one.word for one in offered(targets)}


OPEN, SUBMITTED, CLOSED = (task(status=status) for status in ("open", "submitted", "closed"))
EVERYWHERE = {"新增", "查找", "写清单", "选中", "跳过", "上一条", "撤回刚才", "退出"}


@pytest.mark.parametrize(
    ("targets", "more"),
    [
        (Targets([]), set()),
        (Targets([OPEN]), {"催办", "挂牌", "销号", "销号并写明", "进展", "问题", "延期", "修改"}),
        (Targets([SUBMITTED]), {"挂牌", "审核销号", "销号并写明", "退回", "进展", "问题", "延期", "修改"}),
        (Targets([OPEN, SUBMITTED], True), {"挂牌", "销号", "销号并写明", "进展", "问题", "延期", "修改", "不选"}),
        (Targets([CLOSED]), {"进展", "修改"}),
        (Targets([task(quota="x", problems=(Problem(1, "缺经费", date(2013, 3, 1)),))]),
         {"销号", "销号并写明", "进展", "问题", "问题解决", "计数", "延期", "催办", "挂牌", "修改"}),
        (Targets([task(flagged=True)]), {"销号", "销号并写明", "进展", "问题", "延期", "催办", "摘牌", "修改"}),
    ],
)  # fmt: skip
def test_what_is_offered(targets: Targets, more: set[str]) -> None:
    marked = {"销号为亮点"} if "销号并写明" in more else set()
    assert words(targets) == EVERYWHERE | more | marked


def test_no_two_do_the_same() -> None:
    for one, other in combinations(KEYS, 2):
        assert one.word != other.word
        assert not {*one.more} & {*other.more}
    assert {one.key for one in KEYS if sum(one.key == other.key for other in KEYS) > 1} == {"c", "f"}


@pytest.mark.parametrize(
    ("typed", "word"),
    [("c", "销号"), ("ｃ", "销号"), ("C", "销号并写明"), ("Q", "退出"), ("退出", "退出"), (" ", "跳过"),
     ("down", "跳过"), ("z", None), ("", None), ("r", None)],
)  # fmt: skip
def test_what_is_pressed(typed: str, word: str | None) -> None:
    key = found(typed, Targets([OPEN]))
    assert (key and key.word) == word
