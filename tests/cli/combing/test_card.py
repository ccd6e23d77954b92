"""How a task is set: whole where there is room, within its width always."""

from datetime import date

import pytest

from ledger.base.text import width
from ledger.cli.combing.card import card, plain
from ledger.cli.combing.shown import Shown
from ledger.model.rules import Rules
from ledger.model.task import Problem, Task

TODAY = date(2013, 3, 19)
PROBLEM = Problem(4, "经费没有落实", date(2013, 3, 2))
TASK = Task(
    1, "2013-001", "制定总体方案", "综合组", ("宣传组", "督导组"), "李四", "王五", key=True,
    assigned_on=date(2013, 3, 1),
    due_on=date(2013, 3, 29), due_text="3月底", original_due_on=date(2013, 3, 20), last_day=date(2013, 3, 29),
    extensions=1, progress=60, note="已送审", problems=(PROBLEM,),
)  # fmt: skip


def lines(task: Task, cells: int, *, marked: bool = False) -> list[str]:
    return plain(card(Shown(task, "结转和逾期", 1, [], [], TODAY, Rules("x")), cells, marked=marked))


def test_the_whole_card() -> None:
    assert lines(TASK, 80, marked=True) == [
        "2013-001 ★ 制定总体方案",
        "✓ 已选 · 结转和逾期  ● 绿 剩10天 未达序时 延期1次",
        "责任  综合组 · 配合 宣传组、督导组 · 责任人 李四 · 责任领导 王五",
        "时限  3月29日 周五(3月底),原定 3月20日 周三 · 交办 3月1日 周五",
        "进展  60% 已送审",
        "问题  经费没有落实",
    ]


@pytest.mark.parametrize("cells", [10, 20, 40, 80])
def test_it_keeps_its_width(cells: int) -> None:
    long = "召开全省“学创”活动电视电话动员大会(第一次)ABCDEFG" * 20
    task = Task(1, "2013-001", long[:500], "综合组", measure=long, note=long + "\n" + long, assigned_on=TODAY)
    found = lines(task, cells)
    assert max(map(width, found)) <= cells
    assert len(found) <= 20


def test_what_could_move_the_cursor_is_shown_as_it_is_written() -> None:
    assert "\x1b" not in "".join(lines(Task(1, "1", "甲\x1b[2J", "乙\x07", assigned_on=TODAY), 80))
