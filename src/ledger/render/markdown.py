"""Markdown: headings and GFM tables, for notes and wikis.

Every character that Markdown or HTML could take for markup is escaped, so that a text reads as it was typed.
"""

import re
from collections.abc import Callable, Iterable

from ledger.base.text import visible
from ledger.render.cells import Day, aligns_right, heading, kept_columns, spoken, words
from ledger.reports.report import Report, Section

_MARKUP = re.compile(r"[\\`*_<>\[\]|#~&$]")


def render(report: Report, write: Callable[[str], object]) -> None:
    """Write the report a line at a time; `write` gets whole lines."""
    title, *rest = heading(report)
    write(f"# {_plain(title)}\n")
    for line in rest:
        write(f"\n{_plain(line)}\n")
    kept = kept_columns(report.sections)
    day = spoken(report.today)
    for section in report.sections:
        if section.title:
            write(f"\n## {_plain(visible(section.title))}\n")
        write("\n")
        if section.rows:
            _table(section, kept[section.columns], day, write)
        else:
            write(f"{_plain(section.empty)}\n")


def _table(section: Section, kept: list[int], day: Day, write: Callable[[str], object]) -> None:
    columns = [section.columns[at] for at in kept]
    write(_row(column.title for column in columns))
    write(_row("---:" if aligns_right(column) else "---" for column in columns))
    for row in section.rows:
        write(_row(_plain(words(row[at], day)) for at in kept))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)
