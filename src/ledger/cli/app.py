"""The root of the command line: the global options, the table of commands, and `main`.

Global options stand before the command. They are only kept here, in `ctx.obj`; what they mean is for the command that
needs them, so that `ledger week --help` works whatever they say.
"""

import sys
from typing import Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_group

from ledger import __version__
from ledger.base.formats import FORMATS
from ledger.cli.completion import install_completion, show_completion
from ledger.cli.context import Context, Globals
from ledger.cli.lazy import Entry, LazyGroup
from ledger.cli.run import run


class Root(LazyGroup):
    """All commands."""

    table = (
        Entry("add", "ledger.cli.tasks", "add", "登记", "事项"),
        Entry("edit", "ledger.cli.tasks", "edit", "修改", "事项"),
        Entry("note", "ledger.cli.tasks", "note", "进展", "事项"),
        Entry("extend", "ledger.cli.tasks", "extend", "延期", "事项"),
        Entry("close", "ledger.cli.tasks", "close", "销号", "事项"),
        Entry("reopen", "ledger.cli.tasks", "reopen", "恢复", "事项"),
        Entry("cancel", "ledger.cli.tasks", "cancel", "撤销", "事项"),
        Entry("tally", "ledger.cli.tasks", "tally", "计数", "事项"),
        Entry("undo", "ledger.cli.tasks", "undo", "撤回", "事项"),
        Entry("comb", "ledger.cli.comb", "comb", "梳理", "督办"),
        Entry("submit", "ledger.cli.supervision", "submit", "申请", "督办"),
        Entry("accept", "ledger.cli.supervision", "accept", "审核", "督办"),
        Entry("return", "ledger.cli.supervision", "return_", "退回", "督办"),
        Entry("pause", "ledger.cli.supervision", "pause", "中止", "督办"),
        Entry("resume", "ledger.cli.supervision", "resume", "续办", "督办"),
        Entry("urge", "ledger.cli.supervision", "urge", "催办", "督办"),
        Entry("slip", "ledger.cli.slips", "slip", "督办单", "督办"),
        Entry("flag", "ledger.cli.supervision", "flag", "挂牌", "督办"),
        Entry("unflag", "ledger.cli.supervision", "unflag", "摘牌", "督办"),
        Entry("rate", "ledger.cli.rating", "rate", "评价", "督办"),
        Entry("evidence", "ledger.cli.evidence", "evidence", "佐证", "督办"),
        Entry("problems", "ledger.cli.supervision", "problems", "问题", "督办"),
        Entry("list", "ledger.cli.lists", "list_", "清单", "报表"),
        Entry("show", "ledger.cli.lists", "show", "查看", "报表"),
        Entry("overdue", "ledger.cli.overdue", "overdue", "逾期", "报表"),
        Entry("week", "ledger.cli.periods", "week", "周", "报表"),
        Entry("month", "ledger.cli.periods", "month", "月", "报表"),
        Entry("quarter", "ledger.cli.periods", "quarter", "季", "报表"),
        Entry("half", "ledger.cli.periods", "half", "半年", "报表"),
        Entry("year", "ledger.cli.periods", "year", "年", "报表"),
        Entry("rank", "ledger.cli.ranking", "rank", "通报", "报表"),
        Entry("diff", "ledger.cli.difference", "diff", "比对", "报表"),
        Entry("bulletin", "ledger.cli.bulletin", "bulletin", "简报", "报表"),
        Entry("publish", "ledger.cli.publishing", "publish", "印发", "印发"),
        Entry("publications", "ledger.cli.publishing", "publications", "印发清单", "印发"),
        Entry("reprint", "ledger.cli.publishing", "reprint", "再印", "印发"),
        Entry("when", "ledger.cli.when", "when", "时限", "数据"),
        Entry("log", "ledger.cli.journal", "log", "记录", "数据"),
        Entry("import", "ledger.cli.importing", "import_", "导入", "数据"),
        Entry("export", "ledger.cli.export", "export", "导出", "数据"),
        Entry("batch", "ledger.cli.batch", "batch", "批量", "数据"),
        Entry("series", "ledger.cli.series", "series", "循环", "数据"),
        Entry("init", "ledger.cli.keeping", "init", "建账", "保管"),
        Entry("check", "ledger.cli.keeping", "check", "核对", "保管"),
        Entry("verify", "ledger.cli.proof", "verify", "核验", "保管"),
        Entry("archive", "ledger.cli.archiving", "archive", "归档", "保管"),
        Entry("backup", "ledger.cli.backup", "backup", "备份", "保管"),
        Entry("restore", "ledger.cli.backup", "restore", "还原", "保管"),
        Entry("upgrade", "ledger.cli.keeping", "upgrade", "升级", "保管"),
        Entry("config", "ledger.cli.settings", "config", "设置", "保管"),
    )


app = typer.Typer(
    cls=Root, add_completion=False, rich_markup_mode=None, context_settings={"help_option_names": ["--help", "-h"]}
)


def _show_version(ctx: typer.Context, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        typer.echo(f"ledger {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    db: Annotated[str | None, typer.Option(metavar="路径或网址", help="使用哪一个台账")] = None,
    today: Annotated[str | None, typer.Option(metavar="日期", help="把这一天当作今天")] = None,
    actor: Annotated[str | None, typer.Option(metavar="姓名", help="以谁的名义登记")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本")] = False,
    install_: Annotated[
        bool,
        typer.Option("--install-completion", callback=install_completion, is_eager=True, help="为当前外壳装上命令补全"),
    ] = False,
    show_: Annotated[
        bool, typer.Option("--show-completion", callback=show_completion, is_eager=True, help="显示当前外壳的补全脚本")
    ] = False,
) -> None:
    """办公室周工作清单销号台账:登记、销号,打印周、月、季、半年和年的报表。

    不带命令时显示今天的概况。命令后加 --help 查看它的用法,如 ledger week --help。

    例:
        ledger add 召开调度会 --unit 综合组 --due 2013-03-29
        ledger week
        ledger close 12
    """
    ctx.obj = Globals(db, today, actor)
    if ctx.invoked_subcommand is None:
        show_glance(Context.of(ctx))


def show_glance(context: Context) -> None:
    """Today at a glance, and where the help is; without a ledger only how to begin one."""
    from ledger.reports.lists import glance
    from ledger.reports.present import glance_report

    path = context.location.path
    if path is not None and not path.exists():
        typer.echo(
            f"还没有台账({context.location})。用 ledger init 建账,或直接 ledger add 登记第一项任务;"
            "ledger --help 查看全部命令。"
        )
        return
    with context.reading() as view:
        found = glance(view.reader, view.today, view.rules)
    format = context.format(None, None)
    context.emit(format, None, lambda: glance_report(found, view.today, view.rules), found._asdict)
    if FORMATS[format].place == "screen":
        typer.echo("\nledger week 本周清单 · ledger add 登记 · ledger close 销号 · ledger --help 全部命令")


def command() -> TyperGroup:
    """The whole command line, its commands not yet loaded."""
    return get_group(app)


def main() -> None:
    """The entry point `ledger`."""
    sys.exit(run(command(), sys.argv[1:]))
