"""A file of evidence given back: verified, and never over another."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.base.file_names import file_name
from ledger.base.files import require_replaceable, told
from ledger.base.placing import passing, place, require_free
from ledger.base.text import quote
from ledger.cli.clerk import tell_written
from ledger.cli.context import Context
from ledger.render.output import STDOUT

if TYPE_CHECKING:
    from ledger.store.evidence import File


def give_back(context: Context, file: "File", output: Path | None) -> None:
    """Write a file to where it is wanted, a folder or a name that is free, `-` for stdout. Raises `StoreUnusable`,
    `Refused`."""
    from ledger.store.vault import vault_of, verified

    vault = vault_of(context.location)
    if output == STDOUT:
        for _ in verified(vault, file.blob):
            pass  # nothing goes out that is not as it was recorded
        for chunk in vault.chunks(file.blob.sha256):
            sys.stdout.buffer.write(chunk)
        return
    target = output or Path()
    if target.is_dir():
        target = target / file_name(file.name)
    name = f"文件{quote(str(target))}"
    with told(name):
        require_replaceable(target, name, context.kept)
        require_free(target)
        with passing(target) as made:
            with made.open("xb") as written:
                for chunk in verified(vault, file.blob):
                    written.write(chunk)
            place(made, target)
    tell_written(target)
