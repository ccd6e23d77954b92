"""A duty that follows its own last period: 上一期销号后10日内, 自上次办结之日起5个工作日. Grammar in `grammar.py`."""

from ledger.dates.cursor import Cursor
from ledger.dates.durations import Duration, duration, ends
from ledger.dates.following import Following
from ledger.dates.limits import grace
from ledger.dates.meaning import Deadline
from ledger.dates.words import DAYS_AHEAD

_ISSUES = ("期", "次", "轮", "回", "批")
"""What the last of may be meant so; of 上一项 and 上一件 it is another task's end that is spoken of."""
_OF_IT = ("任务", "工作", "事项")
_ENDED = ("销账", "办完", "做完")


def turn(cursor: Cursor) -> Deadline:
    """The duty, its first period given out on the setting's base. Stumble where none is named."""
    mark = cursor.at
    before = bool(mark) and cursor.tokens[mark - 1].kind == "done"  # 办结上一期后
    if not cursor.take("上"):
        cursor.expect("前")
    if not cursor.sees("counter"):
        cursor.take("个")
    if cursor.sees("number") and cursor.tokens[cursor.at].value == 1:
        cursor.at += 1
        cursor.take("个")
    if cursor.expect("counter").text not in _ISSUES:
        raise cursor.stumble(mark)
    while cursor.text in _OF_IT:
        cursor.at += 1
    if not cursor.take("done") and not _spelt(cursor) and not before:
        raise cursor.stumble()
    length = _length(cursor)
    soft = cursor.take("左右")
    cursor.take("内")
    found = Following(*length)
    base = cursor.setting.base
    due = ends(cursor, base, length)
    return Deadline(cursor.typed(mark), base, due, grace(soft, length.months), kind="recurring", recurrence=found)


def _spelt(cursor: Cursor) -> bool:
    """Takes a word for the end that the vocabulary does not have as one."""
    word = next((one for one in _ENDED if cursor.follows((one,))), "")
    end = cursor.tokens[cursor.at].at + len(word)
    while word and cursor.tokens[cursor.at].end <= end:
        cursor.at += 1
    return bool(word)


def _length(cursor: Cursor) -> Duration:
    """后10日内, 之日起满5个工作日, 次日起一周内, 后第10天, 10日后, 后次日. Stumble without any."""
    after = cursor.take("后", "起")
    cursor.take("的")
    if cursor.kind() == "relative" and DAYS_AHEAD[cursor.text] < 2:
        ahead = DAYS_AHEAD[cursor.expect("relative").text]
        if not cursor.take("起"):
            if cursor.sees("number|第|半"):
                raise cursor.stumble()
            return Duration(days=ahead)
        after = cursor.tokens[cursor.at - 1]
    if cursor.text == "满":
        after = cursor.expect(cursor.kind())
    if cursor.take("第") and not cursor.sees("number"):
        raise cursor.stumble()
    mark = cursor.at
    length = duration(cursor)
    if length is None and after and cursor.sees("number", "日"):
        length = Duration(days=cursor.number(3, 1))
        cursor.at += 1
    if length is None or not (cursor.take("内", "后") or after):
        raise cursor.stumble(mark)
    return length
