"""How many are wanted: 不少于3条, 1-2次, 分二次. Grammar in `grammar.py`."""

from ledger.dates.cursor import Cursor
from ledger.dates.meaning import Quota


def quota(cursor: Cursor) -> Quota | None:
    """不少于3条, 1-2次, 3条以上, 分二次, if it stands here; a plain 一次 asks for nothing, and is None."""
    mark = cursor.at
    bound = bool(cursor.take("分"))
    cursor.skip("tail", "done")
    bound = bool(cursor.take("至少")) or bound
    cursor.skip("tail", "done")
    least = most = _count(cursor)
    if least and cursor.kind(1) == "number" and cursor.take("至", "和"):
        most = _count(cursor)
    counter = cursor.take("counter", "个")
    measures = counter and counter.kind == "个" and cursor.sees("月|季度|半|周|天|小时|工作日")  # 三个月 counts time
    if counter is None or measures or not 0 < least <= most:
        cursor.at = mark
        return None
    bound = bool(cursor.take("以上")) or bound
    if not bound and cursor.sees("?|plain"):  # 15个村: what is counted is what the task is about
        cursor.at = mark
        return None
    cursor.skip("tail", "done")
    if not bound and (least, most) == (1, 1):
        return None
    return Quota(least, most if most != least else None, counter.text)


def _count(cursor: Cursor) -> int:
    """A number that may count things, 0 when none stands here."""
    token = cursor.take("number")
    return token.value if token and len(token.text) <= 4 else 0
