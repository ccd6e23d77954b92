"""What this command line needs of Typer's private parts, in one place, so that the version it is pinned to can move.

Typer 0.28 carries its own copy of click, `typer._click`. All of this is loaded with Typer in any case.
"""

from typer import _completion_classes as completion_classes
from typer._click import ClickException, Command, Context, Parameter
from typer._click.exceptions import (
    BadArgumentUsage,
    BadOptionUsage,
    BadParameter,
    FileError,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer._click.parser import _OptionParser as OptionParser
from typer._click.parser import _ParsingState as ParsingState
from typer._click.shell_completion import CompletionItem, ShellComplete, add_completion_class
from typer._click.shell_completion import _resolve_context as resolve_context
from typer._click.shell_completion import _resolve_incomplete as resolve_incomplete
from typer._click.types import INT, FloatParamType, IntParamType, ParamType
from typer._click.types import _NumberRangeBase as NumberRange
from typer._completion_shared import _get_shell_name as get_shell_name
from typer._types import TyperChoice

__all__ = [
    "INT",
    "BadArgumentUsage",
    "BadOptionUsage",
    "BadParameter",
    "ClickException",
    "Command",
    "CompletionItem",
    "Context",
    "FileError",
    "FloatParamType",
    "IntParamType",
    "MissingParameter",
    "NoArgsIsHelpError",
    "NoSuchOption",
    "NumberRange",
    "OptionParser",
    "ParamType",
    "Parameter",
    "ParsingState",
    "ShellComplete",
    "TyperChoice",
    "UsageError",
    "add_completion_class",
    "completion_classes",
    "get_shell_name",
    "resolve_context",
    "resolve_incomplete",
]
