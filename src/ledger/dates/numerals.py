"""Numbers as offices write them: ASCII digits, Chinese digits in a row (二〇一三), place value (二十五, 廿五)."""

_DIGITS = {**{str(n): n for n in range(10)}, "两": 2, "〇": 0, "○": 0, "O": 0}
_DIGITS |= {character: n for n, character in enumerate("零一二三四五六七八九")}
_PLACES = {"十": 10, "百": 100}
_TENS = {"廿": 20, "卅": 30}

ASCII = frozenset("0123456789")
CHINESE = frozenset("〇○O零一二三四五六七八九十百两廿卅")


def number(text: str) -> int | None:
    """The number that a run of `ASCII` or of `CHINESE` characters means, None when it means none (十十)."""
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = pending = 0
    least = 1000  # places come in falling order
    for character in text:
        if place := _PLACES.get(character) or _TENS.get(character):
            if place >= least or (character in _TENS and pending):
                return None
            total += place if character in _TENS else (pending or 1) * place
            pending, least = 0, 10 if place < 100 else place
        elif pending:
            return None
        else:
            pending = _DIGITS[character]
    return total + pending


def chinese(n: int) -> str:
    """一, 两, 三 … as a count is said before its measure word; from eleven on in digits."""
    return "〇一两三四五六七八九十"[n] if 0 <= n <= 10 else str(n)


def numeral(n: int) -> str:
    """一, 二 … 十, 十一, 二十 … up to 99, as sections are numbered; digits beyond."""
    tens, ones = divmod(n, 10)
    if not 0 < n < 100:
        return str(n)
    digits = "零一二三四五六七八九"
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
