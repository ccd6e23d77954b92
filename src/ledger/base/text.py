"""Text: cleaning what users type, showing what others wrote, and setting it at a display width.

Three conventions. A text is refused on the way in (`clean`) or escaped on the way out (`visible`), never silently
mended: no NFKC, no dropped characters; only ids, dates and choices are folded to ASCII (`fold_width`). *Harmful* are
the characters that a reader cannot see and a terminal or a document obeys: controls, bidi and other format characters
(ZWJ and ZWNJ are kept, emoji need them), line separators, lone surrogates, noncharacters. Widths are *cells* of a
terminal, counted as `rich` counts them, so that texts set here fit tables set there.
"""

import re
from functools import cache

from ledger.base.errors import BadValue

_BLANKS = " \t\u3000"
_JOINTS = "-/_"
_KEPT_FORMATS = "\u200c\u200d"
_EMOJI_STYLE = "\ufe0f"
_NAMES = {"\n": "换行", "\r": "换行", "\t": "制表符", "\x1b": "终端控制符"}
_FORMULA = tuple("=+-@＝＋－＠")
_FOLDED = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}

_PARTING = frozenset("、,，､")
_BRACKETS_OPEN, _BRACKETS_CLOSE = frozenset("([{（［｛〔【「『《〈“"), frozenset(")]}）］｝〕】」』》〉”")

_HIDDEN = "***"
_SCHEME = r"\b[a-z][a-z0-9+.-]{0,30}"
_BEHIND_USER = rf"""(?xis)
    ((?:(?!\bsqlite:///){_SCHEME}:/+|\bpostgres[a-z+]{{0,30}}:)[^:\n]*):  # the user may hold an @ and blanks too
    (?!(?:\*{{3}}|密码)(?:@|\Z)|\*{{3}}\s).*"""
"""In what stands before the last @: all of it belongs to the password."""
_WITHOUT_HOST = rf"(?i)({_SCHEME}://[^:/\s\[]*):(?!\*{{3}}|密码|[0-9]{{1,5}}(?![^/?#,\s)]))\S+"
"""In what stands behind it: an address whose host was forgotten, unless that is a port."""
_NAMED = r"""(?xi)
    ((?P<query>[?&])?\b[a-z_]*(?:password|passwd|pwd)["']?\s*[=:]\s*)(?!\*{3})
    ((?(query)[^&”]*|(?!))|"(?:[^"\\]|\\.){0,500}"|'(?:[^'\\]|\\.){0,500}'|[^\s&;,)]+)"""

_NONE_WORDS = frozenset(("无", "暂无", "没有", "暂没有", "尚无", "空", "n/a", "na", "none", "null"))
_NONE_MARKS = frozenset("-—–―─−/\\·~_")

# 避头尾: what may not begin a line, and what may not end one.
_CLOSING = frozenset(",.;:?!%)]}~，。、；：？！％）］｝～»›》〉」』】〕〗〞”’…—–·‰℃々")
_OPENING = frozenset("([{（［｛«‹《〈「『【〔〖〝“‘￥")


@cache
def _harmful(character: str) -> bool:
    if character.isprintable() or character in _KEPT_FORMATS:
        return False
    from unicodedata import category

    code = ord(character)
    return category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def clean(text: str, field: str, *, limit: int = 500, multiline: bool = False) -> str:
    """`text` without the blanks around it, as fit for the ledger; otherwise unchanged, save CRLF to LF in `multiline`.

    `field` is the Chinese name that an error calls it by, `limit` counts characters. Newlines and tabs are for
    `multiline` alone. BadValue when empty, too long or harmful.
    """
    text = text.strip()
    if not text:
        raise BadValue(f"{field}不能为空")
    if len(text) > limit:
        raise BadValue(f"{field}有{len(text)}个字,最多{limit}个字", "请写短些,其余内容可另记")
    if text.isprintable():
        return text
    if multiline:
        text = text.replace("\r\n", "\n")
    allowed = "\n\t" if multiline else ""
    for character in text:
        if _harmful(character) and character not in allowed:
            surrogate = "\ud800" <= character <= "\udfff"
            name = "无法解码的字节" if surrogate else _NAMES.get(character, "不可见的控制字符")
            raise BadValue(f"{field}里有{name} U+{ord(character):04X}", "请去掉它再试")
    return text


def decoded(word: str) -> str:
    """An argument or a variable of the system as UTF-8 whatever the locale: Python leaves bytes that the locale cannot
    read as lone surrogates. UnicodeError when it is no UTF-8 either."""
    import os

    if not any("\ud800" <= character <= "\udfff" for character in word):
        return word
    return os.fsencode(word).decode()


def visible(text: str, *, single_line: bool = True) -> str:
    r"""`text` made harmless for any output: harmful characters become readable escapes such as `\u{1b}`.

    Newlines and tabs become a space each; without `single_line` newlines stay.
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if single_line:
        text = text.replace("\n", " ")
    return "".join(f"\\u{{{ord(c):x}}}" if c != "\n" and _harmful(c) else c for c in text)


def masked(text: str) -> str:
    """`text` with the passwords of all addresses of databases in it hidden, however badly they are written.

    Where a password ends cannot be told for certain if it holds an @: rather too much is hidden than too little. To be
    called before a text is cut, for half an address is none.
    """
    before, at, behind = text.rpartition("@")
    before = re.sub(_BEHIND_USER, rf"\1:{_HIDDEN}", before)
    behind = re.sub(_WITHOUT_HOST, rf"\1:{_HIDDEN}", behind)
    return re.sub(_NAMED, rf"\1{_HIDDEN}", before + at + behind)


def guarded(text: str) -> str:
    """`text` as a cell of a CSV file: an apostrophe leads what a spreadsheet would run as a formula.

    That is what begins with `= + - @` or their full-width forms, blanks before them or not; and what has apostrophes
    there already, so that `unguarded` gives back every text.
    """
    return f"'{text}" if _runs(text) else text


def unguarded(text: str) -> str:
    """What `guarded` made a cell of; any other text unchanged."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def _runs(text: str) -> bool:
    return text.lstrip("'").lstrip().startswith(_FORMULA)


