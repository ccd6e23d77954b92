"""What is not to the letter a whole ledger stops at its line, whatever it is."""

import json
from datetime import date
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from ledger.base.errors import BadValue
from ledger.importers.journal_lines import Lines, is_whole_ledger, read_entries, read_evidence, read_header
from ledger.model.entry import GENESIS, Entry, canonical_form, encode, seal
from ledger.services.moving import TakenOver, take_over
from ledger.store.location import Location

MOMENT = "2026-11-22T01:34:52.139477Z"
FOUNDED: dict[str, Any] = {"action": "init", "changes": {"name": [None, "学创台账"]}}
ADDED: dict[str, Any] = {"title": "方案", "unit": "综合组", "code": "2013-001", "assigned_on": "2013-03-01"}


def added(**fields: Any) -> dict[str, Any]:
    return {"action": "add", "task": 1, "changes": {name: [None, value] for name, value in {**ADDED, **fields}.items()}}


def sealed(*given: dict[str, Any]) -> list[dict[str, Any]]:
    """Entries as they stand in a file, each sealed after the one before: what a forger could write."""
    found, previous = [], GENESIS
    for seq, one in enumerate(given, start=1):
        plain = {
            "seq": seq, "task": None, "on": "2013-03-01", "recorded_at": MOMENT, "actor": "张三", "account": "clerk",
            "note": None, "voids": None, "command": seq,
        } | one  # fmt: skip
        fields = {name: plain[name] for name in Entry._fields if name != "hash"}
        try:
            entry = Entry(**{**fields, "on": date.fromisoformat(plain["on"])})
            previous = seal(previous, canonical_form(entry, encode(plain["changes"])))
        except (ValueError, TypeError):
            pass  # no seal fits it
        found.append({**fields, "hash": previous})
    return found


def write(path: Path, given: list[dict[str, Any]], **header: Any) -> Path:
    head = {"ledger": "学创台账", "format": 1, "entries": len(given), "tasks": 0, "head": given[-1]["hash"]}
    lines = [head | header, *given]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def take(path: Path) -> int:
    with path.open("rb") as file:
        lines = Lines(file)
        return take_over(
            Location(path.with_suffix(".db")), read_entries(lines, read_header(lines)), lambda _: None
        ).tasks


def test_what_is_sealed_and_sound_makes_a_ledger(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", sealed(FOUNDED, added()))
    assert is_whole_ledger(BytesIO(path.read_bytes()))
    assert take(path) == 1


@pytest.mark.parametrize(
    "line",
    [
        b"", b"[]", b"{}", b'{"a":', b"[" * 100_000, b'{"seq":' * 20_000, b'{"seq":1e400}', b'{"seq":NaN}', b"\xff\xfe",
        b'{"seq":' + b"9" * 5000 + b"}", b'{"seq":"\\ud800"}', b'"' + b"x" * 100, b"null", b"\0" * 50,
    ],
    ids=lambda line: repr(line[:12]),
)  # fmt: skip
def test_a_line_that_is_no_entry(tmp_path: Path, line: bytes) -> None:
    path = write(tmp_path / "a.jsonl", sealed(FOUNDED, added()))
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([lines[0], lines[1], line, b""]))
    with pytest.raises(BadValue) as refusal:
        take(path)
    assert refusal.value.where == "第3行"
    assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl"]


DEEP: Any = []
for _ in range(900):
    DEEP = [DEEP]

