"""The trend as a chart of the workbook's own, drawn from the cells of its table."""

from typing import Any

from xlsxwriter import Workbook

from ledger.render.workbook_page import Page
from ledger.render.workbook_styles import FONT
from ledger.reports.report import Bar, Cell, Section

CHART_ROWS = 17
"""Rows left free below the table, for the chart to stand on."""

_PIXELS = 7  # of a cell of text; a chart that is wider than its columns is cut off on paper
_COLOURS = ("#9DB8D9", "#2F6B4F")  # light and dark: told apart in black and white too
_LINE = "#B3402E"


def add_trend(book: Workbook, page: Page, trend: Section, cells_wide: float) -> None:
    """Columns for what came and went, a line for what was left; the table stands above, its last row is the sheet's."""
    columns = book.add_chart({"type": "column"})
    line = book.add_chart({"type": "line"})
    bars = [at for at, column in enumerate(trend.columns) if column.kind == "bar"]
    for at, colour in zip(bars, _COLOURS, strict=False):
        columns.add_series({**_series(page, trend, at), "fill": {"color": colour}, "gap": 80, "overlap": 0})
    for at, column in enumerate(trend.columns):
        if column.name == "closing":
            drawn = {"color": _LINE, "width": 2}
            line.add_series({**_series(page, trend, at), "line": drawn, "marker": {"type": "circle", "size": 6}})
    columns.combine(line)
    font = {"name": FONT["font_name"], "size": 10}
    columns.set_title({"none": True})
    columns.set_legend({"position": "top", "font": font})
    columns.set_x_axis({"num_font": font})
    columns.set_y_axis(
        {
            "num_font": font,
            "min": 0,
            "num_format": "0",
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    columns.show_blanks_as("gap")
    columns.set_size({"width": round(cells_wide * _PIXELS), "height": (CHART_ROWS - 1) * 20})
    page.insert_chart(
        page.height, 0, columns, {"y_offset": 8, "description": "走势图:各时段的新增、销号和期末在办件数"}
    )


def _series(page: Page, trend: Section, at: int) -> dict[str, Any]:
    """A column of the table as a series, with the numbers that viewers show which do not read the cells."""
    last = page.height - 1
    first = last - len(trend.rows) + 1
    return {
        "name": trend.columns[at].title,
        "categories": [page.name, first, 0, last, 0],
        "categories_data": [row[0] for row in trend.rows],
        "values": [page.name, first, at, last, at],
        "values_data": [_number(row[at]) for row in trend.rows],
    }


def _number(cell: Cell) -> int | None:
    if isinstance(cell, Bar):
        return cell.value
    return cell if isinstance(cell, int) else None
