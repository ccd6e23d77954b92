"""What the columns of real sheets mean."""

import pytest

from ledger.base.errors import BadValue
from ledger.importers.headings import EITHER, LEFT_OUT, checked_mapping, fields_of, folded, is_known
from ledger.importers.synonyms import SYNONYMS
from ledger.reports.columns import WHOLE
from ledger.services.batch import OPERATIONS


@pytest.mark.parametrize(("field", "heading"), [(field, name) for field, names in SYNONYMS.items() for name in names])
def test_every_synonym_beside_the_two_that_a_task_must_have(field: str, heading: str) -> None:
    others = [name for name, own in (("工作任务", "title"), ("牵头单位", "unit"), ("截止日期", "due")) if own != field]
    found = fields_of([*others, heading])
    assert found[len(others)] == field


def test_every_field_is_an_option_of_a_registration() -> None:
    course = {"closed_on", "outcome", "problem", "progress"}
    assert set(SYNONYMS) - course - {"due_text"} <= set(OPERATIONS["add"][1])


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("工作任务 责任单位", {0: "title", 1: "unit"}),
        ("工作任务 牵头单位 责任单位", {0: "title", 1: "unit", 2: "with"}),
        ("工作任务 责任单位 配合单位", {0: "title", 1: "unit", 2: "with"}),
        ("工作任务 协办单位 责任部门", {0: "title", 1: "with", 2: "unit"}),
        ("工作任务 配合单位", {0: "title", 1: "with"}),
        ("工作任务 牵头单位 完成时限", {0: "title", 1: "unit", 2: "due"}),
        ("工作任务 牵头单位 完成时限 截止日期", {0: "title", 1: "unit", 2: "due_text", 3: "due"}),
        ("工作任务 事项 牵头单位", {0: "title", 2: "unit"}),
        ("事项 工作任务 牵头单位", {1: "title", 2: "unit"}),
        ("工作任务 工作任务 牵头单位", {0: "title", 2: "unit"}),
        ("备注 天气", {}),
        ("", {}),
    ],
)
def test_of_two_columns_the_first_wins(headings: str, fields: dict[int, str]) -> None:
    assert fields_of(headings.split()) == fields


def test_every_column_that_the_ledger_exports_is_known() -> None:
    assert [column.title for column in WHOLE.columns if not is_known(folded(column.title))] == []


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("工作 任务", "工作任务"),
        ("完成\n时限", "完成时限"),
        ("完成时限（必填）", "完成时限"),
        ("*责任人", "责任人"),
        ("责任（配合）单位", "责任(配合)单位"),
        ("牵头单位【填全称】:", "牵头单位"),
        ("(备注)", "(备注)"),
    ],
)
def test_how_headings_are_compared(written: str, key: str) -> None:
    assert folded(written) == key


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *(("工作任务", "title"), ("title", "title"), ("任务", "title"), ("牵头单位", "unit"), ("主办单位", "unit")),
        *(("完成时限", "due_text"), ("截止日期", "due"), ("due_on", "due"), ("交办日期", "on"), ("责任人", "owner")),
        *(("存在问题", "problem"), ("完成进度", "progress"), ("销号日期", "closed_on"), ("完成情况", "outcome")),
        *(("-", LEFT_OUT), ("-", LEFT_OUT), ("不要", LEFT_OUT), ("责任单位", EITHER)),
    ],
)
def test_fields_by_any_of_their_names(name: str, field: str) -> None:
    assert checked_mapping({"某 列": name}) == {"某列": field}


def test_a_name_of_no_field() -> None:
    with pytest.raises(BadValue, match="没有名为“任务啊”的字段") as error:
        checked_mapping({"某列": "任务啊"})
    assert "工作任务(title)、牵头单位(unit)" in error.value.hint


@pytest.mark.parametrize(
    ("headings", "fields"),
    [("事项 谁办", {0: "title", 1: "unit"}), ("事项 谁办 牵头单位", {0: "title", 1: "with", 2: "unit"})],
)
def test_a_column_mapped_as_responsible_leads_where_no_other_does(headings: str, fields: dict[int, str]) -> None:
    assert fields_of(headings.split(), {"谁办": EITHER}) == fields
