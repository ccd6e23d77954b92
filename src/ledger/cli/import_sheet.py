"""What `import` makes of sheets of tasks: they are tried or taken in, and what became of their deadlines is told."""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from ledger.base.asking import Answers
from ledger.base.errors import StoreUnusable
from ledger.base.text import visible
from ledger.cli import clerk
from ledger.cli.context import Context
from ledger.cli.progress import progress
from ledger.cli.rejections import naming_rows
from ledger.model.task import task_object
from ledger.render.output import STDOUT

if TYPE_CHECKING:
    from ledger.importers.content import Source
    from ledger.model.rules import Rules
    from ledger.reports.report import Report
    from ledger.services.sheets import File
    from ledger.services.taken import Manner, Taken
    from ledger.store.journal import Journal


def receive(ctx: typer.Context, files: "list[Source]", report: Path | None, overwrite: frozenset[str]) -> None:
    """Take in sheets as the options of the command say; `overwrite` names fields, by their options, in which a sheet
    prevails over what the ledger was changed to since, and has it updated."""
    from ledger.importers.reading import Own
    from ledger.services.taken import Manner

    context, given = Context.of(ctx), ctx.params
    answer = _Answer(context, context.format(None, report), report, given["json"], given["strict"])
    columns = _columns(context, given["mapping"], given["map_"] or [])
    own = Own((given["unit"] or "").strip(), cache(partial(_known_units, context)))
    how = {"encoding": given["encoding"], "sheet": given["sheet"], "every": given["all_sheets"], "own": own}
    how["columns"] = own_columns(context)
    read = _Files(partial(_read, files, columns, **how), filled=given["fill_down"])
    update = given["update"] or bool(overwrite)
    manner = Manner(given["on"], given["year"], update, given["dry_run"], given["closed_on"], overwrite)
    if manner.trial:
        _try(answer, read, manner)
    else:
        _take_in(answer, read, manner, given["save_mapping"], columns)


class _Answer(NamedTuple):
    """Where an import answers: what `--report` names in its `format`, else stdout; or as JSON."""

    context: Context
    format: str
    report: Path | None
    json: bool
    strict: bool

    def page(self, report: Callable[[], "Report"], value: Callable[[], object]) -> None:
        self.context.emit(self.format, self.report, report, value)


_AS_BLANKS = "按空格读入(要沿用请加 --fill-down)"


class _Files:
    """The files as they were read: with `filled`, or where the clerk says so, with blanks filled from above."""

    def __init__(self, read: "Callable[..., list[File]]", *, filled: bool) -> None:
        self._read = read
        self.as_read: list[File] = read(carry=filled)
        self._filled: list[File] | None = None

    def settled(self, journal: "Journal") -> "list[File]":
        """The files as they are meant, once the clerk was asked what is in doubt."""
        answers = [journal.ask(doubt, "都按上一行沿用吗?", _AS_BLANKS) for doubt in self.doubts()]
        if not answers or not all(answers):
            return self.as_read
        if self._filled is None:
            self._filled = self._read(carry=True)
        return self._filled

    def doubts(self) -> list[str]:
        """What is to be asked of the sheets' blanks."""
        several = len(self.as_read) > 1
        return [
            f"{visible(file.name)}:{sheet.doubt}" if several else sheet.doubt
            for file in self.as_read
            for sheet in file.sheets
            if sheet.doubt
        ]


def _known_units(context: Context) -> set[str]:
    """The units that the ledger knows; none where there is no ledger yet."""
    from ledger.store import unit_names

    try:
        with context.reading() as view:
            return {*unit_names.names(view.reader, view.rules)}
    except StoreUnusable:
        return set()


def own_columns(context: Context) -> tuple[str, ...]:
    """The office's own columns; none where there is no ledger yet."""
    try:
        with context.reading() as view:
            return view.rules.columns
    except StoreUnusable:
        return ()


def _columns(context: Context, mapping: str | None, given: list[str]) -> dict[str, str]:
    """Which columns fill which fields: by the saved mapping, overruled by those given."""
    from ledger.services.mappings import columns_of, named

    columns = columns_of(given)
    if mapping is None:
        return columns
    from ledger.store import queries

    with context.reading() as view:
        return named(queries.settings(view.reader), mapping) | columns


