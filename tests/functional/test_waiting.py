"""Whoever keeps the program waiting, with an input that does not end or an output that nobody reads, keeps no one else
from the ledger; and told to end, the program leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import copyfile
from typing import IO, Any

import pytest

from tests.children import LIMIT, SIGNALS, Child, started, until_read

LEDGER = Path(sys.executable).parent / "ledger"
MANY = 3000
Program = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., Child]


@pytest.fixture
def start(bare: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Start `ledger` in `tmp_path` as at a terminal, where no signal is ignored; in the end none is left running."""
    with ExitStack() as running:

        def begin(*args: str, **how: int) -> Child:
            streams: dict[str, Any] = {
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
            } | how
            return running.enter_context(started([LEDGER, *args], cwd=tmp_path, env=bare, **streams))

        yield begin


@pytest.fixture(scope="session")
def many_store(tmp_path_factory: pytest.TempPathFactory, bare: dict[str, str]) -> Path:
    where = tmp_path_factory.mktemp("many")
    lines = "".join(f'{{"op":"add","title":"第{number}件","unit":"综合组"}}\n' for number in range(MANY))
    subprocess.run(
        [LEDGER, "batch", "-"], check=True, cwd=where, env=bare, input=lines.encode(), capture_output=True, timeout=60
    )
    return where / "ledger.db"


@pytest.fixture
def many(ledger: Program, many_store: Path, tmp_path: Path) -> Program:
    """`ledger` on a ledger of some thousand tasks: more than a pipe holds, in whatever form."""
    copyfile(many_store, tmp_path / "ledger.db")
    return ledger


def left(tmp_path: Path) -> set[str]:
    return {path.name for path in tmp_path.iterdir()}


TITLES = [f"第{number}件{'等待' * 200}" for number in range(100)]
OPERATIONS = "".join(f'{{"op":"add","title":"{title}","unit":"综合组"}}\n' for title in TITLES).encode()
SHEET = ("工作任务,牵头单位\n" + "".join(f"{title},综合组\n" for title in TITLES)).encode()
"""Each is more than a pipe holds: once it is written, the program is reading."""

INPUTS = [("batch", "-"), ("batch", "/dev/stdin"), ("batch", "管道"), ("import", "-"), ("import", "管道")]


@contextmanager
def half_read(start: Start, tmp_path: Path, args: tuple[str, ...]) -> Iterator[tuple[Child, IO[bytes]]]:
    """A program amid its input, and where that comes from."""
    if args[1] == "管道":
        os.mkfifo(tmp_path / "管道")
    process = start(*args, stdin=subprocess.PIPE)
    assert process.stdin
    source = process.stdin if args[1] != "管道" else os.fdopen(until_read(tmp_path / "管道"), "wb")
    with suppress(BrokenPipeError), source:
        source.write(OPERATIONS if args[0] == "batch" else SHEET)
        source.flush()
        yield process, source


@pytest.mark.parametrize("args", INPUTS, ids=" ".join)
def test_an_input_that_does_not_end_locks_nothing(
    start: Start, plan: Program, tmp_path: Path, args: tuple[str, ...]
) -> None:
    with half_read(start, tmp_path, args) as (process, source):
        added = plan("add", "不用等", "-u", "综合组")
        assert (added.returncode, added.stderr) == (0, "")
        assert process.poll() is None
        source.close()
        assert process.wait(LIMIT) == 0
    assert plan("list", "-f", "csv").stdout.count("等待") > len(TITLES)
    assert plan("show", "5", "-f", "md").stdout.count("不用等")
    assert plan("check").returncode == 0


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("args", INPUTS[::2], ids=" ".join)
def test_told_to_end_amid_its_input(
    start: Start, plan: Program, tmp_path: Path, args: tuple[str, ...], number: signal.Signals
) -> None:
    with half_read(start, tmp_path, args) as (process, _):
        process.send_signal(number)
        assert process.wait(LIMIT) == 130
        assert process.stderr
        assert process.stderr.read().decode() == "已中断:没有完成的操作不会写入台账。\n"
    assert left(tmp_path) - {"管道"} == {"ledger.db"}
    assert plan("check").returncode == 0
    assert "等待" not in plan("list").stdout


OUTPUTS = [("export",), ("list",), ("list", "-f", "csv"), ("log",), ("log", "-f", "json"), ("week", "--full")]


@pytest.mark.parametrize("args", OUTPUTS, ids=" ".join)
def test_a_pager_that_stalls_keeps_no_one_from_writing(
    start: Start, many: Program, tmp_path: Path, args: tuple[str, ...]
) -> None:
    process = start(*args)
    assert process.stdout
    assert process.stdout.read(1)  # it has begun to write; the rest nobody reads
    added = many("add", "不用等", "-u", "综合组")
    assert (added.returncode, added.stderr) == (0, "")
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(LIMIT) == 130
    assert left(tmp_path) == {"ledger.db"}


def test_findings_that_nobody_reads_keep_no_one_from_writing(start: Start, many: Program, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("UPDATE task SET title = title || '改' || hex(zeroblob(100))")
    connection.close()
    process = start("check")
    assert process.stdout
    assert process.stdout.read(1)
    added = many("add", "不用等", "-u", "综合组")
    assert (added.returncode, added.stderr) == (0, "")
    assert process.poll() is None


def test_told_to_end_where_neither_stream_is_read(start: Start, many: Program) -> None:
    """The sentence is let go as well: to wait with it would be not to end."""
    process = start("export", stderr=subprocess.STDOUT)
    assert process.stdout
    assert process.stdout.read(1)
    many("week")  # time enough to fill the pipe
    process.send_signal(signal.SIGTERM)
    assert process.wait(LIMIT) == 130


@contextmanager
def stopped_at_work(start: Start, tmp_path: Path, is_work: Callable[[str], bool], *args: str) -> Iterator[Child]:
    """A program held fast while a file that it works on lies in the folder; should it be too quick, once more."""
    before, until = left(tmp_path), time.monotonic() + LIMIT
    while time.monotonic() < until:
        process = start(*args)
        while process.poll() is None and time.monotonic() < until and not any(map(is_work, left(tmp_path) - before)):
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        if any(map(is_work, left(tmp_path) - before)):
            yield process
            return
        process.kill()
        process.wait(LIMIT)
        for name in left(tmp_path) - before:
            (tmp_path / name).unlink()
    pytest.fail(f"{args} was never met at work")


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_told_to_end_no_draft_of_an_output_is_left(
    start: Start, many: Program, tmp_path: Path, number: signal.Signals
) -> None:
    with stopped_at_work(start, tmp_path, lambda name: name.startswith("."), "export", "-o", "台账.jsonl") as process:
        process.send_signal(number)
        process.send_signal(signal.SIGCONT)
        assert process.wait(LIMIT) == 130
    assert left(tmp_path) == {"ledger.db"}


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_told_to_end_no_draft_of_a_ledger_is_left(start: Start, tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "操作.jsonl").write_bytes(b'{"op":"add","title":"x","unit":"y"}\n' * 20_000)
    with stopped_at_work(start, tmp_path, lambda name: name.endswith("-journal"), "batch", "操作.jsonl") as process:
        process.send_signal(number)
        process.send_signal(signal.SIGCONT)
        assert process.wait(LIMIT) == 130
    assert left(tmp_path) == {"操作.jsonl"}
