"""What `import` takes beside sheets of tasks: a whole ledger, and the forms that units have filled in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ledger.base.errors import BadValue
from ledger.base.text import visible
from ledger.cli.context import Context
from ledger.cli.progress import progress
from ledger.model.task import task_object

if TYPE_CHECKING:
    from ledger.reports.forms import FilledForm
    from ledger.services.collecting import Collected
    from ledger.store.journal import Journal


def receive(context: Context, paths: Sequence[Path], *, dry_run: bool, json: bool) -> bool:
    """Take in files that are no sheets of tasks, known by their content; False when they are sheets.

    What is no file (a pipe can be read only once) is left to be read as a sheet.
    """
    if not all(path.is_file() for path in paths):
        return False
    from ledger.importers.journal_lines import is_whole_ledger

    if any(map(is_whole_ledger, paths)):
        if len(paths) > 1 or dry_run:
            raise BadValue("整本台账须单独导入,不能试算", "请只写这一个文件,并去掉 --dry-run")
        _bring_in(context, paths[0])
        return True
    forms = _read(paths)
    if forms:
        _take_in(context, forms, dry_run, json)
    return bool(forms)


def _bring_in(context: Context, file: Path) -> None:
    """Make a new ledger of a whole one."""
    from ledger.importers.journal_lines import read_entries, read_header
    from ledger.services.moving import take_over

    with file.open("rb") as lines:
        header = read_header(lines)
        with progress("导入", 2 * header.entries) as advance:
            tasks = take_over(context.make_room(), read_entries(lines, header), advance)
    typer.echo(f"已建立台账 {context.location}", err=True)
    typer.echo(f"已导入整本台账:{header.entries} 条记录,{tasks} 件事项")


def _read(paths: Sequence[Path]) -> list["FilledForm"]:
    """The forms among the files: all of them or none."""
    from ledger.importers.content import content_of
    from ledger.importers.form import read_form

    found = [(path, read_form(path, content_of(path))) for path in paths]
    forms = [one for _, one in found if one is not None]
    if forms and len(forms) < len(paths):
        other = next(path for path, one in found if one is None)
        raise BadValue(f"文件 {other} 不是填报表", "填报表和别的表格请分开导入")
    for form, remarks in forms:
        for text in remarks:
            typer.echo(f"填报表 {visible(form.file)}:{text}", err=True)
    return [form for form, _ in forms]


def _take_in(context: Context, forms: list["FilledForm"], dry_run: bool, json: bool) -> None:
    from ledger.cli.intake import naming_rows
    from ledger.services.collecting import take_forms

    with context.trying() if dry_run else context.writing() as journal, naming_rows():
        collected = take_forms(journal, forms)
        journal.flush()
        objects = _objects(context, journal, collected) if json else []
    if json:
        context.print_json(objects)
    else:
        units = f"({'、'.join(map(visible, collected.units))})" if collected.units else ""
        done = (
            f"{len(collected.units)} 份填报表{units}:更新 {len(collected.changed)} 件,申请销号 {collected.submitted} 件"
        )
        typer.echo(("试算,未写入:" if dry_run else "已导入 ") + done)


def _objects(context: Context, journal: "Journal", collected: "Collected") -> list[dict[str, object]]:
    return [task_object(journal.task(number), context.today, journal.rules.thresholds) for number in collected.changed]


def tell_expected(context: Context, report: Path | None, json: bool) -> None:
    """Which units have not returned their form of the latest round."""
    from ledger.reports.returns import expected, expected_object, expected_report

    chosen = "json" if json else context.format(None, report)
    with context.reading() as view:
        found = expected(view.reader, view.rules, view.today)
    context.emit(
        chosen,
        None if json else report,
        lambda: expected_report(found, view.today, view.rules),
        lambda: expected_object(found),
    )
