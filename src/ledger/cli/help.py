"""How a help page looks: 用法, the docstring, whom a step is for, 参数, 命令, 选项, 示例, plain text for any width.

A page is as wide as the terminal (`COLUMNS` first, 80 where there is none) within 30 and 100 cells, two for a Chinese
character. Lines break as `ledger.base.text.wrap` has it; the docstring's form is that of `ledger.cli.chinese`.
"""

import inspect
import re
import shutil
from collections.abc import Iterator
from enum import Enum
from textwrap import dedent
from typing import Any, Protocol, runtime_checkable

from typer.core import TyperArgument, TyperOption

from ledger.base.text import pad, wrap
from ledger.base.text import width as cells
from ledger.cli.conditions import told
from ledger.cli.typer_seam import Command, Context, NumberRange, Parameter, TyperChoice

_NARROWEST, _WIDEST, _NO_TERMINAL = 30, 100, (80, 24)
_EXAMPLES = re.compile(r"^例[:\uff1a][ \t]*\n", re.MULTILINE)
_METAVARS = {"str": "文字", "int": "整数", "int range": "整数", "float": "数", "float range": "数", "path": "路径"}
_METAVARS |= {"file": "文件", "directory": "目录", "filename": "文件"}

Rows = list[tuple[str, str]]


@runtime_checkable
class Group(Protocol):
    """A command with commands of its own."""

    def chapters(self, ctx: Context) -> dict[str, Rows]:
        """Heading → (name, summary) of each of them."""


def page(command: Command, ctx: Context) -> str:
    """The whole help of a command."""
    width = ctx.terminal_width or min(max(shutil.get_terminal_size(_NO_TERMINAL).columns, _NARROWEST), _WIDEST)
    prose, examples = _divide(command.help or "")
    of_task = told(str(ctx.info_name)) if ctx.parent and ctx.parent.parent is None else None
    parts = [_usage(command, ctx, width)]
    parts += ["\n".join(_paragraph(text, width)) for text in (*_paragraphs(prose), of_task) if text]
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    parts += _sections({"参数": [_row(param, ctx) for param in params if isinstance(param, TyperArgument)]}, width)
    if isinstance(command, Group):
        parts += _sections(command.chapters(ctx), width)
    parts += _sections({"选项": [_row(param, ctx) for param in params if isinstance(param, TyperOption)]}, width)
    if examples:
        parts.append("\n".join(["示例:", *(f"  {line}".rstrip() for line in examples.splitlines())]))
    return "\n\n".join(parts)


def summary(doc: str) -> str:
    """The first paragraph of a docstring, on one line without its full stop."""
    return _join(_paragraphs(_divide(doc)[0])[0]).rstrip("。.")


def _divide(doc: str) -> tuple[str, str]:
    """A docstring as (prose, examples)."""
    prose, *examples = _EXAMPLES.split(inspect.cleandoc(doc), maxsplit=1)
    return prose.strip("\n"), dedent("".join(examples)).strip("\n")


def _paragraphs(prose: str) -> list[str]:
    return re.split(r"\n\s*\n", prose)


def _join(lines: str) -> str:
    """Lines as one, with a blank only where Latin meets Latin."""
    return re.sub(r"(?<=[!-~])\n(?=[!-~])", " ", lines).replace("\n", "")


def _paragraph(text: str, width: int) -> Iterator[str]:
    """A paragraph indented and filled; its lines that are indented already stand as they are."""
    for verbatim, lines in _runs(text.split("\n")):
        for line in lines if verbatim else wrap(_join("\n".join(lines)), width - 2):
            yield f"  {line}"


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    run: list[str] = []
    for line in lines:
        if run and (run[-1][:1] == " ") != (line[:1] == " "):
            yield run[0][:1] == " ", run
            run = []
        run.append(line)
    yield run[0][:1] == " ", run


def _usage(command: Command, ctx: Context, width: int) -> str:
    words = [ctx.command_path, "[选项]"]
    words += [
        _argument(p) if p.required else f"[{_argument(p)}]" for p in command.params if isinstance(p, TyperArgument)
    ]
    words += ["命令 …"] if isinstance(command, Group) else []
    return "用法: " + "\n      ".join(wrap(" ".join(words), width - 6))


def _sections(chapters: dict[str, Rows], width: int) -> list[str]:
    """Tables of two columns, each under its heading, the left column as wide in all of them."""
    labels = [cells(label) for rows in chapters.values() for label, _ in rows]
    left = min(max(labels, default=0), width // 3)
    return ["\n".join([f"{heading}:", *_table(rows, left, width)]) for heading, rows in chapters.items() if rows]


def _table(rows: Rows, left: int, width: int) -> Iterator[str]:
    margin = " " * (left + 4)
    for label, text in rows:
        first, *rest = wrap(text, width - left - 4)
        if cells(label) > left:
            yield f"  {label}"
            yield f"{margin}{first}".rstrip()
        else:
            yield f"  {pad(label, left)}  {first}".rstrip()
        yield from (margin + line for line in rest)


def _row(param: TyperArgument | TyperOption, ctx: Context) -> tuple[str, str]:
    remarks = " ".join(f"[{remark}]" for remark in _remarks(param, ctx))
    label = _argument(param) if isinstance(param, TyperArgument) else _option(param)
    return label, f"{param.help or ''} {remarks}".strip()


def _argument(param: TyperArgument) -> str:
    return param.human_readable_name + ("…" if param.nargs == -1 else "")


def _option(param: TyperOption) -> str:
    label = ", ".join(sorted(param.opts, key=lambda opt: opt.startswith("--")))
    if param.secondary_opts:
        label += f" / {', '.join(param.secondary_opts)}"
    return label if param.is_flag or param.count else f"{label} {param.metavar or _METAVARS.get(param.type.name, '值')}"


def _remarks(param: TyperArgument | TyperOption, ctx: Context) -> Iterator[str]:
    """What a bracket after the help says: choices, range, variable, default, and whether it may or must be given."""
    if isinstance(param.type, TyperChoice) and param.show_choices:
        yield f"可选:{'、'.join(param.type._normalized_mapping(ctx).values())}"
    if isinstance(param.type, NumberRange) and not getattr(param, "count", False):
        yield span(param.type)
    if param.envvar and param.show_envvar:
        yield f"环境变量:{param.envvar if isinstance(param.envvar, str) else '、'.join(param.envvar)}"
    if default := _default(param, ctx):
        yield f"默认:{default}"
    if param.required:
        yield "必填"
    if getattr(param, "multiple", False) or param.nargs == -1:
        yield "可重复"


def span(limits: NumberRange) -> str:
    """The numbers that are allowed, in words."""
    if limits.min is None:
        return f"不大于 {limits.max}"
    return f"不小于 {limits.min}" if limits.max is None else f"{limits.min} 到 {limits.max}"


def _default(param: Parameter, ctx: Context) -> str:
    shown = getattr(param, "show_default", True)
    value: Any = param.get_default(ctx, call=False)
    if isinstance(shown, str):
        return shown
    if not shown or value is None or value is False or callable(value):
        return ""
    if value is True:
        return param.opts[0] if param.secondary_opts else ""
    values = value if isinstance(value, list | tuple) else [value]
    return "、".join(str(one.value if isinstance(one, Enum) else one) for one in values)
