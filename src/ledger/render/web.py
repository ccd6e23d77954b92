"""HTML: one file that needs nothing else, to be read on a screen or a phone, sent and printed.

The page is `page/page.html`, with the style and the script beside it set into it; its Content-Security-Policy allows
those two by their hash and nothing from anywhere. Jinja2 escapes all that the template is given, `web_cells` makes the
rows, `web_charts` the trend. The page is whole without the script, which adds sorting and filtering.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from itertools import islice, pairwise
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from ledger.base.text import visible
from ledger.dates.day import long_day
from ledger.model.fields import LABELS
from ledger.render.cells import Day, kept_columns, spoken, words
from ledger.render.web_cells import LIGHT_NAMES, band_html, card_labels, row_html
from ledger.render.web_charts import Trend, trend_of
from ledger.reports.figures import Figures
from ledger.reports.report import Band, Column, Rate, Report, Row, Section, State, Total, text_of

_FOLDER = "page"
_LONG = 8  # rows from which a phone gets the headings of a list, to sort by
_HUGE = 3000
_CHOICES = 100  # units from which a choice among them is none
_UPRIGHT = 6  # columns of a sheet that a page upright has room for
_ACROSS = "@page { size: A4 landscape; margin: 12mm 12mm 15mm; }\n"
_BATCH = 2000  # pieces of the page that are written at once


class Quantity(NamedTuple):
    """A figure above the tables: what comes before it in the equation, its name, its value, its light if any."""

    sign: str
    name: str
    value: str
    part: str = ""
    light: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A section as the template sets it. Tables of `figures`, in which no text says what a row is about, scroll on a
    phone, where lists become cards; they are not filtered."""

    id: str
    section: Section
    kept: list[int]
    day: Day
    trend: Trend | None

    @property
    def columns(self) -> list[Column]:
        return [self.section.columns[at] for at in self.kept]

    @property
    def figures(self) -> bool:
        kinds = {column.kind for column in self.columns}
        return self.section.figures or ("number" in kinds and "text" not in kinds)

    @property
    def style(self) -> str:
        if self.figures:
            return f"figures {self.section.name}" if self.section.figures else "figures"
        styles = {
            "list": True,
            "sheet": self.section.name == "sheet",
            "cards": len(self.kept) > 3,
            "long": len(self.section.rows) > _LONG,
            "huge": self.huge,
        }
        return " ".join(name for name, worn in styles.items() if worn)

    @property
    def huge(self) -> bool:
        """Whether a browser would take long to lay it out, and a screen shows the first of its rows alone."""
        return len(self.section.rows) > _HUGE

    @property
    def bodies(self) -> Iterator[Iterator[Markup]]:
        """The rows, those under a band apart, led by it."""
        rows = self.section.rows[: self._end]
        starts = [at for at, row in enumerate(rows) if isinstance(row, Band) and at] if self.section.name else []
        for start, end in pairwise([0, *starts, len(rows)]):
            yield map(self._html, islice(rows, start, end))

    @property
    def totals(self) -> list[Markup]:
        return [self._html(row) for row in self.section.rows[self._end :]]

    @property
    def _end(self) -> int:
        """Where the total stands that is the table's foot, if there is one."""
        rows = self.section.rows
        return len(rows) - bool(rows and isinstance(rows[-1], Total))

    def _html(self, row: Row) -> Markup:
        if isinstance(row, Band):
            return band_html(words(row[0]), len(self.kept))
        bars = self.section.name not in ("totals", "trend")  # no rates to compare
        return row_html([row[at] for at in self.kept], self.columns, self.day, bars=bars)


def render(report: Report, write: Callable[[str], object]) -> None:
    """Write the report as a page; the rows are made as they are written."""
    tables = _tables(report)
    lists = [table for table in tables if not table.figures]
    paper = _ACROSS if any(len(table.kept) > _UPRIGHT for table in lists if table.section is report.sheet) else ""
    labels = card_labels({f"#{table.id}": table.columns for table in lists})
    large = None if report.sheet or report.masthead else report.figures  # they stand in one line, or in sentences
    style = Markup(_file("page.css") + labels + paper)  # noqa: S704
    script = Markup(_file("page.js"))  # noqa: S704
    pieces = _template().generate(
        report=report,
        tables=tables,
        balance=_balance(large.totals) if large else [],
        rates=_rates(large.totals) if large else [],
        summary=[map(text_of, line) for line in (report.summary if large else report.lines)],
        lights=_lights(lists),
        unit=LABELS["unit"],
        units=_units(lists),
        size=sum(not isinstance(row, Band) for table in lists if not table.section.prose for row in table.section.rows),
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; base-uri 'none'; "
        "form-action 'none'",
    )
    while batch := "".join(islice(pieces, _BATCH)):
        write(batch)


def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=PackageLoader("ledger.render", _FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": visible, "long_day": long_day}
    return environment.get_template("page.html")


def _tables(report: Report) -> list[Table]:
    sections = report.sections
    if report.sheet is not None:
        sections = [report.sheet, *(section for section in sections if section.figures)]
    kept = kept_columns(sections)
    day = spoken(report.today)
    return [
        Table(
            f"s{number}",
            section,
            kept[section.columns],
            day,
            trend_of(report) if section.name == "trend" else None,
        )
        for number, section in enumerate(sections, start=1)
    ]


def _file(name: str) -> str:
    return resources.files("ledger.render").joinpath(_FOLDER, name).read_text("utf-8")


def _source(text: str) -> str:
    """How a policy allows what stands in the page itself."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _balance(figures: Figures) -> list[Quantity]:
    return [Quantity(sign, name, str(value)) for sign, name, value in figures.equation]


def _rates(figures: Figures) -> list[Quantity]:
    return [
        Quantity("", "应销号", str(figures.obligation)),
        Quantity("", "应销已销", str(figures.met)),
        _share("销号率", figures.completion),
        _share("按期率", figures.timeliness),
        Quantity("", "逾期", str(figures.overdue), light="red" if figures.overdue else ""),
    ]


def _share(name: str, rate: Rate) -> Quantity:
    return Quantity("", name, rate.percent, rate.denominator)


def _lights(tables: list[Table]) -> list[tuple[str, str]]:
    """The lights that any row has, worst first, with their names."""
    found = {cell.light for table in tables for row in table.section.rows for cell in row if isinstance(cell, State)}
    return [(light, name) for light, name in LIGHT_NAMES.items() if light in found]


def _units(tables: list[Table]) -> list[str]:
    """The lead units of all rows in the order in which they come; none where there are too many to choose from."""
    found: dict[str, None] = {}
    for table in tables:
        for at, column in enumerate(table.section.columns):
            if column.name == "unit":
                found |= dict.fromkeys(
                    str(row[at]).partition("\n")[0] for row in table.section.rows if len(row) > at and row[at]
                )
    return list(found) if 1 < len(found) <= _CHOICES else []
