"""The tables of docs/proof.md: each tampering is done, and each check finds of it what its cell says."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.base import verifier
from ledger.base.errors import LedgerError
from ledger.base.verifier import Anchor
from ledger.cli.app import command
from ledger.cli.run import run
from ledger.services import proving
from ledger.store.location import Location
from ledger.store.opening import open_reader
from tests.base.test_verifier import alone
from tests.conftest import Book, Clerk
from tests.docs.file_tamperings import CHANGES, said
from tests.docs.tamperings import PUBLISHED, TAMPERINGS, Kept

TEXT = (Path(__file__).parents[2] / "docs" / "proof.md").read_text("utf-8")
Table = dict[str, dict[str, str]]


def tables() -> Iterator[Table]:
    """Those of tamperings: tampering → check → outcome."""
    for block in re.findall(r"(?:^\|.*\n)+", TEXT, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        if rows[0][0] == "tampering":
            assert all(len(row) == len(rows[0]) for row in rows)
            yield {row[0]: dict(zip(rows[0][1:], row[1:], strict=True)) for row in rows[2:]}


STORES, FILES = tables()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("kept")
    book = Book(Location(folder / "a.db")).found()
    for name in ("纪要.txt", "照片.txt"):
        (folder / name).write_text(name, "utf-8")
    book.post("add", title="甲", unit="综合组", due="2013-03-20", on="2013-03-01")
    book.post("add", title="乙", unit="宣传组", due="2013-03-29", on="2013-03-01")
    book.post("add", title="例会", unit="综合组", due="每月25日前", on="2013-03-01")
    book.post("note", task="1", text="过半", progress=50, on="2013-03-05")
    book.post("note", task="2", text="缺经费", on="2013-03-05")
    book.post("evidence", task="1", evidence=[str(folder / "纪要.txt")])
    book.post("evidence", task="1", evidence=[str(folder / "照片.txt")])
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"LEDGER_CONFIG": folder / "settings.json", "LEDGER_TODAY": "2013-03-19"}.items():
            patch.setenv(name, str(value))
        for kind in ("week", "overdue"):
            assert run(command(), ["--db", str(book.location), "--actor", "张三", "publish", kind]) == 0
    with book.reading() as reader:
        anchor = proving.verify(reader, "").anchor
    book.post("note", task="2", text="经费有了", on="2013-03-06")
    book.post("close", task="1", note="办结", on="2013-03-06")
    digests = [json.loads(changes)["digest"][1] for (changes,) in book.rows(PUBLISHED)]
    yield Kept(folder, anchor, digests)


# --- the checks ------------------------------------------------------------------------------------------------------


def stamped(kept: Kept) -> bool:
    """What `verify --stamp` does with the hash that an authority has signed (`tests/services/test_stamping.py`)."""
    with closing(open_reader(Location(kept.db))) as reader:
        try:
            proving.verify(reader, "", [proving.sealed_by(reader, kept.anchor.hash)])
        except LedgerError:
            return False
    return True


def outcomes(kept: Kept, clerk: Clerk) -> dict[str, str]:
    """Check → what it finds."""
    ledger = ("--db", str(kept.db))
    checked = clerk(*ledger, "check")
    assert (checked.code == 6) is bool(checked.out) and checked.code in (0, 6)
    found = {"`check`": "found" if checked.code else "told" if checked.err else "not"}
    for name, words in (("`verify`", ()), ("`--anchor`", ("--anchor", str(kept.anchor)))):
        found[name] = _said(clerk(*ledger, "verify", *words).code)
    found["`--stamp`"] = "not" if stamped(kept) else "found"
    sent = kept.folder / "sent.jsonl"
    exported = clerk(*ledger, "export", "-o", str(sent))
    for name, wanted in (("`export`", []), ("`export`, `--anchor`", [kept.anchor])):
        found[name] = "found" if exported.code else _verified(sent, wanted)
    printed = [clerk(*ledger, "reprint", str(number), "-f", "md") for number in (1, 2)]
    alike = all(digest in one.out for digest, one in zip(kept.digests, printed, strict=True))
    found["`reprint`"] = "not" if alike else "found"
    return found


def _said(code: int) -> str:
    assert code in (0, 2, 6, 7)
    return "found" if code else "not"


def _verified(sent: Path, wanted: list[Anchor]) -> str:
    with sent.open("rb") as file:
        try:
            found = verifier.check_file(file, wanted)
        except verifier.Broken:
            return "found"
    return "told" if found.missing else "not"


def test_each_line_is_tried() -> None:
    assert [*STORES] == [*TAMPERINGS] and [*FILES] == [*CHANGES]
    named = re.findall(r"`(tests/[^`]+)`", TEXT)
    assert named and all((Path(__file__).parents[2] / name).is_file() for name in named)


def test_a_sound_ledger_passes_each_check(original: Kept, clerk: Clerk, tmp_path: Path) -> None:
    kept = original.copied(tmp_path / "copy")
    assert set(outcomes(kept, clerk).values()) == {"not"}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_store(original: Kept, clerk: Clerk, tmp_path: Path, tampering: str) -> None:
    for number, tamper in enumerate(TAMPERINGS[tampering]):
        kept = original.copied(tmp_path / str(number))
        tamper(kept)
        assert outcomes(kept, clerk) == STORES[tampering], number


@pytest.mark.parametrize("tampering", CHANGES)
def test_a_file(original: Kept, clerk: Clerk, tmp_path: Path, tampering: str) -> None:
    kept, sent = original.copied(tmp_path / "copy"), tmp_path / "sent.jsonl"
    anchors = [kept.anchor]
    if "proof" in tampering:
        assert clerk("--db", str(kept.db), "verify", "--prove", "1", "-o", str(sent)).code == 0
        anchors.append(verifier.anchor_of(json.loads(sent.read_text("utf-8").splitlines()[0])["anchor"]))
    else:
        assert clerk("--db", str(kept.db), "export", "-o", str(sent)).code == 0
    sound = sent.read_bytes()
    lines = [json.loads(line) for line in sound.splitlines()[:-1]]
    assert said(lines) == sound
    sent.write_bytes(CHANGES[tampering](lines))
    assert sent.read_bytes() != sound
    found = {}
    for name, wanted in (("", []), ("with `--anchor`", anchors)):
        words = [word for one in wanted for word in ("--anchor", str(one))]
        answer, (code, out, _) = clerk("verify", str(sent), *words), alone(str(sent), *words, folder=tmp_path)
        found[name or "`verify FILE`"] = _told(answer.code, 6, answer.out)
        found[f"alone {name}".strip()] = _told(code, 6, out)
    answer = clerk("--db", str(tmp_path / "new.db"), "import", str(sent))
    found["`import`"] = _told(answer.code, 2, answer.err)
    assert found == FILES[tampering]


def _told(code: int, wrong: int, said: str) -> str:
    assert code in (0, wrong)
    return "found" if code else "told" if "导出时就" in said else "not"
