"""Sheets as units send them in, no two alike: what is read of each stands in `tests/golden/sheets.txt`."""

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

from ledger.importers.reading import read_sheets
from ledger.importers.sheet import Sheet

HERE = Path(__file__).parent
NAMES = sorted(path.name for path in HERE.iterdir() if path.suffix in (".xlsx", ".xls", ".csv"))
MAPPINGS = {"自制表.xlsx": {"困难": "problem"}, "分号.csv": {"议定事项": "title"}}


def as_read(name: str, sheets: list[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        yield f"== {name} {sheet.name}".rstrip()
        yield from (f"   {remark}" for remark in sheet.remarks)
        if sheet.doubt:
            yield f"   ? {sheet.doubt}"
        if sheet.extra:
            yield f"   未导入的列:{'、'.join(sheet.extra)}"
        for row in sheet.rows:
            yield f"{row.line:>3} " + " ".join(f"{field}={value!r}" for field, value in sorted(row.options.items()))
        yield from (f"  ! {sheet.place(one.line, one.field)}:{one.error.what}" for one in sheet.refusals)


def test_what_is_read_of_each(golden: Callable[[str, str], None]) -> None:
    read = [
        line
        for name in NAMES
        for line in as_read(name, read_sheets(HERE / name, every=True, mapping=MAPPINGS.get(name, {})))
    ]
    golden("sheets.txt", "\n".join([*read, ""]))


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make", HERE / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(path: Path) -> dict[str, bytes]:
    if path.suffix != ".xlsx":
        return {"": path.read_bytes()}
    with ZipFile(path) as archive:
        return {
            name: archive.read(name) for name in archive.namelist() if not name.startswith(("docProps", "xl/theme"))
        }


@pytest.mark.parametrize("name", NAMES)
def test_the_script_makes_exactly_them(name: str, make: ModuleType, tmp_path: Path) -> None:
    assert set(make.SHEETS) == set(NAMES)
    make.SHEETS[name](tmp_path / name)
    assert parts(tmp_path / name) == parts(HERE / name)


def test_a_worksheet_by_its_name_a_hidden_one_too() -> None:
    titles = {
        name: [row.options["title"] for row in read_sheets(HERE / "分季度.xlsx", sheet=name)[0].rows]
        for name in ("二季度", "2012年")
    }
    assert titles == {"二季度": ["开展回头看"], "2012年": ["年终总结"]}


def test_other_worksheets_are_told() -> None:
    (first,) = read_sheets(HERE / "分季度.xlsx")
    assert (first.name, first.remarks) == ("一季度", ["另有工作表“二季度”未导入,可用 --sheet 或 --all-sheets"])
