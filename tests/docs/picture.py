"""A terminal's screen as an SVG picture: each character stands in the middle of nothing but its own cells.

Every character is given its place, so that columns align whatever font draws them, full-width characters take two
cells, and nothing is fetched: no font, no style sheet. What is drawn is text, to be searched and read aloud.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby, pairwise
from typing import NamedTuple

import pyte
from pyte.screens import Char

CELL, LINE, SIZE, MARGIN = 9, 22, 16, 14
"""Pixels. Letters of the common fonts for terminals are 0.55 to 0.6 of their size wide, Chinese ones 1."""
FONTS = (
    "'Cascadia Mono',Consolas,Menlo,'DejaVu Sans Mono',"
    "'Noto Sans Mono CJK SC','Microsoft YaHei','PingFang SC',monospace"
)
PAPER, INK = "#1b1f27", "#d7dae0"
COLOURS = {
    "black": "#3b4252", "red": "#ff7b72", "green": "#7ee787", "brown": "#e3b341", "blue": "#6cb6ff",
    "magenta": "#d2a8ff", "cyan": "#76e3ea", "white": INK, "brightblack": "#8b949e", "brightred": "#ffa198",
    "brightgreen": "#9be9a8", "brightbrown": "#f2cc60", "brightblue": "#79c0ff", "brightcyan": "#a5f3fc",
    "brightmagenta": "#e2c5ff", "brightwhite": "#ffffff",
}  # fmt: skip


class Cell(NamedTuple):
    """A character, the column where it begins, how many it takes."""

    at: int
    wide: int
    char: Char


def picture(screen: pyte.Screen, title: str, rows: int) -> str:
    """The first `rows` lines of what the screen shows, less the empty ones at the end."""
    lines = [_cells(screen, row) for row in range(min(rows, screen.lines))]
    while lines and not any(_inked(cell.char) for cell in lines[-1]):
        del lines[-1]
    wide, high = screen.columns * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    size = f'width="{wide}" height="{high}"'
    drawn = [piece for row, line in enumerate(lines) for piece in _drawn(line, row)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" {size} role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>text{{font:{SIZE}px {FONTS};white-space:pre}}text.b{{font-weight:bold}}</style>",
            f'<rect {size} rx="8" fill="{PAPER}"/>',
            f'<g fill="{INK}">',
            *drawn,
            "</g></svg>\n",
        ]
    )


def _cells(screen: pyte.Screen, row: int) -> list[Cell]:
    """The characters of a line; for the second half of a wide one pyte has an empty text."""
    line = screen.buffer[row]
    starts = [at for at in range(screen.columns) if line[at].data]
    return [Cell(at, end - at, line[at]) for at, end in pairwise([*starts, screen.columns])]


def _inked(char: Char) -> bool:
    return bool(char.data.strip()) or char.reverse or char.bg != "default"


def _drawn(line: list[Cell], row: int) -> Iterator[str]:
    for (ink, paper, bold), same in groupby(line, lambda cell: _look(cell.char)):
        run = list(same)
        if paper != PAPER:
            wide = sum(cell.wide for cell in run) * CELL
            at = MARGIN + run[0].at * CELL
            yield f'<rect x="{at}" y="{MARGIN + row * LINE}" width="{wide}" height="{LINE}" fill="{paper}"/>'
        yield from (_text(words, row, ink, bold) for words in _words(run))


def _look(char: Char) -> tuple[str, str, bool]:
    ink, paper = _colour(char.fg, INK), _colour(char.bg, PAPER)
    return (paper, ink, char.bold) if char.reverse else (ink, paper, char.bold)


def _colour(name: str, usual: str) -> str:
    return usual if name == "default" else COLOURS.get(name, f"#{name}")


def _words(run: list[Cell]) -> Iterator[list[Cell]]:
    """What stands together, single blanks within it."""
    text = "".join(cell.char.data[0] for cell in run)
    for found in re.finditer(r"\S+(?: \S+)*", text):
        yield run[found.start() : found.end()]


def _text(words: list[Cell], row: int, ink: str, bold: bool) -> str:
    """Each character at its own place, a full-width one in the middle of its two cells."""
    places = " ".join(str(MARGIN + cell.at * CELL + (2 * CELL - SIZE) // 2 * (cell.wide - 1)) for cell in words)
    style = (f' fill="{ink}"' if ink != INK else "") + (' class="b"' if bold else "")
    text = escape("".join(cell.char.data for cell in words), quote=False)
    return f'<text x="{places}" y="{MARGIN + row * LINE + SIZE}"{style}>{text}</text>'
