"""Whose account the program runs under, whatever the environment says; on Windows the environment alone knows."""

import os
import pwd
import sys

import pytest

from ledger.base.account import account


def test_the_account_is_the_system_s_not_the_environment_s(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "nobody-of-that-name")
    assert account() == pwd.getpwuid(os.getuid()).pw_name


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("USERNAME", raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    assert account() == "54321"


@pytest.mark.parametrize(("named", "known"), [("李四", "李四"), (" ", "未知"), ("长" * 101, "长" * 100)])
def test_windows_knows_no_pwd(monkeypatch: pytest.MonkeyPatch, named: str, known: str) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "pwd", None)
    monkeypatch.setenv("USERNAME", named)
    assert account() == known
