"""File names out of other people's words."""

import pytest

from ledger.base.file_names import file_name, file_names
from ledger.base.files import folded_name

HOSTILE = [
    "综合组", "A/B", "A:B", "a b", "..", "../../etc/passwd", "..\\..\\x", "/etc/passwd", "组\x1b[2J", "长" * 200,
    "👩‍👩‍👧‍👦" * 40, "-rf", ".hidden", "末尾.", "甲\n乙", "CON", "con", "nul.txt", "COM1", "lpt9.组", "PRN ",
    "", " ", "???", "é", "e\u0301", "甲-2", "甲", "甲 ", "未命名",
]  # fmt: skip


@pytest.mark.parametrize(("before", "suffix"), [("", ".txt"), ("周清单-", ".docx"), ("填报-", ".xlsx"), ("-", "")])
def test_names_are_safe_and_told_apart(before: str, suffix: str) -> None:
    names = list(file_names(HOSTILE, before, suffix))
    assert len({folded_name(name) for name in names}) == len(HOSTILE)
    for name in names:
        assert name.startswith((before, "_")) and name.endswith(suffix)
        assert name.isprintable() or "\u200d" in name
        assert not set('/\\:*?"<>|\n') & set(name)
        assert len(name.encode()) < 255 and name.encode().decode() == name
        stem = name.removesuffix(suffix).lower()
        assert stem.partition(".")[0] not in {"con", "nul", "prn", "com1", "lpt9"}
        assert not stem.startswith(".") and stem[-1] not in ". "
        assert before or not stem.startswith("-")


def test_a_name_is_taken_over_where_it_is_safe_already() -> None:
    assert list(file_names(["综合组", "县委办(综合科)", "综合组"], "周清单-", ".docx")) == [
        "周清单-综合组.docx",
        "周清单-县委办(综合科).docx",
        "周清单-综合组-2.docx",
    ]
    assert list(file_names(["A/B", "a:b", "CON", "-甲"], suffix=".txt")) == [
        "A_B.txt",
        "a_b-2.txt",
        "_CON.txt",
        "甲.txt",
    ]


def test_the_name_of_one_file_stays_where_every_system_takes_it() -> None:
    kept = ["会议 纪要(第2稿).docx", "无后缀", "長" * 80, "a.tar.gz"]
    assert list(map(file_name, kept)) == kept
    mended = {
        ".隐藏": "隐藏", "-rf": "rf", "con.txt": "_con.txt", "甲:乙.pdf": "甲_乙.pdf", "甲?.": "甲",
        "长" * 100 + ".pdf": "长" * 60 + ".pdf", "..": "未命名", "\x1b[2J.doc": "u{1b}[2J.doc",
    }  # fmt: skip
    assert {name: file_name(name) for name in mended} == mended
