"""Who imports whom, late or for types alone included: no circles, and one seam to what is private of Typer."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import grimp
import pytest

import ledger

SOURCE = Path(ledger.__path__[0])
SEAM = "cli/typer_seam.py"


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Circles of modules that import each other, each along its imports; one of those that share an import."""
    left = {module: set(imported) for module, imported in imports.items()}
    found: list[list[str]] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]  # each before what it imports
            found.append(circle)
            left[circle[0]].discard(circle[1])
        else:
            return found


@pytest.mark.parametrize(
    ("imports", "found"),
    [
        ({"a": {"b", "c"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"e"}, "e": {"d"}}, [["a", "b", "c"], ["d", "e"]]),
    ],
)
def test_circles_are_found(imports: dict[str, set[str]], found: list[list[str]]) -> None:
    assert sorted(sorted(set(circle)) for circle in circles(imports)) == found
    assert all(after in imports[module] for circle in circles(imports) for module, after in pairwise(circle))


def test_no_modules_import_each_other() -> None:
    graph = grimp.build_graph("ledger", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert "ledger.dates.grammar" in imports["ledger.dates.deadline"]  # an import inside a function counts
    assert [" → ".join(circle) for circle in circles(imports)] == []


def private_names(source: str) -> Iterator[str]:
    """What of Typer's private parts a module takes: by importing it, or as an attribute of `typer`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.Attribute):
            names = [ast.unparse(node)]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first == "typer" and any(part.startswith("_") for part in rest):
                yield name


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import typer\ntyper.echo(1)\nfrom typer.core import TyperGroup", []),
        ("def f():\n    from typer._click import Command", ["typer._click.Command"]),
        ("from typer import _types", ["typer._types"]),
        ("import typer._click.core", ["typer._click.core"]),
        ("import typer\ntyper._types", ["typer._types"]),
    ],
)
def test_private_names_are_found(source: str, found: list[str]) -> None:
    assert list(private_names(source)) == found


def test_one_seam_to_what_is_private_of_typer() -> None:
    found = {
        str(path.relative_to(SOURCE)): sorted(private_names(path.read_text("utf-8"))) for path in SOURCE.rglob("*.py")
    }
    assert len(found[SEAM]) > 10
    assert {path: names for path, names in found.items() if names and path != SEAM} == {}
