"""The names of units that the ledger knows: those that differ only in width or blanks are one, as spelled first."""

import json
from collections.abc import Iterable
from functools import cached_property

from ledger.base.errors import NotFound
from ledger.base.nearness import folded, nearest
from ledger.base.text import quote
from ledger.model.rules import UNGROUPED, Group, GroupSet, Rules
from ledger.store import queries
from ledger.store.reader import Reader


def by_folded(names: Iterable[str]) -> dict[str, str]:
    """Names by what they are held against each other by (`folded`), of one name the first spelling."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded(name), name)
    return found


def names(reader: Reader, rules: Rules) -> list[str]:
    """Every unit that leads or assists any task or has a place in the office's order or in a group, in display
    order."""
    assisting = reader.rows("""SELECT DISTINCT t."with" FROM task t WHERE t."with" <> '[]'""")
    listed = (name for (text,) in assisting for name in json.loads(text))
    grouped = (unit for one in rules.groups for group in one.groups for unit in group.units)
    return [*dict.fromkeys([*queries.units(reader, rules.units), *rules.units, *listed, *grouped])]


class Units:
    """The units that one command's ledger knows, read when they are first asked for, with those that the command adds;
    `began` tells whether any unit led a task before."""

    def __init__(self, reader: Reader, rules: Rules) -> None:
        self._reader, self._rules = reader, rules

    @cached_property
    def leads(self) -> dict[str, str]:
        """The units that lead, as they are spelled, and by what each is held against others by."""
        with queries.readable(self._reader):
            found = queries.units(self._reader, self._rules.units)
            return by_folded(found) | {name: name for name in found}

    @cached_property
    def every(self) -> dict[str, str]:
        """The same of all units."""
        with queries.readable(self._reader):
            found = names(self._reader, self._rules)
            return by_folded(found) | {name: name for name in found}

    @cached_property
    def began(self) -> bool:
        return bool(self.leads)


def spelled(reader: Reader, rules: Rules, name: str, *, leads: bool = False) -> str:
    """A known unit as the ledger spells it, with `leads` one that leads or has a place in the order. Raises `NotFound`,
    which names the nearest ones."""
    found = [*queries.units(reader, rules.units), *rules.units]
    if name not in found and not leads:
        found = names(reader, rules)
    spelling = name if name in found else by_folded(found).get(folded(name))
    if spelling is None:
        raise no_such(name, found)
    return spelling


def no_such(name: str, known: Iterable[str]) -> NotFound:
    """The error for a unit that is not known."""
    found = nearest(name, known)
    others = f"相近的有{''.join(map(quote, found))};" if found else ""
    return NotFound(f"没有单位{quote(name)}", f"{others}用 ledger config units 查看全部单位")


def group_named(rules: Rules, name: str) -> tuple[GroupSet, Group]:
    """The group of that name, in any width, and the set that it is of. Raises `NotFound`, which names the nearest."""
    found = [(one, group) for one in rules.groups for group in one.groups]
    for one, group in found:
        if folded(group.name) == folded(name):
            return one, group
    known = [group.name for _, group in found]
    if not known:
        raise NotFound(f"没有分组{quote(name)}", "台账还没有分组,先用 ledger config groups set 设定")
    near = "、".join(map(quote, nearest(name, known) or known[:5]))
    raise NotFound(f"没有分组{quote(name)}", f"现有{near},用 ledger config groups 查看全部")


def group_meant(reader: Reader, rules: Rules, name: str) -> Group:
    """The group that a filter names; where there is one set, 未分组 are the units that lead tasks and are in no group.
    Raises `NotFound`."""
    if folded(name) != UNGROUPED or len(rules.groups) != 1:
        return group_named(rules, name)[1]
    (only,) = rules.groups
    rest = tuple(unit for unit in queries.units(reader, rules.units) if only.of(unit) is None)
    if not rest:
        raise NotFound("没有未分组的单位", "用 ledger config groups 查看全部分组")
    return Group(UNGROUPED, None, rest)


def set_named(rules: Rules, name: str) -> GroupSet:
    """The set of groups of that name. Raises `NotFound`, which names those that there are."""
    found = set_of(rules.groups, name)
    if found is None:
        known = "、".join(quote(one.name) for one in rules.groups)
        hint = f"现有{known}" if known else "台账还没有分组,先用 ledger config groups set 设定"
        raise NotFound(f"没有名为{quote(name)}的一套分组", hint)
    return found


def set_of(sets: Iterable[GroupSet], name: str) -> GroupSet | None:
    """The set of groups of that name, in any width."""
    return next((one for one in sets if folded(one.name) == folded(name)), None)
