"""A report for people: data without styling, which each renderer turns into one format.

Report → Section → Column and rows of cells. A cell is a value, not a text: renderers decide how a date, a rate or
a light looks in their format.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from ledger.dates.period import Period
    from ledger.reports.figures import PeriodFigures


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`; printed as a percentage with its denominator, 「—」 when `whole` is 0."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """Rounded half up: `25%`; 「—」 of nothing."""
        return f"{(200 * self.part + self.whole) // (2 * self.whole)}%" if self.whole else "—"

    def __str__(self) -> str:
        """With the denominator: `25%(3/12)`."""
        return f"{self.percent}({self.part}/{self.whole})" if self.whole else self.percent


@dataclass(frozen=True, slots=True)
class State:
    """Where a task stands: `light` is one of the contract's lights, `word` its Chinese word, `detail` the rest.

    The parts of `detail` stand apart by blanks, where a line may be broken (「逾期19天 结转3次」). A cancelled task may
    have the light `cancelled`, which differs from `done` only to the eye.
    """

    light: str
    word: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the trend: `value` on a scale that ends at `scale`, both counts of tasks.

    It shows its number behind it, and is that number where no bar can be drawn: no column of figures need repeat it.
    """

    value: int
    scale: int


Kind = Literal["text", "code", "date", "name", "state", "number", "bar"]
Cell = str | int | date | Rate | State | Bar | None


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` tells how the cells are set where room is short.

    `code`, `date` and `number` (integers, rates) are never broken, numbers align right; `name`, `state` and `bar` give
    way first; `text` is what the row is about: it takes the room that is left and wraps.
    """

    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Section:
    """One table under a heading, which may be empty; without rows it says `empty`.

    `name` is what formats that place sections apart know it by: a key of the contract's `sections`, `undone` (the annex
    未销号清单), or one of `FIGURE_SECTIONS`.
    """

    title: str
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]
    empty: str = "无"
    name: str = ""


FIGURE_SECTIONS = ("totals", "by_unit", "by_activity", "trend")
"""The names of the sections that hold figures, not tasks."""


class Issue(NamedTuple):
    """What a document that is sent out bears beside its content, if given: 文号, date of issue (成文日期), 署名."""

    number: str | None = None
    day: date | None = None
    office: str | None = None


_UNISSUED = Issue()


@dataclass(frozen=True, slots=True)
class Report:
    """A list or a summary as it is handed to people.

    `title`, `period` and `ledger` form the heading, `moment` says as of when it is true, `summary` are the figures
    in words above the tables (lines whose groups stand apart by ` ｜ `, where they may be broken), and `today` decides
    whether a date needs its year. Sections with equal columns align, and show their titles once if they follow each
    other; a row whose first cell is 「合计」 is a total. `kind` tells documents what they are: the kind of a period's
    report, `rank` for a circular, empty for any other list. Reports of a period bring that as `span`, and `figures`.
    """

    title: str
    ledger: str
    moment: str
    today: date
    period: str = ""
    summary: tuple[str, ...] = ()
    sections: list[Section] = field(default_factory=list)
    kind: str = ""
    figures: "PeriodFigures | None" = None
    issue: Issue = _UNISSUED
    span: "Period | None" = None
