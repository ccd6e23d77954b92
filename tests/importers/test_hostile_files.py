"""Files that are damaged, disguised or made to hurt: each its own sentence, exit 2, at once and in little memory."""

import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue, LedgerError, NotFound
from ledger.importers.reading import read_sheets
from tests.conftest import examples

SOUND = Path(__file__).parent.parent / "sheets" / "17列台账.xlsx"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def row(line: int, *texts: str) -> str:
    cells = (
        f"<c r='{letter}{line}' t='inlineStr'><is><t>{text}</t></is></c>"
        for letter, text in zip("ABC", texts, strict=False)
    )
    return f"<row r='{line}'>{''.join(cells)}</row>"


HEAD, TASK = row(1, "工作任务", "牵头单位"), row(2, "开会", "综合组")


def book(tmp_path: Path, rows: str, *, around: str = "", name: str = "表.xlsx", sheet: str | None = None) -> Path:
    """A workbook whose worksheet has these rows as XML, made by xlsxwriter but for that."""
    made = BytesIO()
    with xlsxwriter.Workbook(made) as empty:
        empty.add_worksheet("任务")
    content = sheet or f"<?xml version='1.0'?><worksheet {MAIN}>{around}<sheetData>{rows}</sheetData></worksheet>"
    path = tmp_path / name
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            own = part == "xl/worksheets/sheet1.xml"
            target.writestr(part, content.encode() if own else source.read(part))
    return path


def titles(path: Path) -> list[str]:
    return [row.options["title"] for row in read_sheets(path)[0].rows]


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500


def old_xls() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "Workbook".encode("utf-16-le") + b"\0" * 500


def zipped(**parts: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空的"),
        (b"\0" * 5000, "全是空字节"),
        (encrypted(), "有打开密码"),
        (old_xls(), "旧版 xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "旧版 Office 文件"),
        (b"%PDF-1.4", "PDF"),
        (b"\xef\xbb\xbf\r\n<html><table><tr><td>x", "网页"),
        (b"PK\x03\x04" + b"\0" * 100, "压缩包不完整"),
        (zipped(a="b"), "没有工作簿"),
        (zipped(word__document="x"), "Word 文档"),
        (zipped(**{"content.xml": "x"}), "ODS"),
        (zipped(**{"xl__workbook.bin": "x"}), "xlsb"),
        (b"\xff\xff\xff\x00", "不是 utf-8 或 gb18030"),
    ],
    ids=["empty", "nul", "encrypted", "xls", "ole", "pdf", "html", "cut", "zip", "docx", "ods", "xlsb", "bytes"],
)
def test_what_is_no_sheet_of_tasks(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "报送.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadValue, match=said) as error:
        read_sheets(path)
    assert error.value.exit_code == 2
    assert error.value.hint


def test_a_directory_and_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "无.xlsx"):
        with pytest.raises(NotFound):
            read_sheets(path)


def test_names_that_lie(tmp_path: Path) -> None:
    csv = tmp_path / "报送.xlsx"
    csv.write_text("工作任务,牵头单位\n开会,综合组\n", "utf-8")
    assert titles(csv) == titles(book(tmp_path, HEAD + TASK, name="报送.csv")) == ["开会"]


@pytest.mark.parametrize(
    "around",
    ["<dimension ref='A1:A1'/>", "<dimension ref='A1:XFD1048576'/>", "<dimension ref='?'/>"],
)
def test_a_false_dimension(tmp_path: Path, around: str) -> None:
    assert titles(book(tmp_path, HEAD + TASK, around=around)) == ["开会"]


def test_the_last_cell_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    far = "<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>远</t></is></c></row>"
    assert swift(lambda: read_sheets(book(tmp_path, HEAD + TASK + far)))[0].rows[0].line == 2


def test_empty_rows_by_the_hundred_thousand_cost_nothing(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{line}"><c r="A{line}" s="1"/><c r="B{line}" s="1"/></row>' for line in range(3, 200_000))
    path = book(tmp_path, HEAD + TASK + empty)
    assert swift(lambda: titles(path)) == ["开会"]


def test_what_lies_across_two_chunks(tmp_path: Path) -> None:
    """Values, and merged ranges after them, are found wherever the part is cut while it is read."""
    merged = "<mergeCells><mergeCell ref='B2:B3'/></mergeCells>"
    rows = f"{HEAD}{TASK}{row(3, '写稿')}</sheetData>{merged}"
    begin = len(f"<worksheet {MAIN}><!----><sheetData>")
    for place in range(begin + len(HEAD + TASK), begin + len(rows) + 1, 4):
        sheet = f"<worksheet {MAIN}><!--{'x' * ((1 << 16) - place)}--><sheetData>{rows}</worksheet>"
        (found,) = read_sheets(book(tmp_path, "", sheet=sheet))
        assert [one.options for one in found.rows] == [
            {"title": "开会", "unit": "综合组"},
            {"title": "写稿", "unit": "综合组"},
        ]


def test_a_strict_workbook(tmp_path: Path) -> None:
    strict = MAIN.replace("schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml")
    day = row(1, "工作任务", "牵头单位", "截止日期") + row(2, "开会", "综合组", "2013-03-31T00:00:00")
    day = day.replace("t='inlineStr'><is><t>2013-03-31T00:00:00</t></is>", "t='d'><v>2013-03-31T00:00:00</v>")
    (sheet,) = read_sheets(book(tmp_path, "", sheet=f"<worksheet {strict}><sheetData>{day}</sheetData></worksheet>"))
    assert sheet.rows[0].options == {"title": "开会", "unit": "综合组", "due": "2013-03-31"}


def test_a_compression_that_no_spreadsheet_uses(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(BadValue, match="压缩方法"):
        read_sheets(path)


@pytest.mark.parametrize("place", ["r='1048577'", "r='0'", "r='x'", "><c r='XFE1'><v>1</v></c"])
def test_places_beyond_the_sheet(tmp_path: Path, place: str) -> None:
    with pytest.raises(BadValue, match="已损坏"):
        read_sheets(book(tmp_path, f"<row {place}></row>{HEAD}{TASK}"))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "junk"])
