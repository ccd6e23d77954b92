"""Commands on tasks: register, correct, report, extend, strike off, restore, cancel, take back."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledger.base.problem_words import says_no_problem
from ledger.cli import options, values
from ledger.cli.context import Context
from ledger.cli.stepping import answer, carry_out, shown, take_step, take_step_or_all_waiting, typed_options
from ledger.model.task import Task

if TYPE_CHECKING:
    from ledger.store.journal import Journal


@options.describing
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="工作任务", help="任务名称")],
    unit: options.Unit = None,
    with_: options.Assisting = None,
    each: options.Each = None,
    part_of: options.PartOf = None,
    parts: Annotated[bool, typer.Option("--parts", help="分解:--each 的各单位各办一件,归在这一件之下")] = False,
    owner: options.Owner = None,
    leader: options.Leader = None,
    due: options.Due = None,
    until: options.Until = None,
    chained: Annotated[bool, typer.Option("--chained", help="循环任务上一期销号后才开下一期")] = False,
    year: options.Year = None,
    start: options.Start = None,
    on: options.AssignedOn = None,
    key: Annotated[bool, typer.Option("--key", help="重点事项")] = False,
    code: options.Code = None,
    tag: options.Tags = None,
    field: options.OwnFields = None,
    note: options.Note = None,
    again: Annotated[bool, typer.Option("--again", help="与在办的一件相同也照登")] = False,
    strict: options.Strict = False,
    json: options.Json = False,
    **fields: str | None,
) -> None:
    """登记一项任务:一事一号,写明牵头单位和完成时限。

    台账还不存在时先建立。时限会换算成日期并回显,请核对。--each 把同样的任务一次分给几个单位,各编一号;写分组的名称即分给
    其中每个单位。--part-of 登记为一件事项的分解事项,编号在它之下,没有写明的单位、活动、阶段、来源、时限随它。

    例:
        ledger add 召开工作推进会 --unit 综合组 --owner 张三 --due 2013-03-20
        ledger add 制定总体方案 -u 综合组 --with 宣传组 --with 督导组 --due 3月29日 --key
        ledger add 报送信息 -u 综合组 --each 宣传组 --each 督导组 --due 年底前不少于3条
        ledger add 拟定经费方案 -u 宣传组 --part-of 12 --due 3月22日
        ledger add 开展自查 -u 综合组 --each 各乡镇 --parts --due 4月底前
        ledger add 例会 -u 综合组 --due 每周五 --chained
        ledger add 回访 -u 综合组 --due 上一期销号后10日内
    """
    from ledger.services.repeated import Registered
    from ledger.services.tasks import register

    context = Context.of(ctx)
    typed = typed_options(ctx)

    def work(journal: "Journal") -> list[Task]:
        registered, found = Registered(journal), register(journal, typed)
        for task in () if again else found:
            registered.require_new(task)
        return shown(ctx, journal, found)

    found, journal = context.asking(work, create=True, strict=strict)
    answer(context, journal, found, "已登记", json, single=not each and len(found) == 1)


@options.describing
def edit(
    ctx: typer.Context,
    task: Annotated[list[str] | None, options.Tasks.__metadata__[0]] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="任务", help="任务名称")] = None,
    unit: options.Unit = None,
    with_: options.Assisting = None,
    owner: options.Owner = None,
    leader: options.Leader = None,
    due: options.Due = None,
    year: options.Year = None,
    start: options.Start = None,
    on: Annotated[str | None, typer.Option("--on", metavar="日期", help="交办日期")] = None,
    key: Annotated[bool | None, typer.Option("--key/--no-key", help="是否重点事项")] = None,
    code: Annotated[str | None, typer.Option("--code", metavar="编号", help="编号")] = None,
    tag: options.Tags = None,
    untag: options.Untag = None,
    field: options.OwnFields = None,
    note: options.Note = None,
    of_unit: options.OfUnit = None,
    of_group: options.OfGroup = None,
    of_activity: options.OfActivity = None,
    due_in: options.DueIn = None,
    yes: options.Yes = False,
    strict: options.Strict = False,
    json: options.Json = False,
    **fields: str | None,
) -> None:
    """改正任务的登记差错,几项可一并改正。

    只改写明的各项;选项给空文字即清空该项,--tag 添标签,--untag 去标签。
    改正时限不算延期,原定时限随之改正;确需延期请用 ledger extend。
    不写事项而按单位、分组、活动、到期的时段挑选的,先列出来问一遍。

    例:
        ledger edit 2013-012 --owner 李四 --due 2013-03-22
        ledger edit 12 --activity "" --no-key
        ledger edit 12 --tag 民生 --field 资金来源=省财政
        ledger edit --of-unit 宣传组 --of-activity 学创活动 --leader 王主任
    """
    from ledger.services.tasks import edit as step

    carry_out(ctx, step, "已修改", json, strict=strict)


def note(
    ctx: typer.Context,
    names: options.Names,
    text: Annotated[str, typer.Argument(metavar="文字", help="进展情况或问题")],
    progress: Annotated[
        str | None, typer.Option("--progress", metavar="百分数", help="完成进度,0 到 100,如 60 或 60%")
    ] = None,
    problem: Annotated[bool, typer.Option("--problem", help="作为突出问题登记,解决前一直列出")] = False,
    resolves: Annotated[bool, typer.Option("--resolves", help="该事项的突出问题已解决")] = False,
    report: Annotated[bool, typer.Option("--report", help="作为单位报送的反馈登记;文字写无即零报告")] = False,
    remark: Annotated[
        str | None,
        typer.Option("--remark", metavar="领导", help="登记这位领导的批示、点评", autocompletion=values.leaders),
    ] = None,
    praise: Annotated[bool, typer.Option("--praise", help="与 --remark 同用:是表扬")] = False,
    criticism: Annotated[bool, typer.Option("--criticism", help="与 --remark 同用:是批评")] = False,
    evidence: options.Evidence = None,
    on: options.On = None,
    json: options.Json = False,
) -> None:
    """登记进展情况,提出或了结突出问题,登记单位的反馈和领导的批示。几件事项用顿号连写,记同样的内容。

    例:
        ledger note 12 方案已送领导小组审定 --progress 60%
        ledger note 12、13 已报送
        ledger note 12 经费尚未落实 --problem
        ledger note 12 经费已拨付 --resolves
        ledger note 12 已完成招标 --progress 60% --report
        ledger note 12 无 --report
        ledger note 12 进度太慢,月底前必须开工 --remark 张副市长 --criticism
    """
    from ledger.services.tasks import note as step

    raised = "未记问题" if says_no_problem(text) else "已记问题"
    told = "已记反馈" if report else "已记批示" if remark else "已记进展"
    carry_out(ctx, step, raised if problem else "问题已解决" if resolves else told, json)


def extend(
    ctx: typer.Context,
    due: Annotated[str, typer.Option("--due", metavar="时限", help="新的完成时限")],
    reason: options.Reason,
    task: Annotated[list[str] | None, options.Tasks.__metadata__[0]] = None,
    unit: options.Units = None,
    group: options.Groups = None,
    activity: options.Activities = None,
    due_in: options.DueIn = None,
    yes: options.Yes = False,
    approved_by: Annotated[str | None, typer.Option("--approved-by", metavar="姓名", help="谁批准的延期")] = None,
    year: options.Year = None,
    on: options.On = None,
    json: options.Json = False,
) -> None:
    """延长完成时限,写明理由和新的日期。

    原定时限保留备查;过了时限才申请的延期,销号时仍按超期计。台账限了次数或天数的,超过时须写明批准人。
    不写事项而按单位、分组、活动、到期的时段挑选的,先列出来问一遍。

    例:
        ledger extend 12 --due 2013-03-29 --reason 会议改期
        ledger extend --unit 宣传组 --due-in 本周 --due 2013-03-29 --reason 集中整治
    """
    from ledger.services.tasks import extend as step

    carry_out(ctx, step, "已延期", json)


def close(
    ctx: typer.Context,
    task: Annotated[list[str] | None, options.Tasks.__metadata__[0]] = None,
    submitted: options.Submitted = False,
    unit: options.Units = None,
    group: options.Groups = None,
    yes: options.Yes = False,
    on: options.On = None,
    note: options.Note = None,
    evidence: options.Evidence = None,
    highlight: options.Highlight = None,
    json: options.Json = False,
) -> None:
    """销号:事项办结,可一次销多件,要么全销要么全不销。

    例:
        ledger close 2013-012 --note 会议已召开,纪要已印发 --evidence 纪要.pdf
        ledger close 12 13 14 --on 2013-03-19
        ledger close 12 --highlight --note 会议已召开,全省60个县已建立督导制度
        ledger close 主任会议
        ledger close --submitted --unit 宣传组
    """
    take_step_or_all_waiting(ctx, json)


def reopen(
    ctx: typer.Context, task: options.Task, reason: options.Reason, on: options.On = None, json: options.Json = False
) -> None:
    """恢复已销号或已撤销的事项(回头看)。

    例:
        ledger reopen 12 --reason 回头看发现整改不到位
    """
    take_step(ctx, json)


def cancel(
    ctx: typer.Context, task: options.Task, reason: options.Reason, on: options.On = None, json: options.Json = False
) -> None:
    """撤销不再办理的事项,写明理由。

    例:
        ledger cancel 12 --reason 上级已取消该项活动
    """
    take_step(ctx, json)


def tally(
    ctx: typer.Context,
    task: options.Task,
    count: Annotated[int, typer.Option("--count", metavar="数量", help="完成了几件")] = 1,
    note: options.Note = None,
    on: options.On = None,
    json: options.Json = False,
) -> None:
    """计数:给有数量要求的任务记上完成的数量,够数即自动销号。

    数量要求写在时限里,如“年底前分二次完成”。记错了用 ledger undo 撤回;销号以后仍可再记。

    例:
        ledger tally 12 --note 上报信息一条
        ledger tally 2013-012 --count 2 --on 2013-03-18
    """
    from ledger.services.quotas import tally as step

    carry_out(ctx, step, "已计数", json)


def undo(
    ctx: typer.Context,
    seq: Annotated[
        int | None, typer.Argument(metavar="记录号", help="冲销这一条", show_default="本人最近一次操作")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="理由", help="理由")] = None,
    json: options.Json = False,
) -> None:
    """撤回登记错了的操作:另记一条冲销,原记录不消失。

    不写记录号时,撤回本人最近一次操作的全部内容(一次导入、一个批次、一次销多件)。后来的记录以它为依据时不能撤。

    例:
        ledger undo
        ledger undo 57 --reason 记错了事项
    """
    from ledger.services.undo import undo as take_back

    context = Context.of(ctx)
    with context.writing() as journal:
        found = take_back(journal, seq, reason)
    answer(context, journal, found, "", json)
