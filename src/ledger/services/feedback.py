"""Feedback cycles as clerks and sheets write them, and reports (反馈) as they are told."""

import re
from datetime import date
from typing import TYPE_CHECKING

from ledger.base.errors import BadValue
from ledger.base.text import clean, fold_width, quote, says_none
from ledger.dates.day import long_day, weekday
from ledger.dates.recurrence import Recurrence
from ledger.dates.spans import WEEK
from ledger.model.feedback import BEFORE, ONCE, is_cycle, next_due, past_dues, recurrence_of
from ledger.model.fields import LABELS, LIMITS
from ledger.model.task import OPEN, Task
from ledger.services import deadlines
from ledger.store.journal import Journal

if TYPE_CHECKING:
    from ledger.dates.meaning import Deadline

_EXAMPLES = "可写 每周五、每月25日前、每季度末月20日前、一次性"
_UNIT = "日|天|周|旬|半月|月|双月|季度|季|半年|年|双周"
_OFTEN = re.compile(rf"(?:每|按|逐|一)?(?P<unit>{_UNIT})度?(?:[一1](?:次|报)|次|报|反馈)?")
"""周报, 按月, 月度, 每周一报 (once a week: no Monday), 双周, 一季一报."""
_UNITS = {"天": "日", "双周": "两周", "双月": "两个月", "季": "季度"}
_SAID_OF = re.compile(
    "(?:进行)?(?:书面)?(?:反馈|报送|上报|报告|汇报|调度|报)(?:工作)?(?:进展|进度|情况|信息)*(?:一次|1次)?$"
)
_ONE_ALONE = re.compile("(?:仅|只|须|需)?(?:反馈|报送|上报|报告|报)?一次(?:性)?|办结(?:时|后|即)?(?:一次性)?")
_NIL = re.compile(
    "(?:本(?:周|旬|月|季度|期))?(?:暂|尚|目前)?(?:零报告|零上报|无(?:新|其他|变化)?(?:的)?(?:进展|情况|变化|报告|内容)?"
    "|没有(?:新的?|变化|其他)*(?:进展|情况|变化)?)(?:报送|报告|上报)?"
)


def cycle_meant(journal: Journal, text: str, year: int | None, assigned_on: date) -> str | None:
    """The cycle that a text means, in words that mean the same whatever the day; None for none (无). Raises
    `BadValue`."""
    if not text or says_none(text):
        return None
    typed = clean(text, LABELS["feedback"], limit=LIMITS["feedback"])
    bare = "".join(fold_width(typed).split()).rstrip("。.;,、!")
    if often := _OFTEN.fullmatch(bare):
        return f"每{_UNITS.get(often['unit'], often['unit'])}"
    words = _SAID_OF.sub("", bare.replace(ONCE, "")).rstrip(",、") if ONCE in bare else bare
    if not words or _ONE_ALONE.fullmatch(words):
        return ONCE
    found = deadlines.meant(journal, words, year, assigned_on)
    if found is None:
        raise BadValue(f"反馈周期{quote(typed)}读不懂", _EXAMPLES)
    if found.recurrence is None or ONCE in bare:
        return _one(found, typed)
    return _recurring(found, words, typed)


def _one(found: "Deadline", typed: str) -> str:
    """One report alone, by a day."""
    if found.recurrence is not None or found.due_on is None:
        raise BadValue(f"反馈周期{quote(typed)}没有写明日期", _EXAMPLES)
    return f"{found.due_on.isoformat()}{BEFORE}{ONCE}"


def _recurring(found: "Deadline", words: str, typed: str) -> str:
    """The words themselves where they mean the same on any day, else with the days that they mean. Of two weeks it is
    the calendar's that count, not the day on which it was said: the next due day is told."""
    meant = found.recurrence
    if not isinstance(meant, Recurrence):
        raise BadValue(f"反馈周期{quote(typed)}不按日历", _EXAMPLES)
    if found.quota is not None and (found.quota.least, found.quota.most) not in ((1, None), (1, 1)):
        raise BadValue(f"反馈周期{quote(typed)}带有数量", f"每期报一次就够;{_EXAMPLES}")
    for cycle in (words, meant.words):
        if is_cycle(cycle) and (held := recurrence_of(cycle)) is not None:
            anchor = held.anchor if meant.unit == WEEK else meant.anchor
            if held == meant._replace(anchor=anchor):
                return cycle
    raise BadValue(f"反馈周期{quote(typed)}从哪一天数起说不准", f"{_EXAMPLES}、每半月、每两周")


def tell_next(journal: Journal, task: Task, *, is_edit: bool) -> None:
    """Say by when the next report is due of a task whose cycle was given; after an edit also how many due days before
    count by it now. A registration does not ask: a long batch would count years of them for each task."""
    if task.feedback is None:
        journal.remark(f"事项 {task.code} 不再定期反馈")
        return
    asked = task.feedback, task.assigned_on, task.last_day, journal.today, journal.rules
    due, past = next_due(*asked), past_dues(*asked) if is_edit else 0
    when = f"下一次应报 {long_day(due)} {weekday(due)}前" if due is not None else "应报的日子都已过去"
    before = f";交办以来已过的{past}次也按它算" if past and due is not None else ""
    journal.remark(f"反馈周期“{task.feedback}”,{when}{before}")


def says_nil(text: str) -> bool:
    """Whether a report says that there is nothing to tell (零报告): 无, 零报告, 本周无新进展."""
    return says_none(text) or _NIL.fullmatch("".join(fold_width(text).split()).rstrip("。.;,!")) is not None


def is_asked(task: Task) -> bool:
    """Whether reports on the task are asked for now."""
    return task.feedback is not None and task.status == OPEN
