"""Words of bash: a line as it was typed taken apart, and a value put into it so that it stays one literal word.

Readline inserts what it is offered as it stands, in place of the end of the word being typed: all that follows an open
quote, or the last word break (`COMP_WORDBREAKS`) that is not quoted. Hence what is offered has to fit the quote that is
open there.
"""

import re
from string import ascii_letters, digits
from typing import NamedTuple

_BARE = frozenset(ascii_letters + digits + "_./,%+-")
_IN_DOUBLE = str.maketrans({c: f"\\{c}" for c in '"$`\\'})


_TOKEN = re.compile(
    r"""(?P<blank>[ \t\n]+) | '(?P<single>[^']*)(?P<single_end>'?) | "(?P<double>(?:\\.|[^"\\])*\\?)(?P<double_end>"?)
        | \\(?P<escaped>.?) | (?P<bare>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED_IN_DOUBLE = re.compile(r'\\(["$`\\])')


class Line(NamedTuple):
    """A line up to the cursor."""

    words: list[str]  # the whole words, quotes removed; the program's name first
    word: str  # what is typed of the last one, quotes removed
    kept: int  # so many characters of it readline leaves alone
    tail: str  # what readline replaces, as typed
    quote: str  # the quote open there: "", "'" or '"'


def bash_line(line: str, breaks: str) -> Line:
    """`line` as bash reads it, expansions left alone: they are no business of completion."""
    words: list[str] = []
    word, quote, kept, start, begun = "", "", 0, 0, False
    for token in _TOKEN.finditer(line):
        kind = token.lastgroup
        if kind == "blank":
            words += [word] if begun else []
            word, kept, start, begun = "", 0, token.end(), False
            continue
        begun = True
        if kind in ("single_end", "double_end") and not token[kind]:
            quote, kept, start = token[0][0], len(word), token.start() + 1
        word += _read(token)
        if kind == "bare" and token[0] in breaks:
            kept, start = len(word), token.end()
    return Line(words, word, kept, line[start:], quote)


def _read(token: re.Match[str]) -> str:
    """A token with its quotes removed."""
    if token["double"] is not None:
        return _ESCAPED_IN_DOUBLE.sub(r"\1", token["double"])
    return next(text for text in token.group("single", "escaped", "bare") if text is not None)


def bash_quoted(text: str, quote: str = "") -> str | None:
    """`text` as bash reads it back, bare or inside a quote that is open; None where it cannot be.

    In double quotes `!` recalls an earlier command, and a backslash before it would stay.

    Readline closes the quote after the only match, unless that ends in one: then the closing one is there already.
    """
    if not quote:
        return "".join(c if c in _BARE or not c.isascii() else f"\\{c}" for c in text)
    if quote == '"' and "!" in text:
        return None
    inside = text.replace("'", "'\\''") if quote == "'" else text.translate(_IN_DOUBLE)
    return inside + quote if inside.endswith(quote) else inside


def plain(text: str) -> bool:
    """Whether `text` is the same word in every shell with no quoting: no blank, nothing that any of them reads."""
    return all(c in _BARE and c != "," if c.isascii() else not (c.isspace() or "‘" <= c <= "‟") for c in text)


def literal_start(token: str) -> str:
    """As much of a token as stands for itself in any shell; fish does the rest of the matching itself."""
    return re.split(r"""['"\\$(){}*?~<>]""", token, maxsplit=1)[0]
