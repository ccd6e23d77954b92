"""Handing out: the whole ledger for moving and for programs, all tasks as a sheet, the forms that units fill in."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.base.errors import BadValue
from ledger.base.file_names import file_names
from ledger.base.files import write_into
from ledger.base.formats import XLSX
from ledger.base.text import visible
from ledger.cli import options
from ledger.cli.clerk import tell, tell_written
from ledger.cli.context import Context, View
from ledger.cli.progress import progress
from ledger.render.output import STDOUT, emit_lines, on_terminal, write_bytes

if TYPE_CHECKING:
    from ledger.reports.forms import Form
    from ledger.store.blobs import Blob

LINES = "jsonl"
SUFFIXES = (".jsonl", ".ndjson")


def export(
    ctx: typer.Context,
    template: Annotated[bool, typer.Option("--template", help="导出发给单位填写的填报表")] = False,
    split: Annotated[bool, typer.Option("--split", help="每个有在办事项的单位一份,-o 为目录")] = False,
    unit: options.Unit = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="格式", help="jsonl,或 list 的任一格式", show_default="jsonl"),
    ] = None,
    output: options.Output = None,
) -> None:
    """导出:整本台账连同全部记录(JSON Lines),可用 import 在别处原样恢复。

    -f xlsx、csv 等或相应后缀的文件:全部事项的清单,每项各列齐全。
    --template:某单位在办事项的填报表(xlsx),填好后用 import 导入;--split 每个单位一份。

    例:
        ledger export -o 台账.jsonl
        ledger export -o 全部事项.xlsx
        ledger export --template --unit 宣传组 -o 填报-宣传组.xlsx
        ledger export --template --split -o 填报
    """
    context = Context.of(ctx)
    if template or split or unit is not None:
        if not template or (split and unit is not None):
            raise BadValue("填报表要写明单位", "单位一家用 --template --unit 单位,每家一份用 --template --split")
        _hand_out(context, unit, split, output, format)
    elif format == LINES or (format is None and (output is None or output.suffix.lower() in ("", *SUFFIXES))):
        emit_lines(output, whole_ledger(context), context.kept)
        tell_written(output)
    else:
        _list_all(context, format, output)


@contextmanager
def whole_ledger(context: Context) -> Iterator[Iterator[str]]:
    """The lines of a ledger with all its entries; of an older revision too, so that it can always be moved."""
    from ledger.render.json_text import summed
    from ledger.store import evidence

    with ExitStack() as held:
        view = held.enter_context(context.reading(older=True))
        blobs = [blob for blob, _, _ in evidence.named(view.reader)]
        yield summed(_texts(context, view, held, blobs))


def _texts(context: Context, view: View, held: ExitStack, blobs: "Sequence[Blob]") -> Iterator[str]:
    """The files of evidence beside an SQLite file are read when nobody is kept from writing any more."""
    from ledger.render.json_text import compact
    from ledger.reports import whole
    from ledger.store.vault import vault_of

    header = whole.header(view.reader, view.rules, view.today, len(blobs))
    yield compact(header) + "\n"
    with progress("导出", header["entries"] + header["tasks"]) as advance:
        for source in (whole.entries(view.reader), whole.tasks(view.reader, view.rules, view.today)):
            for found in source:
                yield compact(found) + "\n"
                advance(1)
    if context.location.path is not None:
        held.close()
    missing = 0
    with progress("导出佐证", len(blobs)) as advance:
        for found in whole.evidence(vault_of(context.location, reader=view.reader), blobs):
            yield compact(found) + "\n"
            missing += "missing" in found
            advance(int(found.get("part", 1) == 1))
    if missing:
        tell([f"有{missing}份佐证找不到或被改动过,没有导出;用 ledger check 查看是哪些"])


def _list_all(context: Context, format: str | None, output: Path | None) -> None:
    """The same as `list --status all --ahead`."""
    from ledger.model.task import task_object
    from ledger.reports.columns import whole
    from ledger.reports.lists import ALL, Filter, list_tasks
    from ledger.reports.present import list_report

    chosen = context.format(format, output)
    with context.reading() as view:
        found = list_tasks(view.reader, Filter((ALL,), ahead=True), view.today, view.rules)
    context.emit(
        chosen,
        output,
        lambda: list_report(
            "任务清单",
            found,
            view.today,
            view.rules,
            None,
            whole(view.rules, divided=any(task.whole for task in found)),
        ),
        lambda: [task_object(task, view.today, view.rules.thresholds) for task in found],
    )


def _hand_out(context: Context, unit: str | None, split: bool, output: Path | None, format: str | None) -> None:
    """Write the form of one unit (the only one with tasks in hand, if none is named), or into a directory those of
    all."""
    from ledger.render.form_writer import write_form
    from ledger.reports.forms import forms
    from ledger.store import unit_names

    suffix = "" if output is None or split else output.suffix.lower()
    if format not in (None, XLSX.name) or suffix not in ("", *XLSX.suffixes):
        raise BadValue("填报表只有 xlsx 格式", "请去掉 --format,并以 .xlsx 为后缀")
    if output in (None, STDOUT) and (split or on_terminal()):
        raise BadValue("没有写明填报表写到哪里", "请用 -o 写明文件,--split 时写明目录,如 -o 填报")
    with context.reading() as view:
        if unit is not None:
            unit = unit_names.spelled(view.reader, view.rules, unit, leads=True)
        found = list(forms(view.reader, view.rules, view.today, unit))
    if not split and len(found) != 1:
        what = f"有在办事项的单位有 {len(found)} 家,没有写明哪一家" if found else "没有在办事项,不用填报"
        raise BadValue(what, "单位一家用 --template --unit 单位,每家一份用 --template --split")
    if not split or output is None:
        write_bytes(output, partial(write_form, found[0]), context.kept)
        if output is not None and output != STDOUT:
            _tell(found[0], output)
        return
    names = file_names((form.unit for form in found), "填报-", XLSX.suffixes[0])
    written = write_into(output, zip(names, (partial(write_form, form) for form in found), strict=True), context.kept)
    for form, path in zip(found, written, strict=True):
        _tell(form, path)
    typer.echo(f"已写出 {len(found)} 份填报表" if found else "没有在办事项,不用填报", err=True)


def _tell(form: "Form", path: Path) -> None:
    typer.echo(f"{visible(form.unit)} {len(form.rows)} 件 → {visible(str(path))}", err=True)
