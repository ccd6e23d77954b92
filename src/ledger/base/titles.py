"""Titles as they are held against each other: what is one but for its spelling, and what may well be one.

Nearness is for what shares its unit and its deadline already (`services/twice.py`), so that alike titles say much:
a word more or less, a slip of the pen, another order. What sets two titles apart whatever else they share: other
numerals or letters, and words that count or divide (季度总结 and 年度总结, 上半年 and 下半年, 东区 and 西区).
"""

import re
from collections.abc import Hashable
from difflib import SequenceMatcher

from ledger.base.nearness import ALIKE, likeness, numerals
from ledger.base.text import fold_width

_KINDS = (
    ("(", "([{【〔〖｛﹙〘", ")", ")]}】〕〗｝﹚〙"),
    ('"', "“”‘’'\"「」『』《》〈〉«»<>＂＇〝〞", "", ""),
    ("-", "-—–―‐‑−─~～", "·", "·•・‧∙⋅"),
    (",", ",，､", ".", ".。｡．"),
)
_ONE_KIND = {
    ord(written): kind
    for first, of_first, second, of_second in _KINDS
    for kind, spellings in ((first, of_first), (second, of_second))
    for written in spellings
}
_FINAL = ".;,!:、·…-"
_ENUMERATION = re.compile(
    r"(?:\([0-9一二三四五六七八九十]{1,3}\)|(?:[0-9]{1,3}(?:\.|、(?=\D))|[一二三四五六七八九十]{1,3}、)(?!\d)|[\u2460-\u2473])+"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_DIVIDING = (
    *map(frozenset, ("上中下", "东南西北", "前后", "初末", "首末", "左右", "内外", "大小", "正副", "新老")),
    *map(frozenset, ("甲乙丙丁戊己庚辛", "季月年周旬日", "春夏秋冬", "省市州县区乡镇村")),
)
_SHORT = 6
"""Letters from which on a title within a longer one says something."""


def key(title: str) -> str:
    """A title, or the name of a unit, as it is told apart from others: whatever the width and the case, without blanks
    and the punctuation at its end, with brackets, quotes and dashes of one kind. Equal ones are one."""
    text = fold_width(title)
    if not text.isascii():
        text = text.translate(_ONE_KIND)
    folded = "".join(text.split()).casefold()
    if "--" in folded:
        folded = re.sub("-{2,}", "-", folded)
    return folded.rstrip(_FINAL) or folded


def numbers(title: str) -> Hashable:
    """What near titles have alike to the letter: their numerals, save a number of order at the head and years."""
    return tuple(numerals(_YEAR.sub("", _bare(title))))


def alike(one: str, other: str) -> bool:
    """Whether two titles may well mean one task, of one unit and one deadline."""
    first, second = _bare(one), _bare(other)
    years = [set(_YEAR.findall(text)) for text in (first, second)]
    if all(years) and {year[:4] for year in years[0]} != {year[:4] for year in years[1]}:
        return False
    first, second = (re.sub(r"\W", "", _YEAR.sub("", text)) for text in (first, second))
    if numerals(first) != numerals(second) or _divided(first, second):
        return False
    return (
        likeness(first, second) >= ALIKE
        or sorted(first) == sorted(second)
        or _within(*sorted((first, second), key=len))
    )


def _bare(title: str) -> str:
    folded = key(title)
    head = _ENUMERATION.match(folded)
    return folded[head.end() :] if head and head.end() < len(folded) else folded


def _divided(one: str, other: str) -> bool:
    """Whether, where the two differ, each has another of the words that divide."""
    for what, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "replace":
            left, right = set(one[start:end]), set(other[begin:stop])
            if any(left & kind and right & kind and left & kind != right & kind for kind in _DIVIDING):
                return True
    return False


def _within(short: str, long: str) -> bool:
    """Whether the longer title only adds words to the shorter one."""
    letters = iter(long)
    return len(short) >= _SHORT and 2 * len(short) > len(long) and all(letter in letters for letter in short)
