"""The columns of a sheet with bands, and where their cells are broken."""

from dataclasses import replace
from datetime import date

import pytest

from ledger.base.text import width
from ledger.render.cells import iso, words
from ledger.render.sheet_grid import ample, broken, fits, pieces, widths
from ledger.reports.report import Band, Column, Row, Section, State

COLUMNS = (
    Column("序号", "code", "place"),
    Column("工作任务", name="title"),
    Column("牵头/配合单位", "name", "unit"),
    Column("时限", "date"),
    Column("进展情况", name="note"),
    Column("存在问题", name="problem"),
    Column("状态", "state"),
)
STATE = State("red", "红", ("逾期19天", "结转3次"))


def section(*texts: tuple[str, str | None, str | None]) -> Section:
    rows: list[Row] = [
        (str(place), title, "省直机关工委\n宣传组、督导组", date(2013, 3, 20), note, problem, STATE)
        for place, (title, note, problem) in enumerate(texts, start=1)
    ]
    return Section("", COLUMNS, [Band(("一、本周到期" * 20,)), *rows])


@pytest.mark.parametrize("room", [80, 100, 150])
def test_what_must_not_be_broken_has_its_room_and_texts_share_the_rest(room: int) -> None:
    found = widths(section(("制定方案" * 8, "已完成" * 12, "缺经费" * 3)), room, iso)
    assert sum(found.values()) in (room, room - 1)
    assert found[0] >= 2 and found[2] >= width("省直机关工委") and found[3] >= 10 and found[6] >= width("红 逾期19天")
    assert found[4] > found[5], "the longer text has more"


def test_an_empty_column_is_left_out() -> None:
    found = widths(section(("制定方案", None, None)), 100, iso)
    assert sorted(found) == [0, 1, 2, 3, 6]
    assert sorted(widths(Section("", COLUMNS, []), 100, iso)) == list(range(7))


def test_a_page_that_leaves_texts_no_room_does_not_fit() -> None:
    some = section(("制定方案" * 8, "已完成" * 12, "缺经费" * 12))
    assert fits(some, 130, iso)
    assert not fits(some, 80, iso)
    assert fits(section(("制定方案", None, None)), 80, iso)


def test_a_section_shown_whole_keeps_its_empty_columns() -> None:
    empty = replace(section(("制定方案", None, None)), whole=True)
    assert sorted(widths(empty, 100, iso)) == list(range(7))


def test_the_rows_are_as_low_as_can_be() -> None:
    some = section(*[("制定方案", "已完成前期摸底调查和方案编制" * 10, "缺经费")] * 3)
    found = widths(some, 140, iso)
    assert found[4] > 60, "the long notes have what the others do not need"
    alike = Section("", (Column("工作任务", name="title"), Column("状态", "state")), [("制定方案" * 5, STATE)] * 5)
    assert widths(alike, 60, iso)[1] >= width(words(STATE)), "a state has one line where that saves one"


def test_a_long_word_of_a_title_is_not_broken() -> None:
    some = section(("完成DCMM三级贯标ISO/IEC27001认证Infrastructure" + "平台建设" * 3, "已完成" * 90, None))
    assert widths(some, 100, iso)[1] >= len("Infrastructure")


def test_names_give_way_where_the_texts_could_not_be_read() -> None:
    columns = (Column("工作任务", name="title"), Column("牵头单位", "name"))
    some = Section("", columns, [("推进改造提升" * 15, "市生态环境局高新技术开发区")])
    assert widths(some, 60, iso)[1] >= 26
    assert widths(some, 44, iso)[1] == 20
    assert not fits(some, 44, iso)


def test_names_break_between_names_and_states_between_their_parts() -> None:
    unit, state = COLUMNS[2], COLUMNS[6]
    assert broken("省直机关工委\n宣传组、督导组", unit, 12, iso) == ["省直机关工委", "宣传组、", "督导组"]
    assert broken("省直机关工委\n宣传组、督导组", unit, 14, iso) == ["省直机关工委", "宣传组、督导组"]
    assert broken(STATE, state, 12, iso) == ["红 逾期19天", "结转3次"]
    assert pieces(STATE, state, iso) == ["红 逾期19天", "结转3次"]
    assert "".join(broken(STATE, state, 40, iso)) == words(STATE)


def test_figures_need_more_in_fonts_that_stand_in() -> None:
    assert ample("综合组") == width("综合组")
    assert ample("3月13日销号") > width("3月13日销号")
    assert ample("“学创”办") == width("“学创”办") + 2
