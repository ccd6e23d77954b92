"""docs/format.md: its example is one, and the program in it finds what the verifier does."""

import json
import re
import subprocess
import sys
from base64 import b64decode
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zlib import decompress

import pytest

from ledger.base import verifier
from ledger.base.verifier import Chain, anchor_of
from ledger.model.entry import GENESIS, SEALED, seal
from ledger.services.settings import Founding, begin
from ledger.store.location import Location
from tests.children import LIMIT, started
from tests.conftest import Book, Clerk

TEXT = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")


def shown(kind: str) -> str:
    (found,) = re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


ENTRIES = [json.loads(line) for line in shown("export").splitlines() if line.startswith('{"seq"')]
ANCHOR = anchor_of(shown("anchor"))


def written(path: Path, folder: Path) -> tuple[int, str]:
    """The program of the text over an export: exit code and what it prints."""
    (folder / "own.py").write_text(shown("python"), "utf-8")
    words = [sys.executable, "-I", str(folder / "own.py"), str(path)]
    with started(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        out, _ = child.communicate(timeout=LIMIT)
        return child.returncode, out.strip()


def test_the_export_of_the_text_is_sound() -> None:
    found = verifier.check_file(BytesIO(shown("export").encode()), [ANCHOR])
    assert (found.anchor, found.evidence, found.missing) == (ANCHOR, 1, 0)
    assert anchor_of(f"6:{ENTRIES[-1]['hash']}:{ANCHOR.root}") == ANCHOR


def test_the_form_and_the_seal_of_the_text() -> None:
    form = shown("canonical").strip()
    second, third = ENTRIES[1:3]
    assert seal(second["hash"], form) == third["hash"]
    assert f'"{second["hash"]}" + canonical form' in TEXT and f'= "{third["hash"]}"' in TEXT
    assert json.loads(form)[0] == 3 and len(json.loads(form)) == len(SEALED)


def test_the_fields_of_the_text_are_those_that_are_sealed() -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", TEXT, re.MULTILINE)
    named = re.findall("`([a-z_]+)`", " ".join(rows))
    assert [name for name in named if name in SEALED] == [*SEALED]
    assert [*ENTRIES[0]] == [*SEALED, "hash"]


def test_the_publication_of_the_text() -> None:
    (changes,) = (entry["changes"] for entry in ENTRIES if entry["action"] == "publish")
    content, digest = shown("content").split()
    assert decompress(b64decode(changes["content"][1])).decode() == content
    assert sha256(content.encode()).hexdigest() == digest == changes["digest"][1]
    chain = Chain()
    for line in shown("export").encode().splitlines(keepends=True)[1:4]:
        chain.add(line)
    assert chain.tree.root() == changes["root"][1]


def test_the_proof_of_the_text() -> None:
    found = verifier.check_file(BytesIO(shown("proof").encode()), [ANCHOR])
    assert (found.task, found.entries, found.anchor) == ("2013-001", 4, ANCHOR)


def test_the_program_of_the_text_finds_the_anchor_and_what_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(shown("export"), "utf-8")
    assert written(path, tmp_path) == (0, str(ANCHOR))
    path.write_text(shown("export").replace("周三", "周四"), "utf-8")
    assert written(path, tmp_path) == (1, "")


def test_it_agrees_with_the_verifier_on_whatever_is_recorded(every_action: Book, clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert clerk("--db", str(every_action.location), "export", "-o", str(path)).code == 0
    with path.open("rb") as file:
        assert written(path, tmp_path) == (0, str(verifier.check_file(file).anchor))


def test_also_by_the_other_hash(clerk: Clerk, tmp_path: Path) -> None:
    book = Book(Location(tmp_path / "b.db"))
    with book.journal("2013-02-01", create=True, must_be_new=True) as journal:
        begin(journal, Founding("国密台账", hash="sm3"))
    book.post("add", title='说"二\\话"\u200d', unit="综合组")
    path = tmp_path / "b.jsonl"
    assert clerk("--db", str(book.location), "export", "-o", str(path)).code == 0
    with path.open("rb") as file:
        assert written(path, tmp_path) == (0, str(verifier.check_file(file).anchor))


@pytest.mark.parametrize("character", '"\\\b\t\n\f\r\x01\x1f/\x7fé\U0001f600')
def test_strings_are_written_as_the_text_says(character: str) -> None:
    short = {"\b": "b", "\t": "t", "\n": "n", "\f": "f", "\r": "r", '"': '"', "\\": "\\"}
    said = f"\\{short[character]}" if character in short else character
    said = f"\\u{ord(character):04x}" if character not in short and character < " " else said
    assert verifier.encode(character) == f'"{said}"'
    assert GENESIS == "0" * 64
