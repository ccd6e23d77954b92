"""How a report is laid out on a terminal: lines of styled fragments, computed from display widths alone.

A line is a list of `(text, style)`. Sections with the same columns share one grid, so that they align, and one row of
column titles; a column that is empty throughout is left out. Nothing is cut off: what finds no room side by side is
set in bands (figures) or with each row over several lines (lists), once `spare` columns are left out, which is told.
"""

from collections.abc import Iterator
from itertools import groupby

from ledger.base.text import visible, width, wrap
from ledger.render.cells import SEPARATOR, Day, aligns_right, kept_columns, spoken
from ledger.render.faces import HANG, face, fitted
from ledger.render.grid import GAP, INDENT, Grid, grids, span
from ledger.reports.report import Alarm, Column, Rate, Report, Row, Section, State, Total
from ledger.reports.report import Line as Said

Fragment = tuple[str, str]
Line = list[Fragment]
Block = tuple[list[str], str]  # the lines of one cell, their style

NARROWEST, WIDEST = 30, 1000


def lines(report: Report, columns: int) -> Iterator[Line]:
    """The report in lines of at most `columns` display cells, though never laid out for fewer than `NARROWEST`."""
    page = min(max(columns, NARROWEST), WIDEST)
    day = spoken(report.today)
    kept = kept_columns(report.sections)
    laid = {
        of: _fitting([section for section in report.sections if section.columns == of], found, page, day)
        for of, found in kept.items()
    }
    summary = [line for said in report.lines for line in _broken(said, page - INDENT)]
    spans = [INDENT + span(grid) for group in laid.values() for grid in group]
    left = [of[at].title for of, found in kept.items() if laid[of] for at in found if _is_left_out(of, at, laid[of])]
    yield from _head(report, page, max([*spans, *(INDENT + width(_text(line)) for line in summary), 0]))
    for line in summary:
        yield [(" " * INDENT, ""), *line]
    for of, run in groupby(report.sections, key=lambda section: section.columns):
        yield from _run(list(run), laid[of], kept[of], page, day)
    for text in wrap(f"屏幕放不下的列:{'、'.join(dict.fromkeys(left))}", page - INDENT) if left else ():
        yield [(" " * INDENT, ""), (text, "dim")]
    if report.imprint:
        yield []
    for said in report.imprint:
        yield from _paragraph(visible(said), "dim", page)


def _fitting(sections: list[Section], kept: list[int], page: int, day: Day) -> list[Grid]:
    """The grids of all columns, or else of all but the last `spare` ones; none where that is no help."""
    found = grids(sections, kept, page, day)
    spare = [at for at in kept if sections[0].columns[at].spare]
    for place in range(len(spare) - 1, -1, -1):
        if found:
            break
        found = grids(sections, [at for at in kept if at not in spare[place:]], page, day)
    return found


def _is_left_out(columns: tuple[Column, ...], at: int, laid: list[Grid]) -> bool:
    return columns[at].spare and not any(at == column for grid in laid for column, _ in grid)


def _head(report: Report, page: int, across: int) -> Iterator[Line]:
    """Title and period, the ledger at the right end of the `across` cells below, and the moment."""
    title = (" " * GAP).join(filter(None, (visible(report.title), visible(report.period))))
    ledger = visible(report.ledger)
    blank = max(across - INDENT - width(title) - width(ledger), 2 * GAP)
    if INDENT + width(title) + blank + width(ledger) <= page:
        yield [(" " * INDENT, ""), (title, "bold"), (" " * blank, ""), (ledger, "dim")]
    else:
        yield from _paragraph(title, "bold", page)
        yield from _paragraph(ledger, "dim", page)
    yield from _paragraph(visible(report.moment), "dim", page)


def _paragraph(text: str, style: str, page: int) -> Iterator[Line]:
    for line in wrap(text, page - INDENT) if text else ():
        yield [(" " * INDENT, ""), (line, style)]


def _broken(said: Said, cells: int) -> list[Line]:
    """A line of figures in as many lines as it needs: the first group by itself, broken between groups before
    anywhere else."""
    first, *rest = (_figures(group) for group in said)
    found = [first]
    for group in rest:
        found[-1] = [*found[-1], (SEPARATOR, ""), *group]
    if width(_text(found[0])) <= cells:
        return found
    found = _wrapped(first, cells)
    for place, group in enumerate(rest):
        longer = [*found[-1], (SEPARATOR, ""), *group]
        if place and width(_text(longer)) <= cells:
            found[-1] = longer
        else:
            found += _wrapped(group, cells)
    return found


def _figures(group: tuple[str | int | Rate | Alarm, ...]) -> Line:
    """A group with its figures brought out, a denominator aside, what is overdue in red."""
    found: Line = []
    for said in group:
        found.append((" " if found else "", ""))
        if isinstance(said, Alarm):
            found += [(str(said), "bold red")] if said.value else [(f"{said.name} ", ""), ("0", "bold")]
        elif isinstance(said, Rate):
            found += [(said.percent, "bold" if said.whole else ""), (said.denominator, "")]
        else:
            found.append((visible(str(said)), "bold" if isinstance(said, int) else ""))
    return found


def _text(line: Line) -> str:
    return "".join(text for text, _ in line)


def _wrapped(line: Line, cells: int) -> list[Line]:
    """The line in as many lines as it needs, each character in its style."""
    text, found, end = _text(line), [], 0
    for part in wrap(text, cells):
        start = text.index(part, end)
        end = start + len(part)
        found.append(_cut(line, start, end))
    return found


