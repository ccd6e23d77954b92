"""Units as the office keeps them: their order of precedence, their names, and the merging of two.

A change of name is written to every task concerned as an edit, all in one command, so that it can be undone whole.
"""

from collections.abc import Mapping, Sequence

from ledger.base.errors import BadValue, Refused
from ledger.base.text import clean, quote
from ledger.model.fields import LABELS, LIMITS
from ledger.model.replay import change
from ledger.model.task import Task
from ledger.services import groups
from ledger.services.series import rename_units
from ledger.store import queries, schedule, unit_names
from ledger.store.journal import Journal


def order(journal: Journal, names: Sequence[str]) -> None:
    """Set the display order; units not named come after. Raises `NotFound` for a unit that no task names."""
    known = unit_names.names(journal.writer, journal.rules)
    wanted = [clean(name, LABELS["unit"], limit=LIMITS["unit"]) for name in names]
    for name in wanted:
        if name not in known:
            raise unit_names.no_such(name, known)
    if len(set(wanted)) < len(wanted):
        raise BadValue("单位重复", "每个单位只写一次")
    _set_order(journal, wanted)


def rename(journal: Journal, old: str, new: str) -> int:
    """Give a unit another name: the number of tasks changed. Raises `Refused` when the new name is taken."""
    known = _known(journal)
    new = clean(new, LABELS["unit"], limit=LIMITS["unit"])
    if old not in known:
        raise unit_names.no_such(old, known)
    if new in known:
        raise Refused(f"单位{quote(new)}已经存在", "如要并入它,请用 ledger config units merge")
    return _replace(journal, {old: new})


def merge(journal: Journal, olds: Sequence[str], into: str) -> int:
    """Merge units, each by itself or parted by 、, into one that exists: the number of tasks changed."""
    known = _known(journal)
    olds = groups.names_parted(olds, known)
    for name in (*olds, into):
        if name not in known:
            raise unit_names.no_such(name, known)
    if into in olds:
        raise BadValue(f"单位{quote(into)}不能并入它自己", "请核对单位名称")
    return _replace(journal, dict.fromkeys(olds, into))


def _known(journal: Journal) -> list[str]:
    """Every unit that is named: those of series too, of which no period with that unit may be open yet."""
    fields = [series.fields for series in schedule.all_series(journal.writer)]
    named = [name for one in fields for name in (one["unit"], *one.get("with", ()))]
    return list(dict.fromkeys((*unit_names.names(journal.writer, journal.rules), *named)))


def _replace(journal: Journal, names: Mapping[str, str]) -> int:
    changed = 0
    for task in _tasks_naming(journal, names):
        unit = names.get(task.unit, task.unit)
        assisting = dict.fromkeys(names.get(name, name) for name in task.with_units)
        named = {"unit": unit, "with": tuple(name for name in assisting if name != unit)}
        changes = change(task, named | {"origin": names.get(task.origin or "", task.origin)})
        journal.post("edit", journal.task(task.id), journal.today, None, changes)
        changed += 1
    rename_units(journal, names)
    groups.rename_units(journal, names)
    ordered = journal.rules.units
    if any(name in names for name in ordered):
        _set_order(journal, list(dict.fromkeys(names.get(name, name) for name in ordered)))
    return changed


def _tasks_naming(journal: Journal, names: Mapping[str, str]) -> list[Task]:
    found: dict[int, Task] = {}
    for name in names:
        found |= {task.id: task for task in queries.tasks_naming(journal.writer, name)}
        found |= {task.id: task for task in queries.tasks_from(journal.writer, [name])}
    return [found[number] for number in sorted(found)]


def _set_order(journal: Journal, units: list[str]) -> None:
    before = list(journal.rules.units) or None
    if before != units:
        journal.configure({"units": [before, units]})
