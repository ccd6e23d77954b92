"""`backup` and `restore` as a clerk has them; of a ledger on a server the whole export."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.cli.context import Context
from tests.conftest import Clerk


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_of_a_store_behind_a_link_both_are_beside_it(clerk: Clerk, place: Path) -> None:
    (place / "office").mkdir()
    clerk("--db", "office/ledger.db", "init")
    (place / "link.db").symlink_to("office/ledger.db")
    assert clerk("--db", "link.db", "backup", "-o", "备份.db").code == 0
    answer = clerk("--db", "link.db", "restore", "备份.db")
    aside = next((place / "office").glob("ledger-换下-*.db"))
    assert f"原来的台账改名为 {aside}:1 条记录" in answer.out
    assert os.readlink("link.db") == "office/ledger.db"
    assert clerk("--db", "link.db", "check").code == 0


def test_the_moment_in_a_name_is_that_of_the_real_clock(clerk: Clerk, place: Path) -> None:
    clerk("--db", "ledger.db", "init")
    for _ in range(2):  # in one second too
        assert clerk("--db", "ledger.db", "--today", "1999-01-01", "backup").code == 0
    found = list(place.glob("ledger-备份-*.db"))
    assert len(found) == 2
    assert not any("1999" in path.name for path in found)


def test_an_export_that_does_not_read_back_is_no_backup(
    clerk: Clerk, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledger.cli import backup, export

    clerk("--db", "ledger.db", "init")

    @contextmanager
    def cut_off(context: Context) -> Iterator[Iterator[str]]:
        with export.whole_ledger(context) as lines:
            yield iter(list(lines)[:-1])

    monkeypatch.setattr(backup, "whole_ledger", cut_off)
    answer = clerk("--db", "ledger.db", "backup", "-o", "整本.jsonl")
    assert (answer.code, answer.out) == (7, "")
    assert [path.name for path in place.iterdir()] == ["ledger.db"]