FORGED: dict[str, dict[str, Any]] = {
    "action": {"action": "boil", "changes": {}},
    "no add": {"action": "close", "task": 1, "changes": {"status": ["open", "closed"]}},
    "task 0": added() | {"task": 0},
    "task text": added() | {"task": "1"},
    "task true": added() | {"task": True},
    "day": added() | {"on": "2013-02-30"},
    "short day": added() | {"on": "20130301"},
    "moment": added() | {"recorded_at": "2026-11-22"},
    "no moment": added() | {"recorded_at": "2026-13-22T01:34:52.139477Z"},
    "earlier": added() | {"recorded_at": "2026-11-22T01:34:52.139476Z"},
    "actor": added() | {"actor": ""},
    "nul": added() | {"note": "a\0b"},
    "surrogate": added() | {"note": "\ud800"},
    "deep": added(title=DEEP),
    "changes": added() | {"changes": []},
    "change": added() | {"changes": {"title": "方案"}},
    "unknown field": added(colour="red"),
    "title": added(title=7),
    "no title": added(title=None),
    "unit": added(unit=["综合组"]),
    "with": added(**{"with": [1]}),
    "key": added(key="yes"),
    "due": added(due_on="soon"),
    "grace": added(grace_days=-1),
    "huge": added(grace_days=2**70),
    "quota": added(quota="{"),
    "series": added(series="1"),
    "code": added(code=5),
    "long code": added(code="x" * 101),
    "nul in a title": added(title="a\0"),
    "surrogate in a title": added(title="\udfff"),
    "void of what is to come": {"action": "void", "task": 1, "voids": 9, "changes": {}},
    "setting": {"action": "config", "changes": {"yellow_days": [None, "x"]}},
    "unit order": {"action": "config", "changes": {"units": [None, [1]]}},
    "stage": {"action": "config", "changes": {"stage:推进": [None, ["x", "y"]]}},
    "holiday": {"action": "config", "changes": {"holiday:2013-01-01": [None, "休息"]}},
    "ledger's name": {"action": "config", "changes": {"name": [None, 5]}},
    "unknown setting": {"action": "config", "changes": {"colour": [None, "red"]}},
    "duty": {"action": "series", "changes": {"series:1": [None, {"due_text": "每月"}]}},
    "duty once": {
        "action": "series",
        "changes": {"series:1": [None, {"fields": {"title": "a"}, "due_text": "3月底", "anchor": "2013-03-01"}]},
    },
    "a step of another kind": {"action": "close", "task": 1, "changes": {"status": ["open", "cancelled"]}},
    "a step with more": {
        "action": "close", "task": 1, "changes": {"status": ["open", "closed"], "title": ["方案", "乙"]},
    },
    "no founding": {"action": "init", "changes": {"name": [None, "另一本"]}},
    "void of the founding": {"action": "void", "voids": 1, "changes": {}},
    "command to come": added() | {"command": 3},
    "task too large": added() | {"task": 2**31},
    "day of another": added() | {"on": "2013-03-02"},
    "duty unnumbered": {"action": "series", "changes": {"series:x": [None, {}]}},
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_well_sealed_nonsense_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "a.jsonl", sealed(FOUNDED, FORGED[name]))
    with pytest.raises(BadValue) as refusal:
        take(path)
    assert refusal.value.hint
    assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl"]


CLOSED = {"action": "close", "task": 1, "changes": {"status": ["open", "closed"]}}
VOIDED = {"action": "void", "task": 1, "voids": 3, "changes": {}}


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        ([VOIDED | {"voids": 2}, VOIDED | {"voids": 2}], "第5行"),
        ([CLOSED, VOIDED, VOIDED | {"voids": 4}], "第6行"),
        ([CLOSED, VOIDED | {"task": 2}], "第5行"),
        ([CLOSED, VOIDED | {"task": None}], "第5行"),
        ([CLOSED, CLOSED], ""),
        ([{"action": "tally", "task": 1, "changes": {"tally": [None, 3]}}], ""),
        ([{"action": "extend", "task": 1, "changes": {"due_on": ["2013-03-04", "2013-03-05"]}}], ""),
    ],
)
def test_what_does_not_follow(tmp_path: Path, entries: list[dict[str, Any]], where: str) -> None:
    """Told with the number of the entry."""
    with pytest.raises(BadValue, match=r"第[345]号记录") as refusal:
        take(write(tmp_path / "a.jsonl", sealed(FOUNDED, added(), *entries)))
    assert refusal.value.where == where
    assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl"]


def test_a_key_that_stands_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", sealed(FOUNDED, added()))
    path.write_text(path.read_text("utf-8").replace('"changes": {"name"', '"changes": {"name": 1, "name"'), "utf-8")
    with pytest.raises(BadValue, match="键“name”写了两次") as refusal:
        take(path)
    assert refusal.value.where == "第2行"


@pytest.mark.parametrize(
    ("twice", "said"), [(added() | {"task": 2}, "前后矛盾"), (added(), "前后矛盾")], ids=["one code", "one task"]
)
def test_what_contradicts_what_came_before(tmp_path: Path, twice: dict[str, Any], said: str) -> None:
    path = write(tmp_path / "a.jsonl", sealed(FOUNDED, added(), twice))
    with pytest.raises(BadValue, match=said):
        take(path)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ({"format": 3}, "升级"),
        ({"format": 10**400}, "升级"),
        ({"format": "1"}, "首行"),
        ({"entries": -1}, "首行"),
        ({"entries": True}, "首行"),
        ({"entries": 0}, "首行"),
        ({"head": "abc"}, "首行"),
        ({"ledger": None}, "首行"),
        ({"head": GENESIS}, "末条记录"),
        ({"entries": 1}, "末条记录"),
        ({"entries": 3}, "应有 3 条记录,只有 2 条"),
        ({"tasks": 1}, "应有 1 件事项,只有 0 件"),
    ],
    ids=str,
)
def test_the_header_must_hold(tmp_path: Path, header: dict[str, Any], said: str) -> None:
    path = write(tmp_path / "a.jsonl", sealed(FOUNDED, added()), **header)
    with pytest.raises(BadValue) as refusal:
        take(path)
    assert said in refusal.value.sentence()
    assert "行" in refusal.value.where


