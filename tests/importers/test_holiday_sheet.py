"""A table of days as CSV."""

from pathlib import Path

import pytest

from ledger.base.errors import BadValue, NotFound
from ledger.importers.holiday_sheet import read_days

HEADINGS = ("日期", "休/班")


def sheet(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "节假日.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_with_their_lines(tmp_path: Path, encoding: str) -> None:
    path = sheet(tmp_path, "\r\n 休/班 ,日期,备注\r\n休, 2027-02-05 ,春节\r\n\r\n班\r\n", encoding)
    assert read_days(path, HEADINGS) == [
        (3, {"日期": "2027-02-05", "休/班": "休"}),
        (5, {"日期": "", "休/班": "班"}),
    ]


@pytest.mark.parametrize(("text", "what"), [("日期\n2027-02-05\n", "休/班"), ("", "空"), ('日期,休/班\n"', "CSV")])
def test_what_is_no_table_of_days(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(BadValue, match=what):
        read_days(sheet(tmp_path, text), HEADINGS)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_days(tmp_path / "无", HEADINGS)
