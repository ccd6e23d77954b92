import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.numerals import ASCII, CHINESE, chinese, number, numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("0", 0), ("007", 7), ("2013", 2013), ("二〇一三", 2013), ("二○一三", 2013), ("二零一三", 2013), ("三", 3)),
        *(("十", 10), ("十五", 15), ("二十", 20), ("二十五", 25), ("廿五", 25), ("卅", 30), ("卅一", 31), ("两", 2)),
        *(("一百", 100), ("百", 100), ("一百二十", 120), ("一百零五", 105), ("三百六十五", 365)),
        *(("十十", None), ("十百", None), ("二十五六", None), ("五廿", None), ("十廿", None), ("百百", None)),
    ],
)
def test_number(text: str, value: int | None) -> None:
    assert number(text) == value


@given(
    st.text(alphabet=sorted(CHINESE), min_size=1, max_size=8) | st.text(alphabet=sorted(ASCII), min_size=1, max_size=8)
)
def test_every_run_of_numerals_is_a_number_or_none(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0


def test_counts_are_read_back() -> None:
    assert [chinese(n) for n in (1, 2, 3, 10, 11)] == ["一", "两", "三", "十", "11"]
    assert all(number(chinese(n)) == n for n in range(1, 100))


def test_how_sections_are_numbered() -> None:
    assert [numeral(n) for n in (1, 2, 10, 11, 19, 20, 21, 99)] == [
        "一", "二", "十", "十一", "十九", "二十", "二十一", "九十九",
    ]  # fmt: skip
    assert [numeral(n) for n in (0, 100)] == ["0", "100"]
