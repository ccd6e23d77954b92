"""A format is known everywhere or nowhere: its line in `base/formats.py` is the one place, the documents follow."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand

from ledger.base import settings
from ledger.base.errors import BadValue
from ledger.base.formats import FORMATS, JSON, SUFFIXES, TABLE, Format, all_of_them
from ledger.cli import values
from ledger.render.output import choose_format

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "ledger").rglob("*.py"))
EVERY = pytest.mark.parametrize("format", FORMATS.values(), ids=lambda one: one.name)


@EVERY
def test_it_has_a_module_that_writes_it(format: Format) -> None:
    module = import_module(f"ledger.render.{format.module}")
    render = module.dump if format is JSON else module.render
    last = "extras" if format.binary else "file" if format is TABLE else "write"
    assert [*inspect.signature(render).parameters][-1] == last


@EVERY
def test_its_suffixes_mean_it_and_no_other(format: Format) -> None:
    assert {suffix for suffix, name in SUFFIXES.items() if name == format.name} == set(format.suffixes)
    for suffix in format.suffixes:
        assert choose_format(None, Path(f"周{suffix.upper()}"), isatty=True) == format.name


@EVERY
def test_no_terminal_gets_bytes(format: Format) -> None:
    if not format.binary:
        assert choose_format(format.name, None, isatty=True) == format.name
        return
    with pytest.raises(BadValue) as refused:
        choose_format(format.name, None, isatty=True)
    assert f"-o 清单.{format.name}" in refused.value.hint


@EVERY
def test_it_is_the_usual_one_where_it_is_no_file(format: Format, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    if format.place != "file":
        settings.change(path, "format", format.name)
        assert settings.load(path) == {"format": format.name}
        return
    with pytest.raises(BadValue, match="没有"):
        settings.change(path, "format", format.name)


def test_completion_and_help_offer_all() -> None:
    context = typer.Context(TyperCommand("list"), info_name="list")
    assert values.formats(context, "") == [(format.name, format.help) for format in FORMATS.values()]
    listed = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert listed.count(all_of_them()) == listed.count("-f, --format 格式") - 1, "export has jsonl too"


@EVERY
def test_the_readmes_tell_of_it(format: Format) -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "docs/zh/公文.md"))
    assert "|".join(FORMATS) in english
    if format.place != "screen" and format is not JSON:
        assert f"\n| `{format.name}` | " in english
        assert f"\n| `{format.suffixes[0]}` | " in chinese


def test_no_other_module_names_one() -> None:
    named = {format.name for format in FORMATS.values() if format.place == "file"} | {"csv", "md"}  # no other words
    told = [
        (path.name, node.lineno, node.value)
        for path in SOURCES
        if path.name != "formats.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in named
    ]
    assert told == []
