"""Between a unit's word and the office's: submissions and their return."""

import typer

from ledger.cli import options
from ledger.cli.stepping import take_step


def submit(
    ctx: typer.Context,
    task: options.Tasks,
    on: options.On = None,
    note: options.Note = None,
    json: options.Json = False,
) -> None:
    """申请销号:责任单位报称已经办结,等待审核。

    审核销号用 ledger close,退回用 ledger return。待审核的仍算在办;按期与否看申请的日期,等待审核的日子不算逾期。

    例:
        ledger submit 12 --on 2013-03-18 --note 会议已召开,纪要已印发
        ledger submit 12 13 14
    """
    take_step(ctx, json)


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
