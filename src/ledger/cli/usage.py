"""What Typer says about wrong usage, said again in Chinese.

The exception's class, its parameter and what was typed tell what is wrong; Typer's English sentences are not read. A
message of our own, raised as `typer.BadParameter("…")` by a callback, is passed on as it is.
"""

from pathlib import Path

from typer.core import TyperArgument, TyperOption
from typer.models import TyperPath

from ledger.base.errors import BadValue, LedgerError, NotFound
from ledger.base.text import quote
from ledger.cli.chinese import nearest, see_help
from ledger.cli.help import span
from ledger.cli.parsing import TYPED
from ledger.cli.typer_seam import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    Context,
    FileError,
    FloatParamType,
    IntParamType,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    NumberRange,
    Parameter,
    ParamType,
    TyperChoice,
    UsageError,
)


def in_chinese(error: ClickException) -> LedgerError:
    """The same error as one of ours: `BadValue`, or `NotFound` where a file named by the user is not there."""
    ctx = error.ctx if isinstance(error, UsageError) else None
    hint = see_help(ctx)
    match error:
        case NoSuchOption():
            return _no_such_option(error, hint)
        case MissingParameter():
            return BadValue(f"缺少{_called(error.param)}", hint)
        case BadParameter():
            return _bad_parameter(error, hint)
        case BadOptionUsage():
            return BadValue(f"选项“{error.option_name}”{_misuse(error)}", hint)
        case NoArgsIsHelpError():
            return BadValue(f"{error.ctx.command_path} 之后还缺少内容", hint)
        case FileError():
            return BadValue(f"文件{quote(error.filename)}打不开", "请检查路径和权限")
    return BadValue(error.message.rstrip("。."), hint)


def _called(param: Parameter | None) -> str:
    if isinstance(param, TyperOption):
        return f"选项“{max(param.opts, key=len)}”"
    return f"参数“{param.human_readable_name}”" if isinstance(param, TyperArgument) else "参数"


def _no_such_option(error: NoSuchOption, hint: str) -> BadValue:
    """A global option that stands after the command is told its place."""
    name = error.option_name
    root = error.ctx.find_root() if error.ctx else None
    if error.ctx and root and any(name in param.opts for param in root.command.params):
        path = error.ctx.command_path.removeprefix(f"{root.info_name} ")
        return BadValue(f"全局选项“{name}”写错了位置", f"把它写在命令之前:{root.info_name} {name} … {path}")
    return BadValue(f"没有选项{quote(name)}{nearest(name, list(error.possibilities or ()))}", hint)


def _misuse(error: BadOptionUsage) -> str:
    params = error.ctx.command.params if error.ctx else []
    flags = (param.is_flag for param in params if isinstance(param, TyperOption) and error.option_name in param.opts)
    return "不带值" if any(flags) else "之后缺少值"


def _bad_parameter(error: BadParameter, hint: str) -> LedgerError:
    param, ctx = error.param, error.ctx
    if param is None or ctx is None:
        return BadValue(error.message.rstrip("。."), hint)
    given, where = _given(param, ctx)
    refused = next((value for value in given if not _readable(param, ctx, value)), None)
    if refused is None:
        return BadValue(f"{where}:{error.message.rstrip('。.')}", hint)
    if isinstance(param.type, TyperChoice):
        choices = list(param.type._normalized_mapping(ctx).values())
        return BadValue(f"{where}没有{quote(refused)}这个值{nearest(refused, choices)}", f"可选 {'、'.join(choices)}")
    if isinstance(param.type, TyperPath):
        return _bad_path(param.type, refused, where)
    return BadValue(f"{where}的值{quote(refused)}{_objection(param.type, refused)}", hint)


def _given(param: Parameter, ctx: Context) -> tuple[list[str], str]:
    """The values as typed, or as found in the environment, and what to call the place that they were given in."""
    value, where = ctx.meta.get(TYPED, {}).get(param.name), _called(param)
    if value is None:
        value, where = param.value_from_envvar(ctx), f"环境变量“{param.envvar}”"
    return ([value] if isinstance(value, str) else list(value or ())), where


def _readable(param: Parameter, ctx: Context, value: str) -> bool:
    try:
        param.type(value, param, ctx)
    except BadParameter:
        return False
    return True


def _objection(kind: ParamType, value: str) -> str:
    number = int if isinstance(kind, IntParamType) else float if isinstance(kind, FloatParamType) else None
    if number is None:
        return "读不懂"
    try:
        number(value)
    except ValueError:
        return "不是整数" if number is int else "不是数字"
    return f"超出范围({span(kind)})" if isinstance(kind, NumberRange) else "读不懂"


def _bad_path(kind: TyperPath, path: str, where: str) -> LedgerError:
    named = Path(path)
    if not named.exists():
        return NotFound(f"没有文件{quote(path)}", "请检查路径")
    if named.is_dir() and not kind.dir_okay:
        return BadValue(f"{where}的值{quote(path)}是目录,不是文件", "请给出文件的路径")
    if not named.is_dir() and not kind.file_okay:
        return BadValue(f"{where}的值{quote(path)}是文件,不是目录", "请给出目录的路径")
    return NotFound(f"文件{quote(path)}没有读写权限", "请检查权限")