def test_a_zip_bomb(tmp_path: Path, part: str) -> None:
    path = tmp_path / "弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(part, "w") as target:
        for _ in range(150):
            target.write(b" " * 1_000_000)
    with pytest.raises(BadValue, match="大得反常"):
        swift(lambda: read_sheets(path))


def test_a_bomb_whose_directory_lies(tmp_path: Path) -> None:
    """Its directory states a thousand bytes; no more are unpacked."""
    path = book(tmp_path, "", sheet=" " * 20_000_000)
    raw = path.read_bytes()
    assert raw.count(struct.pack("<I", 20_000_000)) >= 1
    path.write_bytes(raw.replace(struct.pack("<I", 20_000_000), struct.pack("<I", 1000)))
    with pytest.raises(BadValue, match="已损坏"):
        swift(lambda: read_sheets(path))


def test_entities_and_deep_nesting(tmp_path: Path) -> None:
    entity = (
        f"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]><worksheet {MAIN}>&a;&b;</worksheet>"
    )
    for sheet in (entity, f"<worksheet {MAIN}>" + "<c>" * 100_000, f"<worksheet {MAIN}>"):
        with pytest.raises(BadValue):
            swift(lambda sheet=sheet: read_sheets(book(tmp_path, "", sheet=sheet)))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("t='e'><v>#REF!</v>", "错误值 #REF!"),
        ("t='s'><v>99</v>", ""),
        ("><v>NaN</v>", ""),
        ("><v>abc</v>", ""),
        ("><f>1+1</f>", "公式没有算出结果"),
        ("t='inlineStr'><is><t>" + "长" * 40_000 + "</t></is>", "40000个字"),
    ],
    ids=["error", "string", "nan", "text", "formula", "long"],
)
def test_cells_that_say_nothing(tmp_path: Path, cell: str, said: str) -> None:
    path = book(tmp_path, HEAD + TASK.replace("t='inlineStr'><is><t>开会</t></is>", cell))
    if not said:
        with pytest.raises(BadValue, match="已损坏"):
            read_sheets(path)
        return
    (sheet,) = read_sheets(path)
    ((line, field, error),) = sheet.refusals
    assert (sheet.rows, sheet.place(line, field)) == ([], "工作表“任务”第2行“工作任务”列(A2)")
    assert said in error.what


def test_escapes_of_the_format_are_decoded(tmp_path: Path) -> None:
    rows = HEAD + TASK.replace("开会", "一_x000D_\n二_x005F_x000D_ _x0007_")
    assert titles(book(tmp_path, rows)) == ["一二_x000D_ \x07"]


def test_too_many_tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.importers.table._MOST_TASKS", 3)
    path = tmp_path / "长.csv"
    path.write_text("工作任务,牵头单位\n" + "甲,乙\n" * 4, "utf-8")
    with pytest.raises(BadValue, match="超过 3 行"):
        read_sheets(path)


@examples(150)
@given(random=st.randoms(use_true_random=False), cut=st.booleans())
def test_damage_anywhere_is_told(tmp_path_factory: pytest.TempPathFactory, random: random.Random, cut: bool) -> None:
    """Bytes changed in the zip, or in one part below its checksum: read all the same, or refused; nothing else."""
    path = tmp_path_factory.mktemp("one") / "坏.xlsx"
    sound = SOUND.read_bytes()
    path.write_bytes(damaged(sound, random) if cut else damaged_part(sound, random))
    try:
        read_sheets(path)
    except LedgerError as error:
        assert error.exit_code == 2


def damaged(raw: bytes, random: random.Random) -> bytes:
    changed = bytearray(raw[: random.randrange(1, len(raw))] if random.random() < 0.3 else raw)
    for _ in range(random.randrange(1, 8)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def damaged_part(raw: bytes, random: random.Random) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(made, "w") as target:
        parts = [name for name in source.namelist() if name.startswith(("xl/w", "xl/s", "_rels", "xl/_rels"))]
        victim = random.choice(parts)
        for name in source.namelist():
            content = bytearray(source.read(name))
            for _ in range(random.randrange(1, 8) if name == victim else 0):
                at = random.randrange(len(content))
                content[at : at + random.randrange(3)] = random.choice([b"", b"0", b"9999999999", b"-1", b"<", b"x"])
            target.writestr(name, bytes(content))
    return made.getvalue()


def swift(run: Callable[[], object]) -> Any:
    """Run it, within 2 s and 60 MB."""
    tracemalloc.start()
    begin = time.process_time()
    try:
        return run()
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert time.process_time() - begin < 2
        assert peak < 60_000_000
