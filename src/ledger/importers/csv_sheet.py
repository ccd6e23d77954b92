"""A ledger sheet as CSV: its encoding, its heading row, and each row as the options of a registration."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ledger.base.errors import BadValue, opening
from ledger.base.text import fold_width, quote
from ledger.importers.headings import SYNONYMS, fields_of

_SEPARATORS = str.maketrans(dict.fromkeys(",，;；\n", "、"))
_TRUE = ("是", "√", "✓", "重点", "1")


class Row(NamedTuple):
    """One row: its line in the file, its options by field, and the heading that each field came from."""

    line: int
    options: dict[str, Any]
    headings: Mapping[str, str]


class Sheet(NamedTuple):
    """`encoding` is the one the file was read in; `extra` are the headings that no field takes."""

    encoding: str
    extra: list[str]
    rows: Iterator[Row]
    size: int


def read_sheet(path: Path, encoding: str | None = None) -> Sheet:
    """Read a CSV sheet whose first filled row has Chinese headings.

    Raises `NotFound` when there is no such file and `BadValue` when it cannot be read as a sheet.
    """
    used, rows = read_lines(path, encoding, "第一行应为中文表头,如 编号,工作任务,牵头单位,截止日期")
    headings = [fold_width(cell).strip() for cell in rows[0][1]]
    fields = fields_of(headings)
    missing = {"title", "unit"} - set(fields.values())
    if missing:
        wanted = "、".join(SYNONYMS[name][0] for name in ("title", "unit") if name in missing)
        raise BadValue(f"文件 {path} 的表头缺少“{wanted}”一列", f"第一行应为表头,现为 {quote('、'.join(headings))}")
    extra = [heading for column, heading in enumerate(headings) if heading and column not in fields]
    return Sheet(used, extra, (_row(line, cells, headings, fields) for line, cells in rows[1:]), len(rows) - 1)


def read_lines(path: Path, encoding: str | None, wanted: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """The encoding used, and the filled rows as (line, cells), the heading row first; `wanted` says what it should be.

    Raises `NotFound` when there is no such file and `BadValue` when it is empty or no CSV.
    """
    text, used = _decode(_bytes(path), encoding, path)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    begin = 1  # a record may take several lines
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                rows.append((begin, cells))
            begin = lines.line_num + 1
    except csv.Error as error:
        raise BadValue(f"文件 {path} 第{begin}行起不是完整的 CSV", "请用表格软件另存为 CSV 后重试") from error
    if not rows:
        raise BadValue(f"文件 {path} 是空的", wanted)
    return used, rows


def _bytes(path: Path) -> bytes:
    with opening(path):
        return path.read_bytes()


def _decode(raw: bytes, encoding: str | None, path: Path) -> tuple[str, str]:
    """A byte-order mark, then strict UTF-8, then strict GB18030: detectors take short GBK for Big5."""
    tried = [encoding] if encoding else ["utf-8-sig", "gb18030"]
    for name in tried:
        try:
            return raw.decode(name), "utf-8" if name == "utf-8-sig" else name
        except UnicodeError:
            continue
        except LookupError:
            raise BadValue(f"没有名为{quote(name)}的编码", "常用的有 utf-8、gb18030") from None
    raise BadValue(f"文件 {path} 不是 {encoding or 'utf-8 或 gb18030'} 编码", "请另存为 UTF-8,或用 --encoding 指明编码")


def _row(line: int, cells: Sequence[str], headings: Sequence[str], fields: Mapping[int, str]) -> Row:
    options: dict[str, Any] = {}
    sources: dict[str, str] = {}
    said: list[str] = []
    for column, cell in enumerate(cells):
        value = cell.strip()
        field = fields.get(column)
        if field is not None:
            sources[field] = headings[column]
        if not value:
            continue
        if field is None:
            heading = headings[column] if column < len(headings) else ""
            said.append(f"{heading}:{value}" if heading else value)
        else:
            options[field] = value
    return Row(line, _refined(options, said), sources)


def _refined(options: dict[str, Any], said: list[str]) -> dict[str, Any]:
    """Several units in one cell part: the first leads, the others assist."""
    units = _units(options.pop("unit", ""))
    assisting = [*units[1:], *_units(options.pop("with", ""))]
    if units:
        options["unit"] = units[0]
    if assisting:
        options["with"] = assisting
    if "key" in options:
        options["key"] = options["key"] in _TRUE
    notes = [options["note"]] if "note" in options else []
    if notes or said:
        options["note"] = ";".join([*notes, *said])
    return options


def _units(cell: str) -> list[str]:
    return [name.strip() for name in cell.translate(_SEPARATORS).split("、") if name.strip()]
