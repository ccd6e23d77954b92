"""What an entry of the journal says, in the office's words: in the log, in the course of a task, in a comparison."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ledger.base.text import visible
from ledger.dates.day import long_day
from ledger.model.actions import ACTIONS, COMB, EVIDENCE, IMPORT, PAPERS, PUBLISH, RATE, WITHDRAW
from ledger.model.entry import Changes, Entry
from ledger.model.evidence import size_words
from ledger.model.fields import LABELS, OWN, label_of
from ledger.model.lifecycle import STEPS
from ledger.model.quota import demand_words
from ledger.model.rules import GROUP
from ledger.model.rules import label_of as setting_label
from ledger.model.rules import word_of as setting_word
from ledger.model.task import STATUS_WORDS
from ledger.reports import combings, publications
from ledger.reports.columns import urging_words
from ledger.store.queries import LoggedEntry

_STATED = {name: {fact.name: fact.label for fact in action.states} for name, action in ACTIONS.items()}
"""Action → what it states beside, with the office's words."""


def extension_words(entry: Entry, nth: int) -> list[str]:
    """Which extension it is, from the second on, and that it was asked for too late."""
    before = entry.changes.get("due_on", (None, None))[0]
    late = before is not None and before < entry.on.isoformat()
    return ([f"第{nth}次"] if nth > 1 else []) + (["过了时限才申请"] if late else [])


def said_of(logged: LoggedEntry, *, course: bool = False) -> list[str]:
    """What an entry says: its note, what it changed, which file it is from, whether it still counts.

    In the `course` of a task, which is read from top to bottom, it says also what the task was given out as and what
    is a problem, and leaves out what is plain there: the status that a step leads to, that a field was empty before,
    a deadline as typed beside its day.
    """
    entry = logged.entry
    said = _noted(entry)
    if course:
        said = _given_out(entry.changes) + said if entry.action == "add" else _problem(entry.changes, said)
    if entry.voids is not None:
        said.insert(0, f"冲销第{entry.voids}号记录")
    if (told := _TOLD.get(entry.action)) is not None:
        said = told(entry, said)
    elif entry.action not in ("add", "remark"):
        said += _changes(_untold(entry) if course else _plain(entry), course=course) + _facts(entry)
    if logged.source is not None and logged.source not in (entry.note or ""):
        said.append(f"据 {visible(logged.source)}")
    if logged.voided_by is not None:
        said.append(f"〔已被第{logged.voided_by}号冲销〕")
    return said


_TOLD: Mapping[str, Callable[[Entry, list[str]], list[str]]] = {
    IMPORT: lambda entry, said: [*said, f"据 {visible(entry.changes['file'][1])}({entry.changes['rows'][1]} 行)"],
    COMB: lambda entry, said: [*said, combings.count_words(*combings.counts(entry.changes))],
    PUBLISH: lambda entry, _: publications.words(entry.changes),
    WITHDRAW: lambda entry, said: [*publications.words(entry.changes), *said],
    RATE: lambda entry, said: [*_rated(entry), *said],
    **dict.fromkeys(("urge", EVIDENCE, *PAPERS), lambda entry, said: [*_leading(entry.changes), *said, *_facts(entry)]),
}
"""What entries of some actions say beside their note, or instead of it."""


def _rated(entry: Entry) -> list[str]:
    """Whom an evaluation is of, where that is a unit, and what it found."""
    from ledger.model.rating import rating_of

    unit = entry.changes.get("unit", [None, None])[1]
    return [*([visible(unit)] if unit else []), f"满意度 {rating_of(entry.changes)}"]


def _noted(entry: Entry) -> list[str]:
    """The note; of a report with nothing to tell that it is one, of a remark who said it: 张某(批评):…"""
    if entry.action == "report" and entry.note is None and not entry.changes:
        return ["零报告"]
    if entry.action == "remark":
        tone = entry.changes.get("tone", (None, ""))[1]
        return [f"{visible(entry.changes['who'][1])}{f'({tone})' if tone else ''}:{entry.note}"]
    return [] if entry.note is None else [entry.note]


def _given_out(changes: Changes) -> list[str]:
    """The unit, the owner and the deadline that a task was registered with."""
    first = {name: after for name, (_, after) in changes.items()}
    due = first.get("due_text") or first.get("due_on")
    return [str(first[name]) for name in ("unit", "owner") if first.get(name)] + ([f"时限 {due}"] if due else [])


