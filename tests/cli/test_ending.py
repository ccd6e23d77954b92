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

SAMPLE = Path(__file__).parent / "sample"
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
LIMIT = 60
"""Seconds after which something is taken to hang."""


def as_at_a_terminal() -> None:
    """A job in the background may have inherited that some are ignored."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def waiting(before: Callable[[], object] = as_at_a_terminal) -> Iterator["subprocess.Popen[str]"]:
    """The sample, waiting: at its work until a byte comes, and at tidying up until a second one."""
    with subprocess.Popen(
        [sys.executable, "-m", "sample_app", "wait"],
        cwd=SAMPLE,
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=before,
    ) as process:
        guard = threading.Timer(LIMIT, process.kill)
        guard.start()
        try:
            assert process.stdout
            assert process.stdout.readline() == "等待\n"
            yield process
        finally:
            guard.cancel()
            process.kill()


def answered(process: "subprocess.Popen[str]") -> str:
    """The next line on stderr."""
    assert process.stderr
    return process.stderr.readline()


def allowed(process: "subprocess.Popen[str]") -> None:
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
        as_at_a_terminal()
        signal.signal(number, signal.SIG_IGN)

    with waiting(ignoring) as process:
        process.send_signal(number)
        allowed(process)
        assert answered(process) == "收拾\n"
        allowed(process)
        assert process.wait(LIMIT) == 0


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
