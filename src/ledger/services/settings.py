"""The ledger's own settings: each change an entry of the journal."""

from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.base.text import clean
from ledger.dates.deadline import parse_deadline
from ledger.model.entry import HASHES, Changes
from ledger.model.rules import DEFAULT_NAME, LABELS, STAGE, value_of
from ledger.services.occurrences import align
from ledger.services.series import in_stage
from ledger.store.journal import Journal


class Founding(NamedTuple):
    """What a new ledger is called, and which of `HASHES` it is sealed with."""

    name: str = DEFAULT_NAME
    hash: str = HASHES[0]


def begin(journal: Journal, founding: Founding) -> None:
    """The first entry of a new ledger; it names the hash where that is not the usual one."""
    changes: Changes = {"name": [None, value_of("name", founding.name)]}
    if founding.hash != HASHES[0]:
        journal.seal_with(founding.hash)
        changes["hash"] = [None, founding.hash]
    journal.configure(changes, action="init")
    journal.begin_command()


def set_rule(journal: Journal, name: str, text: str) -> bool:
    """Set one of `rules.CHANGEABLE`, or with an empty text put it back to its default: whether that changed it. Raises
    `BadValue`."""
    before = journal.settings.get(name)
    after = value_of(name, text) if text else None
    if name == "name" and after is None:
        raise BadValue("台账名称不能为空", "请写明台账名称")
    if before == after:
        journal.remark(f"设置“{LABELS[name]}”没有变化")
        return False
    journal.configure({name: [before, after]})
    return True


def set_stage(journal: Journal, name: str, start: str, end: str) -> int:
    """Give a stage its first and last day: how many occurrences of its recurring duties that touched.

    Raises `BadValue` when the days cannot be read or stand the wrong way round.
    """
    stage = clean(name, LABELS["stages"], limit=100)
    opening, closing = (parse_deadline(text, journal.today, journal.rules.year) for text in (start, end))
    first, last = opening.start_on or opening.due_on, closing.due_on
    if first is None or last is None:
        raise BadValue(
            "阶段的起止没有确切日期", f"可写 {journal.rules.year or journal.today.year}-03-01、3月初、11月底"
        )
    if last < first:
        raise BadValue(f"阶段的起止日期 {first} 至 {last} 颠倒了", "请核对 --start 和 --end")
    before, after = journal.settings.get(STAGE + stage), [first.isoformat(), last.isoformat()]
    if before == after:
        journal.remark(f"阶段“{stage}”没有变化")
        return 0
    then = journal.rules
    journal.configure({STAGE + stage: [before, after]})
    return sum(align(journal, series, then, series) for series in in_stage(journal, stage))
