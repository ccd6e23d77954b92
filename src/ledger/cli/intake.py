"""Taking in many operations at once: a batch of JSON Lines, a sheet of rows."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ledger.base.errors import BadValue
from ledger.base.text import visible
from ledger.cli import options
from ledger.cli.context import Context
from ledger.cli.progress import progress
from ledger.cli.rejections import naming_rows
from ledger.model.task import task_object
from ledger.render.output import STDOUT

if TYPE_CHECKING:
    from ledger.importers.content import Source
    from ledger.model.rules import Rules
    from ledger.reports.report import Report
    from ledger.services.intake import Manner, Taken
    from ledger.services.sheets import File


def batch(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="文件", help="JSON Lines 文件,- 为标准输入")],
    json: options.Json = False,
) -> None:
    """批量办理:每行一个 JSON 操作,全部成功才写入,出错指明哪一行。

    op 为 add、edit、note、extend、submit、return、close、reopen、cancel、tally 或 undo,其余各项与命令的长选项同名。
    task 可写编号、序号,或前面某行 add 的 ref。

    例:
        ledger batch 操作.jsonl
        echo '{"op":"close","task":"2013-001","on":"2013-03-19"}' | ledger batch -
    """
    from ledger.importers.content import sources

    context = Context.of(ctx)
    with sources([Path(file)]) as (source,), source.opened() as lines:
        from ledger.services.batch import LONGEST, run

        with context.writing(create=True) as journal, progress("办理") as advance:
            done, numbers = run(journal, iter(partial(lines.readline, LONGEST + 1), b""), advance, keep=json)
            journal.flush()
            objects = [task_object(journal.task(number), context.today, journal.rules.thresholds) for number in numbers]
    if json:
        context.print_json(objects)
    else:
        typer.echo(f"已办理 {done} 项操作")


def import_(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="文件…", help="xlsx 或 CSV 表格(- 为标准输入)、填报表,或整本台账", show_default=False),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="工作表", help="只导入这一张", show_default="第一张有表头的")
    ] = None,
    all_sheets: Annotated[bool, typer.Option("--all-sheets", help="导入所有工作表")] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="列名=字段", help="某一列作为哪个字段(title、unit、due 等,- 为不要),可重复"),
    ] = None,
    mapping: Annotated[str | None, typer.Option("--mapping", metavar="名称", help="用存下的列对应")] = None,
    save_mapping: Annotated[
        str | None, typer.Option("--save-mapping", metavar="名称", help="把这次的列对应存下,下次用 --mapping")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="日期", help="没有交办日期的行按这一天", show_default="今天")
    ] = None,
    year: options.Year = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="编码", help="CSV 的编码", show_default="UTF-8 或 GB18030,自动识别"),
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="已有的事项按表更新")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试算,列出会有哪些变化,不写入")] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="文件", help="换算一览或试算结果写入文件", show_default="显示"),
    ] = None,
    expect: Annotated[bool, typer.Option("--expect", help="列出最近一轮还没有交回填报表的单位")] = False,
    json: options.Json = False,
) -> None:
    """导入表格:xlsx 或 CSV,表头为中文(编号、工作任务、牵头单位、完成时限、销号日期等)。

    有编号的行按编号、没有的按工作任务和牵头单位与台账核对:没有的登记;已有的不重复登记,
    有出入的只有加 --update 才按表更新(时限改动记为延期,进展、问题、销号照登)。空格不表示清空。
    截止日期定时限,完成时限照原文保留;没有截止日期的按完成时限的文字换算,并列出换算一览供核对。
    没有对应的列记入进展情况。有一行不对就全部不导入,并列出每一处。

    export --template 的填报表:只登入该单位改动的进展、进度、问题和销号申请。export 的整本台账:建成一本新台账。

    例:
        ledger import 填报-*.xlsx --expect
        ledger import 计划.xlsx --on 2013-02-01
        ledger import 宣传组周报.xlsx --map 事项描述=title --save-mapping 宣传组
        ledger import 宣传组周报.xlsx --mapping 宣传组 --update --dry-run
        ledger import 计划.csv --year 2013 --report 换算.csv
    """
    from ledger.cli.receiving import receive, tell_expected
    from ledger.importers.content import sources

    if not paths and not expect:
        raise BadValue("缺少文件", "请写明要导入的文件,或用 --expect 查看谁还没有交回填报表")
    with sources(paths or ()) as files:
        is_done = not files or receive(ctx, files, report)
        if expect:
            if not is_done:
                raise BadValue("--expect 只用于填报表", "导入一般的表格请去掉")
            tell_expected(Context.of(ctx), report, json)
        if not is_done:
            _receive_sheets(ctx, files, report)


def _receive_sheets(ctx: typer.Context, files: "list[Source]", report: Path | None) -> None:
    from ledger.services.intake import Manner

    context, given = Context.of(ctx), ctx.params
    answer = _Answer(context, context.format(None, report), report, given["json"])
    columns = _columns(context, given["mapping"], given["map_"] or [])
    how = {"encoding": given["encoding"], "sheet": given["sheet"], "every": given["all_sheets"]}
    read = _read(files, columns, **how)
    manner = Manner(given["on"], given["year"], given["update"], given["dry_run"])
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

    def page(self, report: Callable[[], "Report"], value: Callable[[], object]) -> None:
        self.context.emit(self.format, self.report, report, value)


def _columns(context: Context, mapping: str | None, given: list[str]) -> dict[str, str]:
    """Which columns fill which fields: by the saved mapping, overruled by those given."""
    from ledger.services.mappings import columns_of, named

    columns = columns_of(given)
    if mapping is None:
        return columns
    from ledger.store import queries

    with context.reading() as view:
        return named(queries.settings(view.reader), mapping) | columns


def _read(sources: "list[Source]", columns: dict[str, str], **how: Any) -> "list[File]":
    """Read the files, and tell beside the result what a clerk should know of how."""
    from ledger.importers.reading import read_sheets
    from ledger.services.mappings import texts_of
    from ledger.services.sheets import File

    files = []
    with progress("读取", len(sources)) as advance:
        for source in sources:
            raw = source.content()
            sheets = read_sheets(source.path, mapping=columns, raw=raw, **how)
            more = {"mapping": texts_of(columns)} if columns else {}
            files.append(File(source.name, sha256(raw).hexdigest(), sheets, more))
            advance(1)
    return files


def _take_in(
    answer: _Answer, files: "list[File]", manner: "Manner", save_as: str | None, columns: dict[str, str]
) -> None:
    from ledger.services.intake import take_in
    from ledger.services.mappings import save
    from ledger.services.planning import counts, tasks_numbered

    context = answer.context
    before_commit = answer.report is not None and answer.report != STDOUT
    with naming_rows(), context.writing(create=True) as journal, progress("导入", _size(files)) as advance:
        taken = take_in(journal, files, manner, advance)
        if save_as is not None:
            save(journal, save_as, columns)
        numbers = [*(number for _, number in taken.registered), *taken.updated] if answer.json else []
        rules = journal.rules
        objects = [task_object(task, context.today, rules.thresholds) for task in tasks_numbered(journal, numbers)]
        if before_commit:  # if it cannot be written, nothing is
            _show_conversions(answer, taken, rules)
    _tell_how_read(files)
    if left := 0 if manner.update else len(taken.changed):
        typer.echo(f"{left} 件与台账不一致,未改动;看差别用 --dry-run,按表更新用 --update", err=True)
    if answer.json:
        context.print_json(objects)
        return
    typer.echo(counts(taken, updates=manner.update))
    if not before_commit:
        _show_conversions(answer, taken, rules)


def _try(answer: _Answer, files: "list[File]", manner: "Manner") -> None:
    """Say what an import would do; refused rows end with their exit code."""
    from ledger.reports.import_plan import plan_object, plan_report
    from ledger.services.intake import RejectedRows, take_in
    from ledger.services.planning import plan_of

    context = answer.context
    with context.trying() as journal, progress("试算", _size(files)) as advance:
        taken = take_in(journal, files, manner, advance)
        plan, rules, today = plan_of(journal, taken, updates=manner.update), journal.rules, context.today
    _tell_how_read(files)
    if answer.json:
        context.print_json(plan_object(plan, today, rules))
    if answer.report is not None or not answer.json:
        answer.page(lambda: plan_report(plan, today, rules), lambda: plan_object(plan, today, rules))
    if taken.rejections:
        raise RejectedRows(taken.rejections)


def _size(files: "list[File]") -> int:
    return sum(len(sheet.rows) for file in files for sheet in file.sheets)


def _show_conversions(answer: _Answer, taken: "Taken", rules: "Rules") -> None:
    if found := taken.conversions:
        from ledger.reports.conversions import conversion_report

        today = answer.context.today
        answer.page(lambda: conversion_report(found, today, rules), lambda: [one._asdict() for one in found])


def _tell_how_read(files: "list[File]") -> None:
    for file in files:
        for sheet in file.sheets:
            said = [*sheet.remarks]
            if sheet.extra:
                said.append(f"没有对应字段的列记入进展情况:{'、'.join(map(visible, sheet.extra))}")
            for text in said:
                typer.echo((f"{visible(file.name)}:" if len(files) > 1 else "") + text, err=True)
