"""What changed between two positions of the ledger."""

import re
from contextlib import ExitStack
from datetime import date
from typing import Annotated

import typer

from ledger.base.collector import uncollected
from ledger.base.errors import BadValue, NotFound
from ledger.base.text import fold_width
from ledger.cli import options, values
from ledger.cli.context import Context
from ledger.cli.scoping import scope_of
from ledger.dates.instant import parse_instant
from ledger.dates.period import Kind, Period, parse_any_period, parse_period, period_of
from ledger.reports.difference import Position, difference, difference_report, later
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.head import head_of
from ledger.store.past import further, recall_to, seq_at
from ledger.store.reader import Reader

_NOW = ("now", "现在", "此刻")
_NUMBER = re.compile("([0-9]{1,7})|第([0-9]{1,7})号?")
_OF_A_DAY = "overdue"
"""The kind of issued report that is of no period."""

_Where = Annotated[
    str,
    typer.Argument(metavar="起点", help="印发号、时刻、日期(指当日终了)或 now", autocompletion=values.positions),
]


def diff(
    ctx: typer.Context,
    a: _Where,
    b: Annotated[
        str, typer.Argument(metavar="终点", help="同起点", show_default="now", autocompletion=values.positions)
    ] = "now",
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="时段", help="比哪一期的数字", show_default="印发的那一期,否则终点当周"),
    ] = None,
    unit: options.Units = None,
    activity: options.Activities = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """比对:从一份印发、一个时刻到另一个,记录有哪些变动,数字变了多少、因为哪几项。

    例:
        ledger diff 3
        ledger diff 3 5
        ledger diff 2013-03-01 2013-03-15 --unit 综合组
        ledger diff "2013-03-18 18:00" --period 2013-03 -o 变动.docx
    """
    context = Context.of(ctx)
    chosen = context.format(format, output)
    with uncollected(), context.reading() as view, ExitStack() as ending:
        first, last = (_position(context, view.reader, text) for text in (a, b))
        if first.seq > last.seq:
            raise BadValue(f"起点({first.said})比终点({last.said})晚", "请把两者对调")
        span = _period(context, view.reader, period, first, last)
        reader = recall_to(view.reader, last.seq)
        ending.callback(reader.close)
        scope = _scope(view.reader, reader, first.seq, unit, activity)
        name, seen = queries.rules(reader).name, later(reader, first, last, span, scope)
        reader = further(reader, view.reader, first.seq)
        ending.callback(reader.close)
        found = difference(seen, reader, first, last, span, scope, name)
    context.emit(chosen, output, lambda: difference_report(found), found.as_json)


def _position(context: Context, reader: Reader, text: str) -> Position:
    """What is meant: a number alone is that of an issued report, eight digits are a day. Raises `BadValue`, `NotFound`,
    and `StoreUnusable` for a moment at which there was no ledger."""
    said = fold_width(text).strip()
    if said.lower() in _NOW:
        return Position("现在", head_of(reader).seq, context.today)
    if number := _NUMBER.fullmatch(said):
        return _issued(reader, int(number[1] or number[2]))
    moment = parse_instant(said, context.today, context.zone)
    local = moment.astimezone(context.zone)
    return Position(f"{local:%Y-%m-%d %H:%M}", seq_at(reader, moment), context.day_at(moment))


def _issued(reader: Reader, number: int) -> Position:
    from ledger.store.publications import numbered

    try:
        found = numbered(reader, number)
    except NotFound as error:
        error.hint = "用 ledger publications 查看;日期请写全,如 2013-12-31"
        raise
    return Position(f"第{number}号印发({found.title})", found.seq, date.fromisoformat(found.on), number)


def _period(context: Context, reader: Reader, typed: str | None, *positions: Position) -> Period:
    """The period as typed; else that of the issued report, of the first if both are one; else the week of the last
    position, which is the current one where that is now."""
    if typed is not None:
        counted = re.fullmatch("[+-][0-9]+", fold_width(typed).strip())
        return parse_period(typed, Kind.WEEK, context.today) if counted else parse_any_period(typed, context.today)
    from ledger.store.publications import numbered

    for one in positions:
        if one.publication is not None and (found := numbered(reader, one.publication)).kind != _OF_A_DAY:
            return parse_any_period(found.period, one.today)
    return period_of(Kind.WEEK, positions[-1].today)


def _scope(present: Reader, reader: Reader, first: int, units: list[str] | None, activities: list[str] | None) -> Scope:
    """What is named, of the later state; what only the earlier knows, of that. Raises `NotFound`."""
    try:
        return scope_of(reader, queries.rules(reader), units, activities)
    except NotFound as unknown:
        before = recall_to(present, first)
        try:
            return scope_of(before, queries.rules(before), units, activities)
        except NotFound:
            raise unknown from None
        finally:
            if before is not present:
                before.close()
