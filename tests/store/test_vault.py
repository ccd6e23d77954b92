"""Files kept under what they hold: whole or not at all, each once, and never taken for another."""

import os
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.base.errors import StoreUnusable
from ledger.store.blobs import CHUNK, Blob, blob_of
from ledger.store.location import Location
from ledger.store.vault import Folder, copied, folder_of, vault_of, verified, wrong


def keep(folder: Folder, content: bytes) -> Blob:
    draft = folder.bring(lambda: iter([content[at : at + 7] for at in range(0, len(content), 7)]))
    draft.place()
    return draft.blob


def files(path: Path) -> list[str]:
    return sorted(str(one.relative_to(path)) for one in path.rglob("*") if one.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "甲.evidence")


def test_a_file_is_kept_once_for_its_owner_alone(folder: Folder) -> None:
    blob = keep(folder, b"minutes of the meeting")
    assert blob == Blob(sha256(b"minutes of the meeting").hexdigest(), 22) == keep(folder, b"minutes of the meeting")
    assert files(folder.path) == [f"{blob.sha256[:2]}/{blob.sha256}"]
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (folder.path, *sorted(folder.path.rglob("*")))]
    assert modes == [0o700, 0o700, 0o400]
    assert b"".join(folder.chunks(blob.sha256)) == b"minutes of the meeting" == b"".join(verified(folder, blob))
    assert (list(folder.names()), wrong(folder, blob)) == ([blob.sha256], "")


def test_who_shares_a_ledger_opens_the_folder_to_a_group(folder: Folder) -> None:
    keep(folder, b"one")
    folder.path.chmod(0o770)
    blob = keep(folder, b"another")
    path = folder.path / blob.sha256[:2] / blob.sha256
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path.parent, path)] == [0o770, 0o440]
    other = Folder(folder.path.with_name("乙.evidence"))
    folder.link(other)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (other.path, other.path / blob.sha256[:2])] == [0o770] * 2


def test_what_cannot_be_read_is_told_and_passed_over(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    blob, real = keep(folder, b"x"), os.open

    def denied(path: object, *how: int) -> int:
        if str(path).endswith(blob.sha256):
            raise PermissionError(13, "denied")
        return real(path, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", denied)
    other = Folder(folder.path.with_name("乙.evidence"))
    assert (wrong(folder, blob), copied(folder, other, blob), other.path.exists()) == ("读不了(没有权限)", False, False)
    with pytest.raises(StoreUnusable, match="没有权限"):
        list(verified(folder, blob))


def test_what_is_given_up_leaves_nothing(folder: Folder) -> None:
    folder.bring(lambda: iter([b"x"])).drop()
    assert not folder.path.exists()
    blob = keep(folder, b"y")

    def broken() -> object:
        yield b"x" * 100
        raise StoreUnusable("读不了")

    with pytest.raises(StoreUnusable, match="读不了"):
        folder.bring(broken)  # type: ignore[arg-type]
    assert files(folder.path) == [f"{blob.sha256[:2]}/{blob.sha256}"]


def spoil(folder: Folder, blob: Blob, how: str) -> None:
    path = folder.path / blob.sha256[:2] / blob.sha256
    path.chmod(0o600)
    if how == "byte":
        path.write_bytes(b"X" + path.read_bytes()[1:])
    elif how == "more":
        path.write_bytes(path.read_bytes() + b"\n")
    elif how == "empty":
        path.write_bytes(b"")
    else:
        content = path.read_bytes()
        path.unlink()
        if how == "link":
            other = folder.path.with_name("别处")
            other.write_bytes(content)
            path.symlink_to(other)
        elif how == "folder":
            path.mkdir()
        elif how == "pipe":
            os.mkfifo(path)


@pytest.mark.parametrize(
    ("how", "word"),
    [("byte", "内容被改动过"), ("more", "内容被改动过"), ("empty", "找不到"), ("gone", "找不到"), ("link", "找不到"),
     ("folder", "找不到"), ("pipe", "找不到")],
)  # fmt: skip
def test_what_became_of_a_file_is_told_and_it_can_be_kept_anew(folder: Folder, how: str, word: str) -> None:
    blob = keep(folder, b"minutes of the meeting")
    spoil(folder, blob, how)
    assert wrong(folder, blob) == word
    with pytest.raises(StoreUnusable, match=word):
        list(verified(folder, blob))
    if how != "folder":
        assert keep(folder, b"minutes of the meeting") == blob
        assert wrong(folder, blob) == ""


def test_what_is_none_of_the_files_goes_by_its_name(folder: Folder) -> None:
    blob = keep(folder, b"y")
    (folder.path / ".ledger-0123456789ab.tmp").write_bytes(b"half")
    (folder.path / "纪要.doc").mkdir()
    (folder.path / blob.sha256[:2] / ("ff" * 32)).write_bytes(b"elsewhere")
    assert sorted(folder.names()) == sorted(
        [".ledger-0123456789ab.tmp", "纪要.doc", blob.sha256, f"{blob.sha256[:2]}/{'ff' * 32}"]
    )
    assert list(Folder(folder.path / "无").names()) == []


def test_a_file_is_copied_from_one_to_another_only_as_it_was(folder: Folder, tmp_path: Path) -> None:
    blob, other = keep(folder, b"y" * 100), Folder(tmp_path / "乙.evidence")
    assert copied(folder, other, blob)
    spoil(folder, blob, "byte")
    third = Folder(tmp_path / "丙.evidence")
    assert not copied(folder, third, blob)
    assert (wrong(other, blob), third.path.exists()) == ("", False)


def test_the_folder_lies_where_the_ledger_lies_in_truth(tmp_path: Path) -> None:
    (tmp_path / "真").mkdir()
    (tmp_path / "真" / "台账.db").write_bytes(b"")
    (tmp_path / "链接.db").symlink_to("真/台账.db")
    found = vault_of(Location(tmp_path / "链接.db"))
    assert isinstance(found, Folder)
    assert found.path == (tmp_path / "真" / "台账.evidence").resolve()
    told = {"a.db": "a.evidence", "a": "a.evidence", "a.sqlite": "a.sqlite.evidence", ".db": ".db.evidence"}
    assert {name: folder_of(Path(name)).name for name in told} == told


def test_a_place_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "甲.evidence").write_bytes(b"somebody's")
    with pytest.raises(StoreUnusable, match="佐证目录"):
        keep(Folder(tmp_path / "甲.evidence"), b"x")
    assert (tmp_path / "甲.evidence").read_bytes() == b"somebody's"


FULL = """
import resource, signal, sys
from pathlib import Path
from ledger.base.errors import StoreUnusable
from ledger.store.vault import Folder
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    Folder(Path(sys.argv[1])).bring(lambda: iter([b"x" * 400_000] * 9))
except StoreUnusable as error:
    print(error.sentence())
"""


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    told = [sys.executable, "-c", FULL, str(tmp_path / "甲.evidence")]
    ended = subprocess.run(told, capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert ended.stdout.startswith("错误:无法写入佐证目录“")
    assert "未写入任何内容" in ended.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_part_fits_into_a_line_of_one_mebibyte() -> None:
    assert CHUNK % 3 == 0
    assert CHUNK // 3 * 4 + 200 < 1 << 20
    assert blob_of([]) == Blob(sha256().hexdigest(), 0)
