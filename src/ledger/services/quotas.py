"""Counting towards a quota (计数): what a task with a quota has done so far.

Each count is an entry of its own that says how many more, so that any of them can be taken back. A count that brings
the task to its quota strikes it off in the same command, or under review submits it. Taking back that command takes
back both; taking back an earlier count alone leaves the task struck off, for to restore it is a clerk's decision
(`reopen`, or `undo` of the closing). Nor does the program strike off a task that is paused or waits for review.
"""

from ledger.base.errors import BadValue
from ledger.base.text import clip
from ledger.model.fields import MOST_COUNTED
from ledger.model.lifecycle import STEPS, require_quota
from ledger.model.quota import quota_met, quota_of
from ledger.model.task import OPEN, Task
from ledger.services import dividing
from ledger.services.fields import Options, business_day, note_of, task_named
from ledger.store.journal import Journal


def tally(journal: Journal, options: Options) -> Task:
    """Count `count` more (1 unless given) towards the task's quota. Raises `Refused` for a task without a quota, or a
    cancelled one."""
    task = task_named(journal, options)
    on = business_day(journal, options)
    count = _count(options.get("count", 1))
    require_quota(task)
    assert task.quota is not None
    journal.post("tally", task, on, note_of(options, "note"), {"tally": [None, count]})
    if quota_met(task.quota, task.tally) and task.status == OPEN:
        if journal.rules.evidence_required and not task.evidence:
            journal.remark(
                f"事项 {task.code} 数量已够,还没有佐证,不自动销号;附佐证用 ledger evidence add {task.code} 文件"
            )
            return task
        said = f"已达到数量要求 {task.tally}/{quota_of(task.quota).least}"
        if dividing.has_parts_in_hand(journal, task):
            journal.remark(f"事项 {task.code} {said},分解事项还没有都办结,没有随即销号")
            return task
        action, done = ("submit", "申请销号,待审核") if journal.rules.review else ("close", "销号")
        journal.post(action, task, on, said, {"status": [OPEN, STEPS[action].to]})
        journal.remark(f"事项 {task.code} {said},随即{done}")
    return task


def _count(value: int) -> int:
    if not 1 <= value <= MOST_COUNTED:
        error = BadValue(f"数量 {clip(str(value), 30)} 不在 1 到 {MOST_COUNTED} 之间", "记多了请用 ledger undo 撤回")
        error.option = "count"
        raise error
    return value
