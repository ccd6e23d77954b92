"""Files that a command brings: looked at, copied before any lock, and never named without being there."""

import os
import signal
import sys
from pathlib import Path

import pytest

from ledger.base.errors import BadValue, NotFound, StoreUnusable
from ledger.store.brought import Brought
from ledger.store.location import Location
from ledger.store.vault import vault_of
from tests import devices
from tests.children import LIMIT, started
from tests.conftest import Book, Clerk


@pytest.fixture
def store(book: Book) -> Path:
    assert book.location.path is not None
    return book.location.path


@pytest.fixture
def folder(store: Path) -> Path:
    return store.with_name("ledger.evidence")


@pytest.fixture
def brought(book: Book) -> Brought:
    return Brought(book.location, 1)


def put(path: Path, content: bytes = b"content") -> str:
    path.write_bytes(content)
    return str(path)


def test_a_file_goes_by_its_last_name(brought: Brought, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "下").mkdir()
    put(tmp_path / "纪要.pdf")
    name, blob = brought.take(str(tmp_path / "下" / ".." / "纪要.pdf"))
    assert (name, blob.size) == ("纪要.pdf", 7)
    brought.close()
    assert not folder.exists()


def test_what_is_no_evidence(brought: Brought, tmp_path: Path, store: Path, folder: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    devices.null(tmp_path / "空设备")
    (tmp_path / "圈").symlink_to("圈")
    (tmp_path / "台账").symlink_to(store)
    put(tmp_path / "空", b"")
    put(tmp_path / "大", b"x" * 1_000_001)
    put(tmp_path / "反\\斜")
    put(tmp_path / "甲\u202e乙")
    put(tmp_path / "甲\n乙")
    Path(os.fsdecode(bytes(tmp_path) + b"/\xff\xfe")).write_bytes(b"x")
    put(store.with_name("ledger.db-journal"), b"")
    refused = {
        ".": "是目录", "/": "是目录", str(tmp_path): "是目录", "空设备": "是设备", "管道": "是设备", "空": "是空的",
        "大": "超过佐证的上限 1 MB", "反\\斜": "不能用的字符", "甲\u202e乙": "U\\+202E", "甲\n乙": "U\\+000A",
        "\udcff\udcfe": "无法解码的字节", "ledger.db": "就是现在的台账", "台账": "就是现在的台账",
        "ledger.db-journal": "就是现在的台账",
    }  # fmt: skip
    for path, what in refused.items():
        with pytest.raises(BadValue, match=what):
            brought.take(str(tmp_path / path))
    with pytest.raises(NotFound, match="没有文件"):
        brought.take(str(tmp_path / "无"))
    with pytest.raises(StoreUnusable, match="绕成了圈"):
        brought.take(str(tmp_path / "圈"))
    brought.close()
    assert not folder.exists()


def test_a_link_to_a_file_is_that_file_under_the_link_s_name(brought: Brought, tmp_path: Path) -> None:
    put(tmp_path / "纪要.pdf")
    (tmp_path / "最终版.pdf").symlink_to("纪要.pdf")
    assert brought.take(str(tmp_path / "最终版.pdf"))[0] == "最终版.pdf"
    brought.close()


def test_a_file_that_grows_while_it_is_copied_is_refused(
    brought: Brought, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "草稿.doc", b"x" * 1000)
    real = Brought._require_fit

    def grown(self: Brought, named: Path, status: os.stat_result) -> None:
        real(self, named, status)
        with named.open("ab") as more:
            more.write(b"more")

    monkeypatch.setattr(Brought, "_require_fit", grown)
    with pytest.raises(StoreUnusable, match="在存入时被改动了"):
        brought.take(path)
    assert not folder.exists()


def test_what_a_transaction_gives_up_is_cleared_away(book: Book, tmp_path: Path, folder: Path) -> None:
    book.post("add", title="甲", unit="综合组")
    paper = put(tmp_path / "纪要.pdf")
    with pytest.raises(BadValue), book.journal() as journal:
        from ledger.services.evidence import attach

        attach(journal, journal.task(1), journal.today, [paper, str(tmp_path)])
    assert (folder.exists(), book.task(1).evidence, book.faults()) == (False, 0, [])


KILLED = """
import os, signal, sys
from ledger.store import brought, vault
from ledger.cli.app import main

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

where = sys.argv.pop(1)
if where == "while it is copied":
    def chunks(self, path):
        yield b"half of it"
        die()
    brought.Brought._chunks = chunks
elif where == "before it has its place":
    brought.Brought.place = die
elif where == "before it is recorded":
    real = brought.Brought.place
    def place(self):
        real(self)
        die()
    brought.Brought.place = place
main()
"""


@pytest.mark.parametrize("where", ["while it is copied", "before it has its place", "before it is recorded"])
def test_who_is_killed_leaves_at_most_a_file_that_no_entry_names(
    book: Book, tmp_path: Path, store: Path, folder: Path, clerk: Clerk, where: str
) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    paper = put(tmp_path / "纪要.pdf", b"x" * 3_000_000)
    command = ["--db", str(store), "--today", "2013-03-19", "close", "1", "--evidence", paper]
    with started([sys.executable, "-c", KILLED, where, *command]) as process:
        assert process.wait(timeout=LIMIT) == -signal.SIGKILL
    assert (book.task(1).status, book.task(1).evidence) == ("open", 0)
    checked = clerk("--db", str(store), "check")
    assert (checked.code, checked.out, checked.err.count("没有记录提到")) == (0, "", 1)
    assert clerk("--db", str(store), "evidence", "1", "-f", "json").out == "[]\n"
    assert clerk(*command).code == 0
    assert (book.task(1).status, book.task(1).evidence) == ("closed", 1)
    assert clerk("--db", str(store), "check").code == 0
    assert len([one for one in folder.rglob("*") if len(one.name) == 64]) == 1


def test_files_are_copied_before_anything_is_locked(
    book: Book, tmp_path: Path, store: Path, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writes while a file is copied."""
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    real = Brought._chunks

    def chunks(self: Brought, path: Path) -> object:
        book.post("note", task=1, text=f"同时记 {path.name}")
        yield from real(self, path)

    monkeypatch.setattr(Brought, "_chunks", chunks)
    one, two = put(tmp_path / "一.pdf"), put(tmp_path / "二.pdf", b"two")
    (tmp_path / "批.jsonl").write_text(f'{{"op":"note","task":1,"text":"批","evidence":["{two}"]}}\n', "utf-8")
    assert clerk("--db", str(store), "close", "1", "--evidence", one).code == 0
    assert clerk("--db", str(store), "reopen", "1", "--reason", "回头看").code == 0
    assert clerk("--db", str(store), "batch", str(tmp_path / "批.jsonl")).code == 0
    assert (book.task(1).evidence, book.task(1).note) == (2, "批")
    assert [name for (name,) in book.rows("SELECT action FROM entry ORDER BY seq")] == [
        *("init", "add", "note", "evidence", "close", "reopen", "note", "evidence", "note")
    ]


def test_the_same_file_of_two_commands_is_kept_once(book: Book, tmp_path: Path, folder: Path) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    book.post("add", title="乙", unit="综合组", on="2013-03-01")
    one, two = put(tmp_path / "一.pdf"), put(tmp_path / "二.pdf")
    book.post("close", task=1, evidence=[one, two, one])
    book.post("submit", task=2, evidence=[one])
    assert [book.task(number).evidence for number in (1, 2)] == [2, 1]
    assert list(vault_of(Location(book.location.path)).names()) == [
        "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"
    ]
    assert book.faults() == []
