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
from ledger.render.web_openings import Links, linked, links_of
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
    """A figure above the tables: what comes before it in the equation, its name, its value, its light if any, and where
    it leads."""

    sign: str
    name: str
    value: str
    part: str = ""
    light: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A section as the template sets it. Tables of `figures`, in which no text says what a row is about, scroll on a
    phone, where lists become cards; they are not filtered."""

    id: str
    section: Section
    kept: list[int]
    day: Day
    trend: Trend | None
    leading: list[list[str]]

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
            yield map(self._html, range(start, end))

    @property
    def totals(self) -> list[Markup]:
        return [self._html(at) for at in range(self._end, len(self.section.rows))]

    @property
    def _end(self) -> int:
        """Where the total stands that is the table's foot, if there is one."""
        rows = self.section.rows
        return len(rows) - bool(rows and isinstance(rows[-1], Total))

    def _html(self, place: int) -> Markup:
        row: Row = self.section.rows[place]
        if isinstance(row, Band):
            return band_html(words(row[0]), len(self.kept))
        bars = self.section.name not in ("totals", "trend")  # no rates to compare
        leading = self.leading[place] if self.leading else ()
        cells = [row[at] for at in self.kept]
        return row_html(cells, self.columns, self.day, bars=bars, leading=leading and [leading[at] for at in self.kept])


def render(report: Report, write: Callable[[str], object]) -> None:
    """Write the report as a page; the rows are made as they are written."""
    links = links_of(report, spoken(report.today))
    tables = _tables(report, links)
    lists = [table for table in tables if not table.figures]
    paper = _ACROSS if any(len(table.kept) > _UPRIGHT for table in lists if table.section is report.sheet) else ""
    cards = {f"#{table.id}": table.columns for table in lists}
    labels = card_labels(cards | {f"#{listing.id}": listing.columns for listing in links.listings})
    large = None if report.sheet or report.masthead else report.figures  # they stand in one line, or in sentences
    style = Markup(_file("page.css") + labels + paper)  # noqa: S704
    script = Markup(_file("page.js"))  # noqa: S704
    pieces = _template().generate(
        report=report,
        tables=tables,
        balance=_balance(large.totals, links) if large else [],
        rates=_rates(large.totals, links) if large else [],
        line=_line(report.figures.totals, links) if report.sheet and report.figures and links.listings else [],
        summary=[map(text_of, line) for line in (report.summary if large or links.listings else report.lines)],
        listings=links.listings,
        left_out=links.left_out,
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
    environment.filters |= {"visible": visible, "long_day": long_day, "linked": linked}
    return environment.get_template("page.html")


def _tables(report: Report, links: Links) -> list[Table]:
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
            links.of_table(report, section.name, [*section.columns]) if links.listings else [],
        )
        for number, section in enumerate(sections, start=1)
    ]


def _file(name: str) -> str:
    return resources.files("ledger.render").joinpath(_FOLDER, name).read_text("utf-8")


def _source(text: str) -> str:
    """How a policy allows what stands in the page itself."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _balance(figures: Figures, links: Links) -> list[Quantity]:
    return [
        Quantity(sign, name, str(value), to=to)
        for (sign, name, value), to in zip(figures.equation, links.large, strict=False)
    ]


def _rates(figures: Figures, links: Links) -> list[Quantity]:
    found = [
        Quantity("", "应销号", str(figures.obligation)),
        Quantity("", "应销已销", str(figures.met)),
        _share("销号率", figures.completion),
        _share("按期率", figures.timeliness),
        Quantity("", "逾期", str(figures.overdue), light="red" if figures.overdue else ""),
    ]
    return [one._replace(to=to) for one, to in zip(found, links.large[len(figures.equation) :], strict=True)]


def _share(name: str, rate: Rate) -> Quantity:
    return Quantity("", name, rate.percent, rate.denominator)


def _line(figures: Figures, links: Links) -> list[list[Quantity]]:
    """The equation and what was to be struck off in one line (`present.balance`), each figure where it leads."""
    equation = [Quantity(sign, name, str(value)) for sign, name, value in figures.equation]
    duty = [Quantity("", "应销", str(figures.obligation)), Quantity("", "已销", str(figures.met))]
    duty.append(_share("销号率", figures.completion))
    overdue = [Quantity("", "逾期", str(figures.overdue))]
    to = iter(links.above)
    return [[one._replace(to=next(to)) for one in group] for group in (equation, duty, overdue)]


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
