"""Markdown: headings and GFM tables, for mail, chat, notes and wikis.

What stands above the tables can be pasted into a chat that draws no tables: a short title, a line that says of when it
is, and the figures as a list, the equation first. Every character that Markdown or HTML could take for markup is
escaped, so that a text reads as it was typed.
"""

import re
from collections.abc import Callable, Iterable

from ledger.base.text import visible
from ledger.render.cells import SEPARATOR, Day, aligns_right, kept_columns, spoken, words
from ledger.reports.report import Report, Section, text_of

_MARKUP = re.compile(r"[\\`*_<>\[\]|#~&$]")


def render(report: Report, write: Callable[[str], object]) -> None:
    """Write the report a line at a time; `write` gets whole lines."""
    write(f"# {_plain(visible(report.title))}\n")
    write(f"\n{_plain(visible(SEPARATOR.join(filter(None, (report.period, report.ledger, report.moment)))))}\n")
    for line in report.lines:
        groups = [_plain(visible(text_of(group))) for group in line]
        write("\n" + "".join(f"{'- ' if len(groups) > 1 else ''}{group}\n" for group in groups))
    kept = kept_columns(report.sections)
    day = spoken(report.today)
    for section in report.sections:
        if section.title:
            write(f"\n## {_plain(visible(section.heading))}\n")
        write("\n")
        if section.prose:
            write("\n".join(f"{_plain(visible(text))}\n" for text in section.paragraphs))
        elif section.rows:
            _table(section, kept[section.columns], day, write)
        else:
            write(f"{_plain(section.empty)}\n")
    write("".join(f"\n{_plain(visible(line))}\n" for line in report.imprint))


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
