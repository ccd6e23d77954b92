"""How long ago: 4周, 28天, 两个月, 半年, 4w, and a number alone, which counts weeks.

Backwards from a day, to the day that was so long before; months end as `spans.later` has them. 3月 is March, not three
months: months are counted by 个月.
"""

import re
from datetime import date, timedelta

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.dates.numerals import number

_DAYS = {"天": 1, "日": 1, "d": 1, "周": 7, "个周": 7, "星期": 7, "个星期": 7, "礼拜": 7, "个礼拜": 7, "w": 7, "": 7}
_MONTHS = {"个月": 1, "m": 1, "季度": 3, "个季度": 3, "年": 12, "y": 12}
_HALVES = {"半个月": (15, 0), "半月": (15, 0), "半年": (0, 6)}
_COUNTED = re.compile(rf"([0-9]{{1,6}}|[一二两三四五六七八九十百]+) ?({'|'.join(filter(None, (*_DAYS, *_MONTHS)))}|)")


def parse_ago(text: str, today: date) -> date:
    """The day so long before `today`. Raises `BadValue` for what is no length of time, none at all, or too long."""
    folded = fold_width(text).strip().lower().removesuffix("以来")
    days, months = _HALVES.get(folded) or _counted(folded)
    if days < 1 > months:
        raise BadValue(f"时间{quote(text)}读不懂", "可写 4周、28天、两个月,单写数字为周数")
    if days >= today.toordinal() or months >= 12 * (today.year - 1):
        raise BadValue(f"时间{quote(text)}太长", "请写短些")
    if not months:
        return today - timedelta(days)
    from ledger.dates.spans import later

    return later(today, months=-months)


def _counted(folded: str) -> tuple[int, int]:
    """(days, months), zeros where it is no length."""
    found = _COUNTED.fullmatch(folded)
    count = number(found[1]) if found else None
    if found is None or not count:
        return 0, 0
    return count * _DAYS.get(found[2], 0), count * _MONTHS.get(found[2], 0)
