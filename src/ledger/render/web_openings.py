"""The figures of a page as links to what they count: lists at its end, of which the style shows the one led to.

Nothing of it needs a script. A list stands by units and, where the page has figures of activities, again by these, so
that each figure of a table has its place in it. A page holds so many lines of lists alone; the longest are left out,
and their figures are no links.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from ledger.render.cells import Day
from ledger.render.web_cells import band_html, row_html
from ledger.reports.figures import DUTY
from ledger.reports.report import Column, Opened, Openings, Report, Row

_MOST = 3000
"""Lines of all lists together: about a megabyte."""

_LINE = ("opening", "added", "reopened", "closed", "cancelled", "closing", "obligation", "met", "completion", "overdue")
"""The figures above the tables, in the order in which they are said."""
_LARGE = (*_LINE[:-1], "timeliness", _LINE[-1])
_ENTRY, _COUNTED = Column("记录", "number", "entry"), Column("计入", "name", "counted")

Group = tuple[str, str | None]
"""What a list is parted by ("unit", "activity"), and which of these."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: what a figure counts, parted by units or by activities."""

    id: str
    openings: Openings
    kept: list[int]
    opened: Opened
    parts: Mapping[str | None, list[tuple[int, int | None, bool]]]
    day: Day

    @property
    def heading(self) -> str:
        return f"{self.opened.title}({self.opened.said(self.opened.elements)})"

    @property
    def columns(self) -> list[Column]:
        kept = [self.openings.columns[at] for at in self.kept]
        return [*kept, *([_COUNTED] if self.opened.is_rate else []), _ENTRY]

    def anchor(self, name: str | None) -> str:
        """Where a part of it begins; '' where nothing counts."""
        part = self.parts.get(name)
        return f"{self.id}-{[*self.parts].index(name) + 1}" if part and self.opened.counts(part) else ""

    @property
    def rows(self) -> Iterator[Markup]:
        for place, (name, part) in enumerate(self.parts.items(), start=1):
            said = f"{name or '(无专项活动)'}({self.opened.said(part)})"
            yield band_html(said, len(self.columns), f"{self.id}-{place}")
            for at, entry, counted in part:
                mark: Row = ("是" if counted else "否",) if self.opened.is_rate else ()
                row = self.openings.rows[at]
                yield row_html((*(row[one] for one in self.kept), *mark, entry), self.columns, self.day, bars=False)


class Links(NamedTuple):
    """The lists of a page, and where each figure leads."""

    listings: list[Listing]
    by_unit: Mapping[str, Listing]
    by_activity: Mapping[str, Listing]
    left_out: list[str]

    def total(self, figure: str) -> str:
        """Where a figure of the whole leads; '' where nowhere."""
        listing = self.by_unit.get(figure)
        return listing.id if listing and listing.opened.counts(listing.opened.elements) else ""

    def part(self, figure: str, by: str, name: str | None) -> str:
        """Where a figure of a unit or an activity leads; '' where nowhere."""
        listing = (self.by_unit if by == "by_unit" else self.by_activity).get(figure)
        return listing.anchor(name) if listing else ""

    @property
    def above(self) -> list[str]:
        """Where the figures of the line above the tables lead."""
        return list(map(self.total, _LINE))

    @property
    def large(self) -> list[str]:
        """The same of the figures that stand there large."""
        return list(map(self.total, _LARGE))

    def of_table(self, report: Report, name: str, columns: list[Column]) -> list[list[str]]:
        """Row by row where the cells of a table of figures lead, from its data: the figures of the `totals`, or those
        of each unit or activity and, last, all of them."""
        if name == "totals":
            return [["", self.total(figure), ""] for _, figure, _ in DUTY]
        if report.figures is None or name not in ("by_unit", "by_activity"):
            return []
        activities = [activity for activity, part in report.figures.by_activity if not part.idle]
        names = [unit for unit, _ in report.figures.by_unit] if name == "by_unit" else activities
        parts = [[self.part(column.name, name, one) for column in columns] for one in names]
        return [*parts, [self.total(column.name) for column in columns]]


def links_of(report: Report, day: Day) -> Links:
    """The lists of what the figures of a page count, and the links to them."""
    openings = report.openings
    found = Links([], {}, {}, [])
    if openings is None or report.figures is None:
        return found
    tables = {section.name: section for section in report.sections}
    orders: dict[str, list[str | None]] = {
        "by_unit": [name for name, _ in report.figures.by_unit],
        "by_activity": [name for name, _ in report.figures.by_activity],
    }
    shown = {*_LINE, *(() if report.sheet else _LARGE), *((one for _, one, _ in DUTY) if "totals" in tables else ())}
    of_tables = {by: {column.name for column in tables[by].columns} if by in tables else set() for by in orders}
    wanted = [("by_unit", one) for one in openings.figures if one.name in shown | of_tables["by_unit"]]
    wanted += [("by_activity", one) for one in openings.figures if one.name in of_tables["by_activity"]]
    kept = [at for at in range(len(openings.columns)) if any(row[at] not in (None, "") for row in openings.rows)]
    room = _MOST
    for by, one in sorted(wanted, key=lambda pair: len(pair[1].elements)):
        room -= len(one.elements)
        if not one.elements:
            continue
        if room < 0:
            found.left_out.append(one.title)
            continue
        parts = _parted(openings, one, by == "by_activity", orders[by])
        listing = Listing(f"d-{one.name}" + ("-a" if by == "by_activity" else ""), openings, kept, one, parts, day)
        (found.by_unit if by == "by_unit" else found.by_activity)[one.name] = listing  # type: ignore[index]
    order = [one.name for one in openings.figures]
    for listings in (found.by_unit, found.by_activity):
        found.listings.extend(sorted(listings.values(), key=lambda one: order.index(one.opened.name)))
    return found


def _parted(
    openings: Openings, one: Opened, of_activities: bool, order: Iterable[str | None]
) -> dict[str | None, list[tuple[int, int | None, bool]]]:
    found: dict[str | None, list[tuple[int, int | None, bool]]] = {name: [] for name in order}
    for element in one.elements:
        found.setdefault(openings.groups[element[0]][of_activities], []).append(element)
    return {name: part for name, part in found.items() if part}


def linked(text: str, anchor: str) -> Markup:
    """A figure, as a link where it leads somewhere."""
    said = escape(text)
    return Markup(f'<a class="opens" href="#{anchor}">{said}</a>') if anchor else said  # noqa: S704 - escaped
