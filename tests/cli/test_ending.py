"""Told to end while at work: undone, one line, 130; not twice; and not where the signal is to be ignored."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.cli.ending import ending_tidily
from tests.children import LIMIT, SIGNALS, Child, heeding_signals, started

SAMPLE = Path(__file__).parent / "sample"


@contextmanager
def waiting(before: Callable[[], object] = heeding_signals) -> Iterator[Child]:
    """The sample, waiting: at its work until a byte comes, and at tidying up until a second one."""
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    words = [sys.executable, "-m", "sample_app", "wait"]
    with started(words, before=before, cwd=SAMPLE, encoding="utf-8", **streams) as process:
        assert process.stdout
        assert process.stdout.readline() == "等待\n"
        yield process


def answered(process: Child) -> str:
    """The next line on stderr."""
    assert process.stderr
    return str(process.stderr.readline())


def allowed(process: Child) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_it_ends_tidily_however_often_it_is_told(number: signal.Signals) -> None:
    with waiting() as process:
        process.send_signal(number)
        assert answered(process) == "收拾\n"
        for again in SIGNALS:
            process.send_signal(again)
        allowed(process)
        assert answered(process) == "已中断:没有完成的操作不会写入台账。\n"
        assert process.wait(LIMIT) == 130
        assert answered(process) == ""


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_what_is_to_be_ignored_is_ignored(number: signal.Signals) -> None:
    def ignoring() -> None:
        heeding_signals()
        signal.signal(number, signal.SIG_IGN)

    with waiting(ignoring) as process:
        process.send_signal(number)
        allowed(process)
        assert answered(process) == "收拾\n"
        allowed(process)
        assert process.wait(LIMIT) == 0


@pytest.fixture
def terminable() -> Iterator[None]:
    """This process as well heeds what it may have inherited as ignored."""
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("terminable")
def test_the_handlers_are_given_back() -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with ending_tidily(), pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(LIMIT)
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_another_thread_than_the_main_one_heeds_no_signals() -> None:
    seen: list[object] = []

    def inside() -> None:
        with ending_tidily():
            seen.append(signal.getsignal(signal.SIGTERM))

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=inside)
    thread.start()
    thread.join(LIMIT)
    assert seen == [before]
