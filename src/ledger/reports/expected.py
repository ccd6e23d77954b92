"""Which units have returned their forms of the latest round, and which have not."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ledger.model.actions import IMPORT
from ledger.model.rules import Rules
from ledger.reports.forms import units_in_hand
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Line, Report, Section
from ledger.store import queries
from ledger.store.conditions import IN_HAND
from ledger.store.reader import Reader
from ledger.store.renames import name_now

_COLUMNS = (Column("单位", "name"), Column("在办事项", "number"))


class Return(NamedTuple):
    """A form that came back, as the journal has it: the command that took it in, and by the names of then its unit and
    all `units` that the round went to."""

    command: int
    sha256: str
    round: str
    unit: str
    units: tuple[str, ...]


class Expected(NamedTuple):
    """The latest round (None before any form came back: then every unit with tasks in hand is expected), the units that
    returned their form and those that did not, the latter with their tasks in hand."""

    round: str | None
    returned: list[str]
    missing: list[tuple[str, int]]


def returns(reader: Reader) -> Iterator[Return]:
    """The forms that came back, in the order of recording; those of imports taken back are not among them."""
    found = reader.rows(
        "SELECT e.command, e.changes FROM entry e "
        f"WHERE e.task IS NULL AND e.action = '{IMPORT}' AND {queries.IN_FORCE} ORDER BY e.seq"
    )
    for command, text in found:
        told = {name: after for name, (_, after) in json.loads(text).items()}
        if "round" in told:  # else a sheet
            yield Return(command, told["sha256"], told["round"], told["unit"], tuple(told["units"]))


def expected(reader: Reader, rules: Rules, today: date) -> Expected:
    """The latest round is the one of the latest day, and of one day that of the latest state of the journal. Units are
    told by the names that they go by now."""
    found = list(returns(reader))
    latest = max((one.round for one in found), key=moment, default=None)
    of_round = [one for one in found if one.round == latest]
    since = 0 if latest is None else moment(latest)[1]
    names = {unit: name_now(reader, unit, since) for one in of_round for unit in (*one.units, one.unit)}
    returned = list(dict.fromkeys(names[one.unit] for one in of_round))
    units = dict.fromkeys(names[unit] for one in of_round for unit in one.units) or units_in_hand(reader, rules, today)
    held = reader.rows(
        f"SELECT t.unit, count(*) FROM task t WHERE {IN_HAND} GROUP BY t.unit",
        {"today": today},
    )
    counts = {str(unit): int(count) for unit, count in held}
    return Expected(latest, returned, [(unit, counts.get(unit, 0)) for unit in units if unit not in returned])


def moment(round: str) -> tuple[str, int]:
    """When a round went out: the business day, and the journal's last entry then."""
    day, _, seq = round.partition("/")
    return day, int(seq)


def expected_report(found: Expected, today: date, rules: Rules) -> Report:
    """For people: who is still to be asked."""
    whole = len(found.returned) + len(found.missing)
    if found.round is None:
        said: Line = (("还没有收到填报表;有在办事项的单位", whole, "家"),)
    else:
        day, _ = moment(found.round)
        said = ((f"{day} 下发的填报表:应报", whole, "家,已报", len(found.returned), "家"),)
    section = Section("未报送", _COLUMNS, [*found.missing], count=len(found.missing))
    return Report("填报情况", rules.name, moment_of(today, None), today, summary=(said,), sections=[section])


def expected_object(found: Expected) -> dict[str, Any]:
    """For programs: `round` is null before any form came back."""
    missing = [{"unit": unit, "tasks": count} for unit, count in found.missing]
    return {"round": found.round, "returned": found.returned, "missing": missing}
