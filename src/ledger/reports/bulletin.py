"""The bulletin (简报) of a period: the figures in two sentences, what was done, what lags, what is in the way, what is
next.

It is short (简报要简): at most two pages of 22 lines of 28 characters, head and foot included. Each part has its share
of the lines, what one leaves goes to the others, and whatever has no room is counted, not named: 「等12件」. What was
done are the closings marked as worth telling (`--highlight`); where none is, those of key tasks, else all. A bulletin
is a draft until it bears a number (期号), and what is not yet known says nothing: a part without content is left out.
Punctuation is full width, as in documents.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ledger.base.text import width
from ledger.dates.period import Period
from ledger.model.rules import Rules
from ledger.model.task import CLOSED, UNFINISHED, Task
from ledger.reports.brevity import LINE, lines_of
from ledger.reports.bulletin_words import WRITERS, Content
from ledger.reports.causes import causes_of
from ledger.reports.periods import overdue_tasks, period_report
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Masthead, Report, Section, subject_of
from ledger.reports.standing import standing_at
from ledger.store import queries
from ledger.store.conditions import UNFINISHED as IN_HAND
from ledger.store.conditions import stands
from ledger.store.counts import Scope, days_of
from ledger.store.reader import Reader

SHARES = {"overview": 5, "achieved": 7, "pressed": 4, "troubles": 4, "ahead": 4}
"""Part → its lines, without its heading; what one leaves goes to the others."""

_BY_INTEREST = ("achieved", "troubles", "pressed", "ahead")
"""Which part takes first what the others leave, and is the last to give."""

_PAGES, _HEAD = 44, 9
"""Lines of two pages, and of a head with one line for the name, one for the title."""

_FLAGGED = (
    f"JOIN span n ON n.task = t.id WHERE {stands('n', ':c')} AND n.status IN {IN_HAND} AND (t.flagged OR EXISTS "
    "(SELECT 1 FROM entry e WHERE e.task = t.id AND e.action = 'flag')){scope} ORDER BY t.id"
)
"""Some of them may have been listed by name at the end of c."""


class Part(NamedTuple):
    """What stands under one heading, a text a paragraph."""

    name: str
    title: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A period's bulletin: its `name` (工作简报), whom it is `reported_to`, what it tells of, and the lines that all
    parts may take, their headings included (`room`)."""

    name: str
    reported_to: str | None
    content: Content
    room: int

    def parts(self) -> list[Part]:
        """Those that have something to say, in no more lines than there are."""
        made = {name: write(self.content, SHARES[name]) for name, (_, write) in WRITERS.items()}
        for share in (2, 1):  # half of what is left to the first, half of the rest to the next, then all of it
            for name in _BY_INTEREST:
                if (spare := self._spare(made) // share) > 0:
                    made[name] = self._within(name, made[name], lines_of(made[name]) + spare)
        for less in range(5):  # a writer names one task at least, so that one part alone may have too little to give
            for name in reversed(_BY_INTEREST):
                if (spare := self._spare(made)) < 0:
                    made[name] = self._within(name, made[name], max(1, lines_of(made[name]) + spare - less))
        return [Part(name, self._titled(name), found) for name, found in made.items() if found]

    def _spare(self, made: Mapping[str, list[str]]) -> int:
        """The lines that are left, or too many where it is less than none; each part has its heading."""
        return self.room - sum(lines_of(found) + 1 for found in made.values() if found)

    def _within(self, name: str, found: list[str], lines: int) -> list[str]:
        return WRITERS[name][1](self.content, lines) if found else found

    def _titled(self, name: str) -> str:
        if name != "pressed":
            return WRITERS[name][0]
        said = [word for word, tasks in (("逾期", "overdue"), ("挂牌督办", "flagged")) if self.content.tasks[tasks]]
        return "和".join(said) + "事项"

    def as_json(self) -> dict[str, Any]:
        """The object for programs, days still `date`."""
        report = self.content.report
        of = {name: [report.standing.object_of(task, report.thresholds) for task in some]
              for name, some in self.content.tasks.items()}  # fmt: skip
        return {
            "ledger": report.ledger,
            "name": self.name,
            "period": report.period.as_json(),
            "today": report.today,
            "as_of": report.as_of,
            "totals": report.figures.totals.as_json(),
            "parts": [part._asdict() for part in self.parts()],
            "tasks": of,
        }


def bulletin_of(
    reader: Reader, period: Period, today: date, rules: Rules, scope: Scope, as_of: str | None = None
) -> Bulletin:
    """The bulletin of a period as of `today`."""
    report = period_report(reader, period, today, rules, scope, full=True, trend=False, as_of=as_of)
    day = days_of(period, today).c
    late = overdue_tasks(reader, period, today, scope)
    in_hand = queries.tasks(reader, _FLAGGED.format(scope=scope.sql), {"c": day, **scope.parameters})
    standing = standing_at(reader, period, today, [*late, *in_hand])
    standing.later.update(report.standing.later)
    overdue = sorted(standing.of(late), key=lambda task: not task.flagged)
    known = {task.id for task in overdue}
    sections, since = report.sections, report.standing.later
    tasks = {
        "done": _worth_telling([task for task in sections["closed"] if task.status == CLOSED]),
        "overdue": overdue,
        "flagged": [task for task in standing.of(in_hand) if task.flagged and task.id not in known],
        "left": _first([task for task in sections["due"] if task.status in UNFINISHED and _is_to_come(task, today)]),
        "next": _first(
            [task for task in sections["next"] if task.status in UNFINISHED and period.start <= today], since
        ),
    }
    name = rules.bulletin or f"{subject_of(rules.name).removesuffix('工作')}工作简报"
    content = Content(report, tasks, causes_of(reader, overdue, day), standing)
    return Bulletin(name, rules.reported_to, content, _room(rules, name, period, scope))


def bulletin_report(found: Bulletin) -> Report:
    """The bulletin laid out: each part as running text."""
    report = found.content.report
    columns = (Column("内容", name="said"),)
    sections = [
        Section(part.title, columns, [(text,) for text in part.paragraphs], name=part.name, number=number, prose=True)
        for number, part in enumerate(found.parts(), start=1)
    ]
    return Report(
        found.name,
        report.ledger,
        moment_of(report.standing.day, report.as_of),
        report.standing.day,
        report.period.chinese,
        (),
        sections,
        "bulletin",
        report.figures,
        span=report.period,
        masthead=Masthead(found.name, found.reported_to),
    )


def _room(rules: Rules, name: str, period: Period, scope: Scope) -> int:
    """The lines of two pages without the head, which is longer with a long name or title, and without what ends the
    last page (报送, 抄送, 印发机关), in smaller type; two lines are kept for fonts that are wider."""
    title = f"{subject_of(rules.name)}{''.join(scope.words)}{period.chinese}工作情况"
    head = _HEAD + 2 * (len(name) > 14) + 2 * (width(title) > 36)
    ending = [names for names in (rules.reported_to, rules.copies, rules.printer) if names]
    foot = sum(-(-(width(names) // 2 + 4) // LINE) for names in ending)
    return _PAGES - head - foot - 2


def _worth_telling(closed: list[Task]) -> list[Task]:
    """Those that were marked when they were struck off; where none was, the key tasks, else all. None twice."""
    once = list({task.id: task for task in closed}.values())
    marked = [task for task in once if task.highlight]
    return marked or [task for task in once if task.key] or once


def _first(tasks: Iterable[Task], since: Container[int] = ()) -> list[Task]:
    """What a leader looks for first: what nothing became of since, what is listed by name, key tasks, what is due
    first."""
    return sorted(
        tasks,
        key=lambda task: (task.id in since, not task.flagged, not task.key, task.due_on or date.max, task.id),
    )


def _is_to_come(task: Task, today: date) -> bool:
    """Due today too: it is not overdue yet, and presses most."""
    return task.due_on is not None and task.due_on >= today
