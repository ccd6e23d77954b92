"""Groups of units (分组): 片区, 类别 and the like, each with its units, a leader who looks after them, and its place.

A set of groups is one setting, changed whole, so that an undo brings it back as it was. A unit stands in one group of a
set at most; a group is named alone, so no two groups have the same name, of whatever set they are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.base.nearness import folded, near, nearest
from ledger.base.text import clean, listed, quote
from ledger.model.fields import LABELS, LIMITS
from ledger.model.rules import GROUP, UNGROUPED, Group, GroupSet
from ledger.services.unit_meant import assisting_meant
from ledger.store.journal import Journal
from ledger.store.unit_names import group_named, set_of

USUAL = "分组"
"""The set of a ledger that has but one and did not name it."""

LONGEST = 50


def define(
    journal: Journal, name: str, units: Sequence[str], leader: str | None = None, of: str | None = None
) -> Group:
    """A group of these units in place of one of that name, or a new one at the end of the set `of`; without units it
    keeps those that it has, with a blank leader it has none.

    Raises `BadValue`, `NotFound`, and `Refused` for a unit that another group of the set has."""
    chosen = _set_for(journal, name, of)
    before = next((group for group in chosen.groups if folded(group.name) == folded(name)), None)
    members = _units_meant(journal, units)
    if before is None:
        name = _new_name(journal, name)
        if not members:
            raise BadValue(f"分组{quote(name)}没有写明单位", "请写明由哪些单位组成,如 东片 甲镇 乙镇")
    group = before or Group(name)
    if members:
        group = group._replace(units=members)
    if leader is not None:
        group = group._replace(leader=clean(leader, "联系领导", limit=LIMITS["leader"]) if leader.strip() else None)
    _require_free(chosen, group)
    others = [group if one.name == group.name else one for one in chosen.groups]
    _keep(journal, chosen._replace(groups=(*others, *(() if before else (group,)))))
    return group


def add(journal: Journal, name: str, units: Sequence[str]) -> Group:
    """Put further units into a group. Raises as `define`, and `NotFound` without the group."""
    chosen, group = group_named(journal.rules, name)
    wider = group._replace(units=tuple(dict.fromkeys((*group.units, *_units_meant(journal, units)))))
    _require_free(chosen, wider)
    _keep(journal, _with(chosen, group, wider))
    return wider


def remove(journal: Journal, name: str, units: Sequence[str] = ()) -> Group | None:
    """Take units out of a group, or without any give it up: the group that is left, with the last unit none. Raises
    `NotFound`."""
    chosen, group = group_named(journal.rules, name)
    known = {folded(unit): unit for unit in group.units}
    leaving = {folded(unit): unit for unit in names_parted(units, group.units)}
    for key, unit in leaving.items():
        if key not in known:
            raise NotFound(f"分组{quote(group.name)}里没有单位{quote(unit)}", f"现有{_near(unit, group.units)}")
    left = tuple(unit for unit in group.units if units and folded(unit) not in leaving)
    narrower = group._replace(units=left) if left else None
    _keep(journal, _with(chosen, group, narrower))
    return narrower


def order(journal: Journal, names: Sequence[str]) -> None:
    """Set the order of the groups of a set; those not named come after. Raises `NotFound`, `BadValue`."""
    known = [group.name for one in journal.rules.groups for group in one.groups]
    found = [group_named(journal.rules, name) for name in names_parted(names, known)]
    sets = {chosen.name: chosen for chosen, _ in found}
    if len(sets) > 1:
        raise BadValue(f"写出的分组不是同一套的({'、'.join(map(quote, sets))})", "请一套一套地排")
    first = [group for _, group in found]
    if len({group.name for group in first}) < len(first):
        raise BadValue("分组重复", "每个分组只写一次")
    for chosen in sets.values():
        _keep(journal, chosen._replace(groups=(*first, *(one for one in chosen.groups if one not in first))))


def rename(journal: Journal, old: str, new: str) -> None:
    """Give a group, or else a set of groups, another name. Raises `NotFound`, and `Refused` where the name is taken."""
    sets = journal.rules.groups
    whole = set_of(sets, old)
    if whole is not None and not any(folded(group.name) == folded(old) for one in sets for group in one.groups):
        _rename_set(journal, whole, new)
        return
    chosen, group = group_named(journal.rules, old)
    _keep(journal, _with(chosen, group, group._replace(name=_new_name(journal, new))))


def _rename_set(journal: Journal, whole: GroupSet, new: str) -> None:
    name = clean(new, "分组方式", limit=LONGEST)
    if set_of(journal.rules.groups, name) is not None:
        raise Refused(f"已经有名为{quote(name)}的一套分组", "请另起一个名称")
    journal.configure({GROUP + whole.name: [_stored(whole), None], GROUP + name: [None, _stored(whole)]})


def rename_units(journal: Journal, names: Mapping[str, str]) -> None:
    """Give units other names wherever they are grouped."""
    changes = {}
    for before in journal.rules.groups:
        if (after := renamed(before, names)) != before:
            changes[GROUP + before.name] = [_stored(before), _stored(after)]
    if changes:
        journal.configure(changes)


def renamed(chosen: GroupSet, names: Mapping[str, str]) -> GroupSet:
    """The set with other names of its units. Units that become one stand once: where the one stands that bears the name
    already, else where the first of them stood."""
    taken = {unit for group in chosen.groups for unit in group.units if unit not in names}
    groups = []
    for group in chosen.groups:
        units = dict[str, None]()
        for unit in group.units:
            if (new := names.get(unit, unit)) == unit or new not in taken:
                units[new] = None
        taken |= units.keys()
        groups.append(group._replace(units=tuple(units)))
    return chosen._replace(groups=tuple(group for group in groups if group.units))


# --- what they share -------------------------------------------------------------------------------------------------


def _set_for(journal: Journal, name: str, of: str | None) -> GroupSet:
    """The set that a group is, or will be, of: the one named, the only one, or the one that has the group already."""
    sets = journal.rules.groups
    if of is not None:
        of = clean(of, "分组方式", limit=LONGEST)
        return set_of(sets, of) or GroupSet(of)
    having = [one for one in sets if any(folded(group.name) == folded(name) for group in one.groups)]
    if having or len(sets) < 2:
        return (having or list(sets) or [GroupSet(USUAL)])[0]
    raise BadValue(
        f"没有写明{quote(name)}是哪一套分组的", f"请加 --set,现有 {'、'.join(quote(one.name) for one in sets)}"
    )


def _new_name(journal: Journal, name: str) -> str:
    """A name that no group has. Raises `BadValue`, `Refused`."""
    name = clean(name, "分组名称", limit=LONGEST)
    if name == UNGROUPED:
        raise BadValue(f"“{UNGROUPED}”指不在任何分组的单位,不能作分组名称", "请另起一个名称")
    for one in journal.rules.groups:
        if any(folded(group.name) == folded(name) for group in one.groups):
            raise Refused(f"“{one.name}”里已经有分组{quote(name)}", "各套分组的名称不能相同,请另起一个名称")
    return name


def _units_meant(journal: Journal, units: Sequence[str]) -> tuple[str, ...]:
    """The units that are named, as the ledger spells them; those that it does not know are told."""
    known = {*journal.units.every.values()}
    found, new = list[str](), list[str]()
    for unit in names_parted(units, known):
        meant = assisting_meant(journal, clean(unit, LABELS["unit"], limit=LIMITS["unit"]))
        found.append(meant)
        if meant not in known and not near(meant, known):  # a near one was asked about
            beside = nearest(meant, known)
            new.append(quote(meant) + (f"(相近的有{''.join(map(quote, beside))})" if beside else ""))
    if new:
        journal.remark(f"台账里还没有的单位:{'、'.join(dict.fromkeys(new))}")
    return tuple(dict.fromkeys(found))


def names_parted(texts: Iterable[str], known: Collection[str]) -> list[str]:
    """Names, each by itself or parted by 、 or commas; one that is known whole is no list."""
    return [name for text in texts for name in ([text] if text in known else listed(text) or [text])]


def _near(name: str, known: Sequence[str]) -> str:
    return "、".join(map(quote, nearest(name, known) or list(known)[:5]))


def _require_free(chosen: GroupSet, group: Group) -> None:
    """Raises `Refused` where another group of the set has one of the units."""
    for other in chosen.groups:
        if other.name != group.name and (both := [unit for unit in group.units if unit in other.units]):
            raise Refused(
                f"{'、'.join(map(quote, both[:5]))}已在{quote(other.name)}里,同一套分组中一个单位只在一处",
                f"先用 ledger config groups remove {other.name} {both[0]} 移出,或用 --set 另立一套",
            )


def _with(chosen: GroupSet, group: Group, other: Group | None) -> GroupSet:
    """The set with another group, or none, in the place of one."""
    groups = (other if one.name == group.name else one for one in chosen.groups)
    return chosen._replace(groups=tuple(one for one in groups if one is not None))


def _keep(journal: Journal, after: GroupSet) -> None:
    before = set_of(journal.rules.groups, after.name)
    if before == after:
        journal.remark(f"分组“{after.name}”没有变化")
        return
    journal.configure({GROUP + after.name: [before and _stored(before), _stored(after)]})


def _stored(chosen: GroupSet) -> list[list[object]] | None:
    """A set as the setting keeps it; none without groups."""
    return [[group.name, group.leader, list(group.units)] for group in chosen.groups] or None
