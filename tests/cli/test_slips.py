"""In which order a slip's file and its number come about, whoever is quicker, wherever it ends."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from ledger.render import output as rendering
from ledger.services.slips import issue
from ledger.store.slips import slips
from tests.children import started
from tests.conftest import Answer, Book, Clerk

LEDGER = Path(sys.executable).parent / "ledger"
ISSUE = ("slip", "1", "--kind", "交办", "-o")
Office = Callable[..., Answer]


@pytest.fixture
def office(book: Book, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Five tasks, and a clerk in their folder."""
    for number in range(1, 6):
        book.post("add", title=f"第{number}件", unit="综合组", due="2013-03-20", on="2013-03-01")
    monkeypatch.chdir(tmp_path)
    return lambda *words: clerk("--db", str(book.location), *words)


def numbers(book: Book) -> list[str]:
    with book.reading() as reader:
        return [slip.number for slip in slips(reader)]


def printed(path: Path) -> list[str]:
    """The numbers in a document."""
    found = Document(BytesIO(path.read_bytes()))
    return [paragraph.text for paragraph in found.paragraphs if paragraph.style and paragraph.style.name == "单据文号"]


def test_the_slip_in_the_file_is_the_one_on_record(office: Office, book: Book) -> None:
    assert office("slip", "3、1", "--kind", "交办", "-o", "单.docx").code == 0
    assert printed(Path("单.docx")) == numbers(book) == ["督办〔2013〕1号", "督办〔2013〕2号"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["无/单.docx"], 7),
        ([".", "-f", "docx"], 7),
        (["ledger.db", "-f", "docx"], 7),
        (["单.xlsx"], 2),
        (["单"], 2),
        (["单.docx", "--template", "无.docx"], 4),
    ],
)
def test_what_cannot_be_written_records_nothing(office: Office, book: Book, words: list[str], code: int) -> None:
    answer = office(*ISSUE, *words)
    assert answer.code == code
    assert "未写入任何内容" in answer.err
    assert numbers(book) == []


def test_a_number_that_another_took_meanwhile_is_not_printed(
    office: Office, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another clerk issues a slip while this one's is set: often enough that in the end he waits."""
    made, others = rendering.made, [2, 3, 4, 5]

    def slow(*given: Any) -> bytes:
        if others:  # none is left once he has the lock
            with book.journal() as journal:
                issue(journal, [others.pop(0)], {"kind": "交办"})
        return made(*given)

    monkeypatch.setattr(rendering, "made", slow)
    assert office(*ISSUE, "单.docx").code == 0
    assert printed(Path("单.docx")) == [numbers(book)[-1]] == ["督办〔2013〕5号"]
    assert len(set(numbers(book))) == 5


def test_clerks_who_issue_at_once_get_numbers_of_their_own(office: Office, book: Book) -> None:
    program: list[str | Path] = [LEDGER, "--db", str(book.location), "--today", "2013-03-19"]
    with ExitStack() as stack:
        clerks = [
            stack.enter_context(started([*program, "slip", str(n), "--kind", "交办", "-o", f"{n}.docx"]))
            for n in range(1, 6)
        ]
        assert [one.wait(60) for one in clerks] == [0] * 5
    on_paper = [number for n in range(1, 6) for number in printed(Path(f"{n}.docx"))]
    assert sorted(on_paper) == sorted(numbers(book)) == [f"督办〔2013〕{n}号" for n in range(1, 6)]
    assert book.faults() == []


@pytest.mark.parametrize(
    ("module", "name", "recorded"), [("ledger.cli.slips", "_record", []), ("pathlib", "Path.replace", [1])]
)
def test_killed_on_the_way(office: Office, book: Book, module: str, name: str, recorded: list[int]) -> None:
    """Before the number is on record nothing is; after it the same command prints it again."""
    words = ["--db", str(book.location), "--today", "2013-03-19", *ISSUE, "单.docx"]
    script = (
        f"import os, sys, {module}; from ledger.cli.app import main\n"
        f"{module}.{name} = lambda *given: os.kill(os.getpid(), {int(signal.SIGKILL)})\n"
        f"sys.argv[1:] = {words!r}; main()"
    )
    with started([sys.executable, "-c", script]) as process:
        assert process.wait(60) == -signal.SIGKILL
    assert numbers(book) == [f"督办〔2013〕{n}号" for n in recorded]
    assert not Path("单.docx").exists()
    answer = office(*ISSUE, "单.docx")
    assert answer.code == 0
    assert answer.out.startswith("已补打" if recorded else "已出")
    assert printed(Path("单.docx")) == numbers(book) == ["督办〔2013〕1号"]


def test_a_file_that_cannot_be_named_after_all(office: Office, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    answer = office(*ISSUE, "单.docx")
    assert (answer.code, numbers(book)) == (7, ["督办〔2013〕1号"])
    assert "未写入文件;文号已经登记;处理后再执行一次,即按原文号补打" in answer.err
    assert list(Path().glob(".ledger-*")) == []


def test_to_a_pipe(office: Office, book: Book) -> None:
    program: list[str | Path] = [LEDGER, "--db", str(book.location), "--today", "2013-03-19"]
    with started([*program, *ISSUE, "-", "-f", "docx"], stdout=-1) as process:
        assert process.stdout is not None
        content = process.stdout.read()
        assert process.wait(60) == 0
    assert content.startswith(b"PK") and numbers(book) == ["督办〔2013〕1号"]
    Path("单.docx").write_bytes(content)
    assert printed(Path("单.docx")) == ["督办〔2013〕1号"]
