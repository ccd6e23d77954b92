"""A report for people: data without styling, which each renderer turns into one format.

Report → Section → Column and rows of cells. A cell is a value, not a text: renderers decide how a date, a rate or
a light looks in their format. Nor do they read texts: what they must tell apart (a total, the number of a section, the
column of the lead unit, the figures of a line) stands here as data, for a task may be called anything. Cells are named
tuples: a dataclass costs three times as much at every start.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from ledger.dates.numerals import numeral
from ledger.reports.rate import Rate as Rate  # a kind of cell, to be had with the others

if TYPE_CHECKING:
    from ledger.dates.period import Period
    from ledger.reports.figures import PeriodFigures


class Gap:
    """Where a figure would stand that there is none of: a period to come, a unit without a place. Printed 「—」."""

    __slots__ = ()

    def __str__(self) -> str:
        return "—"


GAP = Gap()


class State(NamedTuple):
    """Where a task stands: `light` is one of the contract's lights, `word` its Chinese word, `detail` the rest in
    parts between which a line may be broken (逾期19天, 结转3次).

    A cancelled task may have the light `cancelled`, which differs from `done` only to the eye.
    """

    light: str
    word: str
    detail: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The word, if there is one, and the detail."""
        return (self.word, *self.detail) if self.word else self.detail


class Bar(NamedTuple):
    """A bar of the trend: `value` on a scale that ends at `scale`, both counts of tasks.

    It shows its number behind it, and is that number where no bar can be drawn: no column of figures need repeat it.
    """

    value: int
    scale: int


class Change(NamedTuple):
    """By how much a figure is more or less than another of its kind: counts by a difference, rates, neither of them of
    nothing, by percentage points."""

    now: int | Rate
    before: int | Rate

    @property
    def difference(self) -> int | None:
        """That of counts."""
        return self.now - self.before if isinstance(self.now, int) and isinstance(self.before, int) else None

    def __str__(self) -> str:
        """+3, −2, 0, +8.3个百分点."""
        if self.difference is not None:
            return f"{_sign(self.difference)}{abs(self.difference)}"
        assert isinstance(self.now, Rate) and isinstance(self.before, Rate)
        up = 100 * (self.now.part * self.before.whole - self.before.part * self.now.whole)
        over = self.now.whole * self.before.whole
        tenths = (20 * abs(up) + over) // (2 * over)
        if up and not tenths:
            return f"{_sign(up)}不足0.1个百分点"
        return f"{_sign(up)}{tenths / 10:g}个百分点"


def _sign(number: int) -> str:
    return "+" if number > 0 else "−" if number else ""


Kind = Literal["text", "code", "date", "name", "state", "number", "bar"]
Cell = str | int | float | date | Rate | Gap | State | Bar | Change | None
Row = tuple[Cell, ...]


class Total(Row):
    """A row that adds up those above it, whatever its cells say."""

    __slots__ = ()


class Band(Row):
    """A row of one cell across the table: the heading of the rows below it, up to the next band."""

    __slots__ = ()