def _leading(changes: Changes) -> list[str]:
    """Which urging it is; which file is kept; which slip was issued, or signed for."""
    if "sha256" in changes:
        return [f"{visible(changes['name'][1])}({size_words(changes['size'][1])})"]
    if "urges" in changes:
        return [urging_words(changes["urges"][1], changes.get("slip", (None, None))[1])]
    number = visible(changes["number"][1])
    if "kind" not in changes:
        return [number]
    from ledger.model.slips import SLIPS  # of few entries that are shown

    return [SLIPS[changes["kind"][1]].word, number]


def _problem(changes: Changes, said: list[str]) -> list[str]:
    """A problem raised, told as one, or that those raised before are solved."""
    if "problem" not in changes:
        return said
    raised = changes["problem"][1]
    return (
        ["突出问题已解决", *said] if raised is None else [f"突出问题:{raised}", *(one for one in said if one != raised)]
    )


def _untold(entry: Entry) -> Changes:
    """What an entry changed beyond what its action says."""
    plain = {"status"} if entry.action in STEPS else {"flagged"}
    if entry.changes.get("due_on", [None, None])[1] is not None:
        plain.add("due_text")
    return {name: change for name, change in _plain(entry).items() if name not in plain}


def _plain(entry: Entry) -> Changes:
    """What an entry changed, without what it states beside."""
    return {name: change for name, change in entry.changes.items() if name not in _STATED[entry.action]}


def _facts(entry: Entry) -> list[str]:
    stated = _STATED[entry.action]
    return [
        stated[name] + ("" if after is True else f":{visible(after)}")
        for name, (_, after) in entry.changes.items()
        if name in stated
    ]


def _changes(changes: Changes, *, course: bool = False) -> list[str]:
    said = [f"计数 +{changes['tally'][1]}"] if "tally" in changes else []
    return said + [
        _group_words(name, before, after)
        if name.startswith(GROUP)
        else _series_words(name, before, after)
        if isinstance(after or before, dict)
        else f"{_called(name)}:"
        + (
            words_of(name, after)
            if course and before is None
            else f"{words_of(name, before)} → {words_of(name, after)}"
        )
        for name, (before, after) in changes.items()
        if name not in ("problem", "tally")
        and not (name == "due_text" and after == changes.get("due_on", [None, None])[1])
    ]


def _group_words(name: str, before: list[Any] | None, after: list[Any] | None) -> str:
    """What became of a set of groups: of those that changed how they were and are, else the order."""
    was, now = (
        [one for one in groups or () if one not in (others or ())]
        for groups, others in ((before, after), (after, before))
    )
    said = [
        "、".join(f"{one}({leader + ':' if leader else ''}{'、'.join(units)})" for one, leader, units in groups)
        for groups in (was, now)
    ]
    if not was and not now:
        said = ["、".join(one for one, _, _ in groups or ()) for groups in (before, after)]
    return f"{setting_label(name)}:{said[0] or '空'} → {said[1] or '空'}"


def _called(name: str) -> str:
    """What an entry changed, in the office's words: a field, an own column, or a setting."""
    return LABELS.get(name) or (label_of(name) if name.startswith(OWN) else setting_label(name))


_SERIES_WORDS = {
    "due_text": "周期",
    "start_on": "开始",
    "end_on": "结束",
    "gaps": "停开",
    "code": "编号",
    "chained": "销号后才开下一期",
}


def _series_words(name: str, before: dict[str, Any] | None, after: dict[str, Any]) -> str:
    """A recurring duty founded: what and how often; changed: what of it."""
    if before is None:
        return f"{setting_label(name)}:{after['fields']['title']}({after['due_text']})"
    was, now = ({**kept, **kept["fields"], "gaps": _gaps(kept.get("gaps", ()))} for kept in (before, after))
    told = {*LABELS, *_SERIES_WORDS}
    keys = (key for key in dict.fromkeys((*was, *now)) if key in told or key.startswith(OWN))
    changed = [key for key in keys if was.get(key) != now.get(key)]
    said = [
        f"{_SERIES_WORDS.get(key) or label_of(key)}:{words_of(key, was.get(key))} → {words_of(key, now.get(key))}"
        for key in changed
    ]
    return f"{setting_label(name)} {','.join(said)}"


def _gaps(gaps: Sequence[Sequence[str | None]]) -> str | None:
    said = [f"{since}这一期" if since == until else f"{since}至{until or '恢复'}" for since, until in gaps]
    return "、".join(said) or None


def words_of(name: str, value: Any) -> str:
    """The value of a field, as `changes` or a task holds it, in the office's words."""
    if value is None:
        return "空"
    if name == "status":
        return STATUS_WORDS.get(value, str(value))
    if word := setting_word(name, value):
        return word
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value)) or "空"
    if name == "quota":
        return demand_words(value)
    if name == "progress":
        return f"{value}%"
    return long_day(value) if isinstance(value, date) else visible(str(value), single_line=False)
