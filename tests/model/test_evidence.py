"""What an entry says of a file, and what a file may be called."""

from typing import Any

import pytest

from ledger.model.evidence import is_file_name, media_type, size_words, tells_a_file

FILE: dict[str, Any] = {"name": "纪要.pdf", "type": "application/pdf", "size": 8, "sha256": "ab" * 32}


def told(**fields: Any) -> bool:
    return tells_a_file({name: [None, value] for name, value in {**FILE, **fields}.items()})


@pytest.mark.parametrize("name", ["纪要.pdf", "a b.txt", "无后缀", ".隐藏", "-o", "長" * 255, "会议 (1).docx"])
def test_names_of_files(name: str) -> None:
    assert is_file_name(name)
    assert told(name=name)


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "../甲", "甲/乙", "甲\\乙", "/etc/passwd", "甲\n乙", "甲\0", "\x1b[31m", "甲\u202ecod.exe",
     " 甲", "甲 ", "长" * 256, "\ud800", None, 5],
)  # fmt: skip
def test_no_names_of_files(name: Any) -> None:
    assert not is_file_name(name)
    assert not told(name=name)


@pytest.mark.parametrize(
    "fields",
    [
        {"size": 0}, {"size": -1}, {"size": 2**53}, {"size": "8"}, {"size": True}, {"size": 8.0}, {"sha256": "AB" * 32},
        {"sha256": "ab" * 31}, {"sha256": None}, {"sha256": "ab" * 31 + "/."}, {"type": ""}, {"type": None},
        {"type": "x" * 101}, {"more": 1},
    ],
)  # fmt: skip
def test_what_tells_no_file(fields: dict[str, Any]) -> None:
    assert told()
    assert not told(**fields)


def test_a_file_builds_on_nothing_and_lacks_nothing() -> None:
    assert not tells_a_file({name: [value, value] for name, value in FILE.items()})
    assert not any(tells_a_file({name: [None, FILE[name]] for name in FILE if name != left}) for left in FILE)


def test_the_media_type_goes_by_the_end_of_the_name() -> None:
    told = {"a.PDF": "application/pdf", "照片.jpeg": "image/jpeg", "甲.tar.gz": "application/octet-stream"}
    told |= {"pdf.": "application/octet-stream", "纪要.ofd": "application/ofd", "无": "application/octet-stream"}
    told |= {"表.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    assert {name: media_type(name) for name in told} == told


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 字节"), (999, "999 字节"), (1000, "1.0 KB"), (9_949, "9.9 KB"), (9_950, "10 KB"), (999_499, "999 KB"),
     (999_500, "1.0 MB"), (1_200_000, "1.2 MB"), (10**9, "1.0 GB"), (10**12, "1.0 TB"), (10**16, "10000 TB")],
)  # fmt: skip
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_words(size) == words
