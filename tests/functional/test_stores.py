"""A store that cannot be used: exit 7 and one line, from reading and from writing, and the file left as it was."""

import ctypes
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp

import pytest

Program = Callable[..., "subprocess.CompletedProcess[str]"]
READ, WRITE = ("week",), ("close", "1")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("这是一份文本,不是台账。\n" * 100, "utf-8")


def another_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE contact (name TEXT)")
    connection.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40000])


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("args", [READ, WRITE, ("check",)], ids=" ".join)
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (empty, "没有台账 ledger.db"),
        (text, "ledger.db 不是台账文件"),
        (another_database, "ledger.db 不是台账文件"),
        (newer, "台账 ledger.db 的版本(9999)"),
        (truncated, "台账 ledger.db 的文件已损坏"),
        (directory, "台账 ledger.db"),
    ],
)
def test_refused(plan: Program, tmp_path: Path, harm: Callable[[Path], None], said: str, args: tuple[str, ...]) -> None:
    store = tmp_path / "ledger.db"
    harm(store)
    before = store.read_bytes() if store.is_file() else None
    ended = plan(*args)
    assert (ended.returncode, ended.stdout) == (7, "")
    assert ended.stderr.startswith(f"错误:{said}")
    assert ended.stderr.count("\n") == 1
    assert before == (store.read_bytes() if store.is_file() else None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.db"]


@pytest.mark.faults
def test_locked(plan: Program, tmp_path: Path) -> None:
    """Both wait for the one who holds the store, then give up."""
    holder = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with ThreadPoolExecutor() as together:
        ended = list(together.map(lambda args: plan(*args), [READ, WRITE]))
    holder.close()
    for one in ended:
        said = "错误:台账 ledger.db 正被别的程序占用。未写入任何内容;请稍后重试。\n"
        assert (one.returncode, one.stdout, one.stderr) == (7, "", said)
    assert plan(*WRITE).returncode == 0


def bound_by_permissions() -> None:
    """Root may write anywhere, unless it gives up CAP_DAC_OVERRIDE (1) by PR_CAPBSET_DROP (24) before it starts."""
    if os.getuid() == 0:
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


@pytest.mark.parametrize("guarded", ["file", "directory"])
def test_read_only(ledger: Program, plan_store: Path, guarded: str) -> None:
    place = Path(mkdtemp(prefix="ledger-read-only-"))
    try:
        store = shutil.copyfile(plan_store, place / "ledger.db")
        store.chmod(0o444 if guarded == "file" else 0o666)
        place.chmod(0o555)
        read, wrote, output = (
            ledger(*args, cwd=place, preexec_fn=bound_by_permissions) for args in (READ, WRITE, ("week", "-o", "周.md"))
        )
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)
    assert (read.returncode, read.stderr) == (0, "")
    assert wrote.returncode == output.returncode == 7
    assert wrote.stderr.startswith("错误:台账 ledger.db")
    assert "未写入任何内容" in wrote.stderr
    assert output.stderr.startswith("错误:无法写入文件“周.md”:没有权限。未写入任何内容;")
    assert wrote.stderr.count("\n") == output.stderr.count("\n") == 1


def test_a_tampered_store_is_exit_6(plan: Program, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("UPDATE task SET due_on = '2013-12-31' WHERE id = 1")
    connection.close()
    ended = plan("check")
    assert (ended.returncode, ended.stdout.count("\n"), ended.stderr.count("\n")) == (6, 1, 1)
    assert "2013-12-31" in ended.stdout
    assert ended.stderr.startswith("错误:核对发现 1 处不符。")
