"""Rows and cells of an HTML table. A cell bears what the script sorts by where its text does not say it."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup, escape

from ledger.base.lines import phrases
from ledger.base.text import visible
from ledger.render.cells import Day, words
from ledger.reports.report import Cell, Column, Rate, State

LIGHT_NAMES = {
    "red": "红 逾期",
    "yellow": "黄 临期",
    "blue": "蓝 将到期",
    "green": "绿 正常",
    "grey": "灰 无期限或中止",
    "done": "已销号",
    "cancelled": "已撤销",
}
"""The lights by name, worst first."""

_LONGEST_CODE = 20  # a longer one is broken like a text
_CLASSES = {kind: f' class="{kind}"' for kind in ("code", "date", "name", "state", "number")} | {
    "text": "",
    "bar": ' class="number"',
}


def row_html(
    row: Sequence[Cell], columns: Sequence[Column], day: Day, *, bars: bool, leading: Sequence[str] = ()
) -> Markup:
    """One `<tr>`; with `bars` a rate has its bar below it. Figures are links to where they are `leading`."""
    cells = "".join(
        _cell(cell, column.kind, day, bars, to)
        for cell, column, to in zip(row, columns, leading or [""] * len(columns), strict=True)
    )
    return Markup(f"<tr>{cells}</tr>\n")  # noqa: S704 - every text in it went through `_escaped`


def band_html(text: str, columns: int, anchor: str = "") -> Markup:
    """A row over the whole table."""
    named = f' id="{anchor}"' if anchor else ""
    return Markup(f'<tr class="band"{named}><th colspan="{columns}" scope="rowgroup">{_escaped(text)}</th></tr>\n')  # noqa: S704


def _cell(cell: Cell, kind: str, day: Day, bars: bool, to: str) -> str:
    if isinstance(cell, str) and kind == "name":
        return f"<td{_CLASSES[kind]}>{_names(visible(cell, single_line=False))}</td>"
    if isinstance(cell, str):
        broken = kind == "code" and len(cell) > _LONGEST_CODE
        return f"<td{'' if broken else _CLASSES[kind]}>{_escaped(visible(cell, single_line=False))}</td>"
    if isinstance(cell, Rate) and cell.whole:
        return f'<td{_CLASSES[kind]} data-value="{cell.part / cell.whole:.6g}">{_rate(cell, bars, to)}</td>'
    return f"<td{_CLASSES[kind]}>{_leading(_inside(cell, day), to)}</td>"


def _leading(html: str, to: str) -> str:
    return f'<a class="opens" href="#{to}">{html}</a>' if to else html


def _names(text: str) -> str:
    """Names one of which is not broken while a line has room for it."""
    lines = [phrases(line) for line in text.split("\n")]
    return "\n".join(
        "".join(f"<span>{_escaped(name)}</span>" for name in names) if names[1:] else _escaped(names[0])
        for names in lines
    )


def _inside(cell: Cell, day: Day) -> str:
    if isinstance(cell, date):
        return f'<time datetime="{cell.isoformat()}">{_escaped(day(cell))}</time>'
    if isinstance(cell, State):
        first, rest = map(visible, ("".join(cell.parts[:1]), " ".join(cell.parts[1:])))
        return f'<b class="{_escaped(cell.light)}">{_escaped(first)}</b> {_escaped(rest)}'
    return _escaped(words(cell))


def _rate(rate: Rate, bars: bool, to: str) -> str:
    said = f"{_leading(rate.percent, to)}<small>{rate.denominator}</small>"
    share = 100 * rate.part / rate.whole
    bar = f'<svg class="rate" aria-hidden="true"><rect width="100%"/><rect class="met" width="{share:.1f}%"/></svg>'
    return said + bar if bars else said


def _escaped(text: str) -> str:
    return str(escape(text))


def card_labels(tables: Mapping[str, Sequence[Column]]) -> str:
    """Style rules by which a cell in a card on a phone is led by the title of its column, where the cell alone does not
    say what it is. `tables` are the columns by the selector of their table."""
    rules = []
    for selector, columns in tables.items():
        first = next((column for column in columns if column.kind == "text"), None)
        for place, column in enumerate(columns, start=1):
            if column.kind not in ("code", "state") and column is not first:
                title = "".join(letter if letter.isalnum() else f"\\{ord(letter):x} " for letter in column.title)
                rules.append(f'{selector} td:nth-child({place}){{--title:"{title} "}}\n')
    return "".join(rules)
