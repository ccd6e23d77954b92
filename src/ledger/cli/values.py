"""What completion offers for a value: task codes, units, owners, activities, read from the store that the line means.

Completion never fails and needs no store: without one it offers nothing.
"""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import typer

from ledger.base.errors import LedgerError
from ledger.base.formats import FORMATS
from ledger.base.text import visible
from ledger.model.lifecycle import STEPS
from ledger.model.task import CLOSED, STATUS_WORDS, UNFINISHED
from ledger.store.conditions import GIVEN_OUT, among

if TYPE_CHECKING:
    from ledger.cli.context import View
    from ledger.model.rules import GroupSet

Offers = list[tuple[str, str]]

_MOST, _LOOKED_THROUGH = 100, 2000


def formats(ctx: typer.Context, incomplete: str) -> Offers:
    return [(name, format.help) for name, format in FORMATS.items() if name.startswith(incomplete)]


def views(ctx: typer.Context, incomplete: str) -> Offers:
    """The saved lists with what they are of."""
    from ledger.base import settings

    try:
        found = settings.views(settings.of_user())
    except LedgerError:
        return []
    return [(name, visible(text)) for name, text in found.items() if name.startswith(incomplete)]


def parts(ctx: typer.Context, incomplete: str) -> Offers:
    offers = [("unit", "每个牵头单位一份"), ("leader", "每位责任领导一份")]
    return [offer for offer in offers if offer[0].startswith(incomplete)]


def spans(ctx: typer.Context, incomplete: str) -> Offers:
    """Spans of days as they are said, for deadlines that fall into them."""
    said = ("本周", "下周", "本月", "下月", "本季度", "下季度", "今年")
    return [(span, "") for span in said if span.startswith(incomplete)]


def slip_kinds(ctx: typer.Context, incomplete: str) -> Offers:
    """The kinds of slips with what each is called."""
    from ledger.model.slips import SLIPS

    return [(name, one.word) for name, one in SLIPS.items() if name.startswith(incomplete)]


def tasks(ctx: typer.Context, incomplete: str) -> Offers:
    """Codes with their titles, of the tasks that the command is for; those not given out yet only where the code is
    typed up to its last number."""
    name = ctx.info_name or ""
    closed = name == "archive" or (name == "slip" and ctx.params.get("kind") == "办结")
    others = STATUS_WORDS if name == "rate" else UNFINISHED
    statuses = among((CLOSED,) if closed else STEPS[name].sources if name in STEPS else others)
    asked_for = "length(rtrim(t.code, '0123456789')) <= :typed"  # of 2013-012-03 what comes before 03
    sql = (
        f"SELECT t.code, t.title FROM task t WHERE t.status IN {statuses} AND t.code LIKE :start ESCAPE '!' "
        f"AND ({GIVEN_OUT} OR {asked_for}) ORDER BY t.id DESC LIMIT {_MOST}"
    )
    found = _rows(ctx, sql, incomplete, lambda view: {"today": view.today, "typed": len(incomplete)})
    return [(code, visible(title)) for code, title in found]


def series(ctx: typer.Context, incomplete: str) -> Offers:
    """Numbers of recurring duties with their titles."""
    from ledger.cli.context import Context
    from ledger.store.schedule import all_series

    try:
        with Context.of(ctx).reading() as view:
            found = [(str(one.id), visible(one.fields["title"])) for one in all_series(view.reader)]
    except LedgerError:
        return []
    return [offer for offer in found if offer[0].startswith(incomplete)][:_MOST]


def _names(column: str) -> Callable[[typer.Context, str], Offers]:
    sql = f"SELECT DISTINCT t.{column} FROM task t WHERE t.{column} LIKE :start ESCAPE '!' ORDER BY 1 LIMIT {_MOST}"

    def names(ctx: typer.Context, incomplete: str) -> Offers:
        return [(name, "") for (name,) in _rows(ctx, sql, incomplete)]

    return names


