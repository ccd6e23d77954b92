"""The auditor's file: run by itself, over trees built by the book and exports with any byte changed."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base import verifier
from ledger.base.verifier import Anchor, Broken, Tree, anchor_of, anchors_in, leaf_of, root_by
from ledger.model.entry import canonical_form, encode, seal
from ledger.render.json_text import compact
from ledger.store import queries
from ledger.store.location import Location
from ledger.store.opening import open_reader
from tests.children import LIMIT, started
from tests.conftest import Clerk

HASHES = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(70)]


def alone(*words: str, folder: Path) -> tuple[int, str, str]:
    """The auditor's file at work in a folder, away from the program: exit code, stdout, stderr."""
    shutil.copy(verifier.__file__, folder / "verify.py")
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": folder}
    with started([sys.executable, "-I", "verify.py", *words], **pipes) as child:
        out, err = child.communicate(timeout=LIMIT)
        return child.returncode, out, err


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def head(leaves: Sequence[str]) -> bytes:
    """MTH of RFC 6962, 2.1, by the letter of its definition."""
    if len(leaves) < 2:
        return sha(b"\x00", bytes.fromhex(leaves[0])) if leaves else sha(b"")
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01", head(leaves[:k]), head(leaves[k:]))


def audit_path(m: int, leaves: Sequence[str]) -> list[str]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m < k:
        return [*audit_path(m, leaves[:k]), head(leaves[k:]).hex()]
    return [*audit_path(m - k, leaves[k:]), head(leaves[:k]).hex()]


@pytest.mark.parametrize("size", range(len(HASHES)))
def test_the_tree_is_that_of_the_standard(size: int) -> None:
    tree = Tree(hashlib.sha256)
    for leaf in HASHES[:size]:
        tree.append(leaf)
    assert tree.root() == head(HASHES[:size]).hex()


@given(st.integers(1, len(HASHES)), st.data())
def test_a_path_leads_to_the_root_from_its_own_leaf_alone(size: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, size - 1))
    path, root = audit_path(at, HASHES[:size]), head(HASHES[:size]).hex()
    leaf = leaf_of(hashlib.sha256, HASHES[at])
    assert root_by(hashlib.sha256, leaf, at, size, path) == root
    others: list[tuple[bytes, int, int, list[str]]] = [(leaf_of(hashlib.sha256, HASHES[at][::-1]), at, size, path)]
    if path:
        others.append((leaf, at, size, path[:-1]))
        others.append((leaf, at, size, [*path[:-1], path[-1][::-1]]))
    others.append((leaf, at, size, [*path, HASHES[0]]))
    others.append((leaf, size, size, path))
    for wrong, place, number, way in others:
        try:
            found = root_by(hashlib.sha256, wrong, place, number, way)
        except Broken:
            continue
        assert found != root


@pytest.fixture
def export(clerk: Clerk, tmp_path: Path) -> Path:
    """A ledger with texts that a file must escape, exported."""
    where = ("--db", str(tmp_path / "a.db"))
    clerk(*where, "init", "--name", "核验\u3000台账")
    clerk(*where, "add", '说"二\\话', "--unit", "综合组", "--due", "3月底", "--note", "a, b: {c}\n第二行")
    clerk(*where, "add", "带有 \u200d 与 \U0001f600 的", "--unit", "综合组")
    clerk(*where, "close", "1", "--note", "办结\t了")
    clerk(*where, "config", "set", "year", "2013")
    clerk(*where, "undo")
    path = tmp_path / "a.jsonl"
    assert clerk(*where, "export", "-o", str(path)).code == 0
    return path


