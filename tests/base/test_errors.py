"""The error tree: exit codes of the contract, one Chinese sentence each."""

import errno

import pytest

from ledger.base.errors import BadValue, LedgerError, NotFound, Refused, StoreUnusable, reason


@pytest.mark.parametrize(
    ("kind", "code"), [(LedgerError, 1), (BadValue, 2), (NotFound, 4), (Refused, 5), (StoreUnusable, 7)]
)
def test_every_kind_has_its_exit_code(kind: type[LedgerError], code: int) -> None:
    assert kind("说").exit_code == code


def test_the_sentence_says_what_failed_that_nothing_was_written_and_what_next() -> None:
    assert Refused("已销号", "先恢复").sentence() == "错误:已销号。未写入任何内容;先恢复。"
    assert BadValue("读不懂").sentence() == "错误:读不懂。未写入任何内容;请改正后重试。"


def test_the_sentence_names_the_failing_line() -> None:
    error = BadValue("读不懂")
    error.where = "第3行 due"
    assert error.sentence().startswith("错误:第3行 due:读不懂。")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "设备上没有空间"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (OSError(errno.EBUSY, "Device or resource busy"), "系统报告 Device or resource busy"),
        (OSError("odd"), "系统报告 OSError"),
    ],
)
def test_what_the_system_objects_to(error: OSError, said: str) -> None:
    assert reason(error) == said
