"""The files of evidence of a ledger in an SQLite file, taken along where the ledger is copied or put back.

A file that is not there as it was recorded is passed over and counted: for the want of it nobody goes without a backup.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import rmtree

from ledger.base.files import told
from ledger.base.placing import passing_folder, require_free, settle_folder
from ledger.base.text import quote
from ledger.model.evidence import DIGEST
from ledger.store import evidence, sqlite
from ledger.store.blobs import Blob
from ledger.store.location import Location
from ledger.store.vault import Folder, copied, folder_of, wrong


def named_by(copy: Path) -> list[Blob]:
    """The files that a ledger names."""
    with closing(sqlite.open_reader(Location(copy), older=True)) as reader:
        return [blob for blob, _, _ in evidence.named(reader)]


@contextmanager
def carried(blobs: Sequence[Blob], source: Path, target: Path) -> Iterator[int]:
    """Copies of these files of the ledger `source` under the name that they have beside `target`, which is to be made
    in the block: how many are missing. Raises `Refused` where something bears that name."""
    if not blobs:
        yield 0
        return
    folder = folder_of(target)
    require_free(folder)
    with told(f"佐证目录{quote(str(folder))}"), passing_folder(folder) as made:
        missing = sum(not copied(Folder(folder_of(source)), Folder(made), blob) for blob in blobs)
        if made.exists():
            require_free(folder)
            made.rename(folder)
            settle_folder(folder)
        try:
            yield missing
        except BaseException:
            rmtree(folder, ignore_errors=True)
            raise


def bring(blobs: Sequence[Blob], source: Path, target: Path) -> int:
    """Have these files beside `target` too, from beside `source` where they are not there already: how many are
    missing. Nothing that is there goes."""
    ours, theirs = Folder(folder_of(target)), Folder(folder_of(source))
    return sum(bool(wrong(ours, blob)) and not copied(theirs, ours, blob) for blob in blobs)


@contextmanager
def set_aside(blobs: Sequence[Blob], store: Path, aside: Path) -> Iterator[None]:
    """Keep beside `aside` all files that lie beside `store`, which keeps, when the block has put another ledger there,
    those that this one names. Raises `Refused` where something bears that name."""
    ours, theirs = Folder(folder_of(store)), Folder(folder_of(aside))
    require_free(theirs.path)
    try:
        ours.link(theirs)
        yield
    except BaseException:
        rmtree(theirs.path, ignore_errors=True)
        raise
    wanted = {blob.sha256 for blob in blobs}
    for digest in [*filter(DIGEST.fullmatch, theirs.names())]:
        if digest not in wanted:
            ours.forget(digest)
