"""What changed between two positions of a ledger's journal (变动情况): what happened to tasks, and which figures of a
period moved by which of them.

A position is an entry of the journal, the last that it knows, and the business day as of which its figures are counted.
Of an issued report these are its own (the entry before the one that issued it, and the day of that), so that its
figures are those that were issued; of a moment they are those of `--as-of`; now has those of today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ledger.dates.period import Period
from ledger.model.actions import ACTION_WORDS
from ledger.model.task import Task
from ledger.reports.columns import column
from ledger.reports.drill import LABELS
from ledger.reports.entry_words import extension_words, said_of
from ledger.reports.happened import KINDS, Event, Happened, Told, happened, told
from ledger.reports.moved import Element, Moved, Opened, moved, opened
from ledger.reports.present import moment_of
from ledger.reports.rate import Rate
from ledger.reports.report import GAP, Cell, Change, Column, Line, Report, Row, Section
from ledger.store.counts import Scope
from ledger.store.lookup import tasks_numbered
from ledger.store.queries import LoggedEntry
from ledger.store.reader import Reader


class Position(NamedTuple):
    """`said` is how it is called, `publication` its number if it is an issued report."""

    said: str
    seq: int
    today: date
    publication: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {"said": self.said, "publication": self.publication, "seq": self.seq, "on": self.today}


class Difference(NamedTuple):
    """`tasks` are those that moved a figure, as they are at `b`, or as they were where they are gone."""

    ledger: str
    a: Position
    b: Position
    period: Period
    figures: Mapping[str, Moved]
    happened: Happened
    tasks: Mapping[int, Task]
    scope: Scope

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "ledger": self.ledger,
            "a": self.a.as_json(),
            "b": self.b.as_json(),
            "period": self.period.as_json(),
            "figures": {name: self._figure(one) for name, one in self.figures.items()},
            "tasks": {
                **{kind: [event.as_json() for event in events] for kind, events in self.happened.events.items()},
                "others": dict(self.happened.others),
            },
        }

    def _figure(self, figure: Moved) -> dict[str, Any]:
        def elements(found: Sequence[Element]) -> list[dict[str, Any]]:
            return [self._element(one) for one in found]

        before, after = (
            {"share": value.share, "part": value.part, "whole": value.whole} if isinstance(value, Rate) else value
            for value in (figure.before, figure.after)
        )
        return {"before": before, "after": after, "gained": elements(figure.gained), "lost": elements(figure.lost)}

    def _element(self, one: Element) -> dict[str, Any]:
        task = self.tasks[one.task]
        because = [entry.seq for entry in self.happened.movers.get(one.task, ())]
        return {
            "task": task.id,
            "code": task.code,
            "title": task.title,
            "unit": task.unit,
            "entry": one.entry,
            "counted": one.counted,
            "because": because,
        }


class Later(NamedTuple):
    """All that is asked of the later state: afterwards its store may be taken back to the earlier."""

    opened: Opened
    told: Told


def later(reader: Reader, a: Position, b: Position, period: Period, scope: Scope) -> Later:
    """What the ledger as `b` knows it says."""
    return Later(opened(reader, period, b.today, scope), told(reader, a.seq, b.seq))


def difference(
    found: Later, earlier: Reader, a: Position, b: Position, period: Period, scope: Scope, ledger: str
) -> Difference:
    """What changed from `a` to `b`; the reader is over the ledger as `a` knows it."""
    figures = moved(opened(earlier, period, a.today, scope), found.opened)
    what = happened(found.told, earlier, a.seq, scope)
    numbers = {one.task for figure in figures.values() for one in (*figure.gained, *figure.lost)}
    now = found.told.tasks  # any other task is the same in both
    tasks = tasks_numbered(earlier, numbers - now.keys()) | {number: now[number] for number in numbers & now.keys()}
    return Difference(ledger, a, b, period, figures, what, tasks, scope)


_NAMED = (column("code", "code"), column("title"), column("unit", "name"))
_FIGURES = (Column("指标", "name"), Column("变动前", "number"), Column("变动后", "number"), Column("增减", "number"))
_MOVERS = (Column("指标", "name"), Column("增减", "number"), *_NAMED, Column("缘由"))
_EVENTS = (*_NAMED, Column("日期", "date"), Column("内容"), Column("经办人", "name"), Column("记录", "number"))


def difference_report(found: Difference) -> Report:
    """Figures, what moved them, and what happened; what there is none of is left out."""
    still = all(one.is_still for one in found.figures.values())
    sections = [] if still else [_figures(found), _movers(found)]
    sections += [
        Section(title, _EVENTS, [_row(kind, event) for event in events], name=kind, count=len(events))
        for kind, title in KINDS.items()
        if (events := found.happened.events[kind])
    ]
    numbered = [replace(section, number=place) for place, section in enumerate(sections, start=1)]
    day, moment = found.b.today, moment_of(found.b.today, None)
    period = found.period.chinese
    return Report("变动情况", found.ledger, moment, day, period, _summary(found, still=still), numbered)


def _summary(found: Difference, *, still: bool) -> tuple[Line, ...]:
    happened = found.happened
    lines: list[Line] = [((f"自{found.a.said}",), (f"至{found.b.said}",))]
    if found.scope.words:
        lines.append((("范围", "、".join(found.scope.words)),))
    if not any(happened.events.values()) and not happened.others:
        lines.append((("没有记录变动",),))
    if still:
        lines.append((("本期数字没有变动",),))
    if happened.others:
        counted = (f"{ACTION_WORDS[action]} {number} 条" for action, number in happened.others.items())
        lines.append((("另有", "、".join(counted)),))
    return tuple(lines)


def _figures(found: Difference) -> Section:
    rows: list[Row] = [
        (LABELS[name], one.before, one.after, _change(one)) for name, one in found.figures.items() if not one.is_still
    ]
    return Section("数字变动", _FIGURES, rows, name="figures", figures=True, whole=True)


def _change(figure: Moved) -> Cell:
    before, after = figure.before, figure.after
    if isinstance(before, Rate) and isinstance(after, Rate) and not (before.whole and after.whole):
        return GAP
    return Change(after, before)


def _movers(found: Difference) -> Section:
    """Each task under each figure that it moved, save what is only made up of others: rates, and the sum 应销号."""
    rows: list[Row] = []
    for name, figure in found.figures.items():
        if isinstance(figure.after, Rate) or name == "obligation":
            continue
        for by, elements in ((Change(1, 0), figure.gained), (Change(0, 1), figure.lost)):
            for one in elements:
                task = found.tasks[one.task]
                rows.append((LABELS[name], by, task.code, task.title, task.unit, _because(found, one)))
    return Section("数字由来", _MOVERS, rows, name="moved", count=len(rows))


def _because(found: Difference, one: Element) -> str:
    """The entries of the task in between; without any it is the day that moved on."""
    entries = found.happened.movers.get(one.task, ())
    return "、".join(f"{ACTION_WORDS[entry.action]}(第{entry.seq}号)" for entry in entries) or "日期推移"


def _row(kind: str, event: Event) -> Row:
    task = (event.task.code, event.task.title, event.task.unit)
    if event.problem is not None:
        seq, text, since, until = event.problem
        return (*task, until if kind == "resolved" else since, text, None, seq)
    entry, by = event.entry, event.voided_by
    assert entry is not None
    said = extension_words(entry, event.nth) if event.nth else []
    said += said_of(LoggedEntry(entry, None, by and by.seq), course=True)
    if by is None:
        return (*task, entry.on, ";".join(said), entry.actor, entry.seq)
    said = [f"{ACTION_WORDS[entry.action]}(第{entry.seq}号)", *said, *([by.note] if by.note else [])]
    return (*task, by.on, ";".join(said), by.actor, by.seq)