def test_it_runs_by_itself(export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    code, out, err = alone(str(export), folder=folder)
    assert (code, err) == (0, "") and "6 条记录封印完好(sha256)" in out
    export.write_bytes(export.read_bytes().replace("综合组".encode(), "综合租".encode(), 1))
    code, out, err = alone(str(export), folder=folder)
    assert (code, out) == (6, "") and "内容与封印不符" in err
    assert alone("none", folder=folder)[0] == alone(str(export), "--anchor", "x", folder=folder)[0] == 2


def test_what_it_takes_for_the_sealed_form_is_what_was_sealed(export: Path, tmp_path: Path) -> None:
    reader = open_reader(Location(tmp_path / "a.db"))
    previous = verifier.GENESIS
    for entry in queries.entries(reader):
        line = (compact(entry._asdict()) + "\n").encode()
        form = canonical_form(entry, encode(entry.changes))
        assert verifier.read_entry(line).form == form.encode()
        assert seal(previous, form) == entry.hash
        previous = entry.hash


@pytest.mark.parametrize("text", [b"a\x01b", b"a\tb", b'a"b', b"\\", b"\\u0041", b"\\/", b"\xff"])
def test_no_other_text_has_the_seal(export: Path, text: bytes) -> None:
    """Whether it is JSON or not, and however it may be read."""
    sound = export.read_bytes()
    assert verifier.check_file(io.BytesIO(sound))
    with pytest.raises(Broken, match=r"不是记录|内容与封印不符"):
        verifier.check_file(io.BytesIO(sound.replace("综合组".encode(), text, 1)))


def test_a_file_without_entries_shows_nothing() -> None:
    line = {"ledger": "空", "format": 1, "entries": 0, "tasks": 0, "head": verifier.GENESIS}
    with pytest.raises(Broken, match="没有任何记录"):
        verifier.check_file(io.BytesIO((compact(line) + "\n").encode()))


def test_anchors_are_read_as_they_are_printed() -> None:
    one, other = "a" * 64, "b" * 64
    assert anchor_of(f" 12:{one.upper()} ") == Anchor(12, one)
    assert anchors_in([f"3:{one}:{other} 2026-11-26 学创台账", "", "# 说明"]) == [Anchor(3, one, other)]
    for wrong in ("", "12", f"0:{one}", f"12:{one[1:]}", f"12:{one}:", f"-1:{one}", f"12:{one}:{other}:x"):
        with pytest.raises(ValueError):
            anchor_of(wrong)


def test_files_of_evidence_are_held_to_their_hashes(tmp_path: Path, clerk: Clerk) -> None:
    (tmp_path / "纪要.pdf").write_bytes(b"%PDF" * 300_000)
    where = ("--db", str(tmp_path / "甲.db"))
    assert clerk(*where, "add", "甲", "--unit", "综合组", "--on", "2013-03-01").code == 0
    assert clerk(*where, "close", "1", "--evidence", str(tmp_path / "纪要.pdf")).code == 0
    assert clerk(*where, "export", "-o", str(tmp_path / "整本.jsonl")).code == 0
    assert alone("整本.jsonl", folder=tmp_path)[0] == 0
    lines = (tmp_path / "整本.jsonl").read_bytes().splitlines(keepends=True)
    first = next(at for at, line in enumerate(lines) if line.startswith(b'{"evidence"'))
    broken = {
        "别的内容": [*lines[:first], lines[first].replace(b"JVBERi", b"JVBERj", 1), *lines[first + 1 :]],
        "少一段": [*lines[:first], *lines[first + 1 :]],
        "夹有别的": [*lines[:first], lines[first].replace(b"JVBERi", b"JV-BERi", 1), *lines[first + 1 :]],
        "段号不是整数": [*lines[:first], lines[first].replace(b'"part": 1', b'"part": 1.0'), *lines[first + 1 :]],
        "少校验和": lines[:-1],
        "读不懂": [*lines[:first], lines[first].replace(b"JVBERi", b"?VBERi", 1), *lines[first + 1 :]],
    }
    for name, changed in broken.items():
        content = b"".join(changed) if name == "少校验和" else summed(changed[:-1])
        (tmp_path / f"{name}.jsonl").write_bytes(content)
        assert alone(f"{name}.jsonl", folder=tmp_path)[0] == 6, name


def summed(lines: Sequence[Any]) -> bytes:
    """The lines of a file with a sum made anew."""
    content = b"".join(line if isinstance(line, bytes) else (json.dumps(line) + "\n").encode() for line in lines)
    return content + f'{{"sha256": "{hashlib.sha256(content).hexdigest()}"}}\n'.encode()


@pytest.fixture
def proof(export: Path, clerk: Clerk, tmp_path: Path) -> list[bytes]:
    """The lines of a sound proof, without its sum."""
    path = tmp_path / "证明.json"
    assert clerk("--db", str(tmp_path / "a.db"), "verify", "--prove", "1", "-o", str(path)).code == 0
    lines = path.read_bytes().splitlines(keepends=True)[:-1]
    assert verifier.check_file(io.BytesIO(summed(lines))).entries == 2
    return lines


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"entries": 0}, "没有任何记录"),
        ({"entries": -1}, "没有任何记录"),
        ({"proof": 0}, "证明的格式"),
        ({"anchor": "x"}, "锚点的写法不对"),
        ({"anchor": f"6:{'a' * 64}"}, "锚点没有树根"),
        ({"task": "2013-999"}, "是另一件事项的"),
        ({"hash": "md5"}, "没有杂凑算法"),
    ],
)
def test_a_proof_is_held_to_what_its_first_line_says(proof: list[bytes], change: dict[str, Any], told: str) -> None:
    header = {**json.loads(proof[0]), **change}
    lines = proof[1:] if header["entries"] > 0 else []
    with pytest.raises(Broken, match=told):
        verifier.check_file(io.BytesIO(summed([header, *lines])))


