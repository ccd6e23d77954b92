"""The percentage that a text tells as the progress of its task: 「方案已送审,完成60%」."""

import re
from typing import NamedTuple

from ledger.base.text import fold_width
from ledger.dates.numerals import CHINESE, number

_PERCENT = re.compile(
    rf"(?P<digits>\d+(?:\.\d+)?)\s*%|百分之(?P<words>[{''.join(sorted(CHINESE))}]+|\d+(?:\.\d+)?)", re.ASCII
)
_CLAUSE = re.compile(r"[,;。、:!?()\n]")
_OF_ELSE = re.compile("率|占|增|升|降|减|提高|上涨|压缩|节约|未完成|剩|尚欠|还差")
"""What makes of a percentage behind it a rate, a share or a change of something, or what is left to do."""
_OF_WORK = re.compile("(?<!未)完成|进度|进展|推进")
_OF_SOME = re.compile(r"\s*的")
"""60%的单位 are some of them; 完成60%的工程量 is progress all the same."""


class Told(NamedTuple):
    """The percentage told, None for none; `doubtful` where the text names percentages and none was taken."""

    percent: int | None
    doubtful: bool = False


def progress_in(text: str) -> Told:
    """The progress that a text tells: the one percentage that can be meant, whole and up to 100."""
    folded = fold_width(text)
    found = list(_PERCENT.finditer(folded))
    meant = {_value(one) for one in found if _can_be_meant(folded, one)}
    if len(meant) != 1 or (value := meant.pop()) is None:
        return Told(None, bool(found))
    return Told(value)


def _can_be_meant(text: str, percentage: "re.Match[str]") -> bool:
    """By the last word before it in its clause, and by whether it is a part of what follows."""
    clause = _CLAUSE.split(text[: percentage.start()])[-1]
    work, other = (max((one.end() for one in words.finditer(clause)), default=0) for words in (_OF_WORK, _OF_ELSE))
    if work > other:
        return True
    return not other and not _OF_SOME.match(text, percentage.end())


def _value(percentage: "re.Match[str]") -> int | None:
    text = percentage["digits"] or percentage["words"]
    value = number(text) if text.isdigit() or not text.isascii() else None
    return value if value is not None and value <= 100 else None
