"""How a list is sent round: whole, as a short text (`--brief`), or in a file for each unit or leader (`--split-by`)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import typer

from ledger.base.errors import BadValue
from ledger.base.formats import FORMATS, PLAIN, SUFFIXES
from ledger.base.text import fold_width, quote, visible
from ledger.cli.context import Context
from ledger.cli.progress import progress

if TYPE_CHECKING:
    from ledger.reports.figures import Part
    from ledger.reports.report import Report

_STDOUT = Path("-")
Content = TypeVar("Content")


class Piece(NamedTuple):
    """The report for people and the object for programs; of a part under the name of its unit or leader."""

    name: str
    report: "Callable[[], Report]"
    value: Callable[[], object]


def shape(
    context: Context, format: str | None, output: Path | None, brief: bool, split_by: str | None
) -> "tuple[str, Part | None]":
    """The format to write in, and what to take apart by. Raises `BadValue`."""
    by = None if split_by is None else _part(split_by, output)
    return _text_format(format, output) if brief else context.format(format, output), by


def _text_format(format: str | None, output: Path | None) -> str:
    """The format of a short text, whatever the user's usual one is, and whatever its file is called."""
    named = format or (SUFFIXES.get(output.suffix.lower()) if output is not None else None) or PLAIN.name
    if named != PLAIN.name:
        raise BadValue(f"--brief 是几行文字,没有 {visible(named)} 格式", "请去掉 --format,文件用后缀 .txt")
    return named


def _part(text: str, output: Path | None) -> "Part":
    from ledger.reports.parts import PARTS

    by = PARTS.get(fold_width(text).strip())
    if by is None:
        raise BadValue(f"--split-by 没有{quote(text)}这一项", "可用的有 unit(单位)、leader(责任领导)")
    if output is None or output == _STDOUT:
        raise BadValue("--split-by 要写成几份文件,没有写明写到哪里", "请用 -o 写明文件名或目录,如 -o 周清单.docx")
    return by


def hand_out(
    context: Context,
    format: str,
    output: Path | None,
    pieces: Sequence[Piece],
    apart: bool,
    template: Path | None = None,
) -> None:
    """Write the one piece to the output, or where they are `apart` each to a file, all of them or none, and say which.

    「周清单.docx」 becomes 「周清单-综合组.docx」; what has no suffix of any format, or is one already, is a folder.
    """
    if not apart or output is None:
        _, report, value = pieces[0]
        context.emit(format, output, report, value, template)
        return
    from ledger.base.file_names import file_names
    from ledger.render.output import write_parts

    folder, before, suffix = _place(output, format)
    names = file_names((piece.name for piece in pieces), before, suffix)
    with progress("写出", len(pieces)) as advance:
        contents = ((name, report, value) for name, (_, report, value) in zip(names, pieces, strict=True))
        extras = context.extras(output, template)._replace(progress=None)  # there is one bar already
        written = write_parts(format, folder, _counted(contents, advance), extras) if pieces else []
    for piece, path in zip(pieces, written, strict=True):
        typer.echo(f"{visible(piece.name)} → {visible(str(path))}", err=True)
    typer.echo(f"已写出 {len(written)} 份文件" if written else "没有可写的事项,没有写出文件", err=True)


def _counted(contents: Iterable[Content], advance: Callable[[int], None]) -> Iterator[Content]:
    """The contents as they come; that the one before is written shows in that the next is asked for."""
    for content in contents:
        yield content
        advance(1)


def _place(output: Path, format: str) -> tuple[Path, str, str]:
    """The folder, and what stands before and behind each name in it."""
    if output.suffix.lower() in SUFFIXES and not output.is_dir():
        return output.parent, f"{output.stem}-", output.suffix
    return output, "", (FORMATS[format].suffixes or PLAIN.suffixes)[0]
