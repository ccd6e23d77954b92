"""Groups of units (片区, 类别) and the leaders who look after them."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledger.base.text import visible
from ledger.cli import options, values
from ledger.cli.chinese import ChineseGroup
from ledger.cli.context import Context
from ledger.model.rules import Group

if TYPE_CHECKING:
    from ledger.store.journal import Journal

groups = typer.Typer(cls=ChineseGroup, help="单位分组:片区、类别等,各有哪些单位、哪位领导联系。")

Name = Annotated[str, typer.Argument(metavar="分组", help="分组的名称", autocompletion=values.groups)]
Units = Annotated[list[str], typer.Argument(metavar="单位…", help="单位,可用顿号连写几个", autocompletion=values.units)]
MaybeUnits = Annotated[list[str] | None, Units.__metadata__[0]]


@groups.callback(invoke_without_command=True)
def groups_(ctx: typer.Context) -> None:
    """单位分组:片区、类别等,各有哪些单位、哪位领导联系;不带命令时列出。

    分组可以有几套,如按片区一套、按类别一套;同一套里一个单位只在一处,不在任何一处的归入“未分组”。

    例:
        ledger config groups
    """
    if ctx.invoked_subcommand is None:
        list_groups(ctx)


@groups.command("list")
def list_groups(ctx: typer.Context, format: options.Format = None, output: options.Output = None) -> None:
    """列出各套分组,按设定的次序。

    例:
        ledger config groups list --format json
    """
    from ledger.reports.settings import groups_report

    Context.of(ctx).show(
        format,
        output,
        lambda view: view.rules.groups,
        groups_report,
        lambda found: [{"set": one.name, **group._asdict()} for one in found for group in one.groups],
    )


@groups.command("set")
def set_(
    ctx: typer.Context,
    name: Name,
    units: MaybeUnits = None,
    leader: Annotated[
        str | None,
        typer.Option("--leader", metavar="姓名", help="联系领导;空文字为没有", autocompletion=values.leaders),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--set", metavar="哪一套", help="属于哪一套分组,如 片区", autocompletion=values.group_sets),
    ] = None,
) -> None:
    """设定一个分组由哪些单位组成,原有的单位由写出的代替;不写单位的只改领导。

    没有写明哪一套的,归入唯一的一套(没有的新立一套,名为“分组”)。

    例:
        ledger config groups set 东片 甲镇 乙镇 --leader 王县长 --set 片区
        ledger config groups set 县直部门 县教育局、县水务局 --set 类别
        ledger config groups set 东片 --leader 李县长
    """
    from ledger.services.groups import define

    group, journal = Context.of(ctx).asking(lambda journal: define(journal, name, units or (), leader, of))
    _tell(group, journal)


@groups.command()
def add(ctx: typer.Context, name: Name, units: Units) -> None:
    """给一个分组添加单位。

    例:
        ledger config groups add 东片 丙镇
    """
    from ledger.services.groups import add as put

    group, journal = Context.of(ctx).asking(lambda journal: put(journal, name, units))
    _tell(group, journal)


@groups.command()
def remove(ctx: typer.Context, name: Name, units: MaybeUnits = None) -> None:
    """从一个分组移出单位;不写单位的,撤销这个分组。

    例:
        ledger config groups remove 东片 丙镇
        ledger config groups remove 东片
    """
    from ledger.services.groups import remove as take_out

    with Context.of(ctx).writing() as journal:
        group = take_out(journal, name, units or ())
    if group:
        _tell(group, journal)
    else:
        typer.echo(f"已撤销分组“{visible(name)}”")


@groups.command()
def order(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(metavar="分组…", help="按先后写出,其余排在后面", autocompletion=values.groups),
    ],
) -> None:
    """设定一套分组的先后,各报表照此排列。

    例:
        ledger config groups order 东片 西片
    """
    from ledger.services.groups import order as set_order

    with Context.of(ctx).writing() as journal:
        set_order(journal, names)


@groups.command()
def rename(ctx: typer.Context, old: Name, new: Annotated[str, typer.Argument(metavar="新名", help="新的名称")]) -> None:
    """给分组改名,或给一套分组改名。

    例:
        ledger config groups rename 东片 东部片区
        ledger config groups rename 片区 按片区
    """
    from ledger.services.groups import rename as give_name

    with Context.of(ctx).writing() as journal:
        give_name(journal, old, new)


def _tell(group: Group, journal: "Journal") -> None:
    of = next(one.name for one in journal.rules.groups if group in one.groups)
    leader = f",{visible(group.leader)}联系" if group.leader else ""
    units = "、".join(map(visible, group.units))
    typer.echo(f"{visible(of)} {visible(group.name)}:{units}({len(group.units)}个单位{leader})")
