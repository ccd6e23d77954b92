"""The bytes of a CSV: encodings, and lines that are none."""

from pathlib import Path

import pytest

from ledger.base.errors import BadValue, NotFound
from ledger.importers.csv_sheet import decoded, read_lines, split_lines

HERE = Path("计划.csv")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        *(("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030")),
        ("utf-16", "utf-16"),
    ],
)
def test_the_encoding_is_found_and_told(encoding: str, said: str) -> None:
    assert decoded(HERE, "召开会议".encode(encoding), None) == ("召开会议", said)


def test_an_encoding_may_be_named() -> None:
    assert decoded(HERE, "召開會議".encode("big5"), "big5") == ("召開會議", "big5")
    with pytest.raises(BadValue, match="不是 utf-8 编码"):
        decoded(HERE, "召開會議".encode("big5"), "utf-8")
    with pytest.raises(BadValue, match="没有名为“klingon”的编码"):
        decoded(HERE, b"x", "klingon")


def test_lines_are_those_of_the_file() -> None:
    assert list(split_lines(HERE, '1,"甲\r\n乙"\r\n\r\n,,\r\n2,丁')) == [(1, ["1", "甲\r\n乙"]), (5, ["2", "丁"])]
    assert list(split_lines(HERE, "1;甲,乙", ";")) == [(1, ["1", "甲,乙"])]


@pytest.mark.parametrize("text", ['a,b\n"c,d', "a\n" + "b" * 200_000], ids=["open quote", "a huge cell"])
def test_what_is_no_csv(text: str) -> None:
    with pytest.raises(BadValue, match="第2行起不是完整的 CSV"):
        list(split_lines(HERE, text))


def test_no_file_and_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_lines(tmp_path / "无.csv", None, "应有表头")
    (tmp_path / "空.csv").write_bytes(b"\r\n,,\r\n")
    with pytest.raises(BadValue, match="是空的"):
        read_lines(tmp_path / "空.csv", None, "应有表头")
