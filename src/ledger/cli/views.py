"""The saved lists of a clerk: `config view`."""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from ledger.base import settings
from ledger.base.errors import BadValue
from ledger.base.text import quote, visible
from ledger.cli import clerk, options, values
from ledger.cli.context import Context
from ledger.cli.lists import list_, readable
from ledger.cli.saved import as_typed, called, missing, words_of
from ledger.reports.settings import views_report

_OF_THE_OUTPUT = ("as_of", "format", "output")
"""What `list` takes that says how it is shown, not what it is of."""
_FILTERS = [
    parameter
    for name, parameter in inspect.signature(list_).parameters.items()
    if name not in ("ctx", "name", "drop", *_OF_THE_OUTPUT)
]


def _filtering(command: Callable[..., None]) -> Callable[..., None]:
    """The command, which takes `**filters`, with the options by which `list` filters."""
    signature = inspect.signature(command)
    own = list(signature.parameters.values())[:-1]
    place = [parameter.name for parameter in own].index("format")
    command.__signature__ = signature.replace(parameters=[*own[:place], *_FILTERS, *own[place:]])  # type: ignore[attr-defined]
    return command


@_filtering
def view(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="名称", help="清单的名称", autocompletion=values.views)] = None,
    remove: Annotated[bool, typer.Option("--remove", help="删去这种清单")] = False,
    format: options.Format = None,
    output: options.Output = None,
    **filters: object,
) -> None:
    """常用清单:把 list 的条件存下来,以后只写名称;不写条件时列出。

    存在用户自己的设置里,别人看不到,也不影响任何数字。单位等名称和“本周”一类的时段,用到时才按台账和当天理解。

    例:
        ledger config view 我的 --unit 综合组、宣传组 --status open --sort due
        ledger list 我的
        ledger config view
        ledger config view --remove 我的
    """
    context = Context.of(ctx)
    views = settings.views(context.settings)
    asked = as_typed(ctx, frozenset(("remove", *_OF_THE_OUTPUT)))
    known = called(views, name) if name is not None else None
    if asked or remove:
        if name is None:
            raise BadValue(
                "没有写清单的名称", f"如 ledger config view {'--remove ' if remove else ''}我的 {asked}".rstrip()
            )
        if format or output or (asked and remove):
            raise BadValue("存下或删去清单时不带别的选项", "格式和文件在用的时候写,如 ledger list 我的 -o 清单.xlsx")
        _change(context, ctx, known or name.strip(), asked, views)
        return
    if name is not None and known is None:
        raise missing(name, views)
    found = views if known is None else {known: views[known]}
    chosen = context.format(format, output)
    context.emit(
        chosen,
        output,
        lambda: views_report(found, context.today),
        lambda: [{"name": one, "options": words_of(text)} for one, text in found.items()],
    )


def _change(context: Context, ctx: typer.Context, name: str, asked: str, views: Mapping[str, str]) -> None:
    """Keep what was `asked` for under the name; where nothing was, forget it."""
    if not asked and name not in views:
        raise missing(name, views)
    if name.startswith("-"):
        raise BadValue(f"清单的名称{quote(name)}以横线开头", "请换一个名称")
    if asked:
        _, assumed = readable(ctx.params, context.today, None)  # refused now as `list` would
        clerk.tell(assumed)
    settings.change(settings.settings_path(), settings.VIEW + name, asked)
    did = "已删去" if not asked else "已改存" if name in views else "已存下"
    typer.echo(f"{did}常用清单{quote(name)}" + (f":{visible(asked)}" if asked else ""))
