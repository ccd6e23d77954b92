"""Rows of a sheet that cannot be taken, named one by one."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def naming_rows() -> Iterator[None]:
    """Name on stderr every row of a sheet that cannot be taken."""
    from ledger.services.taken import RejectedRows

    try:
        yield
    except RejectedRows as rejected:
        for where, error in rejected.rejections:
            typer.echo(f"{where}:{';'.join(filter(None, (error.what, error.hint)))}", err=True)
        raise
