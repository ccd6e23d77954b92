"""The ledger's own check: the chain of seals, each entry and its place, the schema, and every projection against a
replay of the journal.

Each finding is one line of Chinese; a sound ledger gives none. Nothing is taken on trust, neither what a row says nor
which rows there are: tasks are gone through by the numbers that any table has.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from ledger.base.errors import StoreUnusable
from ledger.base.text import visible
from ledger.model.actions import ACTIONS
from ledger.model.entry import Entry, broken_seals
from ledger.model.entry_order import Sequence as Order
from ledger.model.rules import label_of
from ledger.model.series import number_of
from ledger.model.soundness import NONSENSE, require_sound_settings
from ledger.services import check_tasks
from ledger.services.check_tasks import Findings, read, shown
from ledger.store import expected, posting, queries, schedule
from ledger.store.head import digest_of, sealed
from ledger.store.reader import Reader


class Found(NamedTuple):
    """What a part of the check found, and which codes the entries that it read gave."""

    findings: list[str]
    codes: set[str]


Part = Callable[[Reader], Found]
Run = Callable[[Reader, Sequence[Part]], Iterable[Found]]


def one_by_one(reader: Reader, parts: Sequence[Part]) -> Iterable[Found]:
    """What the parts find by this reader; `beside.in_two` does the same by two processes."""
    return (part(reader) for part in parts)


def check(reader: Reader, run: Run = one_by_one) -> Findings:
    """Every difference between what is stored and what the journal says; `run` works the parts, in their order."""
    ranges, unread = _ranges(reader)
    parts = [partial(_part, each) for each in (_seals, _places, _file, _settings)]
    given: set[str] = set()
    for found in run(reader, [*parts, *(partial(_range, bounds) for bounds in ranges)]):
        yield from found.findings
        given |= found.codes
    yield from unread
    yield from _part(partial(check_tasks.of_codes, given=given), reader).findings
    yield from _part(check_tasks.of_parts, reader).findings


def _ranges(reader: Reader) -> tuple[list[check_tasks.Bounds], list[str]]:
    found: list[check_tasks.Bounds] = []
    try:
        found.extend(check_tasks.ranges(reader))
    except StoreUnusable as error:
        return found, [error.what]
    return found, []


def _part(find: Callable[[Reader], Findings], reader: Reader) -> Found:
    return Found(list(_findings(find(reader))), set())


def _range(bounds: check_tasks.Bounds, reader: Reader) -> Found:
    given: set[str] = set()
    return Found(list(_findings(check_tasks.of_range(reader, bounds, given))), given)


def _findings(found: Findings) -> Findings:
    """Those of a part, with that it could not be read to its end."""
    try:
        yield from found
    except StoreUnusable as error:
        yield error.what


# --- the journal -----------------------------------------------------------------------------------------------------


def _seals(reader: Reader) -> Findings:
    if not reader.rows("SELECT 1 FROM entry LIMIT 1"):
        yield "台账没有任何记录"
    yield from (f"第{seq}号记录:{what}" for seq, what in broken_seals(sealed(reader), digest_of(reader)))


def _places(reader: Reader) -> Findings:
    order = Order()
    for row in reader.stream("SELECT seq, task, action, recorded_at, voids, command FROM entry ORDER BY seq"):
        if wrong := order.wrong(*row):
            yield f"第{row[0]}号记录:{wrong}"


# --- the file --------------------------------------------------------------------------------------------------------


def _file(reader: Reader) -> Findings:
    """SQLite's own check sees a torn file, and an index that says otherwise than its table (lists and figures are
    answered from it); the triggers keep the journal appended only."""
    if reader.location.path is None:
        found = {name for (name,) in reader.rows("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")}
        if "entry_appended_only" not in found:
            yield "缺少保护记录的触发器 entry_appended_only"
        return
    for (finding,) in reader.rows("PRAGMA integrity_check(20)"):
        if finding != "ok":
            yield f"文件结构:{visible(str(finding))}"
    yield from _schema(reader)


def _schema(reader: Reader) -> Findings:
    wanted = expected.expected()
    kinds = {"trigger": "保护记录的触发器", "index": "索引", "table": "表", "view": "视图"}
    found = {name: (kind, sql) for kind, name, sql in reader.rows("SELECT type, name, sql FROM sqlite_master")}
    for name, sql in wanted.items():
        kind = kinds[sql.split()[1].lower().replace("unique", "index")]
        if name not in found:
            yield f"缺少{kind} {name}"
        elif expected.plain(found[name][1] or "") != sql:
            yield f"{kind} {name} 被改动过"
    for name, (kind, sql) in found.items():
        if name not in wanted and kind in ("trigger", "index") and sql is not None:
            yield f"多出{kinds[kind].removeprefix('保护记录的')} {visible(name)}"


# --- settings and series ---------------------------------------------------------------------------------------------


def _settings(reader: Reader) -> Findings:
    sound: list[Entry] = []
    readable = True
    for row in queries.rows_with_voided(reader, "e.task IS NULL"):
        found = read(row)
        if isinstance(found, str):
            yield found
            readable = False
        elif ACTIONS[found.action].settles and not row[12]:
            sound.append(found)
    should = posting.replay_settings(sound)
    stored, series = queries.settings(reader), _stored_series(reader)
    definitions = {f"series:{number}": definition for number, (definition, _) in series.items()}
    yield from _compared_settings(stored | definitions, should)
    if not readable:
        return
    try:
        rules = require_sound_settings(should)
        following = schedule.following(reader, should, rules)
    except NONSENSE as error:
        yield f"按记录得出的设置读不通:{visible(str(error))[:100]}"
        return
    for number, (_, next_on) in series.items():
        if f"series:{number}" in should and next_on != _text(following.get(number)):
            was, now = shown(next_on), shown(following.get(number))
            yield f"循环任务{number}下次开出的日期存为 {was},按记录应为 {now}"


def _stored_series(reader: Reader) -> dict[Any, tuple[Any, Any]]:
    """Number → definition and next day, as they are stored; of a definition that is no JSON its text."""
    found: dict[Any, tuple[Any, Any]] = {}
    for number, text, next_on in reader.rows("SELECT id, definition, next_on FROM series ORDER BY id"):
        try:
            definition = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            definition = text
        found[number] = definition, _text(next_on)
    return found


def _text(day: Any) -> Any:
    """SQLite has days as texts, PostgreSQL as days."""
    return None if day is None else str(day)


def _compared_settings(stored: Mapping[str, Any], should: Mapping[str, Any]) -> Findings:
    for name in sorted(stored.keys() | should.keys(), key=str):
        was, now = stored.get(name), should.get(name)
        if was != now or type(was) is not type(now):
            yield f"设置“{visible(_label(name))}”存为 {shown(was)},按记录应为 {shown(now)}"


def _label(name: str) -> str:
    try:
        number_of(name)
    except ValueError:
        return name
    return label_of(name)