def _cut(line: Line, start: int, end: int) -> Line:
    """What stands from `start` to `end`, in characters."""
    found, at = [], 0
    for text, style in line:
        found.append((text[max(0, start - at) : max(0, end - at)], style))
        at += len(text)
    return [fragment for fragment in found if fragment[0]]


def _run(run: list[Section], group: list[Grid], kept: list[int], page: int, day: Day) -> Iterator[Line]:
    """Sections one after another that have the same columns: their titles stand once, above the first heading."""
    shared = len(run) > 1 and not run[0].prose and len(group) == 1 and any(section.rows for section in run)
    if shared:
        yield []
        yield from _titles(run[0].columns, group[0])
    for number, section in enumerate(run):
        if number or not shared:
            yield []
        yield from _heading(section, page)
        if section.prose:
            for text in section.paragraphs:
                yield from _paragraph(f"　　{visible(text)}", "", page)
        elif not section.rows:
            continue
        elif group:
            yield from _bands(section, group, titled=not shared, day=day)
        else:
            for row in section.rows:
                yield from _stacked(row, section.columns, kept, page, day)


def _bands(section: Section, group: list[Grid], *, titled: bool, day: Day) -> Iterator[Line]:
    """A table in as many bands of columns as it needs."""
    for band, grid in enumerate(group):
        if band:
            yield []
        if titled:
            yield from _titles(section.columns, grid)
        for row in section.rows:
            yield from _row(row, section.columns, grid, day)


def _heading(section: Section, page: int) -> Iterator[Line]:
    title = visible(section.heading)
    if section.rows:
        yield from _paragraph(title, "bold", page)
    elif INDENT + width(title) + GAP + width(section.empty) <= page:
        yield [(" " * INDENT, ""), (title, "bold"), (" " * GAP if title else "", ""), (section.empty, "dim")]
    else:
        yield from _paragraph(title, "bold", page)
        yield from _paragraph(section.empty, "dim", page)


def _titles(columns: tuple[Column, ...], grid: Grid) -> Iterator[Line]:
    """The row of column titles, on its last line where one needs two, and a rule."""
    blocks = [wrap(columns[at].title, cells) for at, cells in grid]
    height = max(map(len, blocks))
    yield from _set([([""] * (height - len(block)) + block, "dim") for block in blocks], columns, grid)
    yield [(" " * INDENT, ""), ("─" * span(grid), "dim")]


def _row(row: Row, columns: tuple[Column, ...], grid: Grid, day: Day) -> Iterator[Line]:
    blocks: list[Block] = []
    for at, cells in grid:
        text, style = face(row[at], day)
        blocks.append((fitted(row[at], text, cells), style or ("bold" if isinstance(row, Total) else "")))
    return _set(blocks, columns, grid)


def _set(blocks: list[Block], columns: tuple[Column, ...], grid: Grid) -> Iterator[Line]:
    """The cells of one row beside each other, no blank at the end of a line."""
    for n in range(max(len(texts) for texts, _ in blocks)):
        line: Line = []
        blank = INDENT
        for (texts, style), (at, cells) in zip(blocks, grid, strict=True):
            text = texts[n] if n < len(texts) else ""
            rest = cells - width(text)
            if text:
                before = " " * (blank + rest if aligns_right(columns[at]) else blank)
                line += [(before, ""), (text, style)] if style else [(before + text, "")]
                blank = 0 if aligns_right(columns[at]) else rest
            else:
                blank += rest
            blank += GAP
        yield line


def _stacked(row: Row, columns: tuple[Column, ...], kept: list[int], page: int, day: Day) -> Iterator[Line]:
    """A row of a list over several lines: the sign of its light, its text with what stands before it, then the rest.

    The state stands first of the rest, then each other cell with its title. Without a light the first line stands out,
    so that one row is told from the next.
    """
    main = next(at for at in kept if columns[at].kind == "text")
    faces = {at: face(row[at], day) for at in kept}
    sign, style = next(((faces[at][0][0] + " ", faces[at][1]) for at in kept if isinstance(row[at], State)), ("", ""))
    first = " ".join(faces[at][0] for at in kept if at <= main and faces[at][0])
    margin, room = " " * (INDENT + HANG), page - INDENT - HANG
    for n, text in enumerate(wrap(first, room)):
        yield [(margin, ""), (text, "")] if n else [(" " * INDENT, ""), (sign, style), (text, "")]
    pairs: list[tuple[str, str, str]] = []
    for at in kept:
        text, style = faces[at]
        if isinstance(row[at], State):
            pairs.insert(0, ("", text[HANG:], style))
        elif at > main and text:
            pairs.append((columns[at].title + " ", text, style))
    yield from _flowing(pairs, margin, room)


def _flowing(pairs: list[tuple[str, str, str]], margin: str, room: int) -> Iterator[Line]:
    """Cells with their titles one after another, in as many lines as they need."""
    line: Line = []
    used = 0
    for title, text, style in pairs:
        size = width(title) + width(text)
        if line and used + GAP + size > room:
            yield line
            line, used = [], 0
        if size > room:
            yield from ([(margin + part, style)] for part in wrap(title + text, room))
        else:
            line += [(" " * GAP if line else margin, ""), (title, "dim"), (text, style)]
            used += size + GAP * (used > 0)
    if line:
        yield line
