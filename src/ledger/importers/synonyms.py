"""What offices call the columns of a ledger sheet: names found in practice, and how others are put together."""

import re

from ledger.model.fields import FIELDS

SYNONYMS: dict[str, tuple[str, ...]] = {
    "title": (
        *("工作任务", "事项", "工作事项", "任务名称", "工作内容", "任务内容", "项目内容"),
        *("事项名称", "任务事项", "主要任务", "具体任务", "重点任务", "督办事项", "交办事项", "任务", "任务清单"),
        *("项目名称", "工作名称", "重点工作", "重点项目", "主要工作", "民生实事", "实事项目", "任务目标", "目标任务"),
        "议题",
    ),
    "unit": (
        *("牵头单位", "主办单位", "承办单位", "牵头部门", "主办部门", "承办部门", "牵头处室", "承办处室"),
        *("牵头、责任部门", "牵头、责任单位"),
    ),
    "with": (
        *("责任单位", "配合单位", "协办单位", "参加单位", "责任(配合)单位"),
        *("协助单位", "参与单位", "协同单位", "责任部门", "配合部门", "协办部门", "责任处室", "配合处室"),
        *("责任科室", "主责单位", "责任清单"),
    ),
    "owner": ("责任人", "具体责任人", "负责人", "联系人", "承办人", "经办人", "联络员"),
    "leader": ("责任领导", "分管领导", "领衔领导", "牵头领导", "主管领导"),
    "due": ("截止日期", "截止时间"),
    "due_text": (
        *("完成时限", "时限要求", "办理时限", "完成时间", "时限", "完成期限", "办结时限"),
        *("计划完成时间", "要求完成时间", "时间节点", "时间安排", "时间进度", "时间要求", "结束时间", "结束日期"),
        *("时限清单", "进度安排", "进度要求", "起止时间", "起止日期", "实施时间"),
    ),
    "on": ("交办日期", "交办时间", "立项时间", "立项日期", "下达时间", "布置时间"),
    "source": ("任务来源", "来源", "事项来源"),
    "measure": (
        *("具体措施", "工作措施", "工作要求", "主要措施", "具体要求", "细化措施", "工作举措", "措施", "措施清单"),
        *("建设内容", "主要建设内容", "实施内容"),
    ),
    "activity": ("专项活动", "工作项目", "类别"),
    "code": ("编号", "任务编号", "事项编号"),
    "stage": ("阶段", "工作阶段"),
    "start": ("开始日期", "启动时间", "开始时间", "启动日期", "起始时间"),
    "note": ("进展情况", "工作进展", "办理进展", "最新进展", "进展", "目前进展", "推进情况"),
    "key": ("重点", "是否重点"),
    "closed_on": ("销号日期", "办结时间", "完成日期", "办结日期", "销号时间", "实际完成时间", "实际完成日期"),
    "outcome": (
        *("是否完成", "是否办结", "是否销号", "任务状态", "完成状态"),
        *("完成情况", "办结情况", "落实情况", "办理结果", "整改情况"),
    ),
    "problem": ("存在问题", "存在的问题", "突出问题", "问题"),
    "progress": ("完成进度", "进度", "完成比例", "完成率"),
}
SYNONYMS |= {field.option: (field.label,) for field in FIELDS if field.handed and field.option not in SYNONYMS}
"""Field → its headings, found practice; of two columns that mean one field the first in this order wins."""

COUNT = ("序号", "序", "编次")
"""The headings of a running number, which is a code only where it is no mere count."""

NOTED = ("备注", "佐证", "佐证材料")
"""The headings of the practice that no field takes: their cells go into the note, behind the heading."""

INSTEAD_OF_UNIT = ("责任分工", "责任落实", "单位", "部门", "科室", "处室")
"""The headings that name the lead unit where nothing else does, neither a column nor the sheet: 单位 may be 万元."""

LEVEL = re.compile(
    "[一二三四]级(指标|任务|目录|分类|事项)|(任务|工作|事项|问题|项目|实事)?(类别|类型|分类|大类|领域|板块)"
    "|重点领域|方面|专项(行动|工作)"
)
"""The headings of columns that sort the tasks, from the coarsest to the finest."""

