"""Titles as they are held against each other: what is one but for its spelling, and what may well be one.

Nearness is for what shares its unit and its deadline already (`services/twice.py`), so that alike titles say much:
a word more or less, a slip of the pen, another order. What sets two titles apart whatever else they share: other
numerals or letters, and words that divide (季度总结 and 年度总结, 东区 and 西区, 检查方案 and 检查总结).
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from ledger.base.nearness import ALIKE, numerals
from ledger.base.text import fold_width

_KINDS = (
    ("(", "([{【〔〖｛﹙〘", ")", ")]}】〕〗｝﹚〙"),
    ('"', "“”‘’'\"「」『』《》〈〉«»＂＇〝〞", "", ""),
    ("-", "-—–―‐‑−─~～", "·", "·•・‧∙⋅"),
    (",", ",，､", ".", ".。｡．"),
)
_ONE_KIND = {
    written: kind
    for first, of_first, second, of_second in _KINDS
    for kind, spellings in ((first, of_first), (second, of_second))
    for written in spellings
}
_FOLDED = {
    ord(written): _ONE_KIND.get(written, _ONE_KIND.get(fold_width(written), fold_width(written)))
    for written in (*map(chr, range(0xFF01, 0xFF5F)), *_ONE_KIND)
}
_FINAL = ".;,!:、·…-"
_ENUMERATION = re.compile(
    r"(?:\([0-9一二三四五六七八九十]{1,3}\)|(?:[0-9]{1,3}(?:\.|、(?=\D))|[一二三四五六七八九十]{1,3}、)(?!\d)|[\u2460-\u2473])+"
)
_HEAD = re.compile("[(0-9一二三四五六七八九十\u2460-\u2473]")
_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百两]+|[a-z]+|[\u2460-\u2473]")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_MARK = re.compile(r"\W")
_DIVIDING = (
    *map(frozenset, ("上中下", "东南西北", "前后", "初末", "首末", "左右", "内外", "大小", "正副", "新老")),
    *map(frozenset, ("甲乙丙丁戊己庚辛", "季月年周旬日", "春夏秋冬", "省市州县区乡镇村")),
)
_SHORT = 6
"""Letters from which on a title within a longer one says something."""


def key(title: str) -> str:
    """A title, or the name of a unit, as it is told apart from others: whatever the width and the case, without blanks
    and the punctuation at its end, with brackets, quotes and dashes of one kind. Equal ones are one."""
    folded = "".join(title.translate(_FOLDED).split()).casefold()
    if "--" in folded:
        folded = re.sub("-{2,}", "-", folded)
    return folded.rstrip(_FINAL) or folded


def unquoted(title: str) -> str:
    """The `key` of a title without its quotes, which a copy of a sheet may lose: 印发《方案》 and 印发方案."""
    return key(title).replace('"', "")


def numbers(folded: str) -> tuple[str, ...]:
    """What near titles, each a `key`, have alike to the letter: their numerals and Latin letters, save a number of
    order at the head and years."""
    found = _NUMERAL.findall(folded)
    if found and (_HEAD.match(folded) or any(len(one) == 4 or not one.isascii() for one in found)):
        return tuple(numerals(_YEAR.sub("", _bare(folded))))
    return tuple(found)


def alike(one: str, other: str) -> bool:
    """Whether two titles may well mean one task, of one unit and one deadline."""
    first, second = _bare(one), _bare(other)
    years = [{year[:4] for year in _YEAR.findall(text)} for text in (first, second)]
    if all(years) and years[0] != years[1]:
        return False
    first, second = (_NUMERAL.sub("", _MARK.sub("", _YEAR.sub("", text))) for text in (first, second))
    same_letters = sorted(first) == sorted(second)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if not same_letters and matcher.ratio() < ALIKE and not _within(*sorted((first, second), key=len)):
        return False
    return numbers(key(one)) == numbers(key(other)) and (
        same_letters or not _divided(first, second, matcher.get_opcodes())
    )


def _bare(title: str) -> str:
    folded = key(title)
    head = _ENUMERATION.match(folded)
    return folded[head.end() :] if head and head.end() < len(folded) else folded


def _divided(one: str, other: str, steps: Iterable[tuple[str, int, int, int, int]]) -> bool:
    """Whether, where the two differ, each has another of the words that divide; or another verb at the head or noun at
    the end (起草方案 and 印发方案, 检查方案 and 检查总结)."""
    for what, start, end, begin, stop in steps:
        if what == "replace":
            left, right = set(one[start:end]), set(other[begin:stop])
            if any(left & kind and right & kind and left & kind != right & kind for kind in _DIVIDING):
                return True
            at_an_end = start == begin == 0 or (end == len(one) and stop == len(other))
            if at_an_end and min(end - start, stop - begin) > 1:
                return True
    return False


def _within(short: str, long: str) -> bool:
    """Whether the longer title only adds words to the shorter one."""
    letters = iter(long)
    return len(short) >= _SHORT and 2 * len(short) > len(long) and all(letter in letters for letter in short)
