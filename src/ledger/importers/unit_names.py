"""Whether a text by itself is the name of a unit, where two names meet in one text, and what is the name of a person.

Characters from U+E000 on stand for brackets that were read already (`units`).
"""

import re
from collections.abc import Iterator, Sequence

from ledger.base.nearness import PLACE
from ledger.base.text import says_none
from ledger.importers import unit_words as words

_PARTS = re.compile("[\ue000-\uf8ff]+")
_KIND = re.compile(f"(?:{'|'.join(words.KINDS)})$")
_SHARED = re.compile("[\u4e00-\u9fff]{2,4}(?:[局办委科组处室镇乡村]|部门|中学|小学|公司)")
_STEM = re.compile(f"[{words.LEVELS}]?[\u4e00-\u9fff]{{2,3}}")
_ALL = re.compile("各|全[省市县区州旗]|所有|[省市县区]直|驻")
_OWNED = re.compile("其|所属|下属|直属|所辖")


def is_unit(text: str) -> bool:
    """Whether a text by itself is a whole name: it ends as one does, and has a core (综合科, but neither 综合 nor
    科)."""
    bare = _PARTS.sub("", text)
    if words.SHORT.fullmatch(bare) or (len(bare) > 2 and words.SHORT.fullmatch(bare[1:]) and bare[0] in words.LEVELS):
        return True
    kind = _KIND.search(bare)
    if kind is None or words.NO_UNIT.search(bare):
        return False
    if _ALL.match(bare):
        return True
    place = PLACE.match(bare)
    core = bare[place.end() if place else 0 : kind.start()]
    return len(core) > 1 or (bool(core) and len(kind[0]) > 1) or (bool(place) and len(kind[0]) > 1)


def is_elliptic(names: Sequence[str]) -> bool:
    """Whether names seem to share the end of the last: 县发改、财政局."""
    *first, last = names or [""]
    return bool(first and _SHARED.fullmatch(last)) and all(_STEM.fullmatch(one) and not is_unit(one) for one in first)


def meeting(text: str, between: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The names before and behind each word of `between` at which two whole names meet."""
    for word in between.finditer(text):
        before, behind = text[: word.start()], text[word.end() :]
        others = words.OTHERS.fullmatch(behind)
        if is_unit(before) and (others or (is_unit(behind) and not _is_one(before, behind))):
            yield before, behind


def _is_one(before: str, behind: str) -> bool:
    """Whether what follows needs what is before: 县委和县政府办公室, 县教育局及所属学校, 各乡镇党委和政府."""
    behind = _PARTS.sub("", behind)
    office = words.BODY.search(before) and words.OFFICE.fullmatch(behind)
    return bool(office or _OWNED.match(behind) or behind in words.ORGANS or behind in words.COLLECTIVES)


def completed(name: str, before: str) -> str:
    """A name that goes on with what the one before began with: 各乡镇党委、政府 are two organs, 各乡镇、街道 all 各."""
    if name in words.ORGANS:
        organ = next((organ for organ in words.ORGANS if before.endswith(organ)), "")
        return before.removesuffix(organ) + name if organ and organ != before else name
    return f"各{name}" if name in words.COLLECTIVES and before.startswith("各") else name


def goes_on(before: str, behind: str, *, line: bool) -> bool:
    """Whether a blank, or the end of a `line`, broke one name in two."""
    if says_none(behind):
        return False
    if words.AND.match(before[-1]) or _begins_with_and(before, behind):
        return True
    if behind[0] >= "\ue000" or words.ROLE_BEHIND.fullmatch(behind) or words.ETC.match(behind):
        return True
    if before[-1].isascii() and behind[0].isascii() and behind[0].isalnum():
        return True
    if min(len(before), len(behind)) == 1:
        return not line or len(before + behind) > 2
    if behind in words.KINDS and behind not in words.COLLECTIVES:
        return not is_unit(before) or (behind == "办公室" and bool(words.HAS_OFFICE.search(before)))
    if is_unit(before):
        return False
    if words.AND.search(before, 1) or words.HALF.fullmatch(behind):
        return True
    return not is_unit(behind) and is_unit(before + behind)


def _begins_with_and(before: str, behind: str) -> bool:
    word = words.AND.match(behind) or words.WITH_BETWEEN.match(behind)
    return word is not None and len(behind) > word.end() and (not is_unit(behind) or is_unit(behind[word.end() :]))


def person(text: str) -> str:
    """The persons that a text names, 、 between them, without title and telephone; empty for anything else."""
    text = words.PHONE.sub("", words.OWNER_LABEL.sub("", text.strip(), count=1))
    found = [words.PERSON.fullmatch(one) for one in re.split(r"[、,;/\s]+", text.strip(":- "))]
    names = [one[1] for one in found if one is not None]
    if len(names) < len(found) or any(words.NOT_LAST.search(name) for name in names):
        return ""
    return "、".join(names)


def person_beside(text: str) -> str:
    """The persons named beside their title or a part of their unit: 城建科 张三; empty for anything else."""
    parts = re.split(r"[、,;/\s]+", text.strip())
    names = [person(one) for one in parts]
    whole = all(name or words.TITLE.fullmatch(part) or is_unit(part) for name, part in zip(names, parts, strict=True))
    return "、".join(filter(None, names)) if whole else ""


def rank_of(text: str) -> int:
    """What a role says of a unit, the most leading word deciding."""
    return next((rank for rank, word in words.RANKS if word.search(text)), words.ANSWERS)