def _read(sources: "list[Source]", mapping: dict[str, str], **how: Any) -> "list[File]":
    """Read the files, and tell beside the result what a clerk should know of how."""
    from ledger.importers.reading import read_sheets
    from ledger.services.mappings import texts_of
    from ledger.services.sheets import File

    files = []
    with progress("读取", len(sources)) as advance:
        for source in sources:
            raw = source.content()
            sheets = read_sheets(source.path, mapping=mapping, raw=raw, **how)
            more = {"mapping": texts_of(mapping)} if mapping else {}
            files.append(File(source.name, sha256(raw).hexdigest(), sheets, more))
            advance(1)
    return files


def _take_in(answer: _Answer, read: _Files, manner: "Manner", save_as: str | None, columns: dict[str, str]) -> None:
    from ledger.services.intake import take_in
    from ledger.services.mappings import save
    from ledger.services.planning import counts, tasks_numbered
    from ledger.services.taken import RejectedRows, Taken

    context = answer.context
    before_commit = answer.report is not None and answer.report != STDOUT

    def work(journal: "Journal") -> "tuple[Taken, list[dict[str, object]], list[File]]":
        files = read.settled(journal)
        if not journal.is_certain:
            return Taken(), [], files
        with progress("导入", _size(files)) as advance:
            taken = take_in(journal, files, manner, advance)
        if save_as is not None:
            save(journal, save_as, columns)
        numbers = [*(number for _, number in taken.registered), *taken.updated] if answer.json else []
        tasks = tasks_numbered(journal, numbers)
        if before_commit and journal.is_certain:  # if it cannot be written, nothing is
            _show_readings(answer, files, taken, journal.rules)
        return taken, [task_object(task, context.today, journal.rules.thresholds) for task in tasks], files

    with naming_rows():
        try:
            (taken, objects, files), journal = context.asking(work, create=True, strict=answer.strict)
        except RejectedRows:
            clerk.tell([f"{doubt},{_AS_BLANKS}" for doubt in read.doubts()])
            raise
    _tell_how_read(files)
    if left := 0 if manner.update else len(taken.changed):
        typer.echo(f"{left} 件与台账不一致,未改动;看差别用 --dry-run,按表更新用 --update", err=True)
    if answer.json:
        context.print_json(objects)
        return
    typer.echo(counts(taken, updates=manner.update))
    if not before_commit:
        _show_readings(answer, files, taken, journal.rules)


def _try(answer: _Answer, read: _Files, manner: "Manner") -> None:
    """Say what an import would do; refused rows end with their exit code."""
    from ledger.reports.import_plan import plan_object, plan_report
    from ledger.services.intake import take_in
    from ledger.services.planning import plan_of
    from ledger.services.sheets import units_read
    from ledger.services.taken import RejectedRows

    context = answer.context
    with context.trying(Answers(strict=answer.strict)) as journal:
        files = read.settled(journal)
        with progress("试算", _size(files)) as advance:
            taken = take_in(journal, files, manner, advance)
        plan, rules, today = plan_of(journal, taken, updates=manner.update), journal.rules, context.today
    remarks = [*journal.remarks] if len(journal.remarks) > clerk.MOST_REMARKS else []
    plan = plan._replace(units=units_read(files), remarks=remarks)
    clerk.tell(journal.remarks)
    _tell_how_read(files)
    if answer.json:
        context.print_json(plan_object(plan, today, rules))
    if answer.report is not None or not answer.json:
        answer.page(lambda: plan_report(plan, today, rules), lambda: plan_object(plan, today, rules))
    if taken.rejections:
        raise RejectedRows(taken.rejections)


def _size(files: "list[File]") -> int:
    return sum(len(sheet.rows) for file in files for sheet in file.sheets)


def _show_readings(answer: _Answer, files: "list[File]", taken: "Taken", rules: "Rules") -> None:
    """What deadlines in words and cells of units were read as, if anything is to be looked over."""
    from ledger.services.sheets import units_read

    found, units = taken.conversions, units_read(files)
    if found or units:
        from ledger.reports.conversions import conversion_report
        from ledger.reports.units_read import units_object

        today = answer.context.today
        answer.page(
            lambda: conversion_report(found, today, rules, units),
            lambda: [*(one._asdict() for one in found), *units_object(units)],
        )


def _tell_how_read(files: "list[File]") -> None:
    for file in files:
        for sheet in file.sheets:
            said = [*sheet.remarks]
            if sheet.extra:
                of = f"工作表“{visible(sheet.name)}”" if len(file.sheets) > 1 else ""
                extra = "、".join(map(visible, sheet.extra))
                said.append(f"{of}没有对应字段的列未导入:{extra};要收的列先用 ledger config field 列名 设为自定列")
            for text in said:
                typer.echo((f"{visible(file.name)}:" if len(files) > 1 else "") + text, err=True)