class Column(NamedTuple):
    """`kind` tells how the cells are set where room is short.

    `code`, `date` and `number` (integers, rates) are never broken, numbers align right; `name`, `state` and `bar` give
    way first; `text` is what the row is about: it takes the room that is left and wraps. `name` is what the column is
    known by, whatever its title: a field of a task, a key of the figures. A `spare` one is left out of a page that has
    no room for it.
    """

    title: str
    kind: Kind = "text"
    name: str = ""
    spare: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What columns of several sections that say the same have in common."""
        return self.name, self.title


@dataclass(frozen=True, slots=True)
class Section:
    """One table under a title, which may be empty; without rows it says `empty`.

    `name` is what formats that place sections apart know it by: a key of the contract's `sections` or of its figures,
    `undone` (the annex 到期未销号清单), … . `count` is how many there are in all, where that is said, `number` the
    section's own in its report. Those of `figures` hold figures, not tasks. All columns of a `whole` one are shown,
    also those in which nothing stands. The rows of `prose` are paragraphs of running text, one cell each.
    """

    title: str
    columns: tuple[Column, ...]
    rows: list[Row]
    empty: str = "无"
    name: str = ""
    count: int | None = None
    number: int = 0
    figures: bool = False
    whole: bool = False
    prose: bool = False

    @property
    def paragraphs(self) -> list[str]:
        """Its rows, of `prose`."""
        return [str(row[0]) for row in self.rows]

    @property
    def heading(self) -> str:
        """The title with its number and count: 「三、本周到期(2)」."""
        return self.numbered if self.count is None else f"{self.numbered}({self.count})"

    @property
    def number_of_all(self) -> int:
        """How many there are in all: of a series to come, which is one row, each."""
        return len(self.rows) if self.count is None else self.count

    @property
    def numbered(self) -> str:
        return f"{numeral(self.number)}、{self.title}" if self.number else self.title


class Alarm(NamedTuple):
    """A figure that is bad news unless it is 0, with its name: 「逾期 5」."""

    name: str
    value: int

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


Said = str | int | Rate | Alarm
Line = tuple[tuple[Said, ...], ...]
"""A line above the tables: groups, between which it may be broken, of words and figures."""


def text_of(group: tuple[Said, ...]) -> str:
    """A group of a line as text, its words and figures a blank apart."""
    return " ".join(map(str, group))


class Issue(NamedTuple):
    """What a document that is sent out bears beside its content, if given: 文号, date of issue (成文日期), 署名, and at
    its end who gets `copies` (抄送) and which office is its `printer` (印发机关)."""

    number: str | None = None
    day: date | None = None
    office: str | None = None
    copies: str | None = None
    printer: str | None = None


class Masthead(NamedTuple):
    """What heads a bulletin (简报): its `name`, and at its end whom it is `reported_to` (报送)."""

    name: str
    reported_to: str | None = None


Counted = tuple[int, int | None, bool]
"""One that a figure counts, or of a rate might have: the place of its row, the entry behind it, whether it counts."""


class Opened(NamedTuple):
    """What a figure counts, by its name and its title."""

    name: str
    title: str
    elements: list[Counted]

    @property
    def is_rate(self) -> bool:
        return self.name in ("completion", "timeliness", "timeliness_original")

    def counts(self, some: list[Counted]) -> int:
        """How many of them count."""
        return sum(counted for _, _, counted in some)

    def said(self, some: list[Counted]) -> str:
        """How many of them count, of a rate out of how many."""
        return f"{self.counts(some)}/{len(some)}" if self.is_rate else str(len(some))


class Openings(NamedTuple):
    """What all figures count: the rows of the tasks, each once, and of each its unit and its activity."""

    columns: tuple[Column, ...]
    rows: list[Row]
    groups: list[tuple[str, str | None]]
    figures: list[Opened]


_UNISSUED = Issue()
_REGISTER = re.compile("^(?:工作|任务)*台[账帐]|台[账帐]")


def subject_of(ledger: str) -> str:
    """The ledger's name as the title of a document says it, for there it is not called a register (office practice); of
    what is restricted and else unnamed (「工作台账(综合组)」) the unit."""
    name = _REGISTER.sub("", ledger)
    return name[1:-1] if name.startswith("(") else name


@dataclass(frozen=True, slots=True)
class Report:
    """A list or a summary as it is handed to people.

    `title`, `period` and `ledger` form the heading, `moment` says as of when it is true, `balance` is the line of the
    figures' equation and `summary` what else is said above the tables; `today` decides whether a date needs its year
    (in the report of a period that is over it is the period's last day: such a report knows of no other).
    Sections with equal columns align, and show their titles once if they follow each other. `kind` tells documents
    what they are: the kind of a period's report, `rank` for a circular, empty for any other list. Reports of a period
    bring that as `span`, and `figures`. `sheet` is the report as one table with its sections as bands, for what is
    printed: it stands for all sections that hold no figures. A `message` is all that is said, in lines to be sent.
    `method` is how a document says that the units of a circular are ranked, and who has no place, where that is by an
    office's rule. A bulletin has a `masthead`. A form, one a page (督办单), has its texts by name
    in `pages`. What was issued bears an `imprint` at its foot, by which a copy is held against the journal.
    A page that leads from figures to what they count has that as `openings`. A copy brings the `template` that it was
    issued in, empty where that was the program's.
    """

    title: str
    ledger: str
    moment: str
    today: date
    period: str = ""
    summary: tuple[Line, ...] = ()
    sections: list[Section] = field(default_factory=list)
    kind: str = ""
    figures: "PeriodFigures | None" = None
    issue: Issue = _UNISSUED
    span: "Period | None" = None
    balance: Line = ()
    sheet: Section | None = None
    message: tuple[str, ...] = ()
    method: tuple[str, str] | None = None
    masthead: Masthead | None = None
    pages: tuple[Mapping[str, str], ...] = ()
    imprint: tuple[str, ...] = ()
    openings: Openings | None = None
    template: bytes | None = None

    @property
    def subject(self) -> str:
        """What the title of a document calls the ledger."""
        return subject_of(self.ledger)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All that is said above the tables, the equation first."""
        return (self.balance, *self.summary) if self.balance else self.summary
