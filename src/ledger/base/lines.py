"""Where lines of Chinese text are best broken, in display cells: behind punctuation, between the names of a list, into
lines of like length."""

from collections.abc import Sequence
from itertools import zip_longest

from ledger.base.text import width, wrap

_BETWEEN = "、，,；;/"
"""What stands between the names of a list."""

_STOPS = f"{_BETWEEN}。：:.)）》”"


def phrases(text: str) -> list[str]:
    """The names of a list, 「宣传组、督导组」, each with the sign behind it; a text without one whole. Brackets hold
    one together, and so do digits: 「各县(市、区)人民政府」, 「12,345万元」."""
    found, depth = [""], 0
    for letter, after in zip_longest(text, text[1:], fillvalue=""):
        inside = letter == "," and found[-1][-1:].isdigit() and after.isdigit()
        found[-1] += letter
        depth = max(depth + (letter in "(（") - (letter in ")）"), 0)
        if letter in _BETWEEN and not depth and not inside:
            found.append("")
    return [phrase for phrase in found if phrase] or [""]


def ends(text: str) -> list[str]:
    """The ends of a span, 「3月1日—19日」, the dash with the first; any other text whole."""
    begin, dash, end = text.partition("—")
    return [begin + dash, end] if begin and end else [text]


def balanced(text: str, cells: int) -> list[str]:
    """The text in no more lines than it needs, broken behind its punctuation where that leaves no line short, else so
    that they are of like length."""
    lines = wrap(text, cells)
    if len(lines) == 1:
        return lines
    fair = width(text) // len(lines)
    tried = [found for narrower in range(fair, cells + 1) if len(found := wrap(text, narrower)) == len(lines)]
    for found in tried:
        if all(line and line[-1] in _STOPS for line in found[:-1]) and 2 * min(map(width, found)) >= fair:
            return found
    return tried[0] if tried else lines


def packed(pieces: Sequence[str], cells: int, between: str = "") -> list[str]:
    """Pieces one after another, as many to a line as it holds; one that is too long is broken evenly."""
    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]}{between}{piece}" if lines else ""
        if longer and width(longer) <= cells:
            lines[-1] = longer
        else:
            lines += balanced(piece, cells)
    return lines


def title_lines(parts: Sequence[str], cells: int) -> list[str]:
    """A title in one line, or in two of like length, broken between its parts where that is near the middle."""
    text = "".join(parts)
    if width(text) <= cells:
        return [text]
    halves: list[tuple[str, str]] = [("".join(parts[:at]), "".join(parts[at:])) for at in range(1, len(parts))]
    even = [(one, other) for one, other in halves if _are_alike(width(one), width(other), cells)]
    if not even:
        return balanced(text, cells)
    one, other = min(even, key=lambda half: abs(width(half[0]) - width(half[1])))
    return [one, other]


def _are_alike(one: int, other: int, cells: int) -> bool:
    return max(one, other) <= cells and 3 * min(one, other) >= max(one, other)


def ended(text: str) -> str:
    """The text as a sentence that ends with one full stop."""
    return f"{text.rstrip('。.；;')}。"
