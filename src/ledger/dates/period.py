"""Periods of the calendar: days, ISO weeks, months, quarters, halves and years.

The end is inclusive. Periods of a kind are numbered without gaps, so that a difference of two numbers counts periods.
The calendar runs from 0001-01-01 to 9999-12-31, as Python's does: the last week ends there, and a step beyond it is a
BadValue, as is every text that names no period.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.dates.day import long_day, month_day, weekday
from ledger.dates.deadline import Unreadable, parse_day
from ledger.dates.numerals import number
from ledger.dates.spans import DAY, MONTH, WEEK, Stretch


class Kind(StrEnum):
    """The kinds of period, as the contract's JSON names them."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}
_STRETCHES = {Kind.DAY: Stretch(DAY), Kind.WEEK: Stretch(WEEK)}
_STRETCHES |= {kind: Stretch(MONTH, length) for kind, length in _MONTHS.items()}
_QUARTERS = "一二三四"
_SUB_KIND = {
    Kind.WEEK: Kind.DAY,
    Kind.MONTH: Kind.WEEK,
    Kind.QUARTER: Kind.MONTH,
    Kind.HALF: Kind.QUARTER,
    Kind.YEAR: Kind.QUARTER,
}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included; a week may be cut at the ends of a month (see `sub_periods`)."""

    kind: Kind
    start: date
    end: date

    @property
    def label(self) -> str:
        """2013-03-19, 2013-W12, 2013-03, 2013-Q1, 2013-H1 or 2013; a cut week has the label of the whole one."""
        match self.kind:
            case Kind.DAY:
                return self.start.isoformat()
            case Kind.WEEK:
                year, week, _ = self.start.isocalendar()
                return f"{year:04d}-W{week:02d}"
            case Kind.MONTH:
                return f"{self.start.year:04d}-{self.start.month:02d}"
            case Kind.QUARTER:
                return f"{self.start.year:04d}-Q{self._place}"
            case Kind.HALF:
                return f"{self.start.year:04d}-H{self._place}"
            case Kind.YEAR:
                return f"{self.start.year:04d}"

    @property
    def chinese(self) -> str:
        """3月19日 周二, 2013年第12周(3月18日—3月24日), 2013年3月, 2013年一季度, 2013年上半年 or 2013年."""
        match self.kind:
            case Kind.DAY:
                return f"{month_day(self.start)} {weekday(self.start)}"
            case Kind.WEEK:
                year, week, _ = self.start.isocalendar()
                say = month_day if self.start.year == self.end.year == year else long_day
                days = say(self.start) if self.start == self.end else f"{say(self.start)}—{say(self.end)}"
                return f"{year}年第{week}周({days})"
            case Kind.MONTH:
                return f"{self.start.year}年{self.start.month}月"
            case Kind.QUARTER:
                return f"{self.start.year}年{_QUARTERS[self._place - 1]}季度"
            case Kind.HALF:
                return f"{self.start.year}年{'上下'[self._place - 1]}半年"
            case Kind.YEAR:
                return f"{self.start.year}年"

    def as_json(self) -> dict[str, object]:
        """The contract's object, days still `date`."""
        return {"kind": self.kind, "label": self.label, "start": self.start, "end": self.end}

    def short(self, year: int) -> str:
        """As a part of a longer period of `year`: 3月19日 周二, 第12周, 3月, 一季度; another year is said."""
        if self.kind is Kind.WEEK:
            said, week, _ = self.start.isocalendar()
            return f"第{week}周" if said == year else f"{said}年第{week}周"
        return self.chinese.removeprefix(f"{year}年") or self.chinese

    @property
    def _place(self) -> int:
        """Which quarter, half or month of its year, from 1."""
        return (self.start.month - 1) // _MONTHS[self.kind] + 1

    @property
    def index(self) -> int:
        """The number of the period among those of its kind."""
        return _STRETCHES[self.kind].number(self.start)

    @property
    def next(self) -> "Period":
        return self.shift(1)

    @property
    def previous(self) -> "Period":
        return self.shift(-1)

    def shift(self, n: int) -> "Period":
        """The whole period `n` later, or earlier where `n` is negative."""
        return _numbered(self.kind, self.index + n)

    def sub_periods(self) -> list["Period"]:
        """What a trend shows: the days of a week, the ISO weeks of a month cut at its ends, the months of a quarter,
        the quarters of a half and of a year; a day has none."""
        kind = _SUB_KIND.get(self.kind)
        if kind is None:
            return []
        numbers = range(_STRETCHES[kind].number(self.start), _STRETCHES[kind].number(self.end) + 1)
        wholes = (_numbered(kind, number) for number in numbers)
        return [replace(p, start=max(p.start, self.start), end=min(p.end, self.end)) for p in wholes]


def period_of(kind: Kind, day: date) -> Period:
    """The period of `kind` that `day` lies in."""
    return _numbered(kind, _STRETCHES[kind].number(day))


def _numbered(kind: Kind, number: int) -> Period:
    days = _STRETCHES[kind].span(number)
    if days is None:
        raise BadValue("时段超出了公元1年至9999年")
    return Period(kind, *days)