units, owners, leaders, activities, stages = map(_names, ("unit", "owner", "leader", "activity", "stage"))


def evidence(ctx: typer.Context, incomplete: str) -> Offers:
    """The numbers of a task's files of evidence with their names."""
    from ledger.cli.context import Context
    from ledger.store import evidence, naming

    try:
        with Context.of(ctx).reading() as view:
            task = naming.find(view.reader, str(ctx.params.get("task") or ""), view.today, naming.ANY)
            found = [
                (str(one.number), visible(one.name)) for one in evidence.of_task(view.reader, task.id) if one.in_force
            ]
    except LedgerError:
        return []
    return [offer for offer in found if offer[0].startswith(incomplete)]


def rated(ctx: typer.Context, incomplete: str) -> Offers:
    """Units, then tasks: what an evaluation may be of."""
    return [*units(ctx, incomplete), *tasks(ctx, incomplete)]


def groups(ctx: typer.Context, incomplete: str) -> Offers:
    """The groups of units with the set that each is of."""
    return [
        (group.name, visible(one.name))
        for one in _group_sets(ctx)
        for group in one.groups
        if group.name.startswith(incomplete)
    ]


def group_sets(ctx: typer.Context, incomplete: str) -> Offers:
    return [(one.name, "") for one in _group_sets(ctx) if one.name.startswith(incomplete)]


def _group_sets(ctx: typer.Context) -> "tuple[GroupSet, ...]":
    from ledger.cli.context import Context

    try:
        with Context.of(ctx).reading() as view:
            return view.rules.groups
    except LedgerError:
        return ()


def figures(ctx: typer.Context, incomplete: str) -> Offers:
    """The figures of a period's report."""
    from ledger.reports.drill import LABELS

    return [(label, name) for name, label in LABELS.items() if label.startswith(incomplete)]


def issued_kinds(ctx: typer.Context, incomplete: str) -> Offers:
    """What can be issued."""
    from ledger.model.publication import KINDS

    return [(name, word) for name, word in KINDS.items() if name.startswith(incomplete)]


def publications(ctx: typer.Context, incomplete: str) -> Offers:
    """The numbers of what was issued, the latest first, with what it is."""
    from ledger.store.publications import NOTES

    found = [(str(number), note) for number, (note,) in enumerate(_rows(ctx, NOTES, ""), start=1)]
    return [offer for offer in reversed(found) if offer[0].startswith(incomplete)][:_MOST]


def positions(ctx: typer.Context, incomplete: str) -> Offers:
    """What a comparison may start from or end at: now, and what was issued."""
    return [offer for offer in [("now", "现在")] if offer[0].startswith(incomplete)] + publications(ctx, incomplete)


def tags(ctx: typer.Context, incomplete: str) -> Offers:
    """The tags of tasks, the most used first."""
    from collections import Counter

    rows = _rows(ctx, f"SELECT t.tags FROM task t WHERE t.tags <> '[]' ORDER BY t.id DESC LIMIT {_LOOKED_THROUGH}", "")
    counted = Counter(tag for (text,) in rows for tag in json.loads(text) if tag.startswith(incomplete))
    return [(tag, "") for tag, _ in counted.most_common(_MOST)]


def own_columns(ctx: typer.Context, incomplete: str) -> Offers:
    """The office's own columns, each to be followed by what it is to hold."""
    from ledger.cli.context import Context

    try:
        with Context.of(ctx).reading() as view:
            return [(f"{name}=", "") for name in view.rules.columns if name.startswith(incomplete)]
    except LedgerError:
        return []


def _rows(
    ctx: typer.Context, sql: str, incomplete: str, more: Callable[["View"], dict[str, Any]] = lambda view: {}
) -> Iterator[tuple[str, ...]]:
    from ledger.cli.context import Context
    from ledger.store.queries import like

    try:
        with Context.of(ctx).reading() as view:
            yield from view.reader.rows(sql, {"start": like(incomplete)[1:], **more(view)})
    except LedgerError:
        return
