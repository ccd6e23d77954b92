"""An xlsx workbook by openpyxl: its worksheets, how numbers in them are to be read, the texts that they share.

Not by `load_workbook`, which reads more than a table needs and fails as a whole on a fault in any of it (a font, a
defined name, the author's), reads every worksheet without a stated dimension to its end before the first row, knows no
strict workbook, and drops `x005F_` from texts; but by the classes that it is made of, fed with parts that `package`
has looked at. What openpyxl does not tell at all while streaming is found in the bytes: `shape_of`.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from posixpath import join, normpath
from typing import Any, NamedTuple

from openpyxl.cell.text import Text
from openpyxl.packaging.relationship import RelationshipList
from openpyxl.packaging.workbook import ChildSheet
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook.properties import WorkbookProperties
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from ledger.base.errors import BadValue
from ledger.importers.cells import Merge
from ledger.importers.package import Package

MAIN = f"{{{SHEET_MAIN_NS}}}"
_MOST_MERGES = 500_000
_LONGEST_FORMAT = 255  # characters, as Excel has it; codes are padded and read by patterns to a format
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref=["\']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["\']')
_FILLED = (b"</v>", b"</t>", b"</f>", b"<f ", b":v>", b":t>", b":f>", b":f ")
_FORMATS: Mapping[int, str] = {
    **BUILTIN_FORMATS,
    **dict.fromkeys((*range(27, 32), *range(34, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33), "h:mm"),
}
"""The formats that a file names by number alone, those of a Chinese Excel among them (ECMA-376 part 1, 18.8.30)."""


class Worksheet(NamedTuple):
    """`hidden` also where it is very hidden."""

    name: str
    hidden: bool
    part: str


class Workbook:
    """What a package says it is. Raises `BadValue` where it is no workbook, or a damaged one."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.sheets: list[Worksheet] = []
        with package.sound("目录有误"):
            main = _main_part(package)
            self._parts = _relations(package, main)
            root = fromstring(package.read(main))
            properties = root.find(f"{MAIN}workbookPr")
            self.epoch_1904 = properties is not None and bool(_made(WorkbookProperties, properties).date1904)
            for element in root.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
                sheet = _made(ChildSheet, element)
                kind, part = self._parts.get(sheet.id, ("", ""))
                if kind == "worksheet":
                    self.sheets.append(Worksheet(sheet.name, sheet.state in ("hidden", "veryHidden"), part))

    def _part(self, kind: str) -> str | None:
        return next((part for found, part in self._parts.values() if found == kind), None)

    @cached_property
    def formats(self) -> list[str]:
        """The number format of each cell style. The rest of the styles is not read: it is often faulty."""
        part = self._part("styles")
        if part is None:
            return ["General"]
        with self.package.sound("样式有误"):
            root = fromstring(self.package.read(part))
            own = {
                int(it.attrib["numFmtId"]): it.get("formatCode")
                for it in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
                if len(it.get("formatCode", "")) <= _LONGEST_FORMAT
            }
            styles = [int(style.get("numFmtId", 0)) for style in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")]
        return [own.get(style) or _FORMATS.get(style, "General") for style in styles]

    @cached_property
    def strings(self) -> list[str]:
        """The texts that cells refer to by number, as the file writes them."""
        part = self._part("sharedStrings")
        if part not in self.package.names:
            return []
        with self.package.sound():
            return [_text_of(item) for item in self.package.elements(part, f"{MAIN}si", 1)]


def _main_part(package: Package) -> str:
    """The part that lists the worksheets. Raises `BadValue` for other documents."""
    part = next((part for kind, part in _relations(package, "").values() if kind == "officeDocument"), "")
    if part.endswith("workbook.xml"):
        return part
    for sign, kind in (
        ("word/", "Word 文档"),
        ("ppt/", "演示文稿"),
        ("xl/workbook.bin", "xlsb 工作簿"),
        ("content.xml", "ODS 表格"),
    ):
        if any(name.startswith(sign) for name in package.names):
            raise BadValue(
                f"文件 {package.path} 是 {kind},不是 xlsx 工作簿", "请用表格软件打开,另存为 xlsx 或 CSV 后重试"
            )
    if part in package.names:
        return part
    raise BadValue(f"文件 {package.path} 是压缩包,里面没有工作簿", "请给出 xlsx 或 CSV 文件")


def _relations(package: Package, part: str) -> dict[str | None, tuple[str, str]]:
    """Id → (last word of the type, part) of what a part refers to, the package itself being ``''``."""
    folder, _, name = f"/{part}".rpartition("/")
    where = f"{folder}/_rels/{name}.rels".lstrip("/")
    if where not in package.names:
        return {}
    return {
        it.Id: (it.Type.rpartition("/")[2], normpath(join(folder or "/", it.Target)).lstrip("/"))
        for it in _made(RelationshipList, fromstring(package.read(where)))
    }


def _text_of(item: Any) -> str:
    """The text of an item; a plain one, as nearly all are, at a fifth of the cost of what also has fonts."""
    if len(item) == 1 and item[0].tag == f"{MAIN}t":
        return item[0].text or ""
    return str(_made(Text, item).content)


def _made(kind: Any, element: Any) -> Any:
    """What a class of openpyxl makes of an element; the annotations of its own method do not fit their use."""
    return kind.from_tree(element)


class Shape(NamedTuple):
    """What must be known of a worksheet before its rows: its merged ranges, and behind which byte no value stands.

    Sheets in which whole columns were formatted go on with a million empty rows.
    """

    merges: list[Merge]
    last_value: int


def shape_of(package: Package, part: str) -> Shape:
    """Found in the bytes, without taking the XML apart; the checksum of the part has then been checked as well."""
    merges: dict[Merge, None] = {}
    at = last = 0
    rest = b""
    for chunk in package.chunks(part):
        text = rest + chunk
        filled = max(map(text.rfind, _FILLED))
        if filled >= 0:
            last = at - len(rest) + filled
        if b"mergeCell" in text:
            merges |= dict.fromkeys(_merge(found[1].decode()) for found in _MERGE.finditer(text))
            if len(merges) > _MOST_MERGES:
                raise package.damaged("合并单元格太多")
        at += len(chunk)
        rest = text[text.rfind(b"<") :][-200:]  # an element cut in two is found whole with the next chunk
    return Shape(list(merges), last)


def _merge(cells: str) -> Merge:
    bounds: Any = range_boundaries(cells)
    left, top, right, bottom = bounds
    return Merge(top, left - 1, bottom, right - 1)
