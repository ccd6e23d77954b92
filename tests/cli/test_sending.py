"""Short texts, and a file for each unit or leader: real files, with the names of other people's sheets."""

import json
import os
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Book, Clerk

UNITS = ["综合组", "../x", "a/b", "a:b", "CON", "👩‍👩‍👧组🎉", "长" * 100, "-rf", ".隐", "宣传组"]


@pytest.fixture
def office(book: Book, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """Ten units with an overdue task and one of this week each; every third pair has a leader, two others share one."""
    (tmp_path / "办公").mkdir()
    monkeypatch.chdir(tmp_path / "办公")
    leaders = ["王主任", None, "李/主任", "王主任", None]
    for place, unit in enumerate(UNITS):
        led = {"leader": leader} if (leader := leaders[place % 5]) else {}
        book.post("add", title=f"方案{place}", unit=unit, due="2013-03-12", on="2013-03-01", **led)
        book.post("add", title=f"会议{place}", unit=unit, due="2013-03-21", on="2013-03-01", key=place == 3, **led)
    return lambda *words: clerk("--db", str(book.location), *words)


def there() -> list[str]:
    return sorted(str(path) for path in Path().rglob("*") if path.is_file())


def test_a_file_for_each_unit_beside_each_other(office: Clerk) -> None:
    answer = office("week", "--split-by", "unit", "-o", "周清单.txt")
    assert (answer.code, answer.out) == (0, "")
    *lines, last = answer.err.splitlines()
    assert last == "已写出 10 份文件"
    names = [line.split(" → ")[1] for line in lines]
    assert there() == sorted(names)
    assert names[:5] == ["周清单-综合组.txt", "周清单-x.txt", "周清单-a_b.txt", "周清单-a_b-2.txt", "周清单-CON.txt"]
    assert lines[1] == "../x → 周清单-x.txt"
    for place, name in enumerate(names):
        text = Path(name).read_text("utf-8")
        assert f"学创台账({UNITS[place]})" in text
        assert {f"方案{place}", f"会议{place}"} == {word for word in text.split() if word[:2] in ("方案", "会议")}


def test_a_folder_that_is_made(office: Clerk) -> None:
    answer = office("week", "--brief", "--split-by", "单位", "-o", "提示")
    assert answer.code == 0
    assert "提示/综合组.txt" in there() and "提示/_CON.txt" in there() and len(there()) == 10
    assert not [name for name in there() if os.path.basename(name)[0] in "-."]
    assert Path("提示/综合组.txt").read_text("utf-8") == (
        "【学创台账（综合组）】2013年第12周（3月18日—3月24日）周工作提示\n"
        "截至2013年3月19日，本周应销号2件，已销号0件、尚未销号2件；在办2件，其中逾期1件。\n"
        "综合组：本周到期1件——会议0（3月21日周四）；逾期1件——方案0（已逾期7天）。\n"
    )


@pytest.mark.parametrize("kind", ["week", "month", "quarter", "half", "year"])
@pytest.mark.parametrize("by", ["unit", "leader"])
def test_the_files_add_up_to_the_whole(office: Clerk, kind: str, by: str) -> None:
    whole = json.loads(office(kind, "--format", "json").out)
    assert office(kind, "--split-by", by, "-o", "份.json").code == 0
    parts = [json.loads(Path(name).read_text("utf-8")) for name in there()]
    assert len(parts) == (10 if by == "unit" else 3)
    for name, value in whole["totals"].items():
        if not name.endswith(("rate", "original")):
            assert sum(part["totals"][name] for part in parts) == value
    for name, tasks in whole["sections"].items():
        assert Counter(map(_number, tasks)) == Counter(_number(one) for part in parts for one in part["sections"][name])


def _number(found: dict[str, Any]) -> int:
    number: int = found.get("task", found)["id"]
    return number


def test_by_leader_with_what_has_none(office: Clerk) -> None:
    answer = office("overdue", "--split-by", "领导", "-o", "逾期.csv")
    assert answer.err.splitlines() == [
        "王主任 → 逾期-王主任.csv",
        "李/主任 → 逾期-李_主任.csv",
        "未定领导 → 逾期-未定领导.csv",
        "已写出 3 份文件",
    ]
    rows = [Path(name).read_bytes() for name in there()]
    assert all(text.startswith(b"\xef\xbb\xbf") for text in rows)
    assert sum(text.count("方案".encode()) for text in rows) == 10
    text = office("overdue", "--brief", "--split-by", "leader", "-o", "提示").err
    assert "未定领导 → 提示/未定领导.txt" in text
    assert Path("提示/李_主任.txt").read_text("utf-8").startswith("【学创台账（李/主任）】逾期提示\n")


def test_a_leader_is_a_filter(office: Clerk) -> None:
    found = json.loads(office("week", "--leader", "王主任", "-f", "json").out)
    assert found["totals"]["closing"] == 8 == sum(unit["closing"] for unit in found["by_unit"])
    assert {task["leader"] for task in found["sections"]["due"]} == {"王主任"}
    assert "学创台账(王主任)" in office("overdue", "--leader", "王主任").out
    assert office("week", "--leader", "王主任、李/主任", "--brief").out.count("：本周到期1件") == 6
    assert (office("week", "--leader", "王主人").code, office("overdue", "--leader", "无").code) == (4, 4)


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_documents(office: Clerk, format: str) -> None:
    answer = office("week", "-u", "综合组、宣传组", "--split-by", "unit", "-f", format, "-o", "周清单")
    assert answer.code == 0, answer.err
    assert there() == [f"周清单/宣传组.{format}", f"周清单/综合组.{format}"]
    with zipfile.ZipFile(f"周清单/综合组.{format}") as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    assert "方案0" in text and "方案9" not in text and "综合组" in text


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("week --split-by unit", 2, "--split-by 要写成几份文件,没有写明写到哪里"),
        ("overdue --split-by unit -o -", 2, "--split-by 要写成几份文件,没有写明写到哪里"),
        ("week --split-by 组 -o 份.docx", 2, "--split-by 没有“组”这一项"),
        ("week --split-by unit -o 份", 2, "看不出文件“份”要用哪种格式"),
        ("week --brief -f json", 2, "--brief 是几行文字,没有 json 格式"),
        ("overdue --brief -o 份.docx", 2, "--brief 是几行文字,没有 docx 格式"),
        ("week --brief --full", 2, "--brief 和 --full 不能同时用"),
        ("week --brief --compare", 2, "--brief 和 --compare 不能同时用"),
        ("month --compare --split-by unit -o 份.docx", 2, "--split-by 和 --compare 不能同时用"),
        ("week --brief --number 1号", 2, "--number 只用于"),
        ("week --split-by unit -o 没有/的/份.txt", 0, ""),
    ],
)
def test_what_is_refused(office: Clerk, words: str, code: int, said: str) -> None:
    answer = office(*words.split())
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert (there() == []) is (code != 0)


