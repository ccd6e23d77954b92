"""What `import` makes of the forms that units have filled in, and who has not answered yet."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from ledger.base.errors import BadValue
from ledger.base.formats import JSON
from ledger.base.text import visible
from ledger.cli.context import Context
from ledger.cli.rejections import naming_rows
from ledger.model.task import task_object
from ledger.render.output import STDOUT

if TYPE_CHECKING:
    from ledger.importers.content import Source
    from ledger.model.rules import Rules
    from ledger.reports.forms import FilledForm
    from ledger.store.queries import LoggedEntry


class Manner(NamedTuple):
    """How forms are taken in: `report` is where to write what was recorded, `beside` has the answer told on stderr,
    since stdout is for who is expected."""

    dry_run: bool
    report: Path | None
    json: bool
    beside: bool


def read(files: Sequence["Source"]) -> list["FilledForm"]:
    """The forms among the files: all of them or none."""
    from ledger.importers.form_reader import read_form

    found = [(file.path, read_form(file.path, file.content())) for file in files]
    forms = [one for _, one in found if one is not None]
    if forms and len(forms) < len(files):
        other = next(path for path, one in found if one is None)
        raise BadValue(f"文件 {other} 不是填报表", "填报表和别的表格请分开导入")
    for form, remarks in forms:
        for text in remarks:
            typer.echo(f"填报表 {visible(form.file)}:{text}", err=True)
    return [form for form, _ in forms]


def take_in(context: Context, forms: list["FilledForm"], manner: Manner) -> None:
    from ledger.services.collecting import take_forms
    from ledger.services.planning import tasks_numbered
    from ledger.store import queries

    report, chosen = manner.report, context.format(None, manner.report)
    before_commit = report is not None and report != STDOUT
    with naming_rows(), context.trying() if manner.dry_run else context.writing() as journal:
        collected = take_forms(journal, forms)
        journal.flush()
        rules, tasks = journal.rules, tasks_numbered(journal, collected.changed if manner.json else ())
        objects = [task_object(task, context.today, rules.thresholds) for task in tasks]
        entries = queries.logged(journal.writer, "e.command = :command", {"command": journal.command})
        if before_commit:  # if it cannot be written, nothing is
            _show(context, chosen, report, entries, rules)
    if manner.json:
        context.print_json(objects)
        return
    units = f"({'、'.join(map(visible, collected.units))})" if collected.units else ""
    done = f"{len(collected.units)} 份填报表{units}:更新 {len(collected.changed)} 件,申请销号 {collected.submitted} 件"
    typer.echo(("试算,未写入:" if manner.dry_run else "已导入 ") + done, err=manner.beside)
    if report == STDOUT or (manner.dry_run and report is None and not manner.beside):
        _show(context, chosen, None, entries, rules)


def _show(context: Context, format: str, output: Path | None, entries: Sequence["LoggedEntry"], rules: "Rules") -> None:
    """What was recorded of the forms, or would be."""
    from ledger.reports.history import entry_object, log_report

    context.emit(
        format,
        output,
        lambda: log_report(entries, context.today, rules, None, context.zone),
        lambda: list(map(entry_object, entries)),
    )


def tell_expected(context: Context, report: Path | None, json: bool) -> None:
    """Which units have not returned their form of the latest round."""
    from ledger.reports.expected import expected, expected_object, expected_report

    chosen = JSON.name if json else context.format(None, report)
    with context.reading() as view:
        found = expected(view.reader, view.rules, view.today)
    context.emit(
        chosen,
        None if json else report,
        lambda: expected_report(found, view.today, view.rules),
        lambda: expected_object(found),
    )
