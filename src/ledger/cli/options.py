"""The options that several commands share, each declared once."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.base.formats import all_of_them
from ledger.cli import values
from ledger.model.fields import BY_NAME, LIMITS

_NAMED = "编号、今年编号的尾号,或任务里的文字"
Task = Annotated[str, typer.Argument(metavar="事项", help=_NAMED, autocompletion=values.tasks)]
Tasks = Annotated[list[str], typer.Argument(metavar="事项…", help=f"{_NAMED};可写多个", autocompletion=values.tasks)]
Names = Annotated[str, typer.Argument(metavar="事项", help=f"{_NAMED};多个用顿号连写", autocompletion=values.tasks)]
Period = Annotated[
    str | None,
    typer.Argument(metavar="时段", help="如 2013-W12、2013-03、2013-Q1、-1、上周,或其中任何一天", show_default="当前"),
]

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="格式",
        help=all_of_them(),
        show_default="终端上 table,否则 plain",
        autocompletion=values.formats,
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="文件", help="写入文件,格式随后缀")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="时刻", help="按当时的记录:日期指当日终了,或如 log 所列")]
Strict = Annotated[bool, typer.Option("--strict", help="有疑问的一律不写入,不按稳妥的办法办")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出事项")]

Unit = Annotated[str | None, typer.Option("--unit", "-u", metavar="单位", help="牵头单位", autocompletion=values.units)]
Assisting = Annotated[
    list[str] | None, typer.Option("--with", metavar="单位", help="配合单位", autocompletion=values.units)
]
Each = Annotated[
    list[str] | None,
    typer.Option("--each", metavar="单位", help="另给该单位登记同样一项", autocompletion=values.units),
]
PartOf = Annotated[
    str | None,
    typer.Option("--part-of", metavar="事项", help="作为这件事项的分解事项", autocompletion=values.tasks),
]
Owner = Annotated[str | None, typer.Option("--owner", metavar="姓名", help="责任人", autocompletion=values.owners)]
Leader = Annotated[str | None, typer.Option("--leader", metavar="姓名", help="责任领导", autocompletion=values.leaders)]
Due = Annotated[
    str | None, typer.Option("--due", metavar="时限", help="完成时限,如 2013-03-20、3月底前、下周五、15日内")
]
Year = Annotated[
    int | None,
    typer.Option("--year", metavar="年份", help="没有写年份的日期按这一年", show_default="台账年度,没有则为今年或明年"),
]
Until = Annotated[str | None, typer.Option("--until", metavar="日期", help="循环任务到哪一天为止")]
Start = Annotated[str | None, typer.Option("--start", metavar="日期", help="开始日期")]
AssignedOn = Annotated[str | None, typer.Option("--on", metavar="日期", help="交办日期", show_default="今天")]
Activity = Annotated[
    str | None, typer.Option("--activity", "-a", metavar="活动", help="专项活动", autocompletion=values.activities)
]
Stage = Annotated[str | None, typer.Option("--stage", metavar="阶段", help="阶段", autocompletion=values.stages)]
Code = Annotated[str | None, typer.Option("--code", metavar="编号", help="自定编号", show_default="年份-顺序号")]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="标签", help="标签", autocompletion=values.tags)]
Untag = Annotated[
    list[str] | None, typer.Option("--untag", metavar="标签", help="去掉这个标签", autocompletion=values.tags)
]
OwnFields = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="列=内容", help="自定列的内容", autocompletion=values.own_columns),
]
Note = Annotated[str | None, typer.Option("--note", metavar="文字", help="进展或说明")]
Highlight = Annotated[bool | None, typer.Option("--highlight", help="标为亮点,写进简报的工作进展", show_default=False)]
On = Annotated[str | None, typer.Option("--on", metavar="日期", help="发生日期", show_default="今天")]
Evidence = Annotated[list[Path] | None, typer.Option("--evidence", metavar="文件", help="附上的佐证文件,可写多个")]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="理由")]
OfGroup = Annotated[
    list[str] | None,
    typer.Option("--of-group", metavar="分组", help="挑选该分组里各单位牵头的", autocompletion=values.groups),
]
OfUnit = Annotated[
    list[str] | None,
    typer.Option("--of-unit", metavar="单位", help="挑选该单位牵头的", autocompletion=values.units),
]
OfActivity = Annotated[
    list[str] | None,
    typer.Option("--of-activity", metavar="活动", help="挑选该活动的", autocompletion=values.activities),
]
DueWithin = Annotated[
    str | None,
    typer.Option("--due", metavar="时段", help="在该时段内到期的,如 下周、5月1日至15日", autocompletion=values.spans),
]
DueIn = Annotated[
    str | None,
    typer.Option("--due-in", metavar="时段", help="挑选在该时段内到期的", autocompletion=values.spans),
]
Submitted = Annotated[bool, typer.Option("--submitted", help="待审核的全部销号,先列出来问一遍")]
Yes = Annotated[bool, typer.Option("--yes", help="不列出来问")]
Full = Annotated[bool, typer.Option("--full", help="连同已办结的一并列出")]
Drill = Annotated[
    str | None,
    typer.Option(
        "--drill", metavar="数字", help="列出这个数字是哪些事项、哪些记录,如 逾期在办", autocompletion=values.figures
    ),
]
Compare = Annotated[bool, typer.Option("--compare", help="数字与上期和去年同期相比;本期未完的,各算到同一天")]

Number = Annotated[
    str | None, typer.Option("--number", metavar="文号", help="公文的文号,如 学创办〔2013〕5号;简报的期号,如 3")
]
Issued = Annotated[str | None, typer.Option("--issued", metavar="日期", help="公文的成文日期")]
Office = Annotated[str | None, typer.Option("--office", metavar="署名", help="公文的署名")]
Template = Annotated[
    Path | None, typer.Option("--template", metavar="文件", help="docx 用这个模板,或这个目录里的同名模板")
]

Units = Annotated[
    list[str] | None,
    typer.Option("--unit", "-u", metavar="单位", help="牵头单位", autocompletion=values.units),
]
Groups = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="分组", help="该分组里的各单位", autocompletion=values.groups),
]
ByGroup = Annotated[
    str | None,
    typer.Option("--by-group", metavar="哪一套", help="在这套分组的各组之内排名", autocompletion=values.group_sets),
]
Rule = Annotated[
    Path | None,
    typer.Option("--rule", metavar="文件", help="按这个打分规则文件计分排名(TOML,写法见 docs/scoring.md)"),
]
Why = Annotated[
    str | None,
    typer.Option("--why", metavar="单位", help="与 --rule 同用:这个单位每一分的来由", autocompletion=values.units),
]
Activities = Annotated[
    list[str] | None,
    typer.Option("--activity", "-a", metavar="活动", help="专项活动", autocompletion=values.activities),
]
Owners = Annotated[
    list[str] | None, typer.Option("--owner", metavar="姓名", help="责任人", autocompletion=values.owners)
]
Leaders = Annotated[
    list[str] | None, typer.Option("--leader", metavar="姓名", help="责任领导", autocompletion=values.leaders)
]
Brief = Annotated[bool, typer.Option("--brief", help="只要几行文字,供发微信、短信")]
SplitBy = Annotated[
    str | None,
    typer.Option(
        "--split-by",
        metavar="依据",
        help="unit 每个单位、leader 每位领导各一份文件,-o 为文件名或目录",
        autocompletion=values.parts,
    ),
]
Stages = Annotated[list[str] | None, typer.Option("--stage", metavar="阶段", help="阶段", autocompletion=values.stages)]

_COMPLETED = {"activity": Activity, "stage": Stage}


def describing(command: Callable[..., None]) -> Callable[..., None]:
    """The command, which takes `**fields`, with an option before `--key` for each text of a task that it does not name
    itself (`model.fields`)."""
    signature = inspect.signature(command)
    *named, _ = signature.parameters.values()
    others = [name for name in LIMITS if name not in signature.parameters]
    place = list(signature.parameters).index("key")
    named[place:place] = [
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=_text(name))
        for name in others
    ]
    command.__signature__ = signature.replace(parameters=named)  # type: ignore[attr-defined]
    return command


def _text(name: str) -> Any:
    field = BY_NAME[name]
    plain = Annotated[str | None, typer.Option(f"--{field.option}", metavar=field.label[-2:], help=field.label)]
    return _COMPLETED.get(name, plain)
