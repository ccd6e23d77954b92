"""A whole divided into parts (统分结合): what a part is registered with, and which units a group stands for.

There are two levels: a part is not divided again. A part has a code under its whole's, and takes over what it is not
given itself: the unit, 专项活动, 阶段, 任务来源 and the deadline. What must hold between a whole and its parts says
`store.families`.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from ledger.base.errors import BadValue, Refused
from ledger.base.nearness import folded
from ledger.base.text import clean, listed, quote, visible
from ledger.model.fields import LABELS, LIMITS
from ledger.model.rules import Group
from ledger.model.task import STATUS_WORDS, UNFINISHED, Task
from ledger.services.fields import Naming, Options
from ledger.store import queries
from ledger.store.journal import Journal

_TAKEN_OVER = ("unit", "activity", "stage", "source")
_EVERY = "各"
"""各乡镇 are all units of the group 乡镇."""


def whole_named(journal: Journal, options: Options) -> Task | None:
    """The whole that the option `part_of` names, None without one. Raises `NotFound`, `BadValue` where several fit, and
    `Refused` for one that cannot be divided."""
    name = options.get("part_of")
    if name is None or name == "":
        return None
    with Naming("part_of"):
        whole = journal.task(name) if isinstance(name, int) else journal.named(name)
        code = visible(whole.code)
        if whole.part_of is not None:
            above = visible(journal.task(whole.part_of).code)
            raise Refused(f"事项 {code} 本身是分解事项,不再分解", f"请登记为整体的分解事项:--part-of {above}")
        if whole.status not in UNFINISHED and whole.status_seq <= journal.began:  # else by the end of the command
            raise Refused(
                f"事项 {code} {STATUS_WORDS[whole.status]},不能再分解", f"如确需分解,先用 ledger reopen {code} 恢复"
            )
    return whole


def taken_over(whole: Task, options: Options) -> dict[str, Any]:
    """The options of a part with what it takes over from its whole."""
    known = {name: value for name in _TAKEN_OVER if (value := getattr(whole, name)) is not None}
    return {**known, **options}


def place(journal: Journal, whole: Task, fields: dict[str, Any]) -> None:
    """Give the fields of a part their place under the whole: the day it is given out, a deadline where none was stated,
    and a code."""
    fields["part_of"] = whole.id
    fields.setdefault("assigned_on", max(journal.today, whole.assigned_on))
    if "due_on" not in fields and whole.due_on is not None:
        fields |= {"due_on": whole.due_on, "original_due_on": whole.due_on}
        fields |= {"due_text": whole.due_text, "grace_days": whole.grace_days}
        journal.remark(f"没有写明时限,分解事项按整体 {visible(whole.code)} 的时限 {whole.due_on}")
    if fields.get("code") is None:
        fields["code"] = journal.codes.next_under(whole.code, itself=False)


def tell_beyond(journal: Journal, task: Task) -> None:
    """A part that is due later than its whole is told, from whichever side it came to be so."""
    if task.due_on is None:
        return
    if task.part_of is not None:
        whole = journal.task(task.part_of)
        if whole.due_on is not None and task.due_on > whole.due_on:
            said = f"分解事项 {visible(task.code)} 的时限 {task.due_on}"
            journal.remark(f"{said} 晚于整体 {visible(whole.code)} 的 {whole.due_on},请核对")
        return
    later = (
        "SELECT p.code FROM task p WHERE p.part_of = :whole AND p.due_on > :due AND p.closed_on IS NULL ORDER BY p.id"
    )
    if codes := [visible(code) for (code,) in journal.writer.rows(later, {"whole": task.id, "due": task.due_on})]:
        several = f"{'、'.join(codes[:3])}{'等' if len(codes) > 3 else ''}"
        journal.remark(f"事项 {visible(task.code)} 的时限 {task.due_on} 早于它的分解事项 {several},请核对")


def tell_parts(journal: Journal, tasks: Sequence[Task]) -> None:
    """Tell the wholes among these tasks how their parts stand once the command is done. Raises `Refused`."""
    journal.settle()
    if queries.are_divided(journal.writer):
        from ledger.store import families

        families.fill(journal.writer, tasks, journal.today)


def has_parts_in_hand(journal: Journal, whole: Task, but: Collection[int] = ()) -> bool:
    """Whether a part is not done with yet, `but` for those of these numbers."""
    parts = journal.writer.rows("SELECT p.id FROM task p WHERE p.part_of = :whole", {"whole": whole.id})
    return any(journal.task(number).status in UNFINISHED for (number,) in parts if number not in but)


def group_meant(journal: Journal, name: str) -> Group | None:
    """The group that stands in the place of a unit, with or without 各; None for a unit, one that leads under the name
    of a group among them."""
    groups = {folded(group.name): group for one in journal.rules.groups for group in one.groups}
    name = folded(name)
    if name in groups and name not in journal.units.leads:
        return groups[name]
    return groups.get(name.removeprefix(_EVERY)) if name.startswith(_EVERY) else None


def units_named(journal: Journal, texts: Iterable[str]) -> list[str]:
    """The units that texts name, each by itself or parted by 、; a group stands for all of its units."""
    found: list[str] = []
    for text in texts:
        for one in [text] if group_meant(journal, text) else listed(text):
            unit = clean(one, LABELS["unit"], limit=LIMITS["unit"])
            group = group_meant(journal, unit)
            found += group.units if group is not None else [unit]
    return list(dict.fromkeys(found))


def is_opened(journal: Journal, group: Group | None) -> bool:
    """Whether the clerk wants a part for each unit of the group that was named as the unit; elsewhere than at a
    terminal it is taken as written."""
    if group is None:
        return False
    doubt = f"牵头单位写的是分组{quote(group.name)},有{len(group.units)}个单位"
    return journal.ask(doubt, "给其中每个单位各登记一件分解事项吗?", "照写登记为一件;要分解请加 --parts")


def require_units(units: Iterable[str]) -> None:
    """Raises `BadValue` where nobody is to have a part."""
    if not list(units):
        raise BadValue("没有写明分解给哪些单位", "请用 --each 写明单位或分组,如 --each 各乡镇 --parts")
