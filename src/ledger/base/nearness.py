"""How alike short Chinese names and titles are: what is one but for its spelling, what may be a slip of the pen.

Letters counted alike say little here: 县水务局 is 县水利局 after a slip or a reform, 张庄镇 is not 李庄镇. So names of
units are held against each other by their parts, place (县), core (水利) and kind (局), and three rules say what sets
two names apart whatever else they share: other numerals, letters or directions (第一小学, 第二小学), another
place (市水利局, 县水利局), and of what bears a proper name (乡镇, 学校, 公司) any other letter of it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ledger.base.text import fold_width

ALIKE = 0.8
"""From here on `likeness` means that two texts may well say the same."""

_DIGITS = "零一二三四五六七八九"
_NUMERAL = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{_DIGITS}十百两]+|[A-Za-z]+|[\u2460-\u2473]")
_DIRECTION = re.compile("[东西南北上下甲乙丙丁]")
_NO_NUMERAL = re.compile("进一步|统一|一体|唯一|万一|一律|一并|一同|一致")
_LEVEL = "(?:[省县州旗]|(?<![城超])市(?!场|政|容|域|民|监)|(?<![社园小校景片库])区(?!划|域))"
PLACE = re.compile(rf"(?:[^省市县区州旗]{{0,5}}(?:[城超]市|[社园小校景片库]区)?{_LEVEL})+(?=..)")
"""The place that leads a name."""
_KINDS = {
    "办": ("办公室", "办"),
    "委": ("委员会", "委"),
    "组": ("小组", "组"),
    "街道": ("街道办事处", "街道办", "街道", "办事处"),
    "政府": ("人民政府", "政府"),
    "公司": ("有限责任公司", "有限公司", "公司", "集团"),
    "队": ("大队", "支队", "中队", "队"),
    **{kind: (kind,) for kind in "局厅部科室处股站所会乡镇村院"},
    **{kind: (kind,) for kind in ("中心", "社区", "小学", "中学", "学校", "幼儿园", "医院", "银行", "农场", "林场")},
    "党委": ("党委",),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}
_KIND = re.compile("(?:" + "|".join(sorted(_KIND_OF, key=len, reverse=True)) + ")$")
_INTERCHANGED = (frozenset("局厅部科室处股组办委站所会队") | {"中心"}, frozenset({"乡", "镇", "街道"}))
"""Kinds that are written one for another, and change with a reform."""
_PROPER = {"乡", "镇", "街道", "村", "社区", "小学", "中学", "学校", "幼儿园", "医院", "公司", "银行", "农场", "林场"}
"""Kinds of which each is called by a name of its own."""
_ROLE = re.compile("(?<=..)(?:按职责分工)?(?:牵头负责|负责落实|牵头|负责|主办|承办|等(?:有关|相关)?(?:部门|单位))$")
"""What a plan says behind a name: no part of it."""
_ORGANS = {"委", "政府", "政协", "人大"}
"""Cores that are no abbreviations: 县委办, 县委编办."""


def folded(text: str) -> str:
    """A name or a title as it is held against others: half-width, without blanks. Equal ones are one name."""
    return "".join(fold_width(text).split())


def numerals(text: str) -> list[str]:
    """The numerals and Latin letters of a text, in ASCII: where they differ, two texts mean two things."""
    return [_plain(found) for found in _NUMERAL.findall(_NO_NUMERAL.sub("", fold_width(text)))]


def _plain(numeral: str) -> str:
    """A numeral as digits (十二: 12); of the Chinese ones from a hundred on as it stands."""
    tens, ten, ones = numeral.replace("两", "二").rpartition("十")
    parts = (tens or "一" if ten else "零", ones or "零")
    if numeral.isascii() or any(len(part) > 1 or part not in _DIGITS for part in parts):
        return numeral
    return str(10 * _DIGITS.index(parts[0]) + _DIGITS.index(parts[1]))


def likeness(one: str, other: str) -> float:
    """How alike two texts are: 1 when they are the same but for width, blanks, punctuation and the way numerals are
    written, 0 when their numerals differ (第一次会议, 第二次会议). From `ALIKE` on they may say the same."""
    if numerals(one) != numerals(other):
        return 0.0
    first, second = (_NUMERAL.sub("", re.sub(r"\W", "", folded(text))) for text in (one, other))
    return _ratio(first, second)


def near(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known units that a name may be a slip or another form of, nearest first: what is worth a question.

    Empty where the name itself is known, in any width.
    """
    others = list(known)
    if not folded(name) or folded(name) in map(folded, others):
        return []
    return _by_likeness(name, (other for other in others if _is_near(folded(name), folded(other))))[:most]


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names to offer for one that is not known: those that are `near`, or else those that look like it."""
    others = list(dict.fromkeys(known))
    return near(name, others, most) or _by_likeness(name, (one for one in others if _looks(name, one) > 0.6))[:most]


def _looks(one: str, other: str) -> float:
    return _ratio(folded(one), folded(other))


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    from difflib import SequenceMatcher  # few commands meet a name that is new

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _by_likeness(name: str, others: Iterable[str]) -> list[str]:
    return sorted(others, key=lambda other: -_looks(name, other))


class _Shape(NamedTuple):
    """A name in its parts: what sets it apart, the place that leads it, its core, its kind in the short form."""

    marks: tuple[list[str], list[str]]
    place: str
    core: str
    kind: str


@lru_cache(8192)  # the known names are held against each unknown one
def _shape(name: str) -> _Shape:
    found = PLACE.match(name)
    place, rest = (found[0], name[found.end() :]) if found else ("", name)
    kind = _KIND.search(rest)
    core, short = (rest[: kind.start()], _KIND_OF[kind[0]]) if kind and kind.start() else (rest, "")
    return _Shape((numerals(name), _DIRECTION.findall(name)), place, core, short)


def _is_near(one: str, other: str) -> bool:
    if one != other and _ROLE.sub("", one) == _ROLE.sub("", other):
        return True
    first, second = _shape(one), _shape(other)
    if first.marks != second.marks or "各" in (one[0], other[0]):  # 各乡镇, 各镇: which, the rest of the name says
        return False
    if first.place and second.place and not (first.place.endswith(second.place) or second.place.endswith(first.place)):
        return False
    kinds, (short, long) = {first.kind, second.kind}, sorted((first.core, second.core), key=len)
    if "" in kinds and len(one) == len(other) and one[:-1] == other[:-1] and len(short) > 1 and not kinds & _PROPER:
        return True  # 综合祖: the kind itself is the slip
    interchanged = any(kinds <= alike for alike in _INTERCHANGED)
    if short == long:
        return len(kinds) == 1 or (
            len(short) > 1 and (interchanged or ("" in kinds and not kinds & (_PROPER | {"办"})))
        )
    if short in _ORGANS:
        return False
    if len(kinds) > 1:
        apart = _KIND.search(long) is not None  # 县教育局办公室 is a part of 县教育局
        return interchanged and not apart and len(short) > 1 and short[0] == long[0] and _abbreviates(short, long)
    return _are_near_cores(short, long, proper=first.kind in _PROPER)


def _are_near_cores(short: str, long: str, *, proper: bool) -> bool:
    """Whether the one abbreviates the other (发改, 发展和改革) or, unless it is a `proper` name, has its letters in
    another order or a single other one that is not the first (of a long one, any)."""
    if proper or len(short) != len(long):
        enough = len(short) > 1 or (len(long) == 2 and not proper)  # 财, 财政
        return enough and short[:1] == long[:1] and _abbreviates(short, long)
    differing = [place for place, pair in enumerate(zip(short, long, strict=True)) if pair[0] != pair[1]]
    return sorted(short) == sorted(long) or (len(differing) == 1 and (differing[0] > 0 or len(short) > 3))


def _abbreviates(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
