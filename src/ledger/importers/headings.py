"""What offices call the columns of a ledger sheet, and which field each one fills."""

import re
from collections.abc import Mapping, Sequence

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.model.fields import FIELDS, LABELS

SYNONYMS: dict[str, tuple[str, ...]] = {
    "title": (
        *("工作任务", "事项", "工作事项", "任务名称", "工作内容", "任务内容", "项目内容"),
        *("事项名称", "任务事项", "主要任务", "重点任务", "督办事项", "交办事项", "任务"),
    ),
    "unit": ("牵头单位", "主办单位", "承办单位", "牵头部门", "主办部门", "承办部门", "牵头处室", "承办处室"),
    "with": (
        *("责任单位", "配合单位", "协办单位", "参加单位", "责任(配合)单位"),
        *("协助单位", "参与单位", "责任部门", "配合部门", "协办部门", "责任处室", "配合处室"),
    ),
    "owner": ("责任人", "具体责任人", "联系人", "承办人", "经办人", "联络员"),
    "leader": ("责任领导", "分管领导", "领衔领导", "牵头领导", "主管领导"),
    "due": ("截止日期", "截止时间"),
    "due_text": (
        *("完成时限", "时限要求", "办理时限", "完成时间", "时限", "完成期限", "办结时限"),
        *("计划完成时间", "要求完成时间", "时间节点"),
    ),
    "on": ("交办日期", "交办时间", "立项时间", "立项日期", "下达时间", "布置时间"),
    "source": ("任务来源", "来源", "事项来源"),
    "measure": ("具体措施", "工作措施", "工作要求", "主要措施"),
    "activity": ("专项活动", "工作项目", "类别"),
    "code": ("编号", "任务编号", "事项编号"),
    "stage": ("阶段", "工作阶段"),
    "start": ("开始日期", "启动时间", "开始时间", "启动日期"),
    "note": ("进展情况", "工作进展", "办理进展", "最新进展", "进展"),
    "key": ("重点", "是否重点"),
    "closed_on": ("销号日期", "办结时间", "完成日期", "办结日期", "销号时间", "实际完成时间", "实际完成日期"),
    "outcome": ("完成情况", "办结情况", "落实情况", "完成状态", "办理结果", "是否完成", "是否办结", "是否销号"),
    "problem": ("存在问题", "存在的问题", "突出问题", "问题"),
    "progress": ("完成进度", "进度", "完成比例"),
}
SYNONYMS |= {field.option: (field.label,) for field in FIELDS if field.handed and field.option not in SYNONYMS}
"""Field → its headings, found practice; of two columns that mean one field the first in this order wins."""

COUNT = ("序号", "序")
"""The headings of a running number, which is a code only where it is no mere count."""

_LEADING = ("责任单位", "责任部门", "责任处室", "责任(配合)单位")
"""The headings whose first unit leads where no column names the lead unit."""

_WORKED_OUT = (
    *("status", "light", "days_left", "original_due_on", "extensions", "grace_days", "submitted_on"),
    *("quota", "tally"),
)
DERIVED = tuple(LABELS[name] for name in _WORKED_OUT)
"""What the ledger works out by itself and writes into the sheets that it exports: never read back."""

LEFT_OUT = "-"
"""The field of a column that a mapping leaves out."""

_WANTED = SYNONYMS | {"unit": (*SYNONYMS["unit"], *_LEADING), "code": (*SYNONYMS["code"], *COUNT)}
_KNOWN = {heading: field for field, headings in SYNONYMS.items() for heading in headings}
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")


def folded(heading: str) -> str:
    """A heading as it is compared: half-width, no blanks or line breaks, no asterisk, no remark in brackets."""
    bare = re.sub(r"[\s*※#:]", "", fold_width(heading))
    return bare if bare in _KNOWN else _REMARK.sub("", bare) or bare


def is_known(heading: str) -> bool:
    """Whether a folded heading is one of the practice, whatever becomes of its column."""
    return heading in _KNOWN or heading in COUNT or heading in DERIVED


def checked_mapping(mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping by folded heading. Raises `BadValue` for a field that there is not."""
    for field in mapping.values():
        if field not in SYNONYMS and field != LEFT_OUT:
            raise BadValue(f"没有名为{quote(field)}的字段", f"可用 {' '.join(SYNONYMS)},或 {LEFT_OUT}(不导入)")
    return {folded(heading): field for heading, field in mapping.items()}


def fields_of(headings: Sequence[str], mapping: Mapping[str, str] = {}) -> dict[int, str]:
    """Which field each column fills, column → field, from folded headings; `mapping`, folded too, overrules.

    责任单位 leads where no other column names the lead unit: its first unit is the lead, beside 配合单位 too. Where
    only one of 完成时限 and 截止日期 stands, it is the deadline. 序号 stands for the code where no other column does.
    The columns not in it go into the note, save those of `is_left_out`.
    """
    found: dict[int, str] = {}
    for column, heading in enumerate(headings):
        field = mapping.get(heading, LEFT_OUT)
        if field != LEFT_OUT and field not in found.values():
            found[column] = field
    free = [heading if heading not in mapping else "" for heading in headings]
    for field, names in _WANTED.items():
        columns = [column for name in names if name in free and (column := free.index(name)) not in found]
        if columns and field not in found.values():
            found[columns[0]] = field
    by_field = {field: column for column, field in found.items() if headings[column] not in mapping}
    if "due" not in found.values() and "due_text" in by_field:
        found[by_field["due_text"]] = "due"
    return found


def is_left_out(heading: str, mapping: Mapping[str, str]) -> bool:
    """Whether a column without a field says nothing to the ledger: a count, what it derives, what a mapping drops."""
    if heading in mapping:
        return mapping[heading] == LEFT_OUT
    return heading in COUNT or heading in DERIVED
