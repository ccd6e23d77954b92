"""Fields as a clerk names them."""

import pytest

from ledger.base.errors import BadValue
from ledger.services.fields import fields_named


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        (["进展情况"], {"note"}),
        (["进展,问题"], {"note", "problem"}),
        (["完成进度、存在问题", "NOTE"], {"progress", "problem", "note"}),
        (["完成时限"], {"due", "due_text"}),
        (["due_on，责任人"], {"due", "due_text", "owner"}),
        (["办理状态;完成日期"], {"outcome", "closed_on"}),
    ],
)
def test_fields_are_named_in_chinese_or_english(texts: list[str], fields: set[str]) -> None:
    assert fields_named(texts) == fields


@pytest.mark.parametrize("text", ["", "单位", "进度表", "剩余天数"])
def test_a_name_must_fit_one_field(text: str) -> None:
    with pytest.raises(BadValue, match="没有名为"):
        fields_named([text])
