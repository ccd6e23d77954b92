"""Settings: the user's own and the ledger's, and the units of the ledger."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.base import settings as own
from ledger.base.errors import BadValue
from ledger.base.text import quote, visible
from ledger.cli import options
from ledger.cli.chinese import ChineseGroup
from ledger.cli.context import Context
from ledger.cli.groups import groups
from ledger.cli.holidays import holidays
from ledger.cli.limits import limits
from ledger.cli.mappings import mappings
from ledger.cli.own_columns import field
from ledger.cli.views import view
from ledger.model import rules as ledgers
from ledger.reports.settings import settings_report, settled, units_report, words_of
from ledger.store.location import location_of

config = typer.Typer(
    cls=ChineseGroup, help="设置:用户自己的(台账位置、时区等)和台账的(名称、年度、亮灯天数、单位顺序、节假日表)。"
)
units = typer.Typer(cls=ChineseGroup, help="单位:显示顺序、改名、合并。")
config.add_typer(units, name="units")
config.add_typer(groups, name="groups")
config.add_typer(holidays, name="holidays")
config.add_typer(mappings, name="mappings")
config.command()(field)

_NAMES = (*own.LABELS, *ledgers.CHANGEABLE)
_CALLED = {label: name for name, label in (own.LABELS | ledgers.LABELS).items() if name in _NAMES}
_HELP = f"{'、'.join(_NAMES)},或其中文名称"
_ELSEWHERE = {
    "units": "units",
    "stages": "stage",
    "holidays": "holidays",
    "limits": "limits",
    "groups": "groups",
    "columns": "field",
}
"""The settings that have commands of their own below `config`."""


def _named(incomplete: str) -> list[tuple[str, str]]:
    names = [(name, label) for label, name in _CALLED.items()]
    return [(a, b) for pair in names for a, b in (pair, pair[::-1]) if incomplete and a.startswith(incomplete)] or names


def _values(ctx: typer.Context, incomplete: str) -> list[str]:
    name = str(ctx.params.get("name"))
    words = ledgers.words_for(_CALLED.get(name, name)) or own.words_for(_CALLED.get(name, name))
    return [word for word in words if word.startswith(incomplete)]


Name = Annotated[str, typer.Argument(metavar="设置", help=_HELP, autocompletion=_named)]


@config.command()
def show(ctx: typer.Context, format: options.Format = None, output: options.Output = None) -> None:
    """列出全部设置;台账不存在时只列用户自己的。

    例:
        ledger config show
    """
    context = Context.of(ctx)
    chosen = context.format(format, output)
    values: dict[str, object] = {name: own.shown(name, context.settings.get(name)) for name in own.LABELS}
    path = context.location.path
    if path is None or path.exists():
        with context.reading() as view:
            rules = view.rules
            values |= rules._asdict() | {"units": list(rules.units), "holidays": len(rules.holidays)}
            values |= {"columns": list(rules.columns), "groups": [one.name for one in rules.groups]}
    context.emit(chosen, output, lambda: settings_report(values, context.today), lambda: values)


@config.command("get")
def get_(ctx: typer.Context, name: Name) -> None:
    """显示一项设置的值。

    例:
        ledger config get name
    """
    context, name = Context.of(ctx), _CALLED.get(name, name)
    if _is_own(name):
        typer.echo(own.shown(name, context.settings.get(name)) or "")
        return
    with context.reading() as view:
        typer.echo(words_of(getattr(view.rules, name)))


@config.command("set")
def set_(
    ctx: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(metavar="值", help="空文字恢复为默认值", autocompletion=_values)],
) -> None:
    """改一项设置;台账的设置每改一次记一条。

    例:
        ledger config set name 学创台账
        ledger config set year 2013
        ledger config set actor 张三
        ledger config set 抄送 各市州党委宣传部
    """
    context, name = Context.of(ctx), _CALLED.get(name, name)
    if _is_own(name):
        if name == "db" and value:
            location_of(value)  # what no command could use later is refused now
        own.change(own.settings_path(), name, value)
        _answer(name, own.word_of(name, value))
        return
    from ledger.services.settings import set_rule

    with context.writing() as journal:
        changed = set_rule(journal, name, value)
    if changed:
        _answer(name, settled(name, getattr(journal.rules, name)))


def _answer(name: str, value: str | None) -> None:
    label = (own.LABELS | ledgers.LABELS)[name]
    typer.echo(f"{label}:{visible(value)}" if value else f"{label}:已恢复默认")


def _is_own(name: str) -> bool:
    if name not in _NAMES:
        called = next((one for one in _ELSEWHERE if name in (one, ledgers.LABELS[one])), None)
        if called:
            raise BadValue(
                f"{quote(ledgers.LABELS[called])}另有命令", f"用 ledger config {_ELSEWHERE[called]} 查看和设定"
            )
        raise BadValue(f"没有名为{quote(name)}的设置", f"可用的有 {'、'.join(_NAMES)}")
    return name in own.LABELS


@config.command()
def stage(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="阶段", help="阶段名称", autocompletion=options.values.stages)],
    start: Annotated[str, typer.Option("--start", metavar="日期", help="第一天")],
    end: Annotated[str, typer.Option("--end", metavar="日期", help="最后一天")],
) -> None:
    """设定一个阶段的起止,其中的循环任务随之起止。

    例:
        ledger config stage 推进实施 --start 3月初 --end 11月底
    """
    from ledger.services.settings import set_stage

    with Context.of(ctx).writing() as journal:
        touched = set_stage(journal, name, start, end)
    typer.echo(f"已设定阶段“{name}”的起止,涉及循环任务今后 {touched} 期")


@config.command()
def template(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="目录", help="写到哪个目录")] = Path("公文模板"),
) -> None:
    """取出自带的公文模板(Word 文件),供修改措辞、标题和字体。

    改好后用 ledger config set docx_template 目录 启用;目录里没有的一种仍用自带的。

    例:
        ledger config template -o 公文模板
        ledger config set docx_template 公文模板
    """
    from ledger.render.document_files import write_out

    for path in write_out(output, Context.of(ctx).kept):
        typer.echo(f"已写出 {visible(str(path))}")


@units.callback(invoke_without_command=True)
def list_units(ctx: typer.Context) -> None:
    """单位:显示顺序、改名、合并;不带命令时按显示顺序列出。

    例:
        ledger config units
    """
    if ctx.invoked_subcommand is None:
        show_units(ctx)


@units.command("show")
def show_units(ctx: typer.Context, format: options.Format = None, output: options.Output = None) -> None:
    """按显示顺序列出各单位和它牵头的事项数。

    例:
        ledger config units show --format json
    """
    from ledger.reports.settings import unit_counts

    Context.of(ctx).show(
        format,
        output,
        lambda view: unit_counts(view.reader, view.rules, view.today),
        units_report,
        lambda found: [{"name": name, "tasks": tasks, "open": open_} for name, tasks, open_ in found],
    )


@units.command()
def order(
    ctx: typer.Context, names: Annotated[list[str], typer.Argument(metavar="单位…", help="按先后写出,其余排在后面")]
) -> None:
    """设定单位的显示顺序,各报表照此排列。

    例:
        ledger config units order 领导小组 综合组 宣传组 督导组
    """
    from ledger.services.units import order as set_order

    with Context.of(ctx).writing() as journal:
        set_order(journal, names)
    typer.echo(f"单位顺序:{'、'.join(map(visible, names))}")


@units.command()
def rename(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="原名", help="现在的名称", autocompletion=options.values.units)],
    new: Annotated[str, typer.Argument(metavar="新名", help="新的名称")],
) -> None:
    """给单位改名,它牵头和配合的事项一并更改,过去的报表随之。

    例:
        ledger config units rename 宣传处 宣传组
    """
    from ledger.services.units import rename as give_name

    with Context.of(ctx).writing() as journal:
        changed = give_name(journal, old, new)
    typer.echo(f"已改名,涉及 {changed} 件事项")


@units.command()
def merge(
    ctx: typer.Context,
    olds: Annotated[
        list[str],
        typer.Argument(metavar="单位…", help="被并入的,可用顿号连写几个", autocompletion=options.values.units),
    ],
    into: Annotated[
        str, typer.Option("--into", metavar="单位", help="并入哪一个", autocompletion=options.values.units)
    ],
) -> None:
    """把几个单位并入另一个,事项一并转过去。

    例:
        ledger config units merge 宣传处 新闻处 --into 宣传组
    """
    from ledger.services.units import merge as merge_units

    with Context.of(ctx).writing() as journal:
        changed = merge_units(journal, olds, into)
    typer.echo(f"已合并,涉及 {changed} 件事项")


config.command("view")(view)
config.command("limits")(limits)
