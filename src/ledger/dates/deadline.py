"""Deadlines and single days as offices write them: a lexer and a grammar.

    deadline = day
    day      = relative | calendar
    relative = 今天 | 今日 | 当天 | 当日 | 明天 | 明日 | 后天        (of a single day also 昨天 | 昨日)
    calendar = NUMBER                                        eight digits: 20130320
             | NUMBER mark NUMBER mark NUMBER                the same mark twice: 2013-03-20, 2013/3/20, 2013.3.20
             | [NUMBER 年] NUMBER 月 NUMBER (日 | 号)
    mark     = - | / | .

Tokens are runs of digits, the words of the grammar, and any other character by itself, which no rule takes. Full-width
forms mean the same as ASCII, blanks between tokens mean nothing, a year has four digits. A new form of deadline is a
new rule: a line above, a method of `_Parser`, its words in `_WORDS`.

A day without a year is in the ledger's year when the caller knows it; else in this year, or in the next one when it is
more than 90 days past. Which year was taken is always noted.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote

_LONGEST = 100
_LONG_PAST = 90  # days
_AHEAD = {"今天": 0, "今日": 0, "当天": 0, "当日": 0, "明天": 1, "明日": 1, "后天": 2}
_AROUND = _AHEAD | {"昨天": -1, "昨日": -1}
_WORDS = (*_AROUND, "年", "月", "日", "号")
_SPELLINGS = "可写 2013-03-20、20130320、2013/3/20、2013.3.20、2013年3月20日、3月20日、今天、明天、后天"


class Unreadable(BadValue):
    """A text that the grammar does not take; an impossible day such as 2月30日 is a plain BadValue."""


class Deadline(NamedTuple):  # a sixth of what a dataclass costs each command at its start
    """What an expression means.

    `text` is the expression as typed, without the blanks around it. `due_on` is the last day of the deadline, None
    where there is none; `start_on` the first day, where the expression names one. `grace_days` go by before the task
    counts as overdue. `notes` say in Chinese what had to be assumed.
    """

    text: str
    start_on: date | None
    due_on: date | None
    grace_days: int = 0
    notes: tuple[str, ...] = ()


def parse_deadline(text: str, today: date, year: int | None = None) -> Deadline:
    """The deadline that `text` means on the day `today`, in the ledger of `year`.

    Unreadable or BadValue (both exit 2) when it means none.
    """
    parser = _Parser(text, today, year)
    try:
        due_on = parser.whole_day(_AHEAD)
    except _NoMatch:
        raise Unreadable(f"完成时限{quote(text)}读不懂", _SPELLINGS) from None
    return Deadline(text.strip(), None, due_on, notes=tuple(parser.notes))


def parse_day(text: str, today: date, year: int | None = None) -> date:
    """The single day that `text` means; errors as of `parse_deadline`."""
    try:
        return _Parser(text, today, year).whole_day(_AROUND)
    except _NoMatch:
        raise Unreadable(f"日期{quote(text)}读不懂", f"{_SPELLINGS}、昨天") from None


class _NoMatch(Exception):
    """The grammar does not take the text."""


class _Parser:
    """Recursive descent: each rule takes its tokens from the left, or raises _NoMatch."""

    def __init__(self, text: str, today: date, year: int | None) -> None:
        self.tokens = [*_tokens().findall(fold_width(text)), ""] if len(text) <= _LONGEST else [""]
        self.at = 0
        self.today = today
        self.year = year
        self.notes: list[str] = []

    def whole_day(self, relative: Mapping[str, int]) -> date:
        """A day and nothing after it; `relative` are the words allowed, with their distance from today."""
        day = self._relative(relative) or self._calendar()
        self._expect("")
        return day

    def _relative(self, words: Mapping[str, int]) -> date | None:
        word = self._take(*words)
        if not word:
            return None
        try:
            return self.today + timedelta(days=words[word])
        except OverflowError:
            raise BadValue(f"{word}超出了公元1年至9999年") from None

    def _calendar(self) -> date:
        first = self._digits(1, 8)
        if len(first) == 8:
            return _day(int(first[:4]), int(first[4:6]), int(first[6:]))
        if mark := self._take("-", "/", "."):
            month = self._digits(1, 2)
            self._expect(mark)
            return _day(_year(first), int(month), int(self._digits(1, 2)))
        year = None
        if self._take("年"):
            year, first = _year(first), self._digits(1, 2)
        self._expect("月")
        day = int(self._digits(1, 2))
        self._expect("日", "号")
        if len(first) > 2:
            raise _NoMatch
        if year is None:
            year = self._assumed_year(int(first), day)
        return _day(year, int(first), day)

    def _assumed_year(self, month: int, day: int) -> int:
        year = self.year
        if year is None:
            # Counted from the first of the month, so that 29 February has its place in every year.
            first = date(self.today.year, min(max(month, 1), 12), 1)
            past = self.today.toordinal() - (first.toordinal() + day - 1)
            year = self.today.year + (past > _LONG_PAST)
        self.notes.append(f"未写年份,按{year}年")
        return year

    def _take(self, *words: str) -> str:
        """The next token if it is one of `words`, else the empty string, and nothing is taken."""
        token = self.tokens[self.at]
        if token not in words:
            return ""
        self.at += 1
        return token

    def _expect(self, *words: str) -> None:
        if self.tokens[self.at] not in words:
            raise _NoMatch
        self.at += 1

    def _digits(self, least: int, most: int) -> str:
        token = self.tokens[self.at]
        if not (token.isascii() and token.isdecimal() and least <= len(token) <= most):
            raise _NoMatch
        self.at += 1
        return token


@cache
def _tokens() -> re.Pattern[str]:
    words = sorted(_WORDS, key=len, reverse=True)
    return re.compile("|".join(("[0-9]+", *words, r"\S")))


def _year(digits: str) -> int:
    if len(digits) != 4:
        raise _NoMatch
    return int(digits)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue(f"没有{year}年{month}月{day}日这一天") from None
