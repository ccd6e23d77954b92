"""Single days, for business dates: a deadline's `day` (see `grammar.py`), looking back as well.

day = 今天 | 明天 | 昨天 | 前天 | … | 20130320 | 2013-03-20 | 2013/3/20 | 2013.3.20 | [year] NUMBER 月 NUMBER 日
    | (上 | 本 | 下 {下}) weekday
"""

from datetime import date

from ledger.dates.cursor import Cursor
from ledger.dates.expression import fixed
from ledger.dates.moments import moment
from ledger.dates.spans import later
from ledger.dates.words import DAYS_BACK


def single_day(cursor: Cursor) -> date:
    """The day that the whole text means. Stumble where it means none."""
    if token := cursor.take("past"):
        found = fixed(later(cursor.setting.today, DAYS_BACK[token.text]))
    elif cursor.sees("relative|number|years|上|本|下"):
        found = moment(cursor)
    else:
        raise cursor.stumble()
    if cursor.kind() or cursor.others or not _is_day([token.kind for token in cursor.tokens[: cursor.at]]):
        raise cursor.stumble(0)
    return cursor.setting.settle(found).last


def _is_day(kinds: list[str]) -> bool:
    if kinds[-1] == "日":
        return kinds.count("月") == 1 and kinds.count("number") == kinds.count("年") + 2
    if kinds == ["number"] or kinds[-1] in ("relative", "past", "weekday"):
        return True
    return len(kinds) == 5 and kinds[1] == kinds[3] and set(kinds[::2]) == {"number"}
