"""Between a unit's word and the office's: submissions, their acceptance and return; pauses."""

from typing import Annotated

import typer

from ledger.cli import options, values
from ledger.cli.stepping import take_step, take_step_or_all_waiting
from ledger.model.lifecycle import FACTS


def submit(
    ctx: typer.Context,
    task: options.Tasks,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="姓名", help="申请人", show_default="经办人", autocompletion=values.owners),
    ] = None,
    on: options.On = None,
    note: options.Note = None,
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
    yes: options.Yes = False,
    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            metavar="方式",
            help="怎样核查的:现场或书面",
            autocompletion=lambda: list(FACTS["method"].choices),
        ),
    ] = None,
    on: options.On = None,
    note: options.Note = None,
    json: options.Json = False,
) -> None:
    """审核销号:核查属实,准予销号,谁审核谁负责。按期与否仍看申请的日期。

    台账设有销号审核的(ledger config set 销号审核 是),申请人不能审核自己申请的;--submitted 时本人的留着不销。

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
