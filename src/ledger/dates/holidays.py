"""Festivals: on which day they fall, and which are statutory days off.

The lunar ones and 清明 are computed by borax, for the years 1900 to 2100; it is loaded only when one is asked for.
Statutory are (《全国年节及纪念日放假办法》, since 2025) 元旦, 除夕 to 初三, 清明, 5月1–2日, 端午, 中秋 and 10月1–3日.
"""

from datetime import date, timedelta
from functools import cache

from ledger.base.errors import BadValue

_FIXED = {
    "元旦": (1, 1),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "劳动节": (5, 1),
    "青年节": (5, 4),
    "儿童节": (6, 1),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆节": (10, 1),
}
_LUNAR = {"春节": (1, 1), "除夕": (1, 1), "元宵节": (1, 15), "端午节": (5, 5), "中秋节": (8, 15), "重阳节": (9, 9)}
# By name, the statutory days off counted from the festival.
STATUTORY = {
    "元旦": range(1),
    "春节": range(-1, 3),
    "清明节": range(1),
    "劳动节": range(2),
    "端午节": range(1),
    "中秋节": range(1),
    "国庆节": range(3),
}
_FIRST_LUNAR, _LAST_LUNAR = 1900, 2100


@cache
def festival(name: str, year: int) -> date:
    """The day of the festival in `year`. BadValue for a lunar one outside 1900 to 2100, and for a year out of range."""
    if not 1 <= year <= 9999:
        raise BadValue(f"{name}超出了公元1年至9999年")
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if not _FIRST_LUNAR <= year <= _LAST_LUNAR:
        raise BadValue(f"没有{year}年{name}的日期资料", f"只有{_FIRST_LUNAR}年至{_LAST_LUNAR}年的,请写明日期")
    from borax.calendars.lunardate import LunarDate, TermUtils  # type: ignore[import-untyped]

    if name == "清明节":
        return date(year, 4, TermUtils.parse_term_days(year)[6])  # the first of April's two solar terms
    day: date = LunarDate(year, *_LUNAR[name]).to_solar_date()
    return day - timedelta(days=1) if name == "除夕" else day


def day_each_year(name: str) -> date | None:
    """The festival's day of the solar calendar, in some year; None of one that has another in every year."""
    return date(2001, *_FIXED[name]) if name in _FIXED else None


@cache
def statutory_days(year: int) -> frozenset[date]:
    """The statutory days off of `year`, without the weekends moved around them; outside 1900 to 2100 no lunar ones."""
    days = set()
    for name, offsets in STATUTORY.items():
        if name in _FIXED or _FIRST_LUNAR <= year <= _LAST_LUNAR:
            days |= {festival(name, year) + timedelta(days=n) for n in offsets}
    return frozenset(days)


@cache
def statutory_in_order(year: int) -> list[str]:
    """The names of the statutory festivals by their day in `year`."""
    return sorted(STATUTORY, key=lambda name: festival(name, year))
