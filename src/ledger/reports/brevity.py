"""Running text that has to be short: how many lines it takes, where it is cut, how many are named.

A text is what users typed, told in Chinese sentences: its punctuation is that of these, and none of its own ends the
sentence that it stands in.
"""

import re
from collections.abc import Iterable

from ledger.base.text import width

LINE = 27
"""Characters of a line: 28 (GB/T 9704), less what punctuation that may not begin one takes."""

_BRACKETS = re.compile(r"\(([^()]*[\u3400-\u9fff][^()]*)\)")
_PAUSED = re.compile(r"(?<=[\u3400-\u9fff”》）])[,;:?!]")
_WIDE = str.maketrans(",;:?!", "，；：？！")
_PAUSES = "，。；：、！？,;!? "


def lines_of(paragraphs: Iterable[str]) -> int:
    """The lines that they take, each begun two characters in, and one more for what is wider than it should be."""
    return sum(-(-(width(text) // 2 + 3) // LINE) for text in paragraphs)


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters, ended at its last pause, or with …… where there is none."""
    text = formal("，".join(text.split("\n"))).rstrip("。.；;，, ").replace("。", "，").replace("；", "，")
    if len(text) <= most:
        return text
    at = max((place for place, letter in enumerate(text[: most + 1]) if letter in _PAUSES), default=0)
    return text[:at] if 2 * at >= most else f"{text[:most]}……"


def formal(text: str) -> str:
    """What stands in Chinese words with the punctuation of these; what belongs to figures stays: 12,345, (1)."""
    text = _BRACKETS.sub(r"（\1）", text)
    return _PAUSED.sub(lambda found: found[0].translate(_WIDE), text)


def enumerated(texts: Iterable[str], count: int, most: int, more: str = "等{}件") -> str:
    """The texts, as many as so many characters hold, at least one; and where there are more, how many in all."""
    named: list[str] = []
    used = 0
    for text in texts:
        used += width(text) // 2 + 1
        if named and used > most - 4:
            break
        named.append(text)
    return "；".join(named) + (more.format(count) if len(named) < count else "")
