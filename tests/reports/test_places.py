"""Places by the rates: order, ties, the two lists."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.reports.figures import Figures
from ledger.reports.places import SHOWN, Placed, placed, praised_and_blamed


def figures(met: int, due: int, on_time: int = 0, late: int = 0, overdue: int = 0) -> Figures:
    return Figures(due=due, met=met, on_time=on_time, late=late, overdue=overdue)


def places(*of: Figures) -> list[tuple[str, int | None]]:
    return [(one.name, one.place) for one in placed([(str(at), part) for at, part in enumerate(of)])]


def test_order_is_by_rate_then_timeliness_then_late_then_overdue() -> None:
    found = places(
        figures(1, 2), figures(2, 2, on_time=1, late=1), figures(4, 4, on_time=2), figures(1, 2, overdue=1),
        figures(2, 4), figures(4, 4, on_time=2, late=2),
    )  # fmt: skip
    assert found == [("2", 1), ("1", 2), ("5", 3), ("0", 4), ("4", 4), ("3", 6)]


def test_a_unit_with_nothing_due_has_no_place_and_stands_last() -> None:
    assert places(figures(0, 0), figures(0, 3)) == [("1", 1), ("0", None)]


some_figures = st.builds(
    lambda due, met, on_time, late, overdue: figures(min(met, due), due, on_time, late, overdue),
    *[st.integers(0, 3)] * 5,
)


@given(st.lists(some_figures, max_size=24))
def test_places_and_lists_hold_together(parts: list[Figures]) -> None:
    units = placed([(str(at), part) for at, part in enumerate(parts)])
    assert sorted(one.name for one in units) == sorted(str(at) for at in range(len(parts)))
    having = [one for one in units if one.place is not None]
    assert having == units[: len(having)] and all(one.figures.obligation for one in having)
    rates = [one.figures.met / one.figures.obligation for one in having]
    assert rates == sorted(rates, reverse=True)
    assert all(one.place == 1 + sum(other.place < one.place for other in having) for one in having)  # type: ignore[operator]
    red, black = praised_and_blamed(units)
    assert not {one.name for one in red} & {one.name for one in black}
    if len(having) <= SHOWN:
        assert not red and not black
    if red and black:
        assert max(one.place or 0 for one in red) < min(one.place or 0 for one in black)


def test_the_lists_have_the_first_and_the_last_five_ties_whole() -> None:
    units = [Placed(at, str(at), figures(20 - at, 20)) for at in range(1, 13)]
    red, black = praised_and_blamed(units)
    assert [one.place for one in red] == [1, 2, 3, 4, 5]
    assert [one.place for one in black] == [12, 11, 10, 9, 8]
    alike = placed([(str(at), figures(1 if at < 4 else 0, 2)) for at in range(12)])
    red, black = praised_and_blamed(alike)
    assert ([one.place for one in red], {one.place for one in black}, len(black)) == ([1] * 4, {5}, 8)
