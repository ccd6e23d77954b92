"""Tokens of a deadline: the longest word of the vocabulary at each place, numbers, weekdays, and anything else.

Blanks, quotation marks (“五一”前) and 。 mean nothing; full-width forms mean the same as ASCII. Some words need a look
around them: 周一 is no weekday in 每周一次, 五一 no holiday in 五一个, 十五 a plan only in 十五期内, 月报 no report in
每月报送.
"""

import re
from functools import cache
from typing import NamedTuple

from ledger.base.text import fold_width
from ledger.dates.numerals import ASCII, CHINESE, number
from ledger.dates.words import GOES_ON, SPELLINGS, words

LONGEST = 100  # characters of an expression
_NOTHING = frozenset("“”‘’\"'「」『』《》〝〞。")
_WEEK = ("周", "星期", "礼拜")
_WEEKDAYS = {character: n for n, character in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS |= {str(n): n - 1 for n in range(1, 7)}
_NUMERALS = ASCII | CHINESE
_LOOSE = frozenset("一二三四五六七八九两")
_MEASURES = (*SPELLINGS["counter"].split(), "个")
_EDGES = "前后中初底末终尾内起"  # what a plain word may begin with that also narrows a moment
_BOUNDED = ("日", "天", "周", "月", "季度", "年", "工作日", "小时", "分钟")
_SEASONS = frozenset("春夏秋冬")
_TAKEN_FOR_DIGIT = re.compile(r"(?<![A-Za-z])[lI|oO]\d*[年月日号./-]")
_NOUNS = ("前期", "前端", "前置", "前述", "后期", "后续", "后勤")  # of 5月前期工作
_PLANNED = ("期内", "期间", "期末", "时期", "末", "规划", "初", "中期", "收官")
_COUNTING = ("number", "每", "隔", "半", "上", "本", "下", "个", "第")
_UNITS = (*_MEASURES, *"月日号天周年季点时分:./", "小时", "工作日")


class Token(NamedTuple):
    """`kind` is a word of the grammar, "number", "weekday", "?" for what no rule takes, or "" at the end.

    `text` is the word as typed, `at` and `end` its place in the expression without the blanks around it; `value` the
    number, or the weekday counted from Monday as 0.
    """

    kind: str
    text: str
    at: int
    end: int
    value: int = 0


def lex(text: str) -> list[Token]:
    """The tokens of `text`, the last of kind ""; one "?" for all of it when it is too long to be a deadline."""
    text = text.strip().rstrip(".")
    if len(text) > LONGEST:
        return [Token("?", text, 0, len(text)), Token("", "", len(text), len(text))]
    folded = fold_width(text)
    tokens: list[Token] = []
    at = 0
    while at < len(folded):
        if folded[at].isspace() or (folded[at] in _NOTHING and not (folded[at] == "《" and "》" in folded[at:])):
            at += 1
            continue
        token = _token(folded, at, tokens[-1].kind if tokens else "")
        tokens.append(token)
        at = token.end
    return [*tokens, Token("", "", at, at)]


def _token(text: str, at: int, before: str) -> Token:
    if text[at] == "《" and (end := text.find("》", at)) > 0:  # the title of a document
        return Token("?", text[at : end + 1], at, end + 1)
    if token := _weekday(text, at):
        return token
    if text.startswith("元月", at):  # January, as calendars call it
        return Token("number", text[at], at, at + 1, 1)
    if _is_unclear(text, at, before):
        return Token("unclear", text[at], at, at + 1)
    kinds = words()
    for length in range(min(_longest_word(), len(text) - at), 0, -1):
        word = text[at : at + length]
        kind = kinds.get(word)
        if kind and _stands(kind, word, text, at + length, before):
            return Token(kind, word, at, at + length)
    for characters in (ASCII, CHINESE):
        end = _skip(text, at, characters)
        if end > at:
            value = number(text[at:end])
            if 1 < end - at < 4 and frozenset(text[at:end]) <= _LOOSE:
                value = None  # 两三个月, 三五天
            return Token("number" if value is not None else "?", text[at:end], at, end, value or 0)
    return Token("?", text[at], at, at + 1)


def _is_unclear(text: str, at: int, before: str) -> bool:
    """Whether a character may be meant for another: l2月 for 12月, 春、秋两季 for a quarter."""
    if text[at] == "季":
        seasons = before == "number" and _SEASONS & {*text[max(at - 4, 0) : at]}
        return bool(seasons) and not text.startswith("季度", at)
    return _TAKEN_FOR_DIGIT.match(text, at) is not None


def _stands(kind: str, word: str, text: str, after: int, before: str) -> bool:
    """Whether the word that ends at `after` is this word there."""
    if kind == "festival":
        return word[0] not in CHINESE or not _counts(text, after)
    if kind == "event" and before == "每":
        return not word.startswith("学期")
    if kind == "plan":
        return text[after:].lstrip("".join(_NOTHING) + " ").startswith(_PLANNED)
    if kind == "plain" and word[0] in _EDGES:
        bounds = word[0] in "前内后" and before in _BOUNDED and word not in _NOUNS  # 15日内设计 is no 内设
        if bounds or text.startswith(GOES_ON, after - 1):
            return False
    if kind in ("tail", "plain") and before in _COUNTING:
        return word[0] not in "年月周季日天期次" or word == "周年"
    return True


@cache
def _longest_word() -> int:
    return max(map(len, words()))


def _skip(text: str, at: int, characters: frozenset[str]) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at


def _weekday(text: str, at: int) -> Token | None:
    for word in _WEEK:
        name = at + len(word)
        if text.startswith(word, at) and name < len(text) and text[name] in _WEEKDAYS:
            if not _is_quantity(text, name):
                return Token("weekday", text[at : name + 1], at, name + 1, _WEEKDAYS[text[name]])
            return None
    return None


def _is_quantity(text: str, at: int) -> bool:
    """Whether the numeral at `at` counts something: 一次, 一至两次, 二十次; of digits also 12, and 1 before a unit."""
    after = at + 1
    rest = text[after : after + 1]
    if text[at] in ASCII and rest and (rest in ASCII or rest in "天日月年.:/"):
        return True
    if rest and rest in "至到-—~":
        after = _skip(text, _skip(text, after, frozenset("至到-—~")), _NUMERALS)
    elif rest and rest in "十百":
        after = _skip(text, after, _NUMERALS)
    return text.startswith(_MEASURES, after) and not text.startswith("期间", after)


def _counts(text: str, at: int) -> bool:
    """Whether what stands before `at` is a number rather than a holiday: a unit follows, at once or after 至十二."""
    if at < len(text) and text[at] in _NUMERALS:
        return True
    dash = _skip(text, at, frozenset("至到-—~、,"))
    if dash > at:
        at = _skip(text, dash, _NUMERALS)
        return at > dash and text.startswith(_UNITS, at)
    return text.startswith(_UNITS, at) and not text.startswith("期间", at)
