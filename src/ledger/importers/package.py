"""An xlsx file as the zip of XML parts that it is: nothing in it is handed to a parser that was not looked at first.

openpyxl reads any part whole, and keeps what it does not know. So the bounds stand here: before any work the unzipped
size as the directory states it (zipfile reads no part beyond its stated size), the ratio and the number of entries;
while reading the number of tags, and how much of a part is held at once. Parts are UTF-8 without a DTD, which OOXML
forbids, so no entity ever expands, whichever parser is installed.
"""

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, XMLPullParser

from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import visible

_MOST_BYTES = 400_000_000  # 100,000 rows of 23 columns take 100 MB
_MOST_TAGS = 20_000_000  # of one part, twice what 100,000 rows of 23 columns take
_MOST_AT_ONCE = 1_000_000  # tags and attributes of a part read whole: 60,000 cell styles take 600,000
_MOST_HELD = 4_000_000  # bytes of one row: 16,384 formatted cells take 1 MB
_MOST_ENTRIES = 10_000
_MOST_RATIO = 200  # sheets pack 10 to 40 times, a bomb up to 1,000
_ALWAYS_FINE = 30_000_000
_CHUNK = 1 << 13  # what is parsed at once; more of it keeps the garbage collector busy
_MARGIN = 1_000_000  # bytes that a parser may put off
_ENCRYPTED = 1  # the bit of an entry's flags
_DTD = b"<!DOCTYPE"
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""The names of a strict workbook, and those of the others, the only ones that openpyxl knows."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Package:
    """The parts of one open file. `BadValue` is raised by `damaged`, which names the file."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def damaged(self, what: str) -> BadValue:
        return BadValue(f"工作簿 {self.path} 已损坏({what})", "请用表格软件打开检查,另存为 xlsx 后重试")

    @contextmanager
    def sound(self, what: str = "内容不合规范") -> Iterator[None]:
        """Whatever goes wrong inside is the file's fault: openpyxl raises nearly anything for a damaged one."""
        try:
            yield
        except LedgerError:
            raise
        except Exception as error:
            raise self.damaged(what) from error

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part. Raises `BadValue` where it is missing, damaged, out of bounds or made to hurt."""
        if name not in self.names:
            raise self.damaged(f"缺少 {visible(name)}")
        tags = 0
        end = b""
        try:
            with self._archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    chunk = chunk if end else self._beginning(chunk)
                    if _DTD in end + chunk:
                        raise self.damaged("含有文档类型声明")
                    tags += chunk.count(b"<")
                    if tags > _MOST_TAGS:
                        raise _too_big(self.path)
                    end = chunk[-len(_DTD) :]
                    yield chunk
        except _BROKEN as error:
            raise self.damaged("压缩数据不完整") from error

    def _beginning(self, chunk: bytes) -> bytes:
        """The first bytes of a part, if it is UTF-8: in another encoding a DTD would look otherwise."""
        text = chunk.removeprefix(codecs.BOM_UTF8)
        declared = _ENCODING.findall(text.partition(b"?>")[0]) if text.startswith(b"<?xml") else []
        if not text.lstrip().startswith(b"<") or b"\0" in text[:4] or any(it.lower() != b"utf-8" for it in declared):
            raise self.damaged("内容不是 UTF-8 编码的 XML")
        for strict, usual in _STRICT:
            text = text.replace(strict, usual)
        return text

    def read(self, name: str) -> bytes:
        """A whole small part."""
        read: list[bytes] = []
        taken = 0
        for chunk in self.chunks(name):
            taken += chunk.count(b"<") + chunk.count(b"=")
            if taken > _MOST_AT_ONCE:
                raise _too_big(self.path)
            read.append(chunk)
        return b"".join(read)

    def elements(self, name: str, tag: str, depth: int, last: float = inf) -> Iterator[Element]:
        """The elements of that tag with `depth` others around them, each let go when the next ones are read.

        Reads little further than the byte `last` and the element around it. To be used inside `sound`.
        """
        parser: Any = XMLPullParser(("start",))
        root: Element | None = None
        read = held = 0
        for chunk in chain(self.chunks(name), (b"",)):
            parser.feed(chunk) if chunk else parser.close()
            for _, element in parser.read_events():
                root = element if root is None else root
            held += len(chunk)
            for element in _complete(root, depth, not chunk) if root is not None else ():
                held = 0
                if element.tag == tag:
                    yield element
            if held > _MOST_HELD:
                raise _too_big(self.path)
            read += len(chunk)
            if held == 0 and read > last + _MARGIN:
                return


def _complete(parent: Element, depth: int, ended: bool) -> Iterator[Element]:
    """Take out what is complete at that depth: the last child of an element that has not ended may not be."""
    if depth == 1:
        children = parent[:] if ended else parent[:-1]
        yield from children
        del parent[: len(children)]
    else:
        for child in parent:
            yield from _complete(child, depth - 1, ended or child is not parent[-1])
        del parent[:-1]


def open_package(path: Path, raw: bytes) -> Package:
    """Look through the directory of a zip, `path` being what it is called. Raises `BadValue`."""
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
    except _BROKEN as error:
        raise BadValue(f"工作簿 {path} 已损坏(压缩包不完整)", "可能没有传完,请重新取得文件") from error
    _inspect(path, archive.infolist())
    return Package(path, archive)


def _inspect(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or whole > _MOST_BYTES or (whole > _ALWAYS_FINE and whole > _MOST_RATIO * packed):
        raise _too_big(path)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise BadValue(f"压缩包 {path} 用了表格软件不用的压缩方法", "请用表格软件打开,另存为 xlsx 后重试")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise BadValue(f"压缩包 {path} 有密码", "请去掉密码后重试")


def _too_big(path: Path) -> BadValue:
    return BadValue(f"工作簿 {path} 展开后大得反常,没有打开", "请只留要导入的工作表和行,另存为 xlsx 后重试")
