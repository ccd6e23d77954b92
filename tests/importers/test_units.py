"""Cells of units, as plans write them: `units.csv` has each with who leads, who assists and who answers for it; `!` is
refused."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.importers.units import Reading, read

with (Path(__file__).parent / "units.csv").open(encoding="utf-8", newline="") as file:
    CELLS = [(row["cell"], row["lead"], row["with"], row["owner"]) for row in csv.DictReader(file)]
READ = [row for row in CELLS if row[1] != "!"]
REFUSED = [row[0] for row in CELLS if row[1] == "!"]


@pytest.mark.parametrize(("cell", "lead", "assisting", "owner"), READ)
def test_what_a_cell_says(cell: str, lead: str, assisting: str, owner: str) -> None:
    found = read(cell)
    assert (found.lead, "、".join(found.assisting), found.owner) == (lead, assisting, owner)


@pytest.mark.parametrize("cell", [*REFUSED, "甲局(" * 300])
def test_what_is_refused(cell: str) -> None:
    with pytest.raises(BadValue, match=r"^单位“") as error:
        read(cell)
    assert error.value.hint


@pytest.mark.parametrize(
    "cell",
    [
        "县教育局",
        "县教育局、县民政局",
        "县教育局,县民政局;各乡镇",
        "综合科\n信息科",
        "宣传组（筹）",
        "无",
        "—",
        "甲、乙",
    ],
)
def test_what_stands_as_it_is_read_is_not_told(cell: str) -> None:
    assert not read(cell).otherwise


@pytest.mark.parametrize(
    "cell",
    [
        "县教育局牵头",
        "县教育局 县民政局",
        "综合科/信息科",
        "县教育局和县民政局",
        "县教育局等部门",
        "县教育局(王五)",
        "县农业\n农村局",
    ],
)
def test_what_is_read_otherwise_is_told(cell: str) -> None:
    assert read(cell).otherwise


@pytest.mark.parametrize(
    ("cell", "known", "names"),
    [
        ("综合科/督查科", "综合科/督查科", ["综合科/督查科"]),
        ("综合科/督查科、信息科", "综合科/督查科", ["综合科/督查科", "信息科"]),
        ("教育局 体育科", "教育局体育科", ["教育局 体育科"]),
        ("教育局 体育科、信息科", "教育局体育科", ["教育局体育科", "信息科"]),
        ("县委办和县政府办", "县委办和县政府办", ["县委办和县政府办"]),
        ("负责任服务队配合", "负责任服务队", ["负责任服务队"]),
    ],
)
def test_a_name_that_the_ledger_knows_is_one(cell: str, known: str, names: list[str]) -> None:
    found = read(cell, {known})
    assert [*filter(None, [found.lead]), *found.assisting] == names


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("县教育局、县民政局", Reading("", ("县教育局", "县民政局"))),
        ("县教育局、县民政局配合", Reading("", ("县教育局", "县民政局"), otherwise=True)),
        ("牵头单位:县教育局;配合单位:县民政局", Reading("县教育局", ("县民政局",), otherwise=True)),
        ("县教育局负责、县民政局", Reading("", ("县教育局", "县民政局"), otherwise=True)),
    ],
)
def test_of_assisting_units_none_leads_unless_it_says_so(cell: str, found: Reading) -> None:
    assert read(cell, assists=True) == found


def test_what_is_left_out_is_told() -> None:
    assert read("县教体局牵头制定方案,县财政局配合").remarks == ("“制定方案”未记入",)
    assert read("张三、县教体局").remarks == ("“张三”像是人名",)
    assert read("县卫健局(张三)、县医保局(李四)").remarks == ("县医保局的李四未记入",)
    assert read("牵头单位:县卫健局;责任领导:周某").remarks == ("“周某”未记入",)


_PIECES = (
    *(
        "县水利局",
        "县财政局",
        "各乡镇",
        "综合科",
        "办公室",
        "财政",
        "(张三)",
        "(牵头)",
        "【配合】",
        "(含高新区、保税区)",
    ),
    *(
        "牵头",
        "配合",
        "负责",
        "按职责分工负责",
        "按职责分工落实",
        "分别负责",
        "负责落实",
        "由",
        "会同",
        "和",
        "及",
        "党委",
        "政府",
    ),
    *(
        "等部门",
        "等有关部门",
        "等相关单位",
        "其他部门",
        "牵头单位:",
        "责任单位：",
        "配合单位",
        "责任人:",
        "张三",
        "无",
        "★",
        "1.",
        "①",
    ),
    *("、", ",", "，", ";", "；", "。", " ", "\n", "/", "|", "(", "）", "【", "】", ":", "—", "\ue000", "\uf010", "甲"),
)
_WORDS = re.compile("按职责分工|负责落实|分别负责|等(?:有关|相关)?(?:部门|单位)|其他部门|牵头|配合")
_BRACKETS = str.maketrans("（）", "()")


@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join), st.booleans())
def test_no_unit_holds_what_is_no_part_of_a_name(cell: str, assists: bool) -> None:
    try:
        found = read(cell, assists=assists)
    except BadValue:
        return
    if re.search("[\ue000-\uf8ff]", cell):
        return
    for name in filter(None, [found.lead, *found.assisting]):
        depth, outside = 0, ""
        for letter in name.translate(_BRACKETS):
            depth += (letter in "(【") - (letter in ")】")
            assert depth >= 0
            outside += letter if not depth else ""
        assert depth == 0
        assert not re.search("[、,，;；。/|:\n]", outside)
        assert not _WORDS.search(outside)
