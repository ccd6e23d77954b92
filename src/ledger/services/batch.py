"""Many operations in one transaction: JSON Lines, one operation a line, all or nothing.

Each line names its operation (`op`) and carries the long option names of that command as keys; `task` is a number, a
text that names it as on the command line, or the `ref` that an earlier `add` of the same batch gave its task.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from ledger.base import strict_json
from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import quote
from ledger.model.actions import ACTIONS
from ledger.model.fields import FIELDS, Kind
from ledger.model.lifecycle import STEPS, WITH_EVIDENCE
from ledger.model.rating import COUNTS
from ledger.model.task import Task
from ledger.services import evidence, pressing, quotas, slips, steps, tasks
from ledger.services.fields import Options
from ledger.services.repeated import Registered
from ledger.services.undo import undo
from ledger.store.journal import Journal
from ledger.store.naming import codes_meant

CHUNK = 2000
"""Lines worked on between two writings to the store: what keeps the memory flat."""

LONGEST = 4_000_000
"""The most bytes of a line, many times what the fields of an operation may hold."""

Kinds = Mapping[str, type | tuple[type, ...]]
"""Key → of which kind its value must be."""

_OWN = (list, dict)
_TYPES = {Kind.NAMES: list, Kind.FLAG: bool}
_FIELDS: Kinds = {field.option: _TYPES.get(field.kind, str) for field in FIELDS if field.given and field.option} | {
    "until": str,
    "note": str,
    "year": int,
    "tag": list,
    "field": _OWN,
}
_ADDED: Kinds = {"again": bool, "chained": bool}
_NAMING = ("task", "part_of")
"""The keys that name a task: by a number, a text or a `ref`."""

_STEP: Kinds = {"task": str, "on": str}
_FILES: Kinds = {"evidence": list}
_PERCENT = (int, str)
_RATED = (int, float, str)


def _undo(journal: Journal, options: Options) -> None:
    undo(journal, options.get("seq"), options.get("reason"))


def _rate(journal: Journal, options: Options) -> Task | None:
    from ledger.services.rating import rate  # no other operation needs what it reads

    return rate(journal, options).task


def _facts(action: str) -> Kinds:
    return {fact.name: bool if fact.flag else str for fact in ACTIONS[action].states}


OPERATIONS: Mapping[str, tuple[Callable[[Journal, Options], Task | None], Kinds]] = {
    "add": (tasks.add, {**_FIELDS, "ref": str, "each": list, "part_of": str, "parts": bool, **_ADDED}),
    "edit": (tasks.edit, {**_FIELDS, "task": str, "untag": list}),
    "note": (
        tasks.note,
        {
            **_STEP,
            **_FILES,
            "text": str,
            "progress": _PERCENT,
            "problem": bool,
            "resolves": bool,
            "report": bool,
            "remark": str,
            "praise": bool,
            "criticism": bool,
        },
    ),
    "extend": (tasks.extend, {**_STEP, "due": str, "year": int, "reason": str, **_facts("extend")}),
    **{
        name: (steps.step(name), {**_STEP, one.asks: str, **_facts(name), **(_FILES if name in WITH_EVIDENCE else {})})
        for name, one in STEPS.items()
    },
    "evidence": (evidence.add, {**_STEP, **_FILES, "note": str}),
    "urge": (pressing.urge, {**_STEP, "note": str, "level": str, "again": bool, **_facts("urge")}),
    "flag": (pressing.flag, {**_STEP, "until": str, "note": str}),
    "unflag": (pressing.unflag, {**_STEP, "note": str}),
    "slip": (slips.receive, {"task": str, "received": str, "kind": str, **_facts("receive")}),
    "rate": (
        _rate,
        {**_STEP, "name": str, "unit": str, "percent": _RATED, **dict.fromkeys(("sample", *COUNTS), int)}
        | {"note": str, "rectify": bool, "reopen": bool, "reason": str},
    ),
    "tally": (quotas.tally, {**_STEP, "count": int, "note": str}),
    "undo": (_undo, {"seq": int, "reason": str}),
}
_LONE = re.compile("[\ud800-\udfff]")
_EXAMPLE = '每行写一个操作,如 {"op":"close","task":"12"}'
_KIND_WORDS: Mapping[Any, str] = {
    str: "文字",
    list: "文字的数组",
    bool: "true 或 false",
    int: "整数",
    _PERCENT: "整数或百分数",
    _RATED: "百分数",
    _OWN: '对象,如 {"资金来源":"省财政"}',
}


def run(
    journal: Journal, lines: Iterable[bytes], advance: Callable[[int], None], *, keep: bool = False
) -> tuple[int, list[int]]:
    """Carry out a batch: the number of operations, and with `keep` the numbers of the tasks named, in order.

    `advance` is told how many lines were done since it was last called. An error carries the failing line in `where`.
    """
    refs: dict[str, int] = {}
    registered = Registered(journal, many=True)
    done = 0
    named: dict[int, None] = {}
    numbered = enumerate(lines, start=1)
    while chunk := list(islice(numbered, CHUNK)):
        operations = list(_parse(chunk))
        _load(journal, refs, [options for _, _, options in operations])
        for number, operation, options in operations:
            journal.line = number
            try:
                found = _carry_out(journal, refs, operation, options)
                if operation == "add" and not options.get("again"):
                    for task in found:
                        registered.require_new(task)
            except LedgerError as error:
                error.where = _place(number, error)
                raise
            if keep:
                named |= dict.fromkeys(task.id for task in found)
        done += len(operations)
        journal.line = 0
        journal.flush()
        advance(len(chunk))
    return done, list(named)


def files_named(lines: Iterable[bytes]) -> list[str]:
    """The files that a batch brings as evidence, looked for so that they are copied before anything is locked. What is
    wrong with a line is told when it is carried out."""
    found: dict[str, None] = {}
    for line in lines:
        if b'"evidence"' not in line or len(line) > LONGEST:
            continue
        with suppress(BadValue, ValueError, RecursionError):
            paths = _object(line)[0].get("evidence")
            found |= dict.fromkeys(path for path in (paths if isinstance(paths, list) else ()) if isinstance(path, str))
    return list(found)


def _parse(chunk: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    for number, line in chunk:
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.isspace() or not line:
            continue
        try:
            yield number, *_operation(line)
        except LedgerError as error:
            error.where = _place(number, error)
            raise


def _place(number: int, error: LedgerError) -> str:
    return f"第{number}行 {error.option}".rstrip()


def _operation(line: bytes) -> tuple[str, dict[str, Any]]:
    """Read one line: its operation and options, every key and kind of value checked."""
    found, text = _object(line)
    operation = found.pop("op", None)
    if operation is None:
        raise _unfit("op", "缺少操作的名称", f"可用的有 {'、'.join(OPERATIONS)}")
    if not isinstance(operation, str) or operation not in OPERATIONS:
        raise _unfit("op", f"操作{quote(str(operation))}不认识", f"可用的有 {'、'.join(OPERATIONS)}")
    kinds = OPERATIONS[operation][1]
    _respell(found, kinds)
    for key, value in found.items():
        if key not in kinds:
            raise BadValue(f"操作 {operation} 没有{quote(key)}这一项", f"可用的有 {'、'.join(kinds)}")
        if not _fits(key, value, kinds[key]):
            raise _unfit(key, f"值应为{'编号、序号或 ref' if key in _NAMING else _KIND_WORDS[kinds[key]]}")
        if "\\u" in text and _LONE.search(str(value)):
            raise _unfit(key, "值里有不成对的代理字符,无法解码")
    if "task" in kinds and found.get("task") is None and not ("name" in kinds and found.keys() & {"name", "unit"}):
        raise _unfit("task", "缺少事项的编号、序号或 ref", "请补上后重试")
    return operation, {key: value for key, value in found.items() if value is not None}


def _respell(found: dict[str, Any], kinds: Kinds) -> None:
    """Let a key be written as the option is typed: part-of is part_of."""
    for key in [key for key in found if "-" in key]:
        if (name := key.replace("-", "_")) in kinds:
            if name in found:
                raise _unfit(key, "同一项写了两次", "请只留一项")
            found[name] = found.pop(key)


def _object(line: bytes) -> tuple[dict[str, Any], str]:
    """The JSON object of a line, and the line's text."""
    if len(line) > LONGEST:
        raise BadValue(f"一行超过 {LONGEST // 1_000_000} MB", _EXAMPLE)
    try:
        text = line.decode()
        found = strict_json.loads(text)
    except UnicodeDecodeError:
        raise BadValue("不是 UTF-8 文字", "请把文件另存为 UTF-8") from None
    except strict_json.RepeatedKey as error:
        raise _unfit(error.key, "同一项写了两次", "请只留一项") from None
    except (ValueError, RecursionError):
        raise BadValue("不是一个完整的 JSON 对象", _EXAMPLE) from None
    if not isinstance(found, dict):
        raise BadValue("不是 JSON 对象", _EXAMPLE)
    return found, text


