"""What of a row is taken into a task that was changed since the sheet was last taken in.

Three say what a cell may be: the registration or the last import of this sheet (the base), the ledger, and the sheet.
What stands in the ledger as the base left it gives way to the sheet; what anybody changed since stays, whatever the
sheet says, and is told: the sheet may know less. Of a task that this sheet never touched the base is its registration.
Fields named for it (`--overwrite`) give way in any case. Texts of progress and problems add to what was said and
overwrite nothing.
"""

import json
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any, NamedTuple

from ledger.model.actions import IMPORT
from ledger.model.entry import Entry
from ledger.model.fields import BY_NAME
from ledger.model.lifecycle import STEPS
from ledger.model.series import Series
from ledger.services.comparing import NOTHING, Changed, Difference
from ledger.services.matching import Meant
from ledger.store import conditions, lookup, queries
from ledger.store.journal import Journal
from ledger.store.reader import Reader

_DEADLINE = frozenset(("due_on", "due_text"))
_ADDING = frozenset(("note", "problem"))
_LEADING_ON = ("submit", "resume")
"""Steps after which a closing is the next to come; after any other somebody decided against it."""


class Cite(NamedTuple):
    """An entry that names a sheet as what the entries after it in its command were taken from."""

    seq: int
    command: int
    file: str
    rows: int
    sha256: str


class Cites:
    """The sheets that were taken in, in the order of recording, save what was taken back."""

    def __init__(self, reader: Reader) -> None:
        where = f"e.task IS NULL AND e.action = :action AND {queries.IN_FORCE}"
        found = ((one, _after(one)) for one in queries.entries(reader, where, {"action": IMPORT}))
        self.all = [
            Cite(entry.seq, entry.command, said["file"], int(said.get("rows") or 0), said["sha256"])
            for entry, said in found
            if "unit" not in said  # a form is of a unit
        ]
        self._by_command: dict[int, list[Cite]] = {}
        for cite in self.all:
            self._by_command.setdefault(cite.command, []).append(cite)

    def of(self, seq: int, command: int) -> Cite | None:
        """The sheet that an entry was taken from."""
        return next((cite for cite in reversed(self._by_command.get(command, ())) if cite.seq < seq), None)

    def finished_by(self, reader: Reader, files: Collection[str]) -> set[int]:
        """The finished tasks that imports of these very files, by their SHA-256, finished."""
        commands = {cite.command for cite in self.all if cite.sha256 in files}
        found = set()
        for where, parameters in lookup.among("e.command", list(commands)):
            rows = reader.rows(
                "SELECT t.id, e.seq, e.command FROM entry e JOIN task t ON t.id = e.task AND t.status_seq = e.seq "
                f"WHERE {where} AND t.status NOT IN {conditions.UNFINISHED}",
                parameters,
            )
            found |= {task for task, *entry in rows if (cite := self.of(*entry)) and cite.sha256 in files}
        return found


def _after(entry: Entry) -> dict[str, Any]:
    return {name: after for name, (_, after) in entry.changes.items()}


class Since:
    """Which fields were changed by anything but the sheets of this import and their earlier imports: `own` are the
    entries that name those."""

    def __init__(self, journal: Journal, known: Cites, own: Collection[int]) -> None:
        self._journal, self._known, self._own = journal, known, own
        self._fields: dict[int, set[str]] = {}

    def look_up(self, numbers: Sequence[int]) -> None:
        """Learn of these tasks which fields others changed last since the registration; `closed_on` is their course."""
        last: dict[int, dict[str, bool]] = {}
        for where, parameters in lookup.among("e.task", numbers):
            rows = self._journal.writer.rows(
                "SELECT e.task, e.seq, e.command, e.action, e.changes FROM entry e "
                f"WHERE {where} AND e.action <> 'add' AND {queries.IN_FORCE} ORDER BY e.seq",
                parameters,
            )
            for task, seq, command, action, changes in rows:
                others = not self._is_own(seq, command)
                names = ("closed_on",) if action in STEPS else json.loads(changes)
                last.setdefault(task, {}).update(dict.fromkeys(names, others and action not in _LEADING_ON))
        self._fields = {task: {name for name, others in of.items() if others} for task, of in last.items()}

    def parted(self, meant: Meant, changed: Changed, overwrite: Set[str]) -> tuple[Changed, list[Difference]]:
        """What of the differences is to be taken, and what is left; `overwrite` are the options whose fields give way
        all the same."""
        if isinstance(meant, Series):
            options = {*changed.edits}
            return (NOTHING, changed.differences) if options - overwrite and self._has_changed(meant) else (changed, [])
        return _parted(changed, self._fields.get(meant, set()), overwrite)

    def _has_changed(self, series: Series) -> bool:
        """Whether others changed a recurring duty last, after it was begun."""
        rows = self._journal.writer.rows(
            "SELECT e.seq, e.command, e.changes FROM entry e "
            f"WHERE e.task IS NULL AND e.action = 'series' AND {queries.IN_FORCE} ORDER BY e.seq"
        )
        of_it = [(seq, command) for seq, command, changes in rows if series.name in json.loads(changes)]
        return len(of_it) > 1 and not self._is_own(*of_it[-1])

    def _is_own(self, seq: int, command: int) -> bool:
        if command == self._journal.command:
            return True
        cite = self._known.of(seq, command)
        return cite is not None and cite.seq in self._own


def _parted(changed: Changed, since: Set[str], overwrite: Set[str]) -> tuple[Changed, list[Difference]]:
    held = {name for name in since - _ADDING if not _is_named(name, overwrite)}
    if held & _DEADLINE:
        held |= _DEADLINE
    left = [one for one in changed.differences if one.field in held]
    if not left:
        return changed, []
    differences = [one for one in changed.differences if one.field not in held]
    names = {one.field for one in differences}
    is_moved = bool(names & _DEADLINE)
    edits = {option: value for option, value in changed.edits.items() if is_moved or _column(option) in names}
    edits = {option: value for option, value in edits.items() if _column(option) not in held}
    course = changed.course
    if "progress" in held:
        course = course._replace(progress=None)
    if "closed_on" in held:
        course = course._replace(closing=None)
    extension = changed.extension if is_moved else None
    return Changed(differences, edits, extension, course), left


_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "due_on": ("due", "due_text"),
    "due_text": ("due", "due_text"),
    "closed_on": ("closed_on", "outcome"),
}
_COLUMNS = {field.option: field.name for field in BY_NAME.values() if field.option}


def _is_named(field: str, options: Set[str]) -> bool:
    usual = BY_NAME[field].option if field in BY_NAME else ""
    return not options.isdisjoint(_OPTIONS.get(field, (usual or field,)))


def _column(option: str) -> str:
    return _COLUMNS.get(option, option)
