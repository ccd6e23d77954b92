"""Rows of a sheet that cannot be taken, named one by one."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from ledger.base.errors import LedgerError


@contextmanager
def naming_rows() -> Iterator[None]:
    """Name on stderr every row of a sheet that cannot be taken."""
    from ledger.services.taken import RejectedRows

    try:
        yield
    except RejectedRows as rejected:
        name_rows(rejected, "")
        raise


def name_rows(error: LedgerError, file: str) -> None:
    """Name on stderr every row that an error is about; one of no rows by its file."""
    from ledger.services.taken import RejectedRows

    for where, one in error.rejections if isinstance(error, RejectedRows) else [(file, error)]:
        typer.echo(f"{where}:{';'.join(filter(None, (one.what, one.hint)))}", err=True)
