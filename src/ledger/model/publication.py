"""An issued report (印发): what its entry says of it, and the content that it froze.

The content is in the entry itself, packed, and so sealed with it and wherever the journal is; its SHA-256 (校验码) is
printed at the foot of every copy. It is JSON: the object that programs get, and the reports that people get, each once
however many formats are made of it.
"""

import json
import re
from typing import Any, NamedTuple

from ledger.model.entry import Entry, encode

KINDS = {
    "week": "周工作清单",
    "month": "月度小结",
    "quarter": "季度小结",
    "half": "半年小结",
    "year": "年度总结",
    "overdue": "逾期清单",
    "rank": "销号情况通报",
    "bulletin": "工作简报",
}
"""What can be issued, with the office's words."""

_MAY, _MUST = {"document", "corrects"}, {"number", "kind", "period", "content", "digest", "root"}
LARGEST = 64 << 20
"""Bytes of content: some fifty thousand tasks."""

_HASH = re.compile("[0-9a-f]{64}")
NUMBER_LIMIT = 100
"""Characters of a 文号."""


class Publication(NamedTuple):
    """`number` is its running number, `document` its 文号; `seq` and `head` are those of the last entry before, `root`
    is of the tree over all of these. `withdrawn` says why it was withdrawn, None where it was not."""

    number: int
    kind: str
    period: str
    document: str | None
    at: str
    on: str
    actor: str
    seq: int
    head: str
    root: str
    digest: str
    corrects: int | None
    withdrawn: str | None = None
    corrected_by: int | None = None

    @property
    def title(self) -> str:
        """What it is called: 周工作清单 2013-W12."""
        return f"{KINDS[self.kind]} {self.period}"


def packed(content: Any) -> tuple[str, str]:
    """The content as an entry holds it, and its SHA-256."""
    import zlib  # few commands pack or unpack one
    from base64 import b64encode
    from hashlib import sha256

    raw = encode(content).encode()
    return b64encode(zlib.compress(raw, 9)).decode(), sha256(raw).hexdigest()


def unpacked(text: str, digest: str) -> Any:
    """The content of an entry. Raises `ValueError` for what is not what was frozen."""
    import zlib
    from base64 import b64decode
    from binascii import Error
    from hashlib import sha256

    try:
        opened = zlib.decompressobj()
        raw = opened.decompress(b64decode(text, validate=True), LARGEST + 1)
    except (Error, zlib.error):
        raise ValueError("unreadable") from None
    if len(raw) > LARGEST or not opened.eof or opened.unused_data or sha256(raw).hexdigest() != digest:
        raise ValueError("not what was frozen")
    return json.loads(raw)


def note_of(kind: str, period: str) -> str:
    """By what an entry is found without its content being read."""
    return f"{kind} {period}"


def is_sound(entry: Entry) -> bool:
    """Whether a publishing entry says what it has to. Raises `ValueError`, `TypeError`, `LookupError` for what makes no
    sense."""
    if entry.changes.keys() - _MAY != _MUST:
        return False
    if any(before is not None for before, _ in entry.changes.values()):
        return False
    told = {name: after for name, (_, after) in entry.changes.items()}
    numbers = [told["number"], *([told["corrects"]] if "corrects" in told else [])]
    unpacked(told["content"], told["digest"])
    return (
        all(type(number) is int and 0 < number <= entry.seq for number in numbers)
        and told["kind"] in KINDS
        and entry.note == note_of(told["kind"], told["period"])
        and 0 < len(told.get("document", "-")) <= NUMBER_LIMIT
        and all(_HASH.fullmatch(told[name]) for name in ("digest", "root"))
    )


def is_withdrawal(entry: Entry) -> bool:
    """Whether an entry says which publication is withdrawn."""
    before, number = entry.changes.get("number", [0, 0])
    return entry.changes.keys() == {"number"} and before is None and type(number) is int and number > 0
