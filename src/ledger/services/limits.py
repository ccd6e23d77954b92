"""Usual deadlines (规定时限): by when is done what comes from a kind of source and names no day.

Offices have them for instructions, minutes and letters: 批示 15 days, 会议纪要 20, 公文 30 (practice of supervision).
"""

from collections.abc import Iterable

from ledger.base.errors import BadValue
from ledger.base.text import clean, fold_width, quote
from ledger.model.fields import DUE_LIMIT, LIMITS
from ledger.model.rules import LIMIT, Rules
from ledger.services import deadlines
from ledger.store.journal import Journal


def usual(rules: Rules, source: str | None) -> tuple[str, str] | None:
    """The kind that a source is of and its usual deadline; of several kinds that it names, the longest."""
    kinds = [kind for kind in rules.limits if kind in (source or "")]
    kind = max(kinds, key=len, default=None)
    return None if kind is None else (kind, rules.limits[kind])


def set_limits(journal: Journal, texts: Iterable[str]) -> dict[str, str | None]:
    """Set what texts 来源=天数 or 来源=时限 say, all or none; an empty deadline takes one away: what changed, by
    source. Raises `BadValue`."""
    changes = {}
    for text in texts:
        kind, parted, words = fold_width(text).partition("=")
        if not parted:
            raise BadValue(f"规定时限{quote(text)}不完整", "请写成 来源=天数,如 批示=15、急件=5个工作日内")
        name = LIMIT + clean(kind, "任务来源", limit=LIMITS["source"] // 5)
        before, after = journal.settings.get(name), _words(journal, words.strip())
        if before != after:
            changes[name] = [before, after]
    if changes:
        journal.configure(changes)
    else:
        journal.remark("规定时限没有变化")
    return {name.removeprefix(LIMIT): after for name, (_, after) in changes.items()}


def _words(journal: Journal, typed: str) -> str | None:
    if not typed:
        return None
    words = f"{typed}日内" if typed.isascii() and typed.isdigit() else clean(typed, "规定时限", limit=DUE_LIMIT)
    found = deadlines.deadline(journal, words, journal.rules.year, journal.today)
    if found.due_on is None or found.recurrence is not None:
        raise BadValue(f"规定时限{quote(typed)}没有确切日期", "请写天数,如 15,或 5个工作日内")
    return words
