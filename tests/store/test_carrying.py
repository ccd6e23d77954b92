"""Files of evidence taken along: with a backup, and with what is put back."""

import os
from pathlib import Path

import pytest

from ledger.base.errors import Refused, StoreUnusable
from ledger.services.check_evidence import named, of_files, strangers
from ledger.store.backup import back_up, restore
from ledger.store.location import Location
from ledger.store.vault import vault_of
from tests.conftest import Book

MOMENT = "20261121-173000"


@pytest.fixture
def store(book: Book) -> Path:
    assert book.location.path is not None
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    return book.location.path


def bring(book: Book, name: str, folder: Path) -> None:
    (folder / name).write_text(name, "utf-8")
    book.post("evidence", task=1, evidence=[str(folder / name)])


def state(path: Path) -> tuple[list[str], list[str]]:
    """What is wrong with the files of a ledger, and which no entry names."""
    book = Book(Location(path))
    with book.reading() as reader:
        files = named(reader)
    vault = vault_of(book.location)
    return list(of_files(vault, files, lambda _: None)), strangers(vault, files)


def count(path: Path) -> int:
    return sum(one.is_file() for one in path.rglob("*"))


def test_a_ledger_without_evidence_has_no_folder_of_it(book: Book, store: Path) -> None:
    assert back_up(book.location, store.with_name("备份.db")).files == 0
    restore(book.location, store.with_name("备份.db"), MOMENT)
    assert [one.name for one in store.parent.iterdir() if one.is_dir()] == []


def test_both_are_whole_after_a_restoring(book: Book, store: Path, tmp_path: Path) -> None:
    bring(book, "一.txt", tmp_path)
    copy = store.with_name("备份.db")
    done = back_up(book.location, copy)
    assert (done.files, done.missing, state(copy)) == (1, 0, ([], []))
    bring(book, "二.txt", tmp_path)
    found = restore(book.location, copy, MOMENT)
    assert found.aside is not None
    assert found.missing == 0
    assert [state(path) for path in (store, found.aside, copy)] == [([], [])] * 3
    assert [count(path.with_suffix(".evidence")) for path in (store, found.aside, copy)] == [1, 2, 1]
    restore(book.location, found.aside, "20261121-180000")
    assert state(store) == ([], [])
    assert book.task(1).evidence == 2


def test_what_the_backup_lacks_is_taken_from_what_is_there(book: Book, store: Path, tmp_path: Path) -> None:
    """An upgrade keeps a copy without the files."""
    bring(book, "一.txt", tmp_path)
    copy = store.with_name("备份.db")
    assert back_up(book.location, copy, files=False).files == 0
    assert restore(book.location, copy, MOMENT).missing == 0
    assert state(store) == ([], [])
    elsewhere = tmp_path / "别处" / "新.db"
    elsewhere.parent.mkdir()
    assert restore(Location(elsewhere), copy, MOMENT).missing == 1
    assert [one.partition("佐证")[2][:5] for one in state(elsewhere)[0]] == ["“一.tx"]


def test_what_is_missing_or_altered_is_counted_and_all_else_kept(book: Book, store: Path, tmp_path: Path) -> None:
    for name in ("一.txt", "二.txt", "三.txt"):
        bring(book, name, tmp_path)
    with book.reading() as reader:
        first, second, _ = (
            store.with_name("ledger.evidence") / one.blob.sha256[:2] / one.blob.sha256 for one in named(reader)
        )
    first.unlink()
    second.chmod(0o600)
    second.write_text("改", "utf-8")
    copy = store.with_name("备份.db")
    done = back_up(book.location, copy)
    assert (done.files, done.missing, count(copy.with_suffix(".evidence"))) == (3, 2, 1)


def test_nothing_is_written_over(book: Book, store: Path, tmp_path: Path) -> None:
    bring(book, "一.txt", tmp_path)
    folder = store.with_name("备份.evidence")
    folder.mkdir()
    (folder / "别人的").write_bytes(b"x")
    with pytest.raises(Refused, match="不会覆盖它"):
        back_up(book.location, store.with_name("备份.db"))
    assert ([one.name for one in folder.iterdir()], store.with_name("备份.db").exists()) == (["别人的"], False)


def test_what_fails_leaves_no_folder(book: Book, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(book, "一.txt", tmp_path)
    copy = store.with_name("备份.db")
    back_up(book.location, copy)
    bring(book, "二.txt", tmp_path)
    before = sorted(one.name for one in tmp_path.iterdir())

    def broken(*_: object) -> None:
        raise StoreUnusable("坏了")

    monkeypatch.setattr("ledger.store.backup.place", broken)
    with pytest.raises(StoreUnusable):
        back_up(book.location, store.with_name("又.db"))
    monkeypatch.setattr("ledger.store.backup._exchange", broken)
    with pytest.raises(StoreUnusable):
        restore(book.location, copy, MOMENT)
    assert sorted(one.name for one in tmp_path.iterdir()) == before
    assert state(store) == ([], [])


def test_a_system_without_links(book: Book, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(1, "no links")

    bring(book, "一.txt", tmp_path)
    copy = store.with_name("备份.db")
    back_up(book.location, copy)
    monkeypatch.setattr(os, "link", none)
    found = restore(book.location, copy, MOMENT)
    assert found.aside is not None
    assert [state(path) for path in (store, found.aside)] == [([], [])] * 2
