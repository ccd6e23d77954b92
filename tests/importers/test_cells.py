"""What a cell means to a field."""

import pytest

from ledger.base.errors import BadValue
from ledger.importers.cells import Fault, Number, Value, in_one_line, percent_in, text_of

DAY = "yyyy-mm-dd"


@pytest.mark.parametrize(
    ("value", "field", "text"),
    [
        (Number(41364, DAY), "due", "2013-03-31"),
        (Number(41364.75, DAY), "due", "2013-03-31"),
        (Number(41364), "due", "2013-03-31"),
        (Number(39902, "General", True), "due", "2013-03-31"),
        (Number(59, DAY), "due", "1900-02-28"),
        (Number(61, DAY), "due", "1900-03-01"),
        (Number(0, DAY, True), "due", "1904-01-01"),
        (Number(20130331), "due", "20130331"),
        ("41364", "due", "2013-03-31"),
        ("41364", "title", "41364"),
        ("3.31", "due", "3.31"),
        (Number(41364, DAY), "title", "2013-03-31"),
        (Number(41364.5, "yyyy/m/d h:mm"), "note", "2013-03-31 12:00"),
        (Number(0.5, "h:mm"), "note", "12:00"),
        (Number(41364, '[$-804]yyyy"年"m"月"d"日";@'), "note", "2013-03-31"),
        (Number(3.0), "title", "3"),
        (Number(0.1), "title", "0.1"),
        (Number(0.6, "0%"), "progress", "60%"),
        (Number(0.07, "0.0%"), "progress", "7%"),
        (Number(12.0), "code", "12"),
        (Number(7, "000"), "code", "007"),
        (Number(7, '"学创-"000'), "code", "学创-007"),
        (Number(7, '"2013-"00'), "code", "2013-07"),
        (Number(41276, "m-d"), "code", "1-2"),
        (Number(41276, "mm\\-dd;@"), "code", "01-02"),
    ],
)
def test_what_a_cell_says(value: Value, field: str, text: str) -> None:
    assert text_of(value, field) == text


@pytest.mark.parametrize(
    ("value", "field", "what"),
    [
        (Number(3.1), "due", "看不出是哪一天"),
        (Number(2013), "due", "看不出是哪一天"),
        (Number(60, DAY), "due", "不是日期"),
        (Number(-5, DAY), "due", "不是日期"),
        (Number(1e9, DAY), "due", "不是日期"),
        (Number(0.5, "h:mm"), "due", "只有钟点"),
        (Number(41276, 'm"月"d"日"'), "code", "改成了日期 2013-01-02.*1-2"),
        (Number(41276, DAY), "code", "改成了日期"),
        (Number(0.5, "0%"), "code", "百分数"),
        (Fault("这一格是错误值 #REF!", "请改正"), "title", "#REF!"),
    ],
)
def test_what_cannot_be_read(value: Value, field: str, what: str) -> None:
    with pytest.raises(BadValue, match=what) as error:
        text_of(value, field)
    assert error.value.hint


@pytest.mark.parametrize(
    ("text", "percent"),
    [("60", 60), ("60%", 60), ("６０％", 60), ("100.0%", 100), ("120", 120), ("过半", None), ("0.6", None)],
)
def test_a_percentage(text: str, percent: int | None) -> None:
    assert percent_in(text) == percent


@pytest.mark.parametrize(
    ("text", "field", "line"),
    [
        ("制定\n方案", "title", "制定方案"),
        ("use\n Python 3\n工具", "title", "use Python 3工具"),
        ("李某\n王某、\n\n钱某", "owner", "李某、王某、钱某"),
    ],
)
def test_a_cell_of_several_lines(text: str, field: str, line: str) -> None:
    assert in_one_line(text, field) == line