def test_all_files_or_none_and_no_foreign_one(office: Clerk, book: Book) -> None:
    """A link, a folder or a database in the way is treated as `-o` treats it; nothing else was written then."""
    Path("周清单-宣传组.txt").symlink_to("别处")
    answer = office("week", "--split-by", "unit", "-o", "周清单.txt")
    assert answer.code == 7 and "它是符号链接" in answer.err and there() == []
    Path("周清单-宣传组.txt").unlink()
    before = Path(str(book.location)).read_bytes()
    Path("周清单-宣传组.txt").hardlink_to(str(book.location))
    answer = office("overdue", "--split-by", "unit", "-o", "周清单.txt")
    assert answer.code == 7 and "它是正在使用的台账" in answer.err
    assert Path(str(book.location)).read_bytes() == before
    Path("周清单-宣传组.txt").unlink()
    Path("周清单-宣传组.txt").write_text("上周的")
    assert office("week", "--split-by", "unit", "-o", "周清单.txt").code == 0
    assert "方案9" in Path("周清单-宣传组.txt").read_text("utf-8")


def test_nothing_to_write(book: Book, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["week"], ["overdue", "--exit-code"]):
        answer = clerk("--db", str(book.location), *words, "--split-by", "unit", "-o", "份", "-f", "md")
        assert answer == (0, "", "没有可写的事项,没有写出文件\n")
    assert not Path("份").exists()
    assert clerk("--db", str(book.location), "week", "--brief", "-o", "提示").code == 0
    assert Path("提示").read_text("utf-8") == (
        "【学创台账】2013年第12周（3月18日—3月24日）周工作提示：截至2013年3月19日，本周没有应销号事项；没有在办事项。\n"
    )


def test_a_short_text_has_no_tables_and_no_blanks_at_its_ends(office: Clerk, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"format": "json"}')
    for words in (["week", "--brief"], ["overdue", "--brief", "--within", "5"], ["month", "--brief"]):
        answer = office(*words)
        assert answer.code == 0
        for line in answer.out.splitlines():
            assert line == line.strip() and line.startswith(("【", "截至", *UNITS))
            assert not any("\u2500" <= character <= "\u259f" or character == "\x1b" for character in line)
    assert office("overdue", "--brief", "--exit-code").code == 3
