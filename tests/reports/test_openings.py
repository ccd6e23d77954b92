"""All figures opened at once: as many tasks as each says, in total, by unit and by activity."""

from datetime import date

from ledger.dates.period import Kind, parse_period
from ledger.reports.figures import TOTALS, Figures, figures_of
from ledger.reports.frozen import freeze, thaw
from ledger.reports.openings import openings_of
from ledger.reports.rate import Rate
from ledger.reports.report import Opened
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)


def test_each_figure_has_as_many_as_it_says_wherever_it_stands(filled: Book) -> None:
    period = parse_period("2013-W12", Kind.WEEK, TODAY)
    with filled.reading() as reader:
        found = openings_of(reader, period, TODAY, queries.rules(reader), Scope())
        figures = figures_of(reader, period, TODAY, Scope(), ())
    assert [one.name for one in found.figures] == [name for _, name, _ in TOTALS]
    groups = [(None, None, figures.totals)]
    groups += [(0, unit, part) for unit, part in figures.by_unit]  # type: ignore[misc]
    groups += [(1, activity, part) for activity, part in figures.by_activity]  # type: ignore[misc]
    for place, name, part in groups:
        for one in found.figures:
            some = [each for each in one.elements if place is None or found.groups[each[0]][place] == name]
            require(one._replace(elements=some), part)
    assert any(one.elements for one in found.figures)


def require(opened: Opened, part: Figures) -> None:
    value, number = getattr(part, opened.name), opened.counts(opened.elements)
    assert value == (Rate(number, len(opened.elements)) if opened.is_rate else number)
    assert opened.is_rate == isinstance(value, Rate)
    assert opened.is_rate or number == len(opened.elements)


def test_it_is_frozen_and_thawed(filled: Book) -> None:
    period = parse_period("2013-W12", Kind.WEEK, TODAY)
    with filled.reading() as reader:
        found = openings_of(reader, period, TODAY, queries.rules(reader), Scope())
    assert thaw(freeze(found)) == found
