"""Evidence (佐证): what an entry says of a file that shows how a task was done.

The file itself is kept apart, under its SHA-256 (`store.vault`).
"""

import re

from ledger.base.text import visible
from ledger.model.entry import Changes

DIGEST = re.compile("[0-9a-f]{64}")
MOST_BYTES = 1 << 53
"""More than any disk holds, and a number that every reader of JSON knows."""
NAME_LIMIT = 255
"""Characters of a file's name: file systems take no more."""

ANY_TYPE = "application/octet-stream"
_OFFICE, _OPEN = "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument"
_KINDS = f"""
text/plain txt log; text/csv csv; text/html html htm; text/markdown md; message/rfc822 eml
application/pdf pdf; application/ofd ofd; application/rtf rtf; application/json json; application/xml xml
application/msword doc; application/vnd.ms-excel xls; application/vnd.ms-powerpoint ppt
{_OFFICE}.wordprocessingml.document docx; {_OFFICE}.spreadsheetml.sheet xlsx
{_OFFICE}.presentationml.presentation pptx
{_OPEN}.text odt; {_OPEN}.spreadsheet ods; {_OPEN}.presentation odp
application/wps-office.wps wps; application/wps-office.et et; application/wps-office.dps dps
application/zip zip; application/vnd.rar rar; application/x-7z-compressed 7z
image/jpeg jpg jpeg; image/png png; image/gif gif; image/bmp bmp; image/webp webp; image/heic heic
image/tiff tif tiff
audio/mpeg mp3; audio/wav wav; audio/mp4 m4a; audio/amr amr
video/mp4 mp4; video/mpeg mpg mpeg; video/quicktime mov; video/x-msvideo avi
"""
_TYPES = {
    ending: kind
    for line in _KINDS.split("\n")
    for kind, *endings in map(str.split, filter(None, line.split(";")))
    for ending in endings
}
"""The end of a name → the media type (IANA's where it has one), the same on every machine."""


def media_type(name: str) -> str:
    """The media type that the end of a file's name says."""
    return _TYPES.get(name.rpartition(".")[2].lower(), ANY_TYPE)


def is_file_name(name: object) -> bool:
    """Whether it is the name of a file and no way to one: what is visible, in one line, without a folder."""
    return (
        isinstance(name, str)
        and 0 < len(name) <= NAME_LIMIT
        and name not in (".", "..")
        and name.strip() == name
        and not {"/", "\\"} & {*name}
        and visible(name) == name
    )


def tells_a_file(changes: Changes) -> bool:
    """Whether an entry says of a file what it has to: its name, media type, bytes and SHA-256, and nothing else."""
    if changes.keys() != {"name", "type", "size", "sha256"} or any(
        before is not None for before, _ in changes.values()
    ):
        return False
    name, kind, size, digest = (changes[key][1] for key in ("name", "type", "size", "sha256"))
    return (
        is_file_name(name)
        and (isinstance(kind, str) and 0 < len(kind) <= 100 and "\0" not in kind)
        and (type(size) is int and 0 < size < MOST_BYTES)
        and (isinstance(digest, str) and DIGEST.fullmatch(digest) is not None)
    )


def size_of(changes: Changes) -> int:
    """The bytes that the file of an entry has."""
    return int(changes["size"][1])


def size_words(size: int) -> str:
    """1.2 MB."""
    if size < 1000:
        return f"{size} 字节"
    amount, units = size / 1000, ["KB", "MB", "GB", "TB"]
    while amount >= 999.5 and len(units) > 1:
        amount, units = amount / 1000, units[1:]
    return f"{amount:.1f} {units[0]}" if amount < 9.95 else f"{amount:.0f} {units[0]}"
