"""Issuing a report (印发): what was sent out is frozen in the journal, under a number that no other gets.

It is never altered: a corrected one is another, which names the one it corrects; a withdrawn one stays listed.
"""

from typing import Any

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.base.text import clean
from ledger.base.verifier import Tree
from ledger.model.actions import PUBLISH, WITHDRAW
from ledger.model.entry import Changes, digest_of
from ledger.model.fields import NOTE_LIMIT
from ledger.model.publication import NUMBER_LIMIT, Publication, note_of, packed
from ledger.store.head import hash_of
from ledger.store.journal import Journal
from ledger.store.publications import numbered, publications

_MOST = 6_000_000
"""Characters of packed content: a line of an export holds no more."""


def publish(
    journal: Journal, kind: str, period: str, content: Any, document: str | None, corrects: int | None
) -> Publication:
    """Freeze a report of this kind and period, under the next number. Raises `BadValue`, `NotFound`, `Refused`."""
    said = clean(document, "文号", limit=NUMBER_LIMIT) if document else None
    before = publications(journal.writer)
    if corrects is not None:
        _require_correctable(before, corrects, kind, period)
    if said is not None:
        _require_unused(journal, before, said, corrects)
    packed_content, digest = packed(content)
    if len(packed_content) > _MOST:
        raise BadValue("这份报表太大,不能整份印发", "请缩小范围,如去掉 --full;公文模板里有大图的,请先压缩")
    root = _root(journal)
    changes: Changes = {
        "number": [None, len(before) + 1],
        "kind": [None, kind],
        "period": [None, period],
        **({"document": [None, said]} if said else {}),
        **({"corrects": [None, corrects]} if corrects is not None else {}),
        "content": [None, packed_content],
        "digest": [None, digest],
        "root": [None, root],
    }
    journal.record(PUBLISH, changes, note=note_of(kind, period))
    journal.flush()
    if corrects is None:
        _remark_standing(journal, before, kind, period)
    return numbered(journal.writer, len(before) + 1)


def withdraw(journal: Journal, number: int, reason: str) -> Publication:
    """Say that an issued report holds no more, and why. Raises `NotFound`, `Refused`."""
    found = numbered(journal.writer, number)
    if found.withdrawn is not None:
        raise Refused(f"第{number}号印发已经撤回({found.withdrawn})", "不必再撤")
    journal.record(WITHDRAW, {"number": [None, number]}, note=clean(reason, "理由", limit=NOTE_LIMIT))
    journal.flush()
    return numbered(journal.writer, number)


def _require_correctable(before: list[Publication], corrects: int, kind: str, period: str) -> None:
    corrected = next((one for one in before if one.number == corrects), None)
    if corrected is None:
        raise NotFound(f"没有第{corrects}号印发,不能更正", "用 ledger publications 查看")
    if (corrected.kind, corrected.period) != (kind, period):
        raise Refused(f"第{corrects}号印发是{corrected.title},不是同一份报表", "更正的须是同一时段的同一种报表")
    if corrected.corrected_by is not None:
        what = f"第{corrects}号印发已由第{corrected.corrected_by}号更正"
        raise Refused(what, f"请用 --corrects {corrected.corrected_by} 更正最近的一份")


def _remark_standing(journal: Journal, before: list[Publication], kind: str, period: str) -> None:
    """Two of one report are not refused, but one of them was hardly meant."""
    for one in before:
        if (one.kind, one.period) == (kind, period) and one.withdrawn is None and one.corrected_by is None:
            what = f"这份报表先前的第{one.number}号印发仍有效"
            journal.remark(f"{what}:更正它请写 --corrects {one.number},多印的请用 ledger publications withdraw 撤回")


def _require_unused(journal: Journal, before: list[Publication], document: str, corrects: int | None) -> None:
    """A 文号 is one report's, and what corrects it may bear it again; bulletins are numbered anew each year (期号)."""
    year = str(journal.today.year)
    for one in before:
        of_another_year = one.kind == "bulletin" and one.on[:4] != year
        if one.document == document and one.number != corrects and not of_another_year:
            raise Refused(f"文号{document}已用于第{one.number}号印发({one.title})", "请换一个文号")


def _root(journal: Journal) -> str:
    """The root of the tree over the seals of all entries so far."""
    journal.flush()
    tree = Tree(digest_of(hash_of(journal.writer)))
    for (seal,) in journal.writer.stream("SELECT hash FROM entry ORDER BY seq"):
        tree.append(seal)
    return tree.root()