def _unfit(key: str, what: str, hint: str = "请改正该行") -> BadValue:
    error = BadValue(what, hint)
    error.option = key
    return error


def _fits(key: str, value: Any, kind: type | tuple[type, ...]) -> bool:
    if value is None:
        return True
    if isinstance(value, list) and kind in (list, _OWN):
        return all(isinstance(part, str) for part in value)
    if key in _NAMING and type(value) is int:
        return True
    return type(value) in (kind if isinstance(kind, tuple) else (kind,))


def _load(journal: Journal, refs: Mapping[str, int], operations: Iterable[Mapping[str, Any]]) -> None:
    names: list[str] = []
    numbers: list[int] = []
    for options in operations:
        names += [options[key] for key in (*_NAMING, "code") if isinstance(options.get(key), str)]
        given = (options[key] for key in _NAMING if isinstance(options.get(key), int))
        numbers += [number for number in given if 0 < number < 10**9]
    numbers += [refs[name] for name in names if name in refs]
    journal.load([code for name in names if name not in refs for code in codes_meant(name, journal.today)], numbers)


def _carry_out(journal: Journal, refs: dict[str, int], operation: str, options: dict[str, Any]) -> list[Task]:
    """The tasks named; the `ref` of an `add` for several units is that of its `unit`."""
    ref = options.pop("ref", None)
    if ref is not None and ref in refs:
        raise _unfit("ref", f"{quote(ref)}已在前面用过", "请换一个 ref")
    for key in _NAMING:
        if isinstance(options.get(key), str) and options[key] in refs:
            options[key] = refs[options[key]]
    if operation == "add":
        found = tasks.register(journal, options)
    else:
        task = OPERATIONS[operation][0](journal, options)
        found = [] if task is None else [task]
    if ref is not None and found:
        refs[ref] = found[0].id
    return found