_EXAMPLES = {
    Kind.DAY: "{}-03-19、今天、-1",
    Kind.WEEK: "{}-W12、第12周、本周、上周、-1",
    Kind.MONTH: "{}-03、三月、本月、上月、-1",
    Kind.QUARTER: "{}-Q1、一季度、本季度、上季度、-1",
    Kind.HALF: "{}-H1、上半年、下半年、-1",
    Kind.YEAR: "{}、今年、去年、-1",
}
"""{} is the current year."""
_ONE = {
    Kind.DAY: "一天",
    Kind.WEEK: "一周",
    Kind.MONTH: "一个月",
    Kind.QUARTER: "一个季度",
    Kind.HALF: "半年",
    Kind.YEAR: "一年",
}
_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1}
_WORDS = {
    f"{word}{joint}{unit}": (kind, n)
    for word, n in (("上", -1), ("本", 0), ("这", 0), ("当", 0), ("下", 1))
    for joint in ("", "个")
    for unit, kind in (
        ("周", Kind.WEEK),
        ("星期", Kind.WEEK),
        ("礼拜", Kind.WEEK),
        ("月", Kind.MONTH),
        ("季度", Kind.QUARTER),
        ("季", Kind.QUARTER),
    )
} | {word: (Kind.YEAR, n) for word, n in ({**_YEARS, "全年": 0}).items()}
# A label with # for each number, as typed and as `Period.chinese` gives it; 第 alone before weeks.
_SHAPES = {
    shape: kind
    for kind, shapes in {
        Kind.WEEK: "#-W# #W# #年第#周",
        Kind.MONTH: "#-# #/# #.# #年#月",
        Kind.QUARTER: "#-Q# #Q# #年#季度",
        Kind.HALF: "#-H# #H# #年H#",
        Kind.YEAR: "# #年",
    }.items()
    for shape in shapes.split()
}
_PLAIN = (
    (
        "^([0-9]{4}|[二一][〇○零一二三四五六七八九]{3})年?度?(?=[一二三四五六七八九十]{1,3}(?:个?季|月|周)|第)",
        r"\1年",
    ),
    ("年度|年全年", "年"),
    ("上半年", "H1"),
    ("下半年", "H2"),
    ("第(?=[^周星礼]*$)|份$", ""),
    ("元月", "1月"),
    ("个?季度?$", "季度"),
    ("(?:星期|礼拜)$", "周"),
)
"""What is written otherwise than the labels are."""
_BLANKS = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
"""Blanks beside a Chinese character say nothing: 2013 年 3 月."""


def parse_period(text: str | None, kind: Kind, today: date) -> Period:
    """The period of `kind` that `text` names on the day `today`; None is the current one.

    A number with a sign counts from the current period. A date in any spelling of `parse_day` is the period it lies
    in; without a year it is in this year, for reports look back. BadValue (exit 2) for a period of another kind.
    """
    if text is None:
        return period_of(kind, today)
    folded = fold_width(text).strip()
    if re.fullmatch("[+-][0-9]{1,9}", folded):
        return period_of(kind, today).shift(int(folded))
    hint = f"可写 {_EXAMPLES[kind].format(today.year)},或其中任何一天的日期"
    period = _read(text, today, today.year, hint)
    if period.kind is Kind.DAY:
        return period_of(kind, period.start)
    if period.kind is not kind:
        raise BadValue(f"时段{quote(text)}是{_ONE[period.kind]},这里要的是{_ONE[kind]}", hint)
    return period


def parse_any_period(text: str, today: date) -> Period:
    """The period that `text` names, of the kind it names; a date is that day, without a year as in `parse_day`."""
    y = today.year
    return _read(text, today, None, f"可写 {y}-03-19、{y}-W12、{y}-03、{y}-Q1、{y}-H1、{y}、今天、本周、下月等")


def _read(text: str, today: date, year: int | None, hint: str) -> Period:
    folded = _BLANKS.sub("", fold_width(text).strip().upper())
    if folded in _WORDS:
        kind, n = _WORDS[folded]
        return period_of(kind, today).shift(n)
    if period := _labelled(folded, today, quote(text)):
        return period
    try:
        return period_of(Kind.DAY, parse_day(text, today, year))
    except Unreadable:
        raise Unreadable(f"时段{quote(text)}读不懂", hint) from None


def _labelled(text: str, today: date, quoted: str) -> Period | None:
    """The period with this label, None if it has the shape of none; without a year, in this one."""
    if not 0 < len(text) <= 20:
        return None
    if told := re.match(f"({'|'.join(_YEARS)})度?的?(?=.)", text):
        text = f"{today.year + _YEARS[told[1]]:04d}年{text[told.end() :]}"
    for written, plain in _PLAIN:
        text = re.sub(written, plain, text)
    text = re.sub("[〇○零一二三四五六七八九十]+", lambda found: _digits(found[0]), text)
    if short := re.match("([0-9]{2})年", text):
        text = f"{today.year // 100:02d}{short[1]}{text[2:]}"
    if not re.match("[0-9]{4}", text):
        text = f"{today.year:04d}年{text}"
    kind = _SHAPES.get(re.sub("[0-9]+", "#", text))
    year, *places = re.findall("[0-9]+", text)
    if kind is None or len(year) != 4 or any(len(place) > 2 for place in places):
        return None
    return _placed(kind, int(year), int(places[0]) if places else 1, quoted)


def _digits(numeral: str) -> str:
    meant = number(numeral)
    return numeral if meant is None else str(meant)


def _placed(kind: Kind, year: int, place: int, quoted: str) -> Period:
    """The period number `place` of its kind in `year`."""
    try:
        if kind is Kind.WEEK:
            return period_of(kind, date.fromisocalendar(year, place, 1))
        return period_of(kind, date(year, (place - 1) * _MONTHS[kind] + 1, 1))
    except ValueError:
        weeks = date(year, 12, 28).isocalendar().week if kind is Kind.WEEK and year else 0
        raise BadValue(f"没有{quoted}这个时段", f"{year}年有{weeks}周" if weeks else "") from None
