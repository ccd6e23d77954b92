"""What reaches a terminal, and that rich itself prints it."""

import io
import re
from collections.abc import Callable

import pytest

from ledger.render.layout import lines
from ledger.render.terminal import render
from ledger.reports.report import Column, Report

ESCAPE = re.compile(r"\x1b\[[\d;]*m")


def printed(report: Report, columns: int, colour: bool) -> str:
    file = io.StringIO()
    render(report, columns, colour, file)
    return file.getvalue()


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


def test_colours_only_colour_the_page(month: Report, golden: Callable[[str, str], None]) -> None:
    page = "".join("".join(text for text, _ in line) + "\n" for line in lines(month, 120))
    coloured = printed(month, 120, colour=True)
    assert printed(month, 120, colour=False) == page
    assert ESCAPE.sub("", coloured) == page
    golden("render/month_120.ansi", coloured)


def test_a_light_keeps_its_word_without_colour(week: Report) -> None:
    assert "\x1b[31m● 红 逾期19天 结转3次\x1b[0m" in printed(week, 200, colour=True)
    assert "● 红 逾期19天 结转3次" in printed(week, 200, colour=False)
    assert "\x1b" not in printed(week, 200, colour=False)


def test_a_terminal_that_says_it_is_dumb_gets_no_colours(week: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in printed(week, 80, colour=True)


def test_markup_and_escapes_of_users_stay_text(listing: Callable[..., Report]) -> None:
    text = printed(listing(("[red]x[/red] :warning: \x1b[2J",), columns=(Column("工作任务"),)), 80, colour=True)
    assert r"[red]x[/red] :warning: \u{1b}[2J" in text


def test_a_page_is_never_cut_to_a_terminal_too_narrow_for_any(week: Report) -> None:
    assert printed(week, 1, colour=False) == printed(week, 30, colour=False)
