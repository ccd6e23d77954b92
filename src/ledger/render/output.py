"""Where an output goes and in which format: the one door through which results leave the program.

The format is the one asked for, else that of the file's suffix, else `table` on a terminal and `plain` off it. `-` is
stdout. A file is there whole or as it was before, and never in the place of one that must be kept (`base.files`).
Texts are UTF-8; only CSV starts with a byte-order mark, for Excel, and only in a file. Only a terminal gets colours,
and none gets a workbook or a document: those are bytes, for a file or a pipe. What the formats are is in
`base/formats.py`.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple, TextIO

from ledger.base.errors import BadValue, StoreUnusable
from ledger.base.files import Kept, Write, replaced, require_replaceable, told, write_at_once, write_into
from ledger.base.formats import FORMATS, JSON, PLAIN, SUFFIXES, TABLE, Format
from ledger.base.text import quote, visible
from ledger.reports.report import Report

STDOUT = Path("-")
_IN_MEMORY = 4_000_000

Advance = Callable[[int], None]
Progress = Callable[[str, int], AbstractContextManager[Advance]]
"""Shows how far a long output is: `progress(what, total)` gives what is called with so many more."""


class Extras(NamedTuple):
    """What some formats take beside the report: the office's own `template`, how to show progress, and whom to tell
    what had to be left out; and all, which files an output may not replace, and what shows a text on stdout where it is
    not just written there. A PDF is of the kind that archives keep (PDF/A-2b) where there is an `archival` folder, in
    which LibreOffice then keeps its profile from one to the next."""

    template: Path | None = None
    progress: Progress | None = None
    warn: Callable[[str], object] | None = None
    kept: Sequence[Kept] = ()
    page: Callable[[str], object] | None = None
    archival: Path | None = None


def choose_format(format: str | None, output: Path | None, isatty: bool) -> str:
    """The name of the format to write, one of `FORMATS`.

    Raises `BadValue` for a name or suffix that is unknown, and for bytes asked for on a terminal.
    """
    if format is None and output is not None and output != STDOUT:
        format = SUFFIXES.get(output.suffix.lower())
        if format is None:
            raise BadValue(
                f"看不出文件{quote(str(output))}要用哪种格式",
                f"请用后缀 {' '.join(SUFFIXES)} 之一,或用 --format 指明",
            )
    format = format or (TABLE if isatty else PLAIN).name
    if format not in FORMATS:
        raise BadValue(f"没有名为{quote(format)}的格式", f"可用的格式:{'、'.join(FORMATS)}")
    if FORMATS[format].binary and isatty and output in (None, STDOUT):
        raise BadValue(f"{format} 不能显示在终端上", f"请用 -o 写入文件,如 -o 清单.{format}")
    return format


def console_width() -> int:
    """Cells across: `COLUMNS` if it is a positive number, else the terminal's width, else 80."""
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns


