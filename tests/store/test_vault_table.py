"""Files in the database of a server: in parts, whole or not at all."""

from pathlib import Path

import pytest

from ledger.base.errors import StoreUnusable
from ledger.store.blobs import CHUNK, Blob
from ledger.store.location import Location
from ledger.store.server import apart
from ledger.store.vault import copied, vault_of, wrong
from ledger.store.vault_table import Table
from tests.conftest import Book, Clerk

PARTS = [b"x" * CHUNK, b"y" * CHUNK, b"end"]


@pytest.fixture
def there(database: Location) -> Location:
    return Book(database).found().location


def changed(location: Location, sql: str) -> None:
    with apart(location) as writer:
        assert writer.execute(sql) > 0


def rows(location: Location) -> int:
    with apart(location) as writer:
        return int(writer.rows("SELECT count(*) FROM evidence")[0][0])


def test_a_file_is_kept_in_parts_and_once(there: Location) -> None:
    table = vault_of(there)
    assert isinstance(table, Table)
    drafts = [table.bring(lambda: iter(PARTS)) for _ in range(2)]
    drafts[0].place()
    drafts[1].drop()  # it stays: another command may have begun to name it
    blob = drafts[0].blob
    assert blob.size == 2 * CHUNK + 3
    assert (list(table.chunks(blob.sha256)), list(table.names()), rows(there)) == (PARTS, [blob.sha256], 3)
    assert (wrong(table, blob), wrong(table, Blob("0" * 64, 1))) == ("", "找不到")


def test_a_file_that_changes_between_two_readings_is_not_kept(there: Location) -> None:
    readings = iter([PARTS, [b"other"]])
    with pytest.raises(StoreUnusable, match="在存入时被改动了"):
        vault_of(there).bring(lambda: iter(next(readings)))
    assert rows(there) == 0


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("UPDATE evidence SET data = 'X' WHERE part = 1", "内容被改动过"),
        ("DELETE FROM evidence WHERE part = 2", "内容被改动过"),
        ("DELETE FROM evidence", "找不到"),
    ],
)
def test_what_became_of_a_file(there: Location, tmp_path: Path, sql: str, word: str) -> None:
    table, folder = vault_of(there), vault_of(Location(tmp_path / "甲.db"))
    blob = table.bring(lambda: iter(PARTS)).blob
    assert copied(table, folder, blob)
    changed(there, sql)
    assert wrong(table, blob) == word
    assert not copied(table, folder, blob)
    assert wrong(folder, blob) == ""


def test_files_go_with_the_ledger_from_one_to_the_other_and_back(
    database: Location, tmp_path: Path, clerk: Clerk
) -> None:
    paper = tmp_path / "纪要.pdf"
    paper.write_bytes(b"%PDF" * 500_000)
    server, store = ("--db", str(database.url)), ("--db", str(tmp_path / "甲.db"))
    batch = tmp_path / "批.jsonl"
    batch.write_text(
        '{"op":"add","title":"甲","unit":"综合组","on":"2013-03-01"}\n'
        f'{{"op":"close","task":1,"evidence":["{paper}"]}}\n',
        "utf-8",
    )
    assert clerk(*server, "batch", str(batch)).code == 0  # it begins the ledger
    assert clerk(*server, "evidence", "add", "1", str(paper)).code == 0
    assert clerk(*server, "evidence", "get", "1", "1", "-o", str(tmp_path / "回.pdf")).code == 0
    assert (tmp_path / "回.pdf").read_bytes() == paper.read_bytes()
    first, second = tmp_path / "一.jsonl", tmp_path / "二.jsonl"
    assert clerk(*server, "backup", "-o", str(first)).code == 0
    assert clerk(*store, "import", str(first)).code == 0
    assert clerk(*store, "export", "-o", str(second)).code == 0
    assert first.read_bytes() == second.read_bytes()
    with apart(database) as writer:
        writer.execute("DROP SCHEMA public CASCADE")
        writer.execute("CREATE SCHEMA public")
    assert clerk(*server, "import", str(second)).code == 0
    assert [clerk(*place, "check") for place in (server, store)] == [(0, "", "")] * 2
    listed = [clerk(*place, "evidence", "1", "-f", "json").out for place in (server, store)]
    assert listed[0] == listed[1] != "[]\n"


def test_what_is_refused_is_told_by_check_and_not_listed(there: Location, tmp_path: Path, clerk: Clerk) -> None:
    paper = tmp_path / "纪要.pdf"
    paper.write_bytes(b"%PDF")
    where = ("--db", str(there.url))
    assert clerk(*where, "close", "9", "--evidence", str(paper)).code == 4
    checked = clerk(*where, "check")
    assert (checked.code, checked.err.count("没有记录提到")) == (0, 1)
    assert clerk(*where, "add", "甲", "--unit", "综合组").code == 0
    assert clerk(*where, "close", "1", "--evidence", str(paper)).code == 0
    assert clerk(*where, "check") == (0, "", "")
    changed(there, "UPDATE evidence SET data = 'X'")
    checked = clerk(*where, "check")
    assert (checked.code, checked.out.count("内容被改动过")) == (6, 1)
