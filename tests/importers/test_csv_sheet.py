"""A CSV sheet as offices save it: encodings, headings, cells."""

from pathlib import Path
from typing import Any

import pytest

from ledger.base.errors import BadValue, NotFound
from ledger.importers.csv_sheet import read_sheet

HEAD = "编号,工作任务,牵头单位,责任(配合)单位,截止日期,完成时限,重点,进展情况,备注"


def sheet(tmp_path: Path, *rows: str, encoding: str = "utf-8", head: str = HEAD) -> Path:
    path = tmp_path / "计划.csv"
    path.write_bytes("\r\n".join([head, *rows, ""]).encode(encoding))
    return path


def options(tmp_path: Path, *rows: str, head: str = HEAD) -> list[dict[str, Any]]:
    return [row.options for row in read_sheet(sheet(tmp_path, *rows, head=head)).rows]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030")],
)
def test_the_encoding_is_found_and_told(tmp_path: Path, encoding: str, said: str) -> None:
    found = read_sheet(sheet(tmp_path, "1,召开会议,综合组,,,,,,", encoding=encoding))
    assert (found.encoding, [row.options["title"] for row in found.rows]) == (said, ["召开会议"])


def test_an_encoding_may_be_named(tmp_path: Path) -> None:
    path = sheet(tmp_path, "1,召開會議,綜合組,,,,,,", head=HEAD.replace("编号", "編號"), encoding="utf-16")
    assert read_sheet(path, "utf-16").encoding == "utf-16"
    with pytest.raises(BadValue, match="不是 utf-8 编码"):
        read_sheet(path, "utf-8")
    with pytest.raises(BadValue, match="没有名为“klingon”的编码"):
        read_sheet(path, "klingon")


def test_a_row_whole(tmp_path: Path) -> None:
    row = 'A-1,召开会议,综合组、宣传组,"督导组，\n 办公室;人事处",2013-03-20,三月中旬,是,已发通知,请抓紧'
    assert options(tmp_path, row) == [
        {
            "code": "A-1",
            "title": "召开会议",
            "unit": "综合组",
            "with": ["宣传组", "督导组", "办公室", "人事处"],
            "due": "2013-03-20",
            "due_text": "三月中旬",
            "key": True,
            "note": "已发通知;备注:请抓紧",
        }
    ]


@pytest.mark.parametrize(("cell", "key"), [("是", True), ("√", True), ("重点", True), ("否", False), ("", None)])
def test_the_mark_of_a_key_task(tmp_path: Path, cell: str, key: bool | None) -> None:
    assert options(tmp_path, f",甲,乙,,,,{cell},,")[0].get("key") == key


def test_rows_short_and_long_and_blank(tmp_path: Path) -> None:
    assert options(tmp_path, "1,甲,乙", ",,,,,,,,", "", "2,丙,丁,,,,,,,多出的") == [
        {"code": "1", "title": "甲", "unit": "乙"},
        {"code": "2", "title": "丙", "unit": "丁", "note": "多出的"},
    ]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    found = read_sheet(sheet(tmp_path, '1,"甲\r\n乙",丙', "", "2,丁,戊"))
    assert found.size == 2
    assert [row.line for row in found.rows] == [2, 5]


def test_columns_without_a_field_are_told(tmp_path: Path) -> None:
    found = read_sheet(sheet(tmp_path, "甲,乙,晴", head="工作任务, 牵头单位 ,天气,,"))
    assert found.extra == ["天气"]
    (row,) = found.rows
    assert row.options == {"title": "甲", "unit": "乙", "note": "天气:晴"}
    assert row.headings == {"title": "工作任务", "unit": "牵头单位"}


def test_full_width_headings(tmp_path: Path) -> None:
    assert options(tmp_path, "甲,乙,丙", head="工作任务,牵头单位,责任（配合）单位")[0]["with"] == ["丙"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "空"),
        (b"\r\n,,\r\n", "空"),
        ("工作任务,截止日期\n甲,".encode(), "缺少“牵头单位”"),
        ("天气\n晴".encode(), "缺少“工作任务、牵头单位”"),
        ('工作任务,牵头单位\n"甲,乙'.encode(), "不是完整的 CSV"),
        (b"\xff\xff\xff", "不是 utf-8 或 gb18030 编码"),
        ("工作任务,牵头单位\n".encode() + b"a" * 200_000 + b",b", "不是完整的 CSV"),
    ],
    ids=["empty", "blank", "no unit", "no heading", "open quote", "no text", "a huge cell"],
)
def test_what_is_no_sheet(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(BadValue, match=what):
        read_sheet(path)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_no_such_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        read_sheet(tmp_path / name)
