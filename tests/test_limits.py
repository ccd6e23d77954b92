"""The tests themselves: none waits without end, none works with the devices of the system, one profile for all
properties."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
CHILDREN, DEVICES = ROOT / "children.py", ROOT / "devices.py"
SOURCES = sorted(path for path in ROOT.rglob("*.py") if "sample" not in path.parts and path != Path(__file__))
RUN = {"run", "call", "check_call", "check_output"}
STREAMS = {"/dev/stdin"}
"""What a program may be told of /dev: a stream of its own."""


def endless(tree: ast.AST) -> Iterator[str]:
    """Calls that may wait for ever, and processes started otherwise than by `tests/children.py`."""
    limited = {
        call
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(node, ast.Constant) and node.value == "timeout" for node in ast.walk(function))
        for call in ast.walk(function)
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name | ast.Attribute):
            continue
        name = ast.unparse(call.func)
        last, names = name.rpartition(".")[2], {keyword.arg for keyword in call.keywords}
        has_limit = "timeout" in names or (None in names and call in limited)
        waits = {
            "communicate": not has_limit,
            "wait": not call.args and not has_limit,
            "join": not call.args and not has_limit,
            "select": len(call.args) < 4,
        }
        is_run = name.startswith("subprocess.") and last in RUN
        if last == "Popen" or name in ("os.read", "os.waitpid") or (is_run and not has_limit) or waits.get(last):
            yield f"{call.lineno}: {name}"


def devices(tree: ast.AST) -> Iterator[str]:
    """Texts that name a device of the system."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.match(r"/dev(/|$)", node.value) and node.value not in STREAMS:
                yield f"{node.lineno}: {node.value}"
        elif isinstance(node, ast.Attribute) and node.attr == "devnull":
            yield f"{node.lineno}: os.devnull"


def profiles(tree: ast.AST) -> Iterator[str]:
    """Settings of Hypothesis of a test's own; `examples` takes how often a property is tried."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("deadline", "max_examples"):
            yield f"{node.value.lineno}: {node.arg}"


def found(look: Callable[[ast.AST], Iterator[str]], *excepted: Path) -> list[str]:
    trees = [(path, tree) for path, tree in parsed() if path not in excepted]
    return [f"{path.relative_to(ROOT)}:{one}" for path, tree in trees for one in look(tree)]


@cache
def parsed() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text("utf-8"))) for path in SOURCES]


def test_no_test_waits_without_end() -> None:
    assert found(endless, CHILDREN) == []


def test_no_test_works_with_a_device_of_the_system() -> None:
    assert found(devices, DEVICES) == []


def test_one_profile_for_all_properties() -> None:
    assert found(profiles, ROOT / "conftest.py") == []


def test_cases_use_devices_as_streams_alone() -> None:
    cases = [
        *ROOT.rglob("*.test"),
        *ROOT.rglob("*.sh"),
        *ROOT.parent.glob("README*.md"),
        *ROOT.parent.glob("docs/zh/*.md"),
    ]
    assert len(cases) > 20
    named = {path.name: re.findall(r"(?<![\d&]>)(?<! >)(?<! <)/dev/\w+", path.read_text("utf-8")) for path in cases}
    assert {name: devices for name, devices in named.items() if devices} == {}


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("subprocess.run(['x'], check=True)", ["1: subprocess.run"]),
        ("subprocess.run(['x'], timeout=60)", []),
        ("def f(**how):\n    subprocess.run(['x'], **how)", ["2: subprocess.run"]),
        ("def f(**how):\n    subprocess.run(['x'], **({'timeout': 60} | how))", []),
        ("subprocess.check_output(['x'])", ["1: subprocess.check_output"]),
        ("subprocess.Popen(['x'])", ["1: subprocess.Popen"]),
        ("a: subprocess.Popen[str]", []),
        ("a.communicate('x')", ["1: a.communicate"]),
        ("a.communicate(timeout=1)", []),
        ("a.wait()\na.wait(1)\nb.join()\nb.join(1)\n'、'.join(c)", ["1: a.wait", "3: b.join"]),
        ("select.select([a], [], [])", ["1: select.select"]),
        ("os.read(end, 1)", ["1: os.read"]),
    ],
)
def test_endless_waits_are_found(source: str, what: list[str]) -> None:
    assert list(endless(ast.parse(source))) == what


@pytest.mark.parametrize("source", ["open('/dev/full', 'w')", "run('--db', '/dev/null')", "os.devnull", "f'/dev/{x}'"])
def test_devices_are_found(source: str) -> None:
    assert list(devices(ast.parse(source))) != []


@pytest.mark.parametrize("source", ["@settings(deadline=None)\ndef f(): ...", "settings(a, max_examples=3)"])
def test_profiles_are_found(source: str) -> None:
    assert list(profiles(ast.parse(source))) != []
