"""What a user names as input: a file, a pipe, the standard input. Read before anything is locked, and told apart by
what it holds, whatever its name says."""

import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from io import BufferedReader
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from ledger.base.errors import BadValue, StoreUnusable, opening, reason

STDIN = Path("-")
_MOST_BYTES = 200_000_000
_MOST_PIPED = 2_000_000_000
_IN_MEMORY = 4_000_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Source(NamedTuple):
    """An input as the user named it, to be read as often as wished; what came of a pipe is `kept`."""

    path: Path
    kept: IO[bytes] | None = None

    @property
    def name(self) -> str:
        return "标准输入" if self.path == STDIN else self.path.name

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The input from its beginning. Raises `NotFound`, `StoreUnusable`."""
        if self.kept is not None:
            self.kept.seek(0)
            yield self.kept
            return
        with opening(self.path):
            file = self.path.open("rb")
        with file:
            yield file

    def content(self) -> bytes:
        """All of it. Raises `BadValue` if too big."""
        raw = bytearray()
        with self.opened() as file, opening(self.path):
            while chunk := file.read(_CHUNK):
                raw += chunk
                if len(raw) > _MOST_BYTES:
                    raise BadValue(f"文件 {self.path} 超过 {_MOST_BYTES // 1_000_000} 兆字节", "请分成几个文件导入")
        return bytes(raw)


@contextmanager
def sources(paths: Iterable[Path]) -> Iterator[list[Source]]:
    """The inputs of these names, `-` the standard input.

    What may keep its reader waiting, a pipe or a terminal, is read to its end here, into a temporary file without a
    name: whoever locks the ledger afterwards waits for nobody. Raises `NotFound`, `StoreUnusable`, `BadValue`.
    """
    with ExitStack() as stack:
        yield [_keep(path, stack) for path in paths]


def content_of(path: Path) -> bytes:
    """The whole input of that name, read once. Raises `NotFound`, `StoreUnusable`, and `BadValue` if too big."""
    with sources([path]) as (source,):
        return source.content()


def _keep(path: Path, stack: ExitStack) -> Source:
    source = Source(path)
    with opening(Path(source.name) if path == STDIN else path):
        if path != STDIN and stat.S_ISREG(path.stat().st_mode):
            return source
        kept: IO[bytes] = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the stack closes it
        with nullcontext(sys.stdin.buffer) if path == STDIN else path.open("rb") as file:
            for chunk in _chunks(file):
                _put(kept, chunk, source.name)
    return Source(path, kept)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    """As they come: whoever waits for a full one asks a terminal twice for its Ctrl-D."""
    return iter(lambda: file.read1(_CHUNK) if isinstance(file, BufferedReader) else file.read(_CHUNK), b"")


def _put(kept: IO[bytes], chunk: bytes, name: str) -> None:
    try:
        kept.write(chunk)
        kept.flush()
    except OSError as error:
        hint = "请清出空间,或用 TMPDIR 另指一个目录"
        raise StoreUnusable(f"{name}放不进临时目录({reason(error)})", hint) from error
    if kept.tell() > _MOST_PIPED:
        raise BadValue(f"{name}超过 {_MOST_PIPED // 1_000_000} 兆字节", "请分成几次")


def is_workbook(path: Path, raw: bytes) -> bool:
    """Whether it is to be opened as an xlsx; otherwise it may be a CSV. Raises `BadValue` for what is neither."""
    if raw.startswith(b"PK"):
        return True
    if raw.startswith(_OLE):
        raise _old_office(path, raw)
    if path.name.startswith("~$"):
        raise BadValue(f"文件 {path} 是表格软件打开着工作簿时留下的临时文件", "请关闭表格软件,或不选这个文件")
    kind, begin = "", raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith(b"{"):
        raise BadValue(f"文件 {path} 是 JSON,不是表格", "批量操作用 ledger batch,整本台账用 ledger export 导出的文件")
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
