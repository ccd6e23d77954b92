"""Cells of units: who leads, who assists, and who answers for it, however a plan writes that.

    cell      = none | [mark] piece [★] { separator [mark] piece [★] }
    separator = 、 , ; 。 / a blank, a line, 1. ①   (a blank, a line or / inside a name that the ledger knows is none)
    piece     = label list | list [role] | 会同 list | person | explanation
    label     = 牵头单位: | 责任单位: | 配合单位: | 主办: …, until the next one; at the beginning also without a colon
    list      = name { joint name } [ 等部门 ]
    joint     = 和 | 及 | 以及 | 与 | 会同      what follows 会同 assists
    role      = 牵头 | 负责 | 配合 | 按职责分工负责 …   of the names since the last , ; 。 or role; in brackets of one
    bracket   = role | person | explanation (排在第一位的为牵头单位) | clause (县财政局配合) | part of a name
    mark      = ★ ▲ * 1. ①                      no part of a name

Who leads is the first of those said to do most: 牵头 before 主办 before 承办 before all others but those that assist.
和 parts two names only where either by itself is one: 县教育局和县体育局, but not 财政和国资局, 各乡镇党委和政府, nor
县委和县政府办公室. Lines and blanks that break a name in two are mended. Whatever the grammar does not cover is refused
(`BadValue`): half a bracket, a colon, or a word of a role inside a name never become part of a unit. The vocabulary is
in `unit_words`, the rules of names in `unit_names`.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.base.nearness import folded
from ledger.base.text import fold_width, quote, says_none
from ledger.importers import unit_words as words
from ledger.importers.unit_brackets import LABEL, PART, PERSON, PRIVATE, ROLE, Brackets
from ledger.importers.unit_names import completed, goes_on, is_elliptic, is_unit, meeting, person, rank_of
from ledger.importers.unit_words import ANSWERS, ASSISTS, HOSTS, LEADS

_OWNER, _OTHER = "\uf01a", "\uf01b"  # labels of persons
_BEHIND = "".join(map(chr, (*range(PERSON, PART), *range(ROLE, LABEL))))
_LONGEST = 1000
"""The most characters of a cell: a hundred names."""
_BLANK, _PARTED = "|", "¶"
_SEPARATOR = re.compile(r"([,;。、\n|¶]+)")
_HARD = re.compile(r"[,，;；、\n]+(?![^(（]*[)）])")


class Reading(NamedTuple):
    """What a cell says: `lead` and `owner` are empty where it names none; `remarks` tell what was left out, and
    `otherwise` whether anything was read otherwise than it stands as a list of names."""

    lead: str
    assisting: tuple[str, ...]
    owner: str = ""
    remarks: tuple[str, ...] = ()
    otherwise: bool = False


class _Unit:
    """A name as it was found; `rank` is what its cell says it does, `label` what the label before it says."""

    def __init__(self, name: str, rank: int | None, label: int | None, person: str) -> None:
        self.name, self.rank, self.label, self.person = name, rank, label, person

    @property
    def does(self) -> int:
        return self.rank or self.label or ANSWERS


def read(cell: str, known: Collection[str] = frozenset(), *, assists: bool = False) -> Reading:
    """Read a cell. `known` are the units of the ledger, `folded`; with `assists` the cell is one of assisting units,
    where only a role or a label names a lead. Raises `BadValue`."""
    text = fold_width(cell).strip()
    if says_none(text):
        return Reading("", ())
    if folded(text) in known:
        return Reading("", (cell.strip(),)) if assists else Reading(cell.strip(), ())
    if len(text) > _LONGEST:
        raise BadValue(f"单位{quote(cell)}有{len(text)}个字,最多{_LONGEST}个字", "请核对这一格,或写进任务内容")
    if PRIVATE.search(cell):  # letters that an office made itself: no room for marks of our own
        names = tuple(one.strip() for one in _HARD.split(cell) if one.strip())
        return Reading("", names) if assists else Reading(names[0], names[1:])
    return _Cell(cell, known).reading(assists)


class _Cell:
    """One cell being read."""

    def __init__(self, cell: str, known: Collection[str]) -> None:
        self.cell, self.known = cell, known
        self.brackets = Brackets(self._refused)
        self.units: list[_Unit] = []
        self.owners: dict[int, list[str]] = {}  # place of the first unit under a label → persons under the next
        self.told: list[str] = []
        self._begin_clause()
        text = re.sub(r"[^\S\n]", " ", fold_width(cell.replace("\r", "")).strip())
        self.brackets.clauses.append(words.NUMBERING.sub(";", text))
        while self.brackets.clauses:
            self._begin_clause()
            self._read(self.brackets.masked(self.brackets.clauses.pop(0)))

    def reading(self, assists: bool) -> Reading:
        """What was found, taken together."""
        answering = ["、".join(named) for named in self.owners.values()]
        if len(answering) > 1:  # each under a label of its own
            for place, named in zip(self.owners, answering, strict=True):
                for unit in self.units[place : place + 1]:
                    unit.person = named
            answering = []
        found: dict[str, _Unit] = {}
        for unit in self.units:
            first = found.setdefault(folded(unit.name), unit)
            first.rank = max(first.does, unit.does)
        units = list(found.values())
        least = HOSTS if assists else ANSWERS
        lead = max((one for one in units if one.does >= least), key=lambda one: one.does, default=None)
        name = self._as_written(lead.name) if lead else ""
        assisting = tuple(self._as_written(one.name) for one in units if one is not lead)
        owner = "、".join(dict.fromkeys(filter(None, [lead.person if lead else "", *answering])))
        remarks = [f"{one.name}的{one.person}未记入" for one in units if one.person and one is not lead]
        names = [*filter(None, [name]), *assisting]
        remarks += [f"{quote(one)}像是人名" for one in names if not is_unit(one) and person(one)]
        broken = is_elliptic(names) or ("\n" in self.cell and not all(map(is_unit, names)))  # lines may break a name
        plain = [one.strip() for one in _HARD.split(self.cell) if one.strip()]
        otherwise = plain != names or broken or bool(owner or remarks)
        return Reading(name, assisting, owner, (*remarks, *self.told, *self.brackets.told), otherwise)

    def _as_written(self, name: str) -> str:
        """A name in the spelling of the cell, which was folded to be read."""
        spellings = (self.cell, re.sub(r"\s", "", self.cell))
        found = ((one, fold_width(one).find(name)) for one in spellings)
        return next((one[at : at + len(name)] for one, at in found if at >= 0), name)

    def _refused(self, what: str, hint: str = "请改成用顿号分开的单位名称,牵头单位写在第一位") -> BadValue:
        return BadValue(f"单位{quote(self.cell)}{what}", hint)

    def _is_known(self, name: str) -> bool:
        return folded(self.brackets.unmasked(name)) in self.known

    # --- pieces ------------------------------------------------------------------------------------------------------

    def _begin_clause(self) -> None:
        self.label: int | str | None = None
        self.section = len(self.units)
        self._begin_group()

    def _begin_group(self) -> None:
        """From here on names share a role that stands behind them, or 会同 before them."""
        self.group = len(self.units)
        self.shared: int | None = None

    def _read(self, text: str) -> None:
        text = words.LABEL.sub(lambda found: f"\n{chr(LABEL + rank_of(found[0]))}", text)
        for label, mark in ((words.OWNER_LABEL, _OWNER), (words.OTHER_LABEL, _OTHER)):
            text = re.sub(rf"{label.pattern}(?<=[:\s])", f"\n{mark}", text) if ":" in text else text
        text = words.BARE_LABEL.sub(lambda found: f"\n{chr(LABEL + rank_of(found[0]))}", text)
        lines = text.split("\n")
        if words.ROLE_BEHIND.fullmatch(lines[0]):  # roles on lines of their own, above their names
            text = "\n".join(chr(LABEL + rank_of(one)) if words.ROLE_BEHIND.fullmatch(one) else one for one in lines)
        text = words.ROLE.sub(lambda found: self._parted(text, found), text)
        separator = ""
        for place, token in enumerate(_SEPARATOR.split(self._without_blanks(text))):
            if place % 2:
                separator = token
                if token.strip("、"):
                    self._begin_group()
            else:
                self._piece(token.strip(), separator)

    def _parted(self, text: str, role: re.Match[str]) -> str:
        """A role inside a text ends a clause where a whole name stands before it: 甲局牵头乙局配合."""
        before = re.split(r"[\s,;、。]", text[: role.start()])[-1]
        is_role = words.STRONG.search(role[0]) and (is_unit(before) or (before and before[-1] in "等\ue000"))
        return role[0] + _PARTED if is_role else role[0]

    def _without_blanks(self, text: str) -> str:
        """Blanks and lines made separators, or nothing where they broke a name in two."""
        out = ""
        for token in re.split(r"(\s+)", text):
            if not token.strip() or not out:
                gap, out = token, out or token.strip()
                continue
            before, behind = re.split(r"[\n,;。、|¶\uf010-\uf01b]", out)[-1], re.split(r"[,;。、]", token)[0]
            if not before or not behind or behind[0] >= "\uf010":
                out += "\n" if "\n" in gap or (behind and behind[0] >= "\uf010") else ""
            elif self._is_known(before + behind) or (
                not self._is_known(before) and goes_on(before, behind, line="\n" in gap)
            ):
                out += " " if before[-1].isascii() and behind[0].isascii() and behind[0].isalnum() else ""
            else:
                out += "\n" if "\n" in gap else _BLANK
            out += token
        return out

    def _piece(self, text: str, separator: str) -> None:
        """Take in what stands between two separators."""
        while text[:1] >= "\uf010":
            self._begin_group()
            self.label = text[0] if text[0] in (_OWNER, _OTHER) else ord(text[0]) - LABEL
            self.section = self.section if isinstance(self.label, str) else len(self.units)
            text = text[1:].strip()
        starred = bool(text) and (text[0] in words.STARS or text[-1] in words.STARS)
        text = text.strip(words.DECORATION + " .")
        if self._is_aside(text, separator):
            return
        before, *behind = re.split("[:—–-]+", text)
        if len(behind) == 1 and (named := person(behind[0])):
            text = before + self.brackets.kept(PERSON, named)
        rank, text = self._role_behind(text)
        if separator == _PARTED and text and not is_unit(re.split(words.AND, text)[0]):
            self.told.append(f"{quote(text)}未记入")  # what a role is about: 牵头制定方案
            return
        names = self._names(self._role_before(text))
        for name, own in names:
            self._take(name, LEADS if starred and self.brackets.starred else own or self.shared, separator)
        if rank is not None:
            for unit in self.units[self.group :] if names or len(self.units) > self.group else self.units[-1:]:
                unit.rank = unit.rank or rank
            self._begin_group()

    def _is_aside(self, text: str, separator: str) -> bool:
        """Whether a piece names no unit: it says none, explains the list, or names a person, a title or a telephone."""
        if says_none(text) or (words.EXPLAINING.match(text) and words.EXPLAINS.search(text)):
            self.brackets.starred |= any(star in text for star in words.STARS)
        elif self.label == _OWNER:
            self.owners.setdefault(self.section, []).append(person(text) or text)
        elif self.label == _OTHER:
            self.told.append(f"{quote(self.brackets.unmasked(text))}未记入")
        elif separator not in ("\n", _BLANK) or not self.units or is_unit(text):
            return False
        elif words.PHONE.fullmatch(text) or words.TITLE.fullmatch(text):
            self.told.append(f"{quote(text)}未记入")
        elif named := person(text):
            self.units[-1].person = named
        else:
            return False
        return True

    def _role_behind(self, text: str) -> tuple[int | None, str]:
        """The role that ends a text, and the text without it; persons and roles in brackets behind it stay."""
        end = len(text.rstrip(_BEHIND))
        found = words.ROLE_BEHIND.search(text[:end])
        if found is None:
            return None, text
        left = text[: found.start()].strip()
        if left and not is_unit(left) and not words.STRONG.search(found[0]):
            return None, text
        called = words.ROLE_NOUN.match(found[0])
        if called and (self._is_collective(left + called[0]) or (not left and self._follows_collective())):
            role = found[0][called.end() :]  # units called by what they do: 各责任单位, and 责任单位 behind those
            return rank_of(role) if role else None, left + called[0] + text[end:]
        return rank_of(found[0]), left + text[end:]

    def _is_collective(self, name: str) -> bool:
        """Whether it is what units are called by what they do: 各专项活动牵头单位, where 各专项活动 are no units."""
        called = words.ROLE_NOUN.search(name)
        return called is not None and name.startswith("各") and not is_unit(name[: called.start()])

    def _follows_collective(self) -> bool:
        return bool(self.units) and self._is_collective(self.units[-1].name)

    def _role_before(self, text: str) -> str:
        """The names without what leads up to them: 由, 会同, 配合."""
        introduced = words.INTRODUCED.match(text)
        if introduced and len(text) > 3 and not self._is_known(text):
            text = text[introduced.end() :]
        for pattern, rank in ((words.WITH_BEFORE, ASSISTS), (words.ROLE_BEFORE, None)):
            found = pattern.match(text)
            if found and is_unit(text[found.end() :].split("和")[0]) and not self._is_known(text):
                self.shared = rank or rank_of(found[0])
                return text[found.end() :]
        return text

    def _names(self, text: str) -> list[tuple[str, int | None]]:
        """The names of a piece, each with the role that it says itself."""
        text = words.QUOTED.sub(r"\1", text.strip(words.DECORATION + " "))
        if not text:
            return []
        if self._is_known(text):
            return [(text, None)]
        if (bare := words.ETC.sub("", text)) != text:
            return self._names(bare)
        for before, behind in meeting(text, words.WITH_BETWEEN):
            return self._names(before) + [(name, rank or ASSISTS) for name, rank in self._names(behind)]
        if re.search(r"[/\\]", text):
            return [name for part in re.split(r"[/\\]", text) for name in self._names(part)]
        for before, behind in meeting(text, words.AND):
            return self._names(before) + self._names(behind)
        if words.OTHERS.fullmatch(text) and (self.units or self.shared == ASSISTS or text[0] == "其"):
            return []
        return [(text, None)]

    def _take(self, name: str, rank: int | None, separator: str) -> None:
        """Take in a name with what stands in brackets behind it. Raises `BadValue` for what is none."""
        roles = [ord(mark) - ROLE for mark in name if ROLE <= ord(mark) < LABEL]
        bare = self.brackets.unmasked(name).strip()
        if self.units and not separator.strip("、\n" + _BLANK):
            if bare in ("单位", "部门") and not self.units[-1].name.startswith("各"):
                return
            bare = completed(bare, self.units[-1].name)
        called = self._is_collective(bare) or (words.ROLE_NOUN.fullmatch(bare) and self._follows_collective())
        outside = words.ROLE_NOUN.sub("各", bare) if called else PRIVATE.sub("", name)
        if (words.LEFT_OVER.search(outside) or words.NO_NAME.fullmatch(outside)) and not self._is_known(name):
            raise self._refused(f"里的{quote(bare)}看不出是哪个单位")
        label = self.label if isinstance(self.label, int) else None
        self.units.append(_Unit(bare, max(roles, default=None) or rank, label, "、".join(self.brackets.persons(name))))