def test_more_than_the_header_says(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", sealed(FOUNDED, added()))
    path.write_bytes(path.read_bytes() + b'{"id": 1}\n')
    with pytest.raises(BadValue, match="之外"):
        take(path)


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (b'{"ledger":"a","format":9}\n', True),
        (b'\xef\xbb\xbf{"ledger":"a","format":1,"head":""}', True),
        (b'{"op":"add"}', False),
        ("工作任务,牵头单位\n".encode(), False),
        (b"", False),
        (b"{" * 50_000, False),
        (b"{\xff", False),
        (b"PK\x03\x04", False),
    ],
    ids=repr,
)
def test_a_whole_ledger_is_known_by_its_first_line(content: bytes, is_one: bool) -> None:
    assert is_whole_ledger(BytesIO(content)) is is_one


# --- files of evidence -----------------------------------------------------------------------------------------------

DIGEST = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"  # of "content"
NAMED: dict[str, Any] = {"name": "纪要.pdf", "type": "application/pdf", "size": 7, "sha256": DIGEST}
KEPT = {"action": "evidence", "task": 1, "changes": {name: [None, value] for name, value in NAMED.items()}}
FIRST = {"evidence": DIGEST, "part": 1, "data": "Y29u"}
SECOND = {"evidence": DIGEST, "part": 2, "data": "dGVudA=="}
SUM = "the sum of all before"


def take_with_evidence(path: Path, *lines: Any, evidence: Any = 1) -> TakenOver:
    write(path, sealed(FOUNDED, added(), KEPT), format=2, evidence=evidence)
    for line in lines:
        given = {"sha256": sha256(path.read_bytes()).hexdigest()} if line is SUM else line
        path.write_text(path.read_text("utf-8") + json.dumps(given) + "\n", "utf-8")
    with path.open("rb") as file:
        lines_ = Lines(file)
        header = read_header(lines_)
        location = Location(path.with_suffix(".db"))
        return take_over(location, read_entries(lines_, header), lambda _: None, partial(read_evidence, lines_, header))


def test_files_come_in_parts_and_have_their_places_with_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert take_with_evidence(path, FIRST, SECOND, SUM) == (1, 0)
    assert (tmp_path / "a.evidence" / DIGEST[:2] / DIGEST).read_bytes() == b"content"


def test_one_that_was_missing_is_missing(tmp_path: Path) -> None:
    assert take_with_evidence(tmp_path / "a.jsonl", {"evidence": DIGEST, "missing": True}, SUM) == (1, 1)
    assert not (tmp_path / "a.evidence").exists()


@pytest.mark.parametrize(
    ("lines", "where", "what"),
    [
        ((), "第5行", "只有 0 份"),
        ((FIRST,), "第6行", "佐证没有写完"),
        ((FIRST, SECOND), "第7行", "没有校验和"),
        ((FIRST, SECOND, FIRST), "第7行", "校验和不符"),
        ((FIRST, SECOND, {"sha256": "0" * 64}), "第7行", "校验和不符"),
        ((FIRST, SECOND, SUM, SUM), "第8行", "还有内容"),
        ((SECOND, FIRST, SUM), "第5行", "缺少或错乱"),
        ((FIRST, FIRST, SUM), "第6行", "缺少或错乱"),
        ((FIRST, {**SECOND, "data": "dGVuZA=="}, SUM), "第6行", "与记录所封的不符"),
        ((FIRST, {**SECOND, "data": "dGVudHRlbnQ="}, SUM), "第6行", "与记录所封的不符"),
        ((FIRST, {**SECOND, "data": ""}, SUM), "第6行", "读不懂"),
        ((FIRST, {**SECOND, "data": "d G Vu"}, SUM), "第6行", "读不懂"),
        ((FIRST, {**SECOND, "data": "é"}, SUM), "第6行", "读不懂"),
        ((FIRST, {**SECOND, "data": 7}, SUM), "第6行", "读不懂"),
        ((FIRST, {**SECOND, "more": 7}, SUM), "第6行", "缺少或错乱"),
        (({**FIRST, "evidence": "0" * 64}, SUM), "第5行", "不是记录所说的佐证"),
        (({**FIRST, "evidence": "../../x"}, SUM), "第5行", "不是记录所说的佐证"),
        (({**FIRST, "evidence": [DIGEST]}, SUM), "第5行", "不是记录所说的佐证"),
    ],
)
def test_a_file_that_is_not_what_the_entries_name(tmp_path: Path, lines: Any, where: str, what: str) -> None:
    with pytest.raises(BadValue, match=what) as caught:
        take_with_evidence(tmp_path / "a.jsonl", *lines)
    assert caught.value.where == where
    assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl"]


def test_files_that_the_header_does_not_tell_of_are_missed(tmp_path: Path) -> None:
    for evidence, lines, what in (
        (0, (SUM,), "缺 1 份"),
        (2, (FIRST, SECOND), "只有 1 份"),
        (2, (FIRST, SECOND, FIRST), "重复"),
    ):
        with pytest.raises(BadValue, match=what):
            take_with_evidence(tmp_path / "a.jsonl", *lines, evidence=evidence)
