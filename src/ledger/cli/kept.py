"""Which files no output of a command may replace: those that it works with."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import typer
from typer.models import TyperPath

from ledger.base import settings
from ledger.base.errors import LedgerError
from ledger.base.files import Kept, ledger_files

_WRITTEN = ("output", "report", "anchor_out", "stamp_query", "script")


def files_read(ctx: typer.Context) -> Iterator[Path]:
    """The files that a command was told to read: its paths, save where it is to write."""
    for param in ctx.command.params:
        if isinstance(param.type, TyperPath) and param.name not in _WRITTEN:
            value = ctx.params.get(str(param.name)) or ()
            yield from map(Path, value if isinstance(value, list | tuple) else [value])


def kept(files: Iterable[Path], store: Path | None) -> Iterator[Kept]:
    """Files that are read, a ledger in an SQLite file with all that belongs to it, the user's settings."""
    for path in files:
        yield from (Kept(one, "正在读取的文件") for one in _read_of(path))
    for place in (store, Path(os.path.realpath(store))) if store else ():
        first, *others = ledger_files(place)
        yield Kept(first, "正在使用的台账")
        yield from (Kept(one, "台账的附属文件") for one in others)
    with suppress(LedgerError):
        yield Kept(settings.settings_path(), "用户设置")


def _read_of(path: Path) -> list[Path]:
    """The files that are read where a command was told of one, or of a folder of templates."""
    with suppress(OSError):
        if path.is_dir():
            from ledger.render.document_files import files_of

            return files_of(path)
    return [path]
