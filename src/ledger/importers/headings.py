"""What offices call the columns of a ledger sheet, and which field each one fills."""

from collections.abc import Mapping, Sequence

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "title": ("工作任务", "事项", "工作事项", "任务名称", "工作内容", "任务内容", "项目内容"),
    "unit": ("牵头单位", "主办单位", "承办单位"),
    "with": ("责任单位", "配合单位", "协办单位", "参加单位", "责任(配合)单位"),
    "owner": ("责任人", "具体责任人", "联系人", "承办人"),
    "leader": ("责任领导", "分管领导", "领衔领导"),
    "due": ("截止日期",),
    "due_text": ("完成时限", "时限要求", "办理时限", "完成时间"),
    "on": ("交办日期", "交办时间", "立项时间"),
    "source": ("任务来源", "来源"),
    "measure": ("具体措施", "工作措施", "工作要求"),
    "activity": ("专项活动", "工作项目", "类别"),
    "code": ("编号", "任务编号", "事项编号"),
    "stage": ("阶段",),
    "start": ("开始日期", "启动时间"),
    "note": ("进展情况", "工作进展"),
    "key": ("重点",),
}
"""Field → its headings, found practice; of two columns that mean one field the first in this order wins."""


def fields_of(headings: Sequence[str]) -> dict[int, str]:
    """Which field each column fills, column → field; the columns not in it go into the note.

    责任单位 leads where no other column names the lead unit: its first unit is the lead. Where only one of 完成时限 and
    截止日期 stands, it is the deadline.
    """
    found: dict[int, str] = {}
    for field, names in SYNONYMS.items():
        columns = [headings.index(name) for name in names if name in headings]
        if columns:
            found[columns[0]] = field
    by_field = {field: column for column, field in found.items()}
    if "unit" not in by_field and "with" in by_field:
        found[by_field["with"]] = "unit"
    if "due" not in by_field and "due_text" in by_field:
        found[by_field["due_text"]] = "due"
    return found
