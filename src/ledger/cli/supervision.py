"""Between a unit's word and the office's: submissions, their acceptance and return; pauses; outstanding problems."""

from typing import Annotated

import typer

from ledger.cli import options, values
from ledger.cli.context import Context
from ledger.cli.stepping import carry_out, take_step, take_step_or_all_waiting
from ledger.model.actions import URGING
from ledger.model.lifecycle import METHOD
from ledger.model.task import SLIP_WORDS


def submit(
    ctx: typer.Context,
    task: options.Tasks,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="姓名", help="申请人", show_default="经办人", autocompletion=values.owners),
    ] = None,
    on: options.On = None,
    note: options.Note = None,
    evidence: options.Evidence = None,
    json: options.Json = False,
) -> None:
    """申请销号:责任单位报称已经办结,等待审核。

    审核销号用 ledger accept,退回用 ledger return。待审核的仍算在办;按期与否看申请的日期,等待审核的日子不算逾期。

    例:
        ledger submit 12 --on 2013-03-18 --note 会议已召开,纪要已印发
        ledger submit 12 13 14 --by 李四
    """
    take_step(ctx, json)


def accept(
    ctx: typer.Context,
    task: Annotated[list[str] | None, options.Tasks.__metadata__[0]] = None,
    submitted: options.Submitted = False,
    unit: options.Units = None,
    group: options.Groups = None,
    yes: options.Yes = False,
    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            metavar="方式",
            help="怎样核查的:现场或书面",
            autocompletion=lambda: list(METHOD.choices),
        ),
    ] = None,
    on: options.On = None,
    note: options.Note = None,
    evidence: options.Evidence = None,
    highlight: options.Highlight = None,
    json: options.Json = False,
) -> None:
    """审核销号:核查属实,准予销号,谁审核谁负责。按期与否仍看申请的日期。

    要求一律审核的,设 ledger config set 销号审核 是;此后 --submitted 把本人申请的留着不销。

    例:
        ledger accept 12 --method 现场 --note 已到现场核查
        ledger accept --submitted --unit 宣传组
    """
    take_step_or_all_waiting(ctx, json)


def return_(
    ctx: typer.Context,
    task: options.Tasks,
    reason: options.Reason,
    on: options.On = None,
    json: options.Json = False,
) -> None:
    """退回销号申请:没有办到位的退给原单位继续办理,那次申请仍可在 ledger show 里查到。

    例:
        ledger return 12 --reason 缺会议纪要
    """
    take_step(ctx, json)


def pause(
    ctx: typer.Context, task: options.Tasks, reason: options.Reason, on: options.On = None, json: options.Json = False
) -> None:
    """中止:因故办不下去的,写明理由暂停办理;仍算在办,不算逾期,时限不变。

    例:
        ledger pause 12 --reason 等待省里批复
    """
    take_step(ctx, json)


def resume(
    ctx: typer.Context,
    task: options.Tasks,
    on: options.On = None,
    note: options.Note = None,
    json: options.Json = False,
) -> None:
    """续办:中止的事项恢复办理,并告知中止了几天;时限要顺延的,用 ledger extend。

    例:
        ledger resume 12 --note 批复已下达
    """
    take_step(ctx, json)


def urge(
    ctx: typer.Context,
    method: Annotated[
        str,
        typer.Option(
            "--method",
            metavar="方式",
            help="、".join(URGING[0].choices),
            autocompletion=lambda: list(URGING[0].choices),
        ),
    ],
    task: Annotated[list[str] | None, options.Tasks.__metadata__[0]] = None,
    unit: options.Units = None,
    group: options.Groups = None,
    overdue: Annotated[bool | None, typer.Option("--overdue", help="挑选逾期的")] = None,
    yes: options.Yes = False,
    to: Annotated[
        str | None, typer.Option("--to", metavar="姓名", help="催的是谁", autocompletion=values.owners)
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level",
            metavar="催办单",
            help="、".join(SLIP_WORDS.values()),
            show_default="随催办次数和逾期天数升级",
            autocompletion=lambda: list(SLIP_WORDS.values()),
        ),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="文字", help="催办的内容")] = None,
    reply: Annotated[str | None, typer.Option("--reply", metavar="文字", help="对方怎样答复")] = None,
    again: Annotated[bool | None, typer.Option("--again", help="今天催过也再催一次")] = None,
    on: options.On = None,
    json: options.Json = False,
) -> None:
    """催办:第几次、催的谁、怎样催的、怎样答复都记下来,催办单随次数由蓝单升为橙单、红单。

    一件事项一天只催一次。升级的次数和逾期天数可以改,见 ledger config show 的 橙单催办次数 等。

    例:
        ledger urge 12 --method 电话 --to 李四 --reply 本周内报送
        ledger urge --overdue --unit 宣传组 --method 网络
        ledger urge 12 --method 现场 --level 红单 --note 省领导关注
    """
    from ledger.reports.columns import urging_words
    from ledger.services.pressing import urge as step

    carry_out(ctx, step, lambda one: f"已作{urging_words(one.urges, one.slip)}", json)


def flag(
    ctx: typer.Context,
    task: options.Tasks,
    until: Annotated[str | None, typer.Option("--until", metavar="日期", help="挂到哪一天")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="文字", help="为什么挂牌")] = None,
    on: options.On = None,
    json: options.Json = False,
) -> None:
    """挂牌督办:点名列在各张清单最前,直到销号或摘牌。

    例:
        ledger flag 12 --until 4月底 --note 领导小组会议明确
    """
    from ledger.services.pressing import flag as step

    carry_out(ctx, step, "已挂牌督办", json)


def unflag(
    ctx: typer.Context,
    task: options.Tasks,
    note: Annotated[str | None, typer.Option("--note", metavar="文字", help="为什么摘牌")] = None,
    on: options.On = None,
    json: options.Json = False,
) -> None:
    """摘牌:不再挂牌督办。

    例:
        ledger unflag 12 --note 已取得实质进展
    """
    from ledger.services.pressing import unflag as step

    carry_out(ctx, step, "已摘牌", json)


def problems(
    ctx: typer.Context,
    unit: options.Units = None,
    group: options.Groups = None,
    activity: options.Activities = None,
    leader: options.Leaders = None,
    solved: Annotated[bool, typer.Option("--all", help="连同已解决的")] = False,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """突出问题清单:各事项没有解决的问题,重点事项的在前,再按提出的先后。

    问题用 ledger note 事项 文字 --problem 提出,用 --resolves 了结;事项销号,它的问题随之了结。

    例:
        ledger problems
        ledger problems --unit 宣传组 --all -o 突出问题.xlsx
    """
    from ledger.cli.issue import restricted
    from ledger.cli.scoping import scope_of
    from ledger.reports.problems import problem_object, problems_report
    from ledger.reports.problems import problems as find

    context = Context.of(ctx)
    chosen = context.format(format, output)
    with context.reading(as_of) as view:
        scope = scope_of(view.reader, view.rules, unit, activity, leader, group)
        found = find(view.reader, scope, solved=solved)
    context.emit(
        chosen,
        output,
        lambda: restricted(problems_report(found, view.today, view.rules, view.as_of, solved=solved), scope),
        lambda: [problem_object(one, view.today, view.rules) for one in found],
    )