_UNIT = "(单位|部门|科室|处室|股室|机构|乡镇|街道|主体|专班)"
_DAY = "(时间|日期)"
_DUE = "(时限|期限|限期|截止时间|截止日期)"
_ANY = "[^,，。;；、]"

_RESPONSIBLE = (
    rf"(责任|主责|责任落实)(配合)?{_UNIT}",
    r"责任\(配合\)单位",
    "责任清单",
    rf"(整改|落实|实施|执行|办理|建设|具体)(责任|负责)?{_UNIT}",
    rf"负责{_UNIT}",
)
RESPONSIBLE = re.compile("|".join(_RESPONSIBLE))
"""The headings whose first unit leads where no column names the lead unit."""

_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "unit",
        (
            rf"(总?牵头|主办|承办|主抓|主管)(责任|负责|主办)?{_UNIT}",
            rf"(牵头|主办)[、/和及与](责任|配合|协办|参与){_UNIT}",
        ),
    ),
    ("with", (*_RESPONSIBLE, rf"(配合|协办|协助|协同|参与|参加|参建|支持)(责任|落实)?{_UNIT}")),
    ("source", ("(任务|事项|工作|问题|文件|来文|交办)(来源|依据|出处)", "(批示|签批|交办)(领导|人)")),
    ("leader", (rf"{_ANY}{{0,6}}领导",)),
    ("owner", (r"[^,，。;；、单位部门]{0,4}(责任人|负责人|联系人|联络员|经办人|承办人)(姓名)?",)),
    ("closed_on", (rf"实际[^计划]{{0,4}}{_DAY}", rf"(销号|办结|验收){_DAY}")),
    ("start", (rf"(计划|拟|预计)?(开始|启动|起始|开工){_DAY}",)),
    ("on", (rf"(交办|立项|下达|布置|部署|下发|派发|转办|受理|批示|签批){_DAY}",)),
    (
        "due_text",
        (
            rf"(?!实际){_ANY}{{0,6}}{_DUE}(要求)?",
            rf"(计划|预计|拟|要求|应|规定|目标|整改|办理|落实)(完成|办结|整改|销号|竣工|完工|建成|投用)?{_DAY}",
            "(完成|整改|办理|推进)(时间)?节点",
            "(计划|整改)?(完成|整改)时间(要求|节点)",
        ),
    ),
    ("progress", (rf"{_ANY}{{0,6}}(进度|完成率|完成比例|百分比)",)),
    (
        "problem",
        (
            "(目前|当前)?(存在|突出|主要)?的?(困难(问题)?|问题)([和及、].{1,8})?",
            "问题清单|反馈问题|具体问题|问题(描述|内容|表现)",
        ),
    ),
    (
        "outcome",
        (
            "(当前|目前|办理|整改|任务|事项|项目)?(完成|办结|落实|整改|销号|办理)(情况|状态|结果)",
            "(任务|事项|项目|当前)状态",
            "是否.{0,4}(完成|办结|销号|到位)",
        ),
    ),
    (
        "note",
        ("(目前|当前|最新|工作|办理|整改|落实|推进|任务|项目|开展)?(进展|推进|开展|进度)(情况|动态)?([和及].{1,6})?",),
    ),
    (
        "measure",
        ("(具体|工作|主要|细化|落实|整改|推进|保障|实施|重点)*(措施|举措|办法)([和及].{1,6})?", "建设内容及规模"),
    ),
    ("stage", ("(所处|推进|实施)阶段",)),
    ("code", ("(事项|问题|项目|工作|台账|督办|督查|任务|清单)(编号|编码)",)),
    (
        "title",
        (
            rf"{_ANY}{{0,4}}(事项|实事|工作任务)(名称|内容|清单)?",
            "(项目|任务|实事|工作|重点工作)(名称|内容|项目|事项|清单)",
            "(批示|交办|督办|督查|议定|承办|指示)内容",
        ),
    ),
)
RULES = tuple((field, re.compile("|".join(patterns))) for field, patterns in _PATTERNS)
"""How headings are put together that stand in no list: the first that fits whole says the field."""