def quote(text: str, cells: int = 60) -> str:
    """`text` as an error message names it: in quotation marks, harmless, in one line, cut at `cells`."""
    return f"“{clip(visible(text[: cells + 1]), cells)}”"


def column_letters(column: int) -> str:
    """The letters of a column counted from 0, as spreadsheets name it: A, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def fold_width(text: str) -> str:
    """Full-width letters, digits, punctuation and blanks as ASCII. For ids, dates and choices only."""
    return text if text.isascii() else text.translate(_FOLDED)


def listed(text: str) -> list[str]:
    """The parts of a list that is parted by 、 or commas; brackets hold a part together. Empty ones are left out."""
    if _PARTING.isdisjoint(text):
        return [text.strip()] if text.strip() else []
    parts, depth = [""], 0
    for character in text:
        depth = max(depth + (character in _BRACKETS_OPEN) - (character in _BRACKETS_CLOSE), 0)
        if character in _PARTING and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part for part in map(str.strip, parts) if part]


def says_none(text: str) -> bool:
    """Whether a cell, whatever its column, holds nothing but a mark for none: 无, 暂无, (无), —, -, /."""
    bare = _bare(text)
    return not bare or bare in _NONE_WORDS or _NONE_MARKS.issuperset(bare)


def _bare(text: str) -> str:
    folded = "".join(fold_width(text).lower().split()).rstrip("。.;,!")
    return folded[1:-1] if folded.startswith("(") and folded.endswith(")") else folded


@cache
def _cell(character: str) -> int:
    """Cells of one character; the emoji style counts one, since it may widen the character before it."""
    if " " <= character <= "~" or character in "“”‘’—…·":
        return 1
    if "\u4e00" <= character <= "\u9fff" or "\u3000" <= character <= "\u3029" or "\uff01" <= character <= "\uff60":
        return 2
    if character == _EMOJI_STYLE:
        return 1
    from rich.cells import cell_len

    return cell_len(character)


def width(text: str) -> int:
    """Cells that `text` takes in a terminal; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    if _EMOJI_STYLE in text or "\u200d" in text:
        from rich.cells import cell_len

        return cell_len(text)
    return sum(map(_cell, text))


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """`text` filled with blanks to `cells`, set to the left unless `right`; never cut."""
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def clip(text: str, cells: int) -> str:
    """`text` cut to `cells`, ending in … where something was cut off."""
    if cells <= 0:
        return ""
    if width(text) <= cells:
        return text
    used = at = 0
    while (used := used + _cell(text[at])) < cells:
        at += 1
    return text[:at].rstrip("\u200d") + "…"


def wrap(text: str, cells: int) -> list[str]:
    """The lines of `text` set to `cells`; newlines are kept, blanks where a line is broken are dropped.

    Chinese breaks anywhere, words and numbers of other scripts stay whole, no line begins with closing punctuation
    or ends with opening. Where the measure is too narrow for that, first words are broken, behind a hyphen if they have
    one, then punctuation is; only a single character wider than `cells` ever sticks out.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if width(paragraph) <= cells:
            lines.append(paragraph)
        else:
            lines += _fill(paragraph, cells)
    return lines


def _fill(text: str, cells: int) -> list[str]:
    lines = []
    start = 0
    while start < len(text):
        end = _line_end(text, start, cells)
        if line := text[start:end].rstrip(_BLANKS):
            lines.append(line)
        while end < len(text) and text[end] in _BLANKS:
            end += 1
        start = end
    return lines or [""]


def _line_end(text: str, start: int, cells: int) -> int:
    """Where the line that begins at `start` ends: at the last place where it may be broken, best kind first."""
    used = at_phrase = at_joint = at_letter = at_character = 0
    inked = ""  # the last character that is no blank
    for at in range(start, len(text)):
        character, before = text[at], text[at - 1]
        used += _cell(character)
        if character in _BLANKS:  # blanks may stick out: they are dropped
            continue
        if at > start and not _is_mark(character) and before != "\u200d":
            at_character = at
            if character not in _CLOSING and inked not in _OPENING:
                at_letter = at
                if not (_is_letter(before) and _is_letter(character)):
                    at_phrase = at
                elif before in _JOINTS:
                    at_joint = at
        if used > cells and at_character:
            return at_phrase or at_joint or at_letter or at_character
        inked = character
    return len(text)


def _is_letter(character: str) -> bool:
    """Whether it forms words: the alphabets below the East Asian scripts, with ASCII digits and punctuation."""
    return "!" <= character < "\u1100" or character == "’"


def _is_mark(character: str) -> bool:
    """Whether it belongs to the character before it: combining marks, joiners, the emoji style."""
    return character == _EMOJI_STYLE or _cell(character) == 0
