"""What an entry may say by itself: replay believes nothing.

A seal tells that a journal was not changed since, not that this program could have written it. `nonsense` looks at one
entry and gives what is wrong as a clause in Chinese, "" for nothing; its place among the others is for `entry_order`,
whether it follows from what its task holds for `replay`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from ledger.model import publication
from ledger.model.actions import ACTIONS, COMB, EVIDENCE, IMPORT, PAPERS, PUBLISH, RATE, STATED, WITHDRAW
from ledger.model.entry import HASHES, Changes, Entry
from ledger.model.evidence import tells_a_file
from ledger.model.feedback import is_cycle
from ledger.model.fields import (
    CODE_LIMIT,
    DUE_LIMIT,
    FIELDS,
    MOST_COUNTED,
    NOTE_LIMIT,
    OWN,
    Field,
    Kind,
    label_of,
)
from ledger.model.lifecycle import STEPS, Fact, Step
from ledger.model.occurrences import MOST
from ledger.model.quota import quota_of
from ledger.model.rating import is_evaluation
from ledger.model.series import number_of, series_of
from ledger.model.slips import is_sound
from ledger.model.soundness import LARGEST, NONSENSE, is_counted, is_day, is_number, is_own, is_setting, is_text
from ledger.model.task import SLIP_WORDS

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_HASH = re.compile("[0-9a-f]{64}")
_MOST_WANTED = 9999

Check = Callable[[Any], bool]


def _text(limit: int) -> Check:
    return lambda value: type(value) is str and 0 < len(value) <= limit and "\0" not in value  # as `is_text`: so many


def _is_quota(value: Any) -> bool:
    least, most, counter = quota_of(value)
    return 0 < least <= (least if most is None else most) <= _MOST_WANTED and _text(10)(counter)


def _texts(limit: int) -> Check:
    is_one = _text(limit)
    return lambda value: isinstance(value, list) and all(map(is_one, value))


def _are_problems(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text(NOTE_LIMIT), value))


def _is_flag(value: Any) -> bool:
    return type(value) is bool


def _is_slip(value: Any) -> bool:
    return value in SLIP_WORDS


def _is_percent(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 100


_BY_KIND: Mapping[Kind, Check] = {
    Kind.DAY: is_day,
    Kind.FLAG: _is_flag,
    Kind.SLIP: _is_slip,
    Kind.NUMBER: is_number,
    Kind.QUOTA: _is_quota,
    Kind.PERCENT: _is_percent,
}


def _check_of(field: Field) -> Check:
    if field.kind is Kind.NAMES:
        return _texts(field.limit)
    return _BY_KIND.get(field.kind) or _text(field.size if field.kind is Kind.CODE else field.limit)


_KINDS: Mapping[str, Check] = {field.name: _check_of(field) for field in FIELDS} | {"feedback": is_cycle}
_NEEDED = {field.name for field in FIELDS if field.given and field.required}
"""What every task has: an `add` names it, and nothing takes it away."""

_HANDED_ON = {field.name for field in FIELDS if field.handed} | {"note"}
"""What a series may give its periods."""


def _is_value(name: str, value: Any) -> bool:
    """Whether a field, an own column among them, may have this value."""
    return _KINDS[name](value) if name in _KINDS else is_own(name, value)


def _group(name: str) -> str:
    """What `Action.fields` calls it."""
    return OWN if name.startswith(OWN) else name


def nonsense(entry: Entry) -> str:
    """What is wrong with an entry by itself: a value that is none of its kind, a change that its action cannot make."""
    try:
        return _of_all(entry) or _of_changes(entry) or _of_remark(entry)
    except NONSENSE:
        return "有读不懂的值"


def _of_all(entry: Entry) -> str:
    action = ACTIONS.get(entry.action)
    if action is None:
        return "操作不认识"
    if entry.task is None:
        if action.of_task:
            return "所属的事项不对"
    elif action.of_task is False or not is_counted(entry.task, LARGEST):
        return "所属的事项不对"
    if entry.note is not None and not (is_text(entry.note) and len(entry.note) <= NOTE_LIMIT):
        return "说明不对"
    if (entry.voids is None) == (entry.action == "void") or type(entry.changes) is not dict:
        return "冲销的序号或改动的内容不对"
    return _of_stamp(entry.recorded_at, entry.actor, entry.account)


@lru_cache(1024)  # a long command stamps all its entries alike
def _of_stamp(recorded_at: Any, actor: Any, account: Any) -> str:
    if not all(is_text(text) and 0 < len(text) <= 100 for text in (actor, account)):
        return "经办人或账号不对"
    if not is_text(recorded_at) or not _MOMENT.fullmatch(recorded_at):
        return "时刻写得不对"
    datetime.fromisoformat(recorded_at)
    return ""


def _of_changes(entry: Entry) -> str:
    changes, allowed = entry.changes, ACTIONS[entry.action].fields
    for name, pair in changes.items():
        if type(pair) is not list or len(pair) != 2:
            return "改动的内容不对"
        if allowed is not None and _group(name) not in allowed and name not in STATED[entry.action]:
            return f"不能改动“{label_of(name)[:30]}”"
    if allowed is None:
        return _of_names(entry)
    if STATED[entry.action] and (wrong := _of_facts(ACTIONS[entry.action].states, changes)):
        return wrong
    if entry.action in STEPS:
        return _of_step(STEPS[entry.action], changes)
    return _ALONE.get(entry.action, _of_fields)(entry)


def _of_tally(entry: Entry) -> str:
    before, count = entry.changes.get("tally", [0, 0])
    return "" if before is None and is_counted(count, MOST_COUNTED) else "计数不对"


def _of_comb(entry: Entry) -> str:
    wanted = ACTIONS[COMB].fields
    return "" if entry.changes.keys() == wanted and _are_counts(entry.changes) else "件数不对"


def _of_rating(entry: Entry) -> str:
    return "" if is_evaluation(entry.changes, of_task=entry.task is not None) else "满意度的值不对"


def _of_paper(entry: Entry) -> str:
    return "" if is_sound(entry.action, entry.seq, entry.changes) else "督办单的内容不对"


def _of_founding(entry: Entry) -> str:
    (before, after), (nothing, hash) = (
        entry.changes.get("name", ["", ""]),
        entry.changes.get("hash", [None, HASHES[0]]),
    )
    sound = before is nothing is None and _text(100)(after) and hash in HASHES
    return "" if sound else "台账名称或杂凑算法不对"


def _of_publication(entry: Entry) -> str:
    sound = publication.is_sound(entry) if entry.action == PUBLISH else publication.is_withdrawal(entry)
    return "" if sound else "印发的内容不对"


def _of_file(entry: Entry) -> str:
    return "" if tells_a_file(entry.changes) else "佐证的内容不对"


_ALONE: Mapping[str, Callable[[Entry], str]] = {
    "tally": _of_tally,
    COMB: _of_comb,
    EVIDENCE: _of_file,
    RATE: _of_rating,
    "init": _of_founding,
    **dict.fromkeys(PAPERS, _of_paper),
    **dict.fromkeys((PUBLISH, WITHDRAW), _of_publication),
}
"""What looks at the changes of an action that are neither fields nor a step."""


def _of_remark(entry: Entry) -> str:
    is_whole = entry.action != "remark" or (entry.note and "who" in entry.changes)
    return "" if is_whole else "没有写明哪位领导批示、批示什么"


def _of_step(step: Step, changes: Changes) -> str:
    pair = changes.get("status", [None, None])
    return "" if pair[0] in step.sources and pair[1] == step.to else "状态的改动不合次序"


def _of_facts(states: Iterable[Fact], changes: Changes) -> str:
    for fact in states:
        if fact.name not in changes:
            continue
        before, after = changes[fact.name]
        if before is not None or not (after is True if fact.flag else _is_stated(fact, after)):
            return f"“{fact.label}”的值不对"
    return ""


def _is_stated(fact: Fact, value: Any) -> bool:
    return value in fact.choices if fact.choices else _text(fact.limit)(value)


def _are_counts(changes: Mapping[str, Any]) -> bool:
    (before, seen), (nothing, listed) = changes["seen"], changes["listed"]
    if nothing is not None or not (is_number(seen) and is_number(listed) and seen <= listed):
        return False
    return before is None or (is_number(before) and before < seen)


def _of_fields(entry: Entry) -> str:
    changes, is_new = entry.changes, entry.action == "add"
    if is_new and not (changes.keys() >= _NEEDED and changes["assigned_on"][1] == entry.on.isoformat()):
        return "登记的内容不全,或日期不对"
    for name, (before, after) in changes.items():
        if name in STATED[entry.action]:
            continue
        if name == "problem":
            sound = (before is None and _text(NOTE_LIMIT)(after)) or (_are_problems(before) and after is None)
        elif is_new:
            sound = before is None and after is not None and _is_value(name, after)
        elif after is None:
            sound = name not in _NEEDED and (before is None or _is_value(name, before))
        else:
            sound = _is_value(name, after) and (before is None or _is_value(name, before))
        if not sound:
            return f"“{label_of(name)}”的值不对"
    return ""


def _of_names(entry: Entry) -> str:
    """Settings, series and files: what stands in `changes` under names of its own."""
    if not entry.changes:
        return "没有改动"
    for name, (before, after) in entry.changes.items():
        if entry.action == IMPORT:
            sound = before is None and _is_particular(name, after)
        else:
            is_sound = _is_series if entry.action == "series" else _is_setting
            sound = all(value is None or is_sound(name, value) for value in (before, after))
        if not sound:
            return f"“{name[:30]}”的值不对"
    return "" if entry.action != IMPORT or entry.changes.keys() >= {"file", "sha256", "rows"} else "没有写明文件"


def _is_particular(name: str, value: Any) -> bool:
    if name == "sha256":
        return is_text(value) and _HASH.fullmatch(value) is not None
    if name == "rows":
        return is_number(value)
    return is_text(value) or is_number(value) or (isinstance(value, list) and all(map(is_text, value)))


def _is_setting(name: str, value: Any) -> bool:
    return number_of(name) is None and is_setting(name, value)


def _is_series(name: str, definition: Any) -> bool:
    number = number_of(name)
    found = series_of(number or 0, definition)
    return (
        is_counted(number, LARGEST)
        and found.name == name
        and found.definition() == definition
        and _text(DUE_LIMIT)(found.due_text)
        and (found.year is None or (type(found.year) is int and 0 < found.year <= 9999))
        and (found.code is None or _text(CODE_LIMIT)(found.code))
        and len(found.gaps) <= 2 * MOST
        and type(found.chained) is bool
        and definition["fields"].keys() >= {"title", "unit"}
        and all(_is_handed_on(name, value) for name, value in definition["fields"].items())
    )


def _is_handed_on(name: str, value: Any) -> bool:
    return (name in _HANDED_ON or name.startswith(OWN)) and _is_value(name, value)
