"""What stands under 办理状态 in a form: a choice of the drop-down, or a word that says the same."""

import re

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote, says_none
from ledger.reports.forms import DOING, DONE, STATUSES

_DONE_WORDS = frozenset(
    ("已完成", "完成", "已办结", "办结", "已销号", "申请销号", "已完成申请销号", "全部完成", "已办理")
)
_DOING_WORDS = frozenset(("正在办理", "在办", "办理中", "未完成", "未办结", "正在推进", "推进中", "进行中", "正在进行"))


def status_meant(text: str) -> str:
    """The choice that was made, empty where none was. Raises `BadValue` for any other word."""
    if says_none(text):
        return ""
    words = re.sub(r"[()\s]", "", fold_width(text))
    for status, alike in ((DONE, _DONE_WORDS), (DOING, _DOING_WORDS)):
        if text == status or words in alike:
            return status
    raise BadValue(f"办理状态{quote(text)}不在下拉单里", f"请选 {' 或 '.join(STATUSES)}")


def says_doing(text: str) -> bool:
    """Whether it says that the task is still in hand."""
    try:
        return status_meant(text) != DONE
    except BadValue:
        return False
