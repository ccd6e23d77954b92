"""Where the template of a document comes from: the office's own file, its folder of them, or the program's.

There are four, by what a report is; in an office's folder each bears its Chinese name, and one that is not there is
the program's. A template may come by mail, so it is read with care: no more than a document holds, and only what is
one.
"""

import zipfile
from io import BytesIO
from pathlib import Path

from ledger.base.errors import BadValue, Refused, opening
from ledger.base.text import quote, visible
from ledger.render.output import replaced, told
from ledger.reports.report import Report

NAMES = {"week": "周工作清单", "summary": "小结", "rank": "通报", "list": "清单"}
"""Which templates there are, and the names of their files in an office's folder."""

_SUMMARIES = ("month", "quarter", "half", "year")
_FOLDER = Path(__file__).parent / "templates"
_LARGEST = 20_000_000
"""Bytes that a template may take, unpacked too: letterheads and all, some hundred times what ours do."""


def kind_of(report: Report) -> str:
    """Which of the templates a report is set in."""
    return "summary" if report.kind in _SUMMARIES else report.kind if report.kind in NAMES else "list"


def built_in(kind: str) -> bytes:
    """The program's own template of that kind."""
    return (_FOLDER / f"{kind}.docx").read_bytes()


def write_out(folder: Path) -> list[Path]:
    """Write the program's templates into a folder of the office, made if need be, for it to change; gives their paths.

    Raises `Refused` where one is there already, `StoreUnusable` where it cannot be written."""
    paths = {kind: folder / f"{name}.docx" for kind, name in NAMES.items()}
    for path in paths.values():
        if path.exists() or path.is_symlink():
            raise Refused(f"已有文件{quote(str(path))},不覆盖", "请另给一个目录,或先移走它")
    with told(f"目录{quote(str(folder))}"):
        folder.mkdir(parents=True, exist_ok=True)
    for kind, path in paths.items():
        name = f"文件{quote(str(path))}"
        with told(name), replaced(path, name, None) as file:
            file.write(built_in(kind))
    return list(paths.values())


def chosen(named: Path | None, kind: str) -> tuple[bytes, str]:
    """The template of that kind and what an error calls it. Raises `NotFound`, `StoreUnusable`, `BadValue`."""
    if named is not None and named.is_dir():
        named = named / f"{NAMES[kind]}.docx"
        if not named.exists():
            named = None
    if named is None:
        return built_in(kind), "程序自带的模板"
    with opening(named), named.open("rb") as file:
        content = file.read(_LARGEST + 1)
    name = f"模板“{visible(str(named))}”"
    return _checked(content, name), name


def _checked(content: bytes, name: str) -> bytes:
    hint = "请用 Word 另存为 docx,或用 ledger config template 取出原样重新修改"
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if "word/document.xml" not in archive.namelist():
                raise BadValue(f"{name}不是 Word 文档(docx)", hint)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise BadValue(f"{name}不是 Word 文档(docx),或已损坏", hint) from None
    if size > _LARGEST or len(content) > _LARGEST:
        raise BadValue(f"{name}太大,展开后超过 {_LARGEST // 1_000_000} MB", "请压缩其中的图片")
    return content
