"""Which units, groups, leaders and activities the options of a report or a list mean."""

from collections.abc import Callable, Sequence

from ledger.base.errors import BadValue, NotFound
from ledger.base.text import listed, quote
from ledger.model.rules import Rules
from ledger.store.counts import Scope
from ledger.store.reader import Reader


def scope_of(
    reader: Reader,
    rules: Rules,
    units: Sequence[str] | None,
    activities: Sequence[str] | None = None,
    leaders: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
) -> Scope:
    """The scope of the units, activities, leaders and groups named, each in an option of its own or parted by 、 or
    commas, as the ledger spells them: one that it does not know is a slip of the pen, not an empty list. A group stands
    for its units, which join those named, a leader also for the units of the groups that he leads. Raises
    `NotFound`."""
    found = named(reader, "activity", activities)
    for activity in found:
        if not _holds(reader, "activity", activity):
            raise NotFound(f"没有专项活动{quote(activity)}", "请核对名称,如 ledger month 所列")
    own, who = units_of(reader, rules, units, leads=True), named(reader, "leader", leaders)
    every = [group for one in rules.groups for group in one.groups]
    for leader in who:
        if not any(group.leader == leader for group in every) and not _holds(reader, "leader", leader):
            raise NotFound(f"没有责任领导{quote(leader)}", "请核对姓名,如 ledger list -f csv 所列")
    led = dict.fromkeys(unit for group in every if group.leader in who for unit in group.units)
    if not groups:
        return Scope(own, found, leaders=who, led=tuple(led))
    from ledger.store.unit_names import group_meant

    typed = several(groups, lambda whole: any(group.name == whole for group in every))
    chosen = dict.fromkeys(group_meant(reader, rules, name) for name in typed)
    lead = dict.fromkeys((*own, *(unit for group in chosen for unit in group.units)))
    called = (*own, *(group.name for group in chosen))
    return Scope(tuple(lead), found, leaders=who, led=tuple(led), called=called)


def units_of(reader: Reader, rules: Rules, values: Sequence[str] | None, *, leads: bool = False) -> tuple[str, ...]:
    """The units named, with `leads` of those that lead or are in the office's order. Raises `NotFound`."""
    if not values:
        return ()
    from ledger.store.unit_names import spelled  # few reports are asked for units, and all others go without it

    return tuple(dict.fromkeys(spelled(reader, rules, name, leads=leads) for name in named(reader, "unit", values)))


def named(reader: Reader, column: str, values: Sequence[str] | None) -> tuple[str, ...]:
    """The names in these values, of those that a column of tasks may hold."""
    return several(values, lambda name: _holds(reader, column, name))


def _holds(reader: Reader, column: str, name: str) -> bool:
    return bool(reader.rows(f"SELECT 1 FROM task t WHERE t.{column} = :name LIMIT 1", {"name": name}))


def several(values: Sequence[str] | None, is_one: Callable[[str], bool]) -> tuple[str, ...]:
    """The names in these values; a list is taken apart unless it `is_one` name whole. Raises `BadValue` for a blank."""
    found: list[str] = []
    for value in values or ():
        if not (parts := listed(value)):
            raise BadValue(f"选项的值{quote(value)}是空的", "请写明名称,或不写这个选项")
        found += parts if len(parts) > 1 and not is_one(value) else [value]
    return tuple(dict.fromkeys(found))
