"""`import`: one command for what comes in, which sees by its content what it is.

A whole ledger, the forms of units or sheets of tasks, each taken in by a module of its own.
"""

from pathlib import Path
from typing import Annotated

import typer

from ledger.base.errors import BadValue
from ledger.cli import options, values
from ledger.cli.context import Context

_OF_SHEETS = (
    *("sheet", "all_sheets", "map_", "mapping", "save_mapping", "on", "year", "encoding"),
    *("unit", "closed_on", "fill_down"),
)
"""The options that mean nothing to a form or a whole ledger."""


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
        typer.Option("--map", metavar="列名=字段", help="某一列作为哪个字段(工作任务、unit 等,- 为不要)"),
    ] = None,
    mapping: Annotated[str | None, typer.Option("--mapping", metavar="名称", help="用存下的列对应")] = None,
    save_mapping: Annotated[
        str | None, typer.Option("--save-mapping", metavar="名称", help="把这次的列对应存下,下次用 --mapping")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="日期", help="没有交办日期的行按这一天", show_default="今天")
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", "-u", metavar="单位", help="没有写牵头单位的,都记为该单位", autocompletion=values.units),
    ] = None,
    closed_on: Annotated[
        str | None,
        typer.Option("--closed-on", metavar="日期|时限", help="已完成而没有销号日期的按这一天", show_default="今天"),
    ] = None,
    fill_down: Annotated[bool, typer.Option("--fill-down", help="合并单元格另存后留下的空格,按上一行沿用")] = False,
    year: options.Year = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="编码", help="CSV 的编码", show_default="UTF-8 或 GB18030,自动识别"),
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="已有的事项按表更新")] = False,
    overwrite: Annotated[
        list[str] | None,
        typer.Option("--overwrite", metavar="字段,…", help="这些字段台账后来已改的,也以表为准,如 进展情况,完成进度"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试算,列出会有哪些变化,不写入")] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="文件", help="换算一览或试算结果写入文件", show_default="显示"),
    ] = None,
    expect: Annotated[bool, typer.Option("--expect", help="列出最近一轮还没有交回填报表的单位")] = False,
    strict: options.Strict = False,
    json: options.Json = False,
) -> None:
    """导入表格:xlsx 或 CSV,表头为中文(编号、工作任务、牵头单位、完成时限、销号日期等)。

    有编号的行按编号、没有的按工作任务和牵头单位与台账核对:没有的登记;已有的不重复登记,
    有出入的只有加 --update 才按表更新(时限改动记为延期,进展、问题、销号照登);登记以后、这张表上次导入以后
    台账又改过的,不按表改动而说明,要以表为准用 --overwrite。空格不表示清空。同一件事写了两行只登一件,相近的说明。
    截止日期定时限,完成时限照原文保留;没有截止日期的按完成时限的文字换算,并列出换算一览供核对。
    分组标题和合并的大类作为专项活动,合计、签字等行不导入,没有对应的列指明后不导入。
    有一行不对就全部不导入,并列出每一处。

    export --template 的填报表:只登入该单位改动的进展、进度、问题和销号申请;下发后台账又改过的格子以台账为准并说明,
    要以表为准用 --overwrite。一份有错不影响别的,各份可分别撤回。export 的整本台账:建成一本新台账。

    例:
        ledger import 填报-*.xlsx --expect
        ledger import 计划.xlsx --on 2013-02-01
        ledger import 宣传组周报.xlsx --map 事项描述=工作任务 --save-mapping 宣传组
        ledger import 宣传组周报.xlsx --mapping 宣传组 --update --dry-run
        ledger import 教育局.xlsx --unit 县教育局 --closed-on 时限
        ledger import 计划.csv --year 2013 --report 换算.csv
    """
    from ledger.cli import import_form, import_ledger, import_sheet
    from ledger.importers.content import sources
    from ledger.services.fields import fields_named

    if not paths and not expect:
        raise BadValue("缺少文件", "请写明要导入的文件,或用 --expect 查看谁还没有交回填报表")
    context = Context.of(ctx)
    taken_anyway = fields_named(overwrite, import_sheet.own_columns(context)) if overwrite else frozenset()
    target = None if expect else report
    manner = import_form.Manner(dry_run, target, json and not expect, json and expect, taken_anyway, strict)
    all_taken = True
    with sources(paths or ()) as files:
        if import_ledger.is_among(files):
            import_ledger.require_alone(files, trial=dry_run)
            _require_none_of_sheets(ctx)
            if overwrite:
                raise BadValue("--overwrite 只用于表格和填报表", "导入整本台账请去掉")
            import_ledger.bring_in(context, files[0], json=manner.json, beside=manner.beside)
        elif forms := import_form.read(files):
            _require_none_of_sheets(ctx)
            all_taken = import_form.take_in(context, forms, manner)
        elif files:
            if expect:
                raise BadValue("--expect 只用于填报表", "导入一般的表格请去掉")
            import_sheet.receive(ctx, files, report, taken_anyway)
        if expect:
            import_form.tell_expected(context, report, json)
    if not all_taken:
        raise typer.Exit(BadValue.exit_code)


def _require_none_of_sheets(ctx: typer.Context) -> None:
    if given := [f"--{name.strip('_').replace('_', '-')}" for name in _OF_SHEETS if ctx.params[name]]:
        raise BadValue(f"选项 {'、'.join(given)} 只用于一般的表格", "导入填报表、整本台账请去掉")
