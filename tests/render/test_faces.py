from datetime import date

import pytest

from ledger.base.text import width
from ledger.render.faces import LIGHTS, drawn, face, fitted, least
from ledger.reports.report import Bar, Cell, State

LATE = State("red", "红", ("逾期4天", "结转1次", "已催办2次"))


@pytest.mark.parametrize("light", LIGHTS)
def test_a_light_has_its_word_beside_its_sign(light: str) -> None:
    text, style = face(State(light, "字", ("其余",)), date.isoformat)
    assert text[1:] == " 字 其余"
    assert style


@pytest.mark.parametrize(("cell", "style"), [(0, "dim"), (3, ""), ("", ""), ("0", ""), (None, ""), (Bar(0, 9), "dim")])
def test_only_zeros_step_back(cell: Cell, style: str) -> None:
    assert face(cell, date.isoformat)[1] == style


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        (40, ["● 红 逾期4天 结转1次 已催办2次"]),
        (21, ["● 红 逾期4天 结转1次", "  已催办2次"]),
        (12, ["● 红 逾期4天", "  结转1次", "  已催办2次"]),
    ],
)
def test_a_state_breaks_between_its_parts_and_hangs_below_its_word(cells: int, lines: list[str]) -> None:
    assert fitted(LATE, face(LATE, date.isoformat)[0], cells) == lines


def test_the_least_width_of_a_state_keeps_its_parts_whole() -> None:
    assert least(LATE) == len("● 红") + 1 + width("逾期4天") + 1
    assert least(State("grey", "灰")) == len("○ ") + width("灰")


@pytest.mark.parametrize(
    ("value", "scale", "bar"),
    [
        (9, 9, "██████████ 9"),
        (4, 8, "█████ 4"),
        (1, 16, "▋ 1"),
        (1, 9999, "▏ 1"),
        (0, 9, "0"),
        (0, 0, "0"),
        (3, 0, "3"),
    ],
)
def test_a_bar_is_drawn_to_scale_with_its_number(value: int, scale: int, bar: str) -> None:
    assert drawn(Bar(value, scale), 11 + len(str(scale))) == bar


def test_a_lone_word_is_kept_off_the_last_line() -> None:
    title = "审定各项活动方案、配强工作专班"
    assert fitted(title, title, 28) == ["审定各项活动方案、配强工", "作专班"]
