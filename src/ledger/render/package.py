"""A ZIP archive of files that makes the same bytes of the same content, and says what each of them holds."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ledger.reports.case import SUMS

_FIRST_DAY, _LAST_DAY = date(1980, 1, 1), date(2107, 12, 31)
"""Of the dates that a ZIP archive can say."""
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def dated(name: str, today: date) -> ZipInfo:
    """A part of an archive, of the report's day instead of the clock's."""
    day = min(max(today, _FIRST_DAY), _LAST_DAY)
    part = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    part.compress_type = ZIP_DEFLATED
    return part


class Package:
    """Files are written one by one, in parts as they come; last of all, at the top, their sums, as `sha256sum -c` reads
    them."""

    def __init__(self, file: IO[bytes], today: date) -> None:
        self._archive, self._today = ZipFile(file, "w", ZIP_DEFLATED), today
        self._sums: list[str] = []

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def add(self, name: str, chunks: Iterable[bytes], size: int, *, is_packed: bool = False) -> str:
        """Write a file of `size` bytes, one that is packed already as it is: its SHA-256."""
        found = self._write(name, chunks, size, ZIP_STORED if is_packed else ZIP_DEFLATED)
        self._sums.append(f"{found}  {name}\n")
        return found

    def finish(self) -> str:
        """Write the sums: their own SHA-256, by which all of the archive can be held against a note of it."""
        content = "".join(self._sums).encode()
        return self._write(SUMS, [content], len(content))

    def _write(self, name: str, chunks: Iterable[bytes], size: int, way: int = ZIP_DEFLATED) -> str:
        part = dated(name, self._today)
        part.compress_type = way
        part.create_system, part.external_attr, part.file_size = _UNIX, _PLAIN_FILE, size
        found = sha256()
        with self._archive.open(part, "w") as written:
            for chunk in chunks:
                found.update(chunk)
                written.write(chunk)
        return found.hexdigest()
