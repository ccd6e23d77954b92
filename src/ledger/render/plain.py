"""Plain text for pipes, mail and cron: one line per row, nothing cut off, no colour, no box, days in ISO form.

Columns are padded to the widest cell, but never beyond `PADDED` cells: a longer text pushes only its own row aside.
"""

from collections.abc import Callable, Sequence
from itertools import chain

from ledger.base.text import visible, width
from ledger.render.cells import FULL_WIDTH, aligns_right, heading, kept_columns, words
from ledger.reports.report import Cell, Column, Report, Section

GAP = "  "
PADDED = 80


def render(report: Report, write: Callable[[str], object]) -> None:
    """Write the report a line at a time; `write` gets whole lines."""
    if report.message:
        _message(report, write)
        return
    for line in heading(report):
        write(line + "\n")
    kept = kept_columns(report.sections)
    widths = {columns: _widths(report.sections, columns, found) for columns, found in kept.items()}
    for section in report.sections:
        write("\n")
        title = visible(section.heading)
        if not section.rows:
            write(GAP.join(filter(None, (title, section.empty))) + "\n")
            continue
        if title:
            write(title + "\n")
        if section.prose:
            for text in section.paragraphs:
                write(f"　　{visible(text)}\n")
            continue
        _table(section, kept[section.columns], widths[section.columns], write)
    write("".join(f"{line}\n" for line in ("", *map(visible, report.imprint))) if report.imprint else "")


def _message(report: Report, write: Callable[[str], object]) -> None:
    """What it is and of when, then the lines; the whole in one line where there is but one."""
    said = f"【{report.ledger}】{report.period}{report.title}", f"{report.moment}，"
    head, moment = (text.translate(FULL_WIDTH) for text in said)
    first, *others = report.message
    for line in (head, moment + first, *others) if others else (f"{head}：{moment}{first}",):
        write(visible(line) + "\n")


def _widths(sections: Sequence[Section], columns: tuple[Column, ...], kept: list[int]) -> list[int]:
    widest = [width(columns[at].title) for at in kept]
    for section in sections:
        if section.columns == columns:
            for row in section.rows:
                for place, at in enumerate(kept):
                    widest[place] = max(widest[place], width(words(row[at])))
    return [min(cells, PADDED) for cells in widest]


def _table(section: Section, kept: list[int], widths: list[int], write: Callable[[str], object]) -> None:
    places = [(at, cells, aligns_right(section.columns[at])) for at, cells in zip(kept, widths, strict=True)]
    titles: tuple[Cell, ...] = tuple(column.title for column in section.columns)
    for row in chain([titles], section.rows):
        line = []
        for at, cells, right in places:
            text = words(row[at])
            blank = " " * (cells - width(text))
            line.append(blank + text if right else text + blank)
        write(GAP.join(line).rstrip() + "\n")