@pytest.mark.parametrize("path", [None, "ab", [1], ["zz"], [["a"]], ["ab"], ["A" * 64]])
def test_a_path_that_is_none_is_told_as_broken(proof: list[bytes], path: Any) -> None:
    place = {**json.loads(proof[2]), "path": path}
    with pytest.raises(Broken, match=r"path|路径的写法不对"):
        verifier.check_file(io.BytesIO(summed([*proof[:2], place, *proof[3:]])))


def test_a_proof_has_each_entry_of_one_task_once(proof: list[bytes], clerk: Clerk, tmp_path: Path) -> None:
    other = tmp_path / "另一件.json"
    assert clerk("--db", str(tmp_path / "a.db"), "verify", "--prove", "2", "-o", str(other)).code == 0
    foreign = other.read_bytes().splitlines(keepends=True)[1:3]
    for lines in ([*proof[1:3], *proof[1:3]], [*proof[3:5], *proof[1:3]], [*proof[1:3], *foreign]):
        header = {**json.loads(proof[0]), "entries": 2}
        with pytest.raises(Broken, match="重复、错乱,或不是这件事项的"):
            verifier.check_file(io.BytesIO(summed([header, *lines])))


def test_numbers_beyond_reason_are_no_numbers(export: Path) -> None:
    lines = export.read_bytes().splitlines(keepends=True)[:-1]
    for number in (b"0", b"9" * 5000):
        with pytest.raises(Broken, match="不是记录"):
            verifier.check_file(io.BytesIO(summed([lines[0], lines[1].replace(b"1", number, 1), *lines[2:]])))
    empty = {"ledger": "空", "format": 2, "entries": -1, "tasks": 0, "head": verifier.GENESIS}
    with pytest.raises(Broken, match="没有任何记录"):
        verifier.check_file(io.BytesIO(summed([empty])))


def test_what_a_file_says_steers_no_terminal(export: Path, tmp_path: Path) -> None:
    """Nor does it end in a traceback where it cannot be printed."""
    lines = export.read_bytes().splitlines(keepends=True)[:-1]
    header = {**json.loads(lines[0]), "ledger": "\x1b[2J甲\n与锚点相符\u202e\ud800"}
    (tmp_path / "改.jsonl").write_bytes(summed([header, *lines[1:]]))
    code, out, err = alone("改.jsonl", folder=tmp_path)
    assert (code, err) == (0, "") and out.startswith(r"\u001b[2J甲\u000a与锚点相符\u202e\ud800:6 条记录")


@pytest.mark.parametrize(
    ("content", "told"), [("2:abc", "锚点写得不对:2:abc"), ("锚点".encode("gb18030"), "锚点文件不是 UTF-8 编码的文字")]
)
def test_a_file_that_has_no_anchors_is_told(export: Path, tmp_path: Path, content: str | bytes, told: str) -> None:
    (tmp_path / "锚点.txt").write_bytes(content if isinstance(content, bytes) else content.encode())
    assert alone(str(export), "--anchors", "锚点.txt", folder=tmp_path) == (2, "", f"读不了:{told}\n")
