"""What a file is by its content, whatever its name says, and why some cannot be read."""

import sys
from contextlib import nullcontext
from pathlib import Path

from ledger.base.errors import BadValue, opening

STDIN = Path("-")
_MOST_BYTES = 200_000_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def content_of(path: Path) -> bytes:
    """The whole file, or with `-` the standard input, read once: it may be a pipe.

    Raises `NotFound`, `StoreUnusable`, and `BadValue` if too big.
    """
    raw = bytearray()
    with opening(path), nullcontext(sys.stdin.buffer) if path == STDIN else path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            raw += chunk
            if len(raw) > _MOST_BYTES:
                raise BadValue(f"文件 {path} 超过 {_MOST_BYTES // 1_000_000} 兆字节", "请分成几个文件导入")
    return bytes(raw)


def is_workbook(path: Path, raw: bytes) -> bool:
    """Whether it is to be opened as an xlsx; otherwise it may be a CSV. Raises `BadValue` for what is neither."""
    if raw.startswith(b"PK"):
        return True
    if raw.startswith(_OLE):
        raise _old_office(path, raw)
    kind, begin = "", raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith(b"{"):
        raise BadValue(f"文件 {path} 是 JSON,不是表格", "整本台账请存成文件再导入,批量操作用 ledger batch")
    if raw.startswith(b"%PDF"):
        kind = "PDF 文档"
    elif begin.startswith(b"<"):
        kind = "网页或 XML 文件"
    if kind:
        raise BadValue(f"文件 {path} 是{kind},不是表格", "请用表格软件打开,另存为 xlsx 或 CSV 后重试")
    if raw and not raw.strip(b"\0"):
        raise BadValue(f"文件 {path} 里全是空字节", "可能没有传完,请重新取得文件")
    return False


def _old_office(path: Path, raw: bytes) -> BadValue:
    """An OLE container: its directory names what it holds, in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return BadValue(f"工作簿 {path} 有打开密码", "请去掉密码,另存为 xlsx 后重试")
    if any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book")):
        return BadValue(f"文件 {path} 是旧版 xls 工作簿(不论名称)", "请用表格软件打开,另存为 xlsx 后重试")
    return BadValue(f"文件 {path} 是旧版 Office 文件,不是 xlsx 工作簿", "请用表格软件打开,另存为 xlsx 后重试")
