"""The same task registered twice by a clerk: the title, unit and deadline of one that is in hand already.

Looked for once the task is registered; where there is another, the error gives up the command and the registration with
it. Titles and units are compared as `base.titles` folds them.
"""

from collections.abc import Hashable
from contextlib import suppress

from ledger.base.errors import NotFound, Refused
from ledger.base.text import clip, visible
from ledger.model.task import UNFINISHED, Task
from ledger.store import schedule
from ledger.store.conditions import UNFINISHED as IN_HAND
from ledger.store.journal import Journal
from ledger.store.naming import like_title


class Registered:
    """What is in hand, as far as one command has come to ask; with `many` registrations to come, all that shares a
    deadline is fetched at once."""

    def __init__(self, journal: Journal, *, many: bool = False) -> None:
        self._journal, self._many = journal, many
        self._fetched: dict[Hashable, dict[Hashable, list[int]]] = {}

    def require_new(self, task: Task) -> None:
        """Raises `Refused` when another task, or another series, is the same as this one, just registered."""
        if task.series is not None:
            self._require_new_series(task.series)
            return
        fetched = (task.due_on, None if self._many else task.title)
        if fetched not in self._fetched:
            self._fetched[fetched] = self._fetch(task)
        if not (self._many or self._fetched[fetched]):
            return  # the usual case, which need not load what titles are compared with
        own = _key_of(task)
        alike = self._fetched[fetched].setdefault(own, [])
        for other in filter(None, map(self._standing, alike)):
            if other.id in (task.id, task.part_of):  # of its whole it is the same work, divided
                continue
            if other.status in UNFINISHED and other.due_on == task.due_on and _key_of(other) == own:
                given_out = other.assigned_on <= self._journal.today
                which = f"事项 {visible(other.code)} {clip(visible(other.title), 60)} "
                raise _refused(f"{'在办' if given_out else '尚未交办的'}{which}")
        alike.append(task.id)

    def _standing(self, number: int) -> Task | None:
        """The task, None where this command has taken it back."""
        with suppress(NotFound):
            return self._journal.task(number)
        return None

    def _fetch(self, task: Task) -> dict[Hashable, list[int]]:
        due = "t.due_on IS NULL" if task.due_on is None else "t.due_on = :due"
        where, parameters = ("", {}) if self._many else like_title(task.title, "title", within=False)
        found = self._journal.writer.rows(
            f"SELECT t.id, t.title, t.unit, t.due_on, t.due_text FROM task t "
            f"WHERE t.status IN {IN_HAND} AND {due} AND t.id <> :own{where and f' AND {where}'}",
            {"own": task.id, **({} if task.due_on is None else {"due": task.due_on}), **parameters},
        )
        by_key: dict[Hashable, list[int]] = {}
        for number, title, unit, due_on, due_text in found:
            by_key.setdefault(_key(title, unit, None if due_on else due_text), []).append(number)
        return by_key

    def _require_new_series(self, number: int) -> None:
        standing = {series.id: series for series in schedule.all_series(self._journal.writer)}
        new = standing.pop(number)
        for other in standing.values():
            ended = other.end_on is not None and other.end_on < self._journal.today
            texts = [_key(one.fields["title"], one.fields["unit"], one.due_text) for one in (new, other)]
            if not ended and texts[0] == texts[1]:
                raise _refused(f"循环任务{other.id} {clip(visible(other.fields['title']), 60)} ")


def _key(title: str, unit: str, words: str | None) -> tuple[str, str, str]:
    from ledger.base.titles import key

    return key(title), key(unit), key(words or "")


def _key_of(task: Task) -> tuple[str, str, str]:
    """A deadline without a day is told apart by its words."""
    return _key(task.title, task.unit, None if task.due_on else task.due_text)


def _refused(which: str) -> Refused:
    hint = "如是同一件就不必再登记;确要另登一件请加 --again(批量中为 again)"
    return Refused(f"{which}的任务、牵头单位和时限都与这一件相同", hint)
