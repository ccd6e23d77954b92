"""A sheet as CSV: its encoding, its separator, its lines."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from ledger.base.errors import BadValue
from ledger.base.text import quote
from ledger.importers.content import content_of


def read_lines(path: Path, encoding: str | None, wanted: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """The encoding used, and the filled rows as (line, cells), the heading row first; `wanted` says what it should be.

    Raises `NotFound` when there is no such file and `BadValue` when it is empty or no CSV.
    """
    text, used = decoded(path, content_of(path), encoding)
    rows = list(split_lines(path, text))
    if not rows:
        raise BadValue(f"文件 {path} 是空的", wanted)
    return used, rows


def split_lines(path: Path, text: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The filled rows as (line, cells). Raises `BadValue`."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    begin = 1  # a record may take several lines
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield begin, cells
            begin = lines.line_num + 1
    except csv.Error as error:
        raise BadValue(f"文件 {path} 第{begin}行起不是完整的 CSV", "请用表格软件另存为 CSV 后重试") from error


def decoded(path: Path, raw: bytes, encoding: str | None) -> tuple[str, str]:
    """The text of a file with the content `raw` and the encoding it was read in.

    A byte-order mark, then strict UTF-8, then strict GB18030: detectors take short GBK for Big5. Raises `BadValue`.
    """
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for name in [encoding] if encoding else ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            return raw.decode(name), "utf-8" if name == "utf-8-sig" else name
        except UnicodeError:
            continue
        except LookupError:
            raise BadValue(f"没有名为{quote(name)}的编码", "常用的有 utf-8、gb18030") from None
    raise BadValue(f"文件 {path} 不是 {encoding or 'utf-8 或 gb18030'} 编码", "请另存为 UTF-8,或用 --encoding 指明编码")
