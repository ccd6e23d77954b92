"""What `import` makes of the forms that units have filled in, and who has not answered yet.

Each form is taken by itself, in a transaction of its own: what is wrong with one keeps out no other.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import typer

from ledger.base.asking import Answers
from ledger.base.errors import BadValue, LedgerError, StoreUnusable
from ledger.base.formats import JSON
from ledger.base.text import visible
from ledger.cli import clerk
from ledger.cli.context import Context
from ledger.cli.rejections import name_rows, naming_rows
from ledger.model.task import task_object
from ledger.render.output import STDOUT

if TYPE_CHECKING:
    from ledger.importers.content import Source
    from ledger.model.rules import Rules
    from ledger.reports.collected import Fault, Outcome
    from ledger.reports.forms import FilledForm
    from ledger.services.collecting import Collected
    from ledger.services.taken import Rejection
    from ledger.store.journal import Journal
    from ledger.store.queries import LoggedEntry


class Manner(NamedTuple):
    """How forms are taken in: `report` is where to write what was recorded, `beside` has the answer told on stderr,
    since stdout is for who is expected; `overwrite` names the fields in which the forms prevail, under `strict` a form
    that raises a doubt is refused."""

    dry_run: bool
    report: Path | None
    json: bool
    beside: bool
    overwrite: frozenset[str]
    strict: bool


class Filled(NamedTuple):
    """A file that is a form: its content, or why it cannot be read."""

    file: str
    found: "FilledForm | LedgerError"


def read(files: Sequence["Source"]) -> list[Filled]:
    """The forms among the files: all of them or none. Beside forms, a file that is no sheet either is a spoilt form.

    Raises `BadValue` for forms beside a sheet, and for what cannot be read where there are no forms.
    """
    from ledger.importers.form_reader import SpoiltForm, read_form

    found: list[Filled] = []
    others: list[Source] = []
    for file in files:
        try:
            form = read_form(file.path, file.content())
        except BadValue as error:
            found.append(Filled(file.name, error))
            continue
        if form is None:
            others.append(file)
            continue
        found.append(Filled(file.name, form[0]))
        for text in form[1]:
            typer.echo(f"填报表 {visible(file.name)}:{text}", err=True)
    errors = [one.found for one in found if isinstance(one.found, LedgerError)]
    if len(errors) == len(found) and not any(isinstance(error, SpoiltForm) for error in errors):
        if errors:
            raise errors[0]
        return []
    return found + [Filled(other.name, _spoilt(other)) for other in others]


def _spoilt(file: "Source") -> LedgerError:
    """Why a file among forms is none. Raises `BadValue` if it is a sheet of tasks."""
    from ledger.importers.reading import read_sheets

    try:
        read_sheets(file.path, raw=file.content())
    except BadValue as error:
        return error
    raise BadValue(f"文件 {file.path} 不是填报表", "填报表和别的表格请分开导入")


def take_in(context: Context, forms: Sequence[Filled], manner: Manner) -> bool:
    """Take in each form by itself, and tell what became of each; whether all were taken. Raises what is wrong with a
    single one."""
    from ledger.services.form_row import require_asked

    require_asked(manner.overwrite)
    run = _Run(context, manner)
    with run.telling_what_is_in():
        for one in forms:
            run.take(one, alone=len(forms) == 1)
    if manner.json:
        context.print_json(list(run.tasks.values()))
    run.tell(len(forms) > 1)
    return all(one.result != "refused" for one in run.outcomes)


class _Refused(Exception):
    """Gives up the transaction of a form."""

    def __init__(self, error: LedgerError) -> None:
        super().__init__(error.what)
        self.error = error


class _Run:
    """Forms being taken in one after the other; what was recorded of them is gathered for the report."""

    def __init__(self, context: Context, manner: Manner) -> None:
        self.context, self.manner = context, manner
        self.chosen = context.format(None, manner.report)
        self.outcomes: list[Outcome] = []
        self.entries: list[LoggedEntry] = []
        self.tasks: dict[int, dict[str, Any]] = {}
        self.rules: Rules | None = None
        self.begun: int | None = None
        self.seen: dict[tuple[str, str], str] = {}
        _ = context.actor  # one that is named wrongly is told once, not form by form

    def take(self, one: Filled, *, alone: bool) -> None:
        from ledger.reports.collected import Outcome
        from ledger.services.taken import RejectedRows, Rejection

        form = None if isinstance(one.found, LedgerError) else one.found
        try:
            if isinstance(one.found, LedgerError):
                raise _Refused(one.found)
            self.outcomes.append(self._take(one.found))
        except _Refused as refused:
            if alone:
                with naming_rows():
                    raise refused.error from None
            name_rows(refused.error, visible(one.file))
            unit, round = (None, None) if form is None else (form.form.unit, form.form.round)
            rows = (
                refused.error.rejections if isinstance(refused.error, RejectedRows) else [Rejection("", refused.error)]
            )
            faults = _faults(one.file, rows)
            self.outcomes.append(Outcome(one.file, unit, round, "refused", faults=faults))

    def _take(self, form: "FilledForm") -> "Outcome":
        from ledger.reports.collected import Outcome

        strict, work = self.manner.strict, partial(self._work, form=form)
        if self.manner.dry_run:
            with self.context.trying(Answers(strict=strict)) as journal:
                collected = work(journal)
            clerk.tell(journal.remarks)
        else:
            collected, _ = self.context.asking(work, strict=strict)
        for where, error in collected.left:
            typer.echo(f"{where}:{error.what};{error.hint}", err=True)
        result: Literal["known", "taken"] = "known" if collected.is_known else "taken"
        done = len(collected.changed), collected.submitted, _faults(form.file, collected.left)
        return Outcome(form.file, collected.unit, form.form.round, result, *done)

    def _work(self, journal: "Journal", form: "FilledForm") -> "Collected":
        """What is done in the transaction of a form, perhaps anew with what the clerk answered."""
        from ledger.services.collecting import take_form
        from ledger.services.taken import RejectedRows

        self.begun = self.begun or journal.command
        try:
            collected = take_form(journal, form, self.manner.overwrite, self.begun)
            if collected.left and self.manner.strict:
                raise RejectedRows(collected.left)
        except StoreUnusable:
            raise
        except LedgerError as error:
            raise _Refused(error) from error
        if journal.is_certain:
            if not collected.is_known:
                self._tell_twin(journal, form)
            self._gather(journal, collected.changed)
        return collected

    def _tell_twin(self, journal: "Journal", form: "FilledForm") -> None:
        key, unit = (form.form.unit, form.form.round), visible(form.form.unit)
        if (other := self.seen.get(key)) is not None:
            said = f"填报表 {visible(form.file)} 与 {visible(other)} 是发给{unit}的同一份"
            journal.remark(f"{said}:所填不同的格子以先导入的为准")
        self.seen[key] = form.file

    def _gather(self, journal: "Journal", changed: dict[int, None]) -> None:
        """What was recorded of a form; a report in a file is written before the commit: if it cannot be, nothing is."""
        from ledger.services.planning import tasks_numbered
        from ledger.store import queries

        self.rules = rules = journal.rules
        journal.flush()
        found = tasks_numbered(journal, changed if self.manner.json else ())
        self.tasks |= {task.id: task_object(task, self.context.today, rules.thresholds) for task in found}
        self.entries += queries.logged(journal.writer, "e.command = :command", {"command": journal.command})
        if self.manner.report not in (None, STDOUT):
            self._show(self.chosen, self.manner.report)

    @contextmanager
    def telling_what_is_in(self) -> Iterator[None]:
        """What ends the run before its end is told with the forms that are in by then."""
        try:
            yield
        except BaseException as error:
            taken = [visible(one.file) for one in self.outcomes if one.result == "taken"]
            if taken and not self.manner.dry_run:
                typer.echo(f"此前已导入 {len(taken)} 份填报表:{'、'.join(taken)};其余未导入", err=True)
                if isinstance(error, LedgerError):
                    error.unwritten = "其余各份"
            raise

    def tell(self, several: bool) -> None:
        from ledger.reports.collected import collected_line, collected_report, outcome_object

        manner = self.manner
        on_stdout = not manner.json and not manner.beside
        shows = manner.report == STDOUT or (manner.dry_run and manner.report is None)
        if on_stdout and shows and self.rules is not None:
            self._show(self.chosen, None)
        if self.rules is not None:
            clerk.tell_written(manner.report)
        if on_stdout and several:
            rules, today = self._rules(), self.context.today
            self.context.emit(
                self.context.format(None, None),
                None,
                lambda: collected_report(self.outcomes, today, rules, trial=manner.dry_run),
                lambda: list(map(outcome_object, self.outcomes)),
            )
        if several or not manner.json:
            typer.echo(collected_line(self.outcomes, trial=manner.dry_run), err=not on_stdout)

    def _rules(self) -> "Rules":
        if self.rules is None:
            with self.context.reading() as view:
                self.rules = view.rules
        return self.rules

    def _show(self, format: str, output: Path | None) -> None:
        """What was recorded of the forms, or would be."""
        from ledger.reports.history import entry_object, log_report

        rules, today, zone = self._rules(), self.context.today, self.context.zone
        self.context.emit(
            format,
            output,
            lambda: log_report(self.entries, today, rules, None, zone),
            lambda: list(map(entry_object, self.entries)),
            quiet=True,  # it is written anew with every form
        )


def _faults(file: str, cells: "Iterable[Rejection]") -> "tuple[Fault, ...]":
    """Cells with what is said of each, their places without the file's name."""
    from ledger.reports.collected import Fault

    name = visible(file)
    return tuple(Fault(where.removeprefix(name).strip(), error.what, error.hint) for where, error in cells)


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