def colour_wanted(stream: IO[str]) -> bool:
    """Whether colours may go to `stream`: a terminal that has them and a user who did not set NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def emit(
    format: str,
    output: Path | None,
    report: Callable[[], Report],
    value: Callable[[], object],
    colour: bool | None = None,
    extras: Extras = Extras(),
) -> None:
    """Write a result in `format` (from `choose_format`) to `output`, stdout when it is None or `-`.

    `report` makes what people read, `value` what JSON holds; only the one that is needed is called, before anything
    is written. `colour` overrules `colour_wanted`, on stdout alone. Raises `StoreUnusable` when a file cannot be
    written; what goes wrong on stdout, a full disk or a reader that went away, stays the `OSError` that it is.
    """
    written = FORMATS[format]
    draw = _drawing(written, report, value, extras)
    if output is not None and output != STDOUT:
        with _file(output, _encoding(written), extras.kept) as file:
            draw(file, False)
        return
    stdout = _stdout()
    if written.binary:
        draw(stdout.buffer, False)
        return
    if written.own_ends and isinstance(stdout, TextIOWrapper):
        stdout.reconfigure(newline="")  # a system that ends lines in CRLF would make CRCRLF of them
    coloured = colour_wanted(stdout) if colour is None else colour
    if extras.page is None:
        draw(stdout, coloured)
        return
    made = StringIO(newline="")
    draw(made, coloured)
    extras.page(made.getvalue())


def write_parts(
    format: str, folder: Path, parts: Iterable[tuple[str, Callable[[], Report], Callable[[], object]]], extras: Extras
) -> list[Path]:
    """Write several results into a folder, each under its file's name, as `emit` would: all of them or none. Each is
    made when its turn comes. Raises `StoreUnusable`."""
    written = FORMATS[format]

    def written_by(draw: Callable[[IO[Any], bool], None]) -> Write:
        def write(file: IO[bytes]) -> None:
            if (encoding := _encoding(written)) is None:
                draw(file, False)
                return
            text = TextIOWrapper(file, encoding, "backslashreplace", newline="")
            draw(text, False)
            text.detach()

        return write

    made = ((name, written_by(_drawing(written, report, value, extras))) for name, report, value in parts)
    return write_into(folder, made, extras.kept)


def _encoding(format: Format) -> str | None:
    return None if format.binary else "utf-8-sig" if format.mark else "utf-8"


def emit_lines(output: Path | None, lines: AbstractContextManager[Iterable[str]], kept: Sequence[Kept]) -> None:
    """Write lines to where `emit` writes: to a file as they come, to stdout once all are there and `lines` was left,
    since a pager may keep it waiting for ever with all that stands behind them, a reader's lock on the ledger."""
    if output is not None and output != STDOUT:
        with lines as coming, _file(output, "utf-8", kept) as file:
            file.writelines(coming)
        return
    stdout = _stdout()
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="") as spool:
        with told("临时文件"), lines as coming:
            spool.writelines(coming)
            spool.seek(0)
        copyfileobj(spool, stdout)


def made(format: str, report: Report, extras: Extras) -> bytes:
    """A report in a format that is `binary`, as the bytes of its file."""
    file = BytesIO()
    import_module(f"ledger.render.{FORMATS[format].module}").render(report, file, extras)
    return file.getvalue()


@contextmanager
def set_down(output: Path, kept: Sequence[Kept]) -> Iterator[Callable[[bytes], None]]:
    """What puts a file's content wholly on disk, as often as it is called; it gets its name, in the place of what was
    there, once the block has gone well; stdout gets it then. Raises `StoreUnusable`."""
    if output == STDOUT:
        contents = [b""]
        yield contents.append
        _stdout().buffer.write(contents[-1])
        return
    with _file(output, None, kept) as file:

        def write(content: bytes) -> None:
            file.seek(0)
            file.truncate()
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

        yield write


def write_bytes(output: Path | None, write: Write, kept: Sequence[Kept]) -> None:
    """Let `write` write bytes to where `emit` writes."""
    if output is None or output == STDOUT:
        write_at_once(write, _stdout().buffer)
        return
    with _file(output, None, kept) as file:
        write_at_once(write, file)


def require_writable(output: Path, kept: Sequence[Kept]) -> None:
    """Raises `StoreUnusable` where it can be seen beforehand that an output would not be written."""
    if output != STDOUT:
        name = f"文件“{visible(str(output))}”"
        with told(name):
            require_replaceable(output, name, kept)
            if not os.access(output.parent, os.W_OK):
                output.parent.stat()
                raise PermissionError(errno.EACCES, "read-only")


def on_terminal() -> bool:
    """Whether stdout is a terminal; a closed one is none."""
    return sys.stdout is not None and sys.stdout.isatty()


def _stdout() -> TextIO:
    if sys.stdout is None:
        raise StoreUnusable("无法写入标准输出:它已关闭", "请用 -o 写入文件")
    return sys.stdout


@contextmanager
def _file(output: Path, encoding: str | None, kept: Sequence[Kept]) -> Iterator[IO[Any]]:
    with replaced(output, f"文件“{visible(str(output))}”", encoding, kept) as file:
        yield file


def _drawing(
    format: Format, report: Callable[[], Report], value: Callable[[], object], extras: Extras
) -> Callable[[IO[Any], bool], None]:
    """Compute the result, and hand back what writes it to a file, with colours or without."""
    module = import_module(f"ledger.render.{format.module}")
    if format is JSON:
        made = value()
        return lambda file, colour: module.dump(made, file.write)
    page, render = report(), module.render
    if format is TABLE:
        return lambda file, colour: render(page, console_width(), colour, file)
    if format.binary:
        return lambda file, colour: write_at_once(lambda made: render(page, made, extras), file)
    return lambda file, colour: render(page, file.write)
