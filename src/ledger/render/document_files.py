"""Where the template of a document comes from: the office's own file, its folder of them, or the program's.

In an office's folder each bears its Chinese name (`document_templates` has them), and one that is not there is the
program's. A template may come by mail, so it is read with care: no more than a document holds, and only what is
one; its parts without a DTD, which OOXML forbids, so that no entity expands; and what is to be filled in not so large,
nor so full of braces that never close, that the patterns which look for them could take for ever.
"""

import re
import zipfile
import zlib
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from lxml import etree
from lxml.etree import LxmlError

from ledger.base.errors import BadValue, Refused, opening
from ledger.base.files import Kept, told, write_into
from ledger.base.text import quote, visible
from ledger.render.document_templates import DOCUMENTS, FOLDER, LIST, TEMPLATES
from ledger.reports.report import Report

_LARGEST = 20_000_000
"""Bytes that a template may take, unpacked too: letterheads and all, some hundred times what ours do."""

_MOST_PARTS = 2000
_MOST_XML = 4_000_000
"""Characters of all the parts that may have something to fill in; ours have 50,000."""

_MOST_TAGS = 200_000
_MOST_BRACES = 4000
_THEN = "印发时的模板"
_FILLED_IN = re.compile(r"word/(document|header|footer|footnotes)[^/]*\.xml|docProps/core\.xml", re.IGNORECASE)
_TAGS = re.compile("(?<=[{}%#])(?:<[^>]*>)+(?=[{}%#])")
_PARAGRAPH = re.compile("<w:p[ >]")
_OPENED = re.compile("{[{%#]")
_CLOSED = {"{{": "}}", "{%": "%}", "{#": "#}"}


def template_of(report: Report) -> str:
    """Which of the templates a report is set in."""
    return DOCUMENTS[report.kind].template if report.kind in DOCUMENTS else LIST


def built_in(template: str) -> bytes:
    """The program's own template of that name."""
    return (FOLDER / f"{template}.docx").read_bytes()


def files_of(folder: Path) -> list[Path]:
    """The templates that a folder of an office has, or may have."""
    return [folder / f"{template.file}.docx" for template in TEMPLATES.values()]


def own(folder: Path, report: Report) -> bytes:
    """The template of an office's folder that a report is set in, empty where that is the program's. Raises as `chosen`
    does."""
    template = template_of(report)
    content, _ = chosen(folder, template)
    return b"" if content == built_in(template) else content


def write_out(folder: Path, kept: Sequence[Kept]) -> list[Path]:
    """Write the program's templates into a folder of the office, made if need be, for it to change; gives their paths.

    Raises `Refused` where one is there already, `StoreUnusable` where it cannot be written."""
    paths = {name: folder / f"{template.file}.docx" for name, template in TEMPLATES.items()}
    with told(f"目录{quote(str(folder))}"):
        there = next((path for path in paths.values() if path.exists() or path.is_symlink()), None)
    if there is not None:
        raise Refused(f"已有文件{quote(str(there))},不覆盖", "请另给一个目录,或先移走它")
    return write_into(folder, [(path.name, partial(_put, name)) for name, path in paths.items()], kept)


def _put(template: str, file: IO[bytes]) -> None:
    file.write(built_in(template))


def chosen(named: Path | bytes | None, template: str) -> tuple[bytes, str]:
    """The template of that name and what an error calls it; bytes are one, or none if empty. Raises `NotFound`,
    `StoreUnusable`, `BadValue`."""
    if isinstance(named, bytes):
        return (_checked(named, _THEN), _THEN) if named else chosen(None, template)
    if named is not None:
        with opening(named):
            if named.is_dir():
                named = named / f"{TEMPLATES[template].file}.docx"
                named = named if named.exists() else None
    if named is None:
        return built_in(template), "程序自带的模板"
    with opening(named), named.open("rb") as file:
        content = file.read(_LARGEST + 1)
    name = f"模板“{visible(str(named))}”"
    return _checked(content, name), name


def _checked(content: bytes, name: str) -> bytes:
    hint = "请用 Word 另存为 docx,或用 ledger config template 取出原样重新修改"
    broken = f"{name}不是 Word 文档(docx),或已损坏"
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if "word/document.xml" not in archive.namelist():
                raise BadValue(f"{name}不是 Word 文档(docx)", hint)
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST or len(content) > _LARGEST:
                raise BadValue(f"{name}太大,展开后超过 {_LARGEST // 1_000_000} MB", "请压缩其中的图片")
            xml = {part.filename: archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise BadValue(broken, hint) from None
    try:
        texts = {part: _text_of(raw) for part, raw in xml.items()}
    except (LxmlError, ValueError):
        raise BadValue(broken, hint) from None
    _require_bounded([text for part, text in texts.items() if _FILLED_IN.fullmatch(part)], name)
    return content


def _text_of(raw: bytes) -> str:
    """A part as it will be looked through, whatever its encoding. Raises `ValueError` for one with a DTD."""
    root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.getroottree().docinfo.doctype:
        raise ValueError("DTD")
    return str(etree.tostring(root, encoding="unicode"))


def _require_bounded(texts: Sequence[str], name: str) -> None:
    """What is filled in has no more text and braces than a document, and each brace that opens is closed."""
    whole = "".join(texts)
    texts = [_TAGS.sub("", text) for text in texts]
    braces = sum(len(_OPENED.findall(text)) for text in texts)
    if len(whole) > _MOST_XML or whole.count("<") > _MOST_TAGS or braces > _MOST_BRACES:
        raise BadValue(f"{name}里的文字或花括号多得反常,没有打开", "请只留公文要用的内容")
    for text in texts:
        place = 0
        while (opened := _OPENED.search(text, place)) is not None:
            place = text.find(_CLOSED[opened[0]], opened.end())
            if place < 0:
                raise _open_brace(text, opened.start(), name)


def _open_brace(text: str, at: int, name: str) -> BadValue:
    before = list(_PARAGRAPH.finditer(text, 0, at))
    start = before[-1].start() if before else at
    paragraph = re.sub("<[^>]*>", "", text[start : text.find("</w:p>", at)])
    return BadValue(f"{name}的花括号写得不对,在第{len(before)}段{quote(paragraph)}", "请补全这一段的括号,再重试")
