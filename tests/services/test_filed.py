"""An archive read back: every tampering is found, and nothing that is no archive harms the reader."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.base.errors import BadValue, CheckFailed
from ledger.base.verifier import Anchor
from ledger.reports.case import PROOF, SUMS
from ledger.services import filed
from ledger.services.undo import undo
from tests.conftest import Book, Clerk

Files = dict[str, bytes]


@pytest.fixture
def archive(book: Book, clerk: Clerk, tmp_path: Path) -> Path:
    """Two tasks on file, the first with evidence."""
    (tmp_path / "纪要.txt").write_text("会议纪要")
    for title in ("召开会议", "起草/方案"):
        book.post("add", title=title, unit="综合组", on="2013-03-01")
    book.post("close", task=1, evidence=[str(tmp_path / "纪要.txt")])
    book.post("close", task=2)
    path = tmp_path / "案卷.zip"
    answer = clerk("--db", str(book.location), "--today", "2013-03-19", "archive", "1", "2", "-o", str(path))
    assert answer.code == 0, answer.err
    return path


def files_of(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def resummed(files: Files) -> Files:
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items() if name != SUMS]
    return {**files, SUMS: "".join(lines).encode()}


def name_of(files: Files, end: str) -> str:
    return next(name for name in files if name.endswith(end))


def test_it_is_sound_and_its_names_are_safe(archive: Path) -> None:
    found = filed.check(archive)
    assert [one.task for one in found.cases] == ["2013-001", "2013-002"]
    assert found.files == len(files_of(archive)) - 1
    assert found.sums == sha256(files_of(archive)[SUMS]).hexdigest()
    assert {name.partition("/")[0] for name in files_of(archive)} == {"2013-001_召开会议", "2013-002_起草_方案", SUMS}


def test_every_file_that_is_missing_altered_or_foreign_is_found(archive: Path, tmp_path: Path) -> None:
    files = files_of(archive)
    assert filed.check(packed(tmp_path / "又.zip", files)).files == len(files) - 1
    for name in files:
        without = {one: content for one, content in files.items() if one != name}
        for changed in (without, {**files, name: files[name] + b" "}, {**without, f"{name}-": files[name]}):
            with pytest.raises(CheckFailed):
                filed.check(packed(tmp_path / "改.zip", changed))


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_archives_have_not_is_told(archive: Path, tmp_path: Path, way: int) -> None:
    """Whose readers raise what others do not."""
    path = tmp_path / "另.zip"
    with zipfile.ZipFile(path, "w", way) as other:
        for name, content in files_of(archive).items():
            other.writestr(name, content)
    with pytest.raises(CheckFailed, match="压缩方法"):
        filed.check(path)


Change = Callable[[Files], None]


def lose_evidence(files: Files) -> None:
    name = name_of(files, "纪要.txt")
    files[name] = b"another"


def lose_document(files: Files) -> None:
    del files[name_of(files, "办理经过.docx")]


def add_document(files: Files) -> None:
    files["2013-001_召开会议/外来.docx"] = b"foreign"


def lose_proof(files: Files) -> None:
    del files[name_of(files, PROOF)]


def swap_proofs(files: Files) -> None:
    first, second = (name for name in files if name.endswith(PROOF))
    files[first], files[second] = files[second], files[first]


def alter_record(files: Files) -> None:
    name = name_of(files, PROOF)
    files[name] = files[name].replace("召开会议".encode(), "召开大会".encode())


def expand(files: Files) -> None:
    name = name_of(files, ".xml")
    files[name] = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def expand_in_another_encoding(files: Files) -> None:
    name = name_of(files, "卷内目录.xml")
    files[name] = files[name].decode().replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>').encode("utf-16")


def say_an_encoding_that_is_none(files: Files) -> None:
    name = name_of(files, "卷内目录.xml")
    files[name] = b'<?xml version="1.0" encoding="nonesuch"?><a/>'


def tell_of_another_task(files: Files) -> None:
    """The whole folder of a task under the contents' word that it is another's."""
    name = name_of(files, "起草_方案/卷内目录.xml")
    files[name] = files[name].replace(b"2013-002", b"2013-003")


def cut_the_end(files: Files) -> None:
    """A proof of all entries but the closing is one that holds."""
    name = name_of(files, PROOF)
    header, *lines = files[name].splitlines(keepends=True)[:-1]
    told = json.loads(header)
    lines = [json.dumps({**told, "entries": told["entries"] - 1}, ensure_ascii=False).encode() + b"\n", *lines[:-2]]
    total = json.dumps({"sha256": sha256(b"".join(lines)).hexdigest()}).encode() + b"\n"
    files[name] = b"".join((*lines, total))


@pytest.mark.parametrize(
    "change",
    [
        cut_the_end,
        lose_evidence,
        lose_document,
        add_document,
        lose_proof,
        swap_proofs,
        alter_record,
        expand,
        expand_in_another_encoding,
        say_an_encoding_that_is_none,
        tell_of_another_task,
    ],
)
def test_sums_made_anew_do_not_hide_it(archive: Path, tmp_path: Path, change: Change) -> None:
    files = files_of(archive)
    change(files)
    with pytest.raises(CheckFailed):
        filed.check(packed(tmp_path / "改.zip", resummed(files)))


@pytest.mark.parametrize(
    "name", ["../甲", "/甲", "甲/../../乙", "甲\\乙", "C:甲", "甲/乙/丙", "甲/\n", "./甲", "甲/‮乙"]
)
def test_a_name_that_leads_elsewhere_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    files = files_of(archive)
    files[name] = b""
    with pytest.raises(CheckFailed, match=r"不安全|损坏"):
        filed.check(packed(tmp_path / "改.zip", resummed(files)))


def test_what_was_kept_elsewhere_decides(archive: Path) -> None:
    anchor = filed.check(archive).cases[0].anchor
    assert filed.check(archive, [anchor]).cases
    with pytest.raises(CheckFailed):
        filed.check(archive, [anchor._replace(hash="0" * 64)])
    with pytest.raises(CheckFailed):
        filed.check(archive, [Anchor(anchor.seq - 1, anchor.hash, anchor.root)])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "甲.zip").write_bytes(content)
    with pytest.raises((BadValue, CheckFailed)) as refused:
        filed.check(tmp_path / "甲.zip")
    assert refused.value.exit_code == (6 if content.startswith(b"PK\x05") else 2)


def flipped(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), 7919):
        yield content[:at] + bytes([content[at] ^ 0x41]) + content[at + 1 :]


def test_no_flipped_byte_harms_the_reader_or_alters_a_file_unseen(archive: Path, tmp_path: Path) -> None:
    """What is in no file (dates, comments of the ZIP file) may be otherwise: then all files are as they were."""
    files, path = files_of(archive), tmp_path / "改.zip"
    for content in flipped(archive.read_bytes()):
        path.write_bytes(content)
        try:
            filed.check(path)
        except (BadValue, CheckFailed):
            continue
        assert files_of(path) == files


def test_a_proof_that_is_no_json_is_told(archive: Path, tmp_path: Path) -> None:
    files = files_of(archive)
    header = json.loads(files[name_of(files, PROOF)].splitlines()[0])
    files[name_of(files, PROOF)] = io.BytesIO(json.dumps(header).encode() + b"\n[1]\n").getvalue()
    with pytest.raises(CheckFailed, match="行"):
        filed.check(packed(tmp_path / "改.zip", resummed(files)))


def test_a_proof_that_leaves_the_closing_out_is_told(archive: Path, tmp_path: Path) -> None:
    files = files_of(archive)
    cut_the_end(files)
    with pytest.raises(CheckFailed, match="不是从登记到销号"):
        filed.check(packed(tmp_path / "改.zip", resummed(files)))


def test_whatever_way_it_was_closed(book: Book, clerk: Clerk, tmp_path: Path) -> None:
    """By acceptance, after a restoring and a closing that was taken back, out of a sheet."""
    for number in (1, 2, 3):
        book.post("add", title="甲", unit="综合组", on="2013-03-01")
        book.post("submit" if number == 1 else "close", task=number)
    book.post("accept", task=1)
    book.post("reopen", task=2, reason="回头看")
    book.post("close", task=2)
    with book.journal() as journal:
        undo(journal, None, None)
    book.post("close", task=2)
    (tmp_path / "表.csv").write_text("工作任务,牵头单位,销号日期\n乙,综合组,2013-03-12\n", "utf-8")
    here = ("--db", str(book.location), "--today", "2013-03-19")
    assert clerk(*here, "import", str(tmp_path / "表.csv")).code == 0
    answer = clerk(*here, "archive", "--year", "2013", "-o", str(tmp_path / "案卷.zip"))
    assert answer.code == 0, answer.err
    assert len(filed.check(tmp_path / "案卷.zip").cases) == 4
