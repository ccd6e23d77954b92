"""The brackets of a cell of units: each is read and put into one private character, so that no rule looks inside one.

A bracket names a role (牵头), a person (张三), what the list means (排在第一位的为牵头单位), names of its own (县财政局
配合), or is part of the name that it stands in (各乡(镇、街道)).
"""

import re
from collections.abc import Callable
from functools import partial

from ledger.base.errors import BadValue
from ledger.base.text import quote, says_none
from ledger.importers import unit_words as words
from ledger.importers.unit_names import is_unit, person, person_beside, rank_of

PERSON, PART, ROLE, LABEL = 0xE000, 0xE100, 0xF000, 0xF010
"""Where the private characters begin of a person and of a part of a name in brackets, of a role in them, of a label:
the last two with the rank added."""

_PAIRS = dict(zip("([{<【〔《「『〈", ")]}>】〕》」』〉", strict=True))
PRIVATE = re.compile("[\ue000-\uf8ff]")


class Brackets:
    """Those of one cell; `clauses` are what brackets say that have names of their own, `starred` whether one says that
    a star marks the lead, `told` what was left out. `refused` makes the error for half a bracket."""

    def __init__(self, refused: Callable[[str, str], BadValue]) -> None:
        self._half = partial(refused, "里的括号不成对", "请补上另一半括号,或去掉这一半")
        self._texts: dict[str, str] = {}
        self.clauses: list[str] = []
        self.starred = False
        self.told: list[str] = []

    def masked(self, text: str) -> str:
        """The text with each bracket read and put into one character, or gone. Raises `BadValue` for half a one."""
        out, start = "", 0
        opened: list[str] = []
        for at, character in enumerate(text):
            if character in _PAIRS:
                start = start if opened else at
                opened.append(_PAIRS[character])
            elif character in _PAIRS.values():
                if not opened or opened.pop() != character:
                    raise self._half()
                if not opened:
                    out += self._read(out, text[start : at + 1], text[at + 1 :])
            elif not opened:
                out += character
        if opened:
            raise self._half()
        return out

    def unmasked(self, name: str) -> str:
        """A name with the brackets that are part of it."""
        return PRIVATE.sub(lambda mark: self._texts.get(mark[0], "") if ord(mark[0]) >= PART else "", name)

    def persons(self, name: str) -> list[str]:
        return [self._texts[mark] for mark in name if PERSON <= ord(mark) < PART]

    def _read(self, before: str, whole: str, behind: str) -> str:
        """What stands for a bracket: a private character, a label, or nothing."""
        inner = re.sub(r"\s*\n\s*", "", whole[1:-1]).strip()
        left = re.split(r"[\s,;、。]", before.rstrip())[-1].lstrip(words.DECORATION)
        role = words.ROLE_IN_BRACKETS.match(inner)
        if says_none(inner) or words.NOUN.fullmatch(inner):
            return ""
        if words.EXPLAINS.search(inner):
            self.starred = self.starred or any(star in inner for star in words.STARS)
            return ""
        if words.LABEL_BEFORE.search(before) and not role:
            return f":{inner};"
        if left and (named := person(inner) or person_beside(inner)):
            return self.kept(PERSON, named)
        if _is_clause(inner) or not (before.strip() or behind.strip()):
            self.clauses.append(inner)
            return ""
        if role:
            is_label = not left or (behind[:1] > "\u3002" and any(ord(one) >= LABEL for one in before))
            return f"\n{chr(LABEL + rank_of(inner))}" if is_label else chr(ROLE + rank_of(inner))
        if words.STRONG.search(inner) or words.PHONE.fullmatch(inner):
            self.told.append(f"{quote(inner)}未记入")
            return ""
        return self.kept(PART, f"{whole[0]}{inner}{whole[-1]}")

    def kept(self, base: int, text: str) -> str:
        """A private character that stands for a text from here on."""
        mark = chr(base + len(self._texts) % 0x100)
        self._texts[mark] = text
        return mark


def _is_clause(text: str) -> bool:
    """Whether a bracket holds names of its own: 县财政局配合, 会同县财政局, 配合单位:县财政局."""
    if words.LABEL.search(text):
        return True
    role, before = words.ROLE_BEHIND.search(text), words.WITH_BEFORE.match(text) or words.ROLE_BEFORE.match(text)
    return bool((role and is_unit(text[: role.start()])) or (before and is_unit(text[before.end() :])))
