"""Taking in many operations at once: a batch of JSON Lines."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ledger.base.asking import Answers
from ledger.cli import options
from ledger.cli.bringing import bringing
from ledger.cli.context import Context
from ledger.cli.progress import progress
from ledger.model.lifecycle import STEPS
from ledger.model.task import task_object


def batch(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="文件", help="JSON Lines 文件,- 为标准输入")],
    strict: options.Strict = False,
    json: options.Json = False,
) -> None:
    """批量办理:每行一个 JSON 操作,全部成功才写入,出错指明哪一行。

    op 为 add、edit、note、extend、{steps}、evidence、tally 或 undo,其余各项与命令的长选项同名。
    evidence 写成文件路径的数组。task 可写编号、序号,或前面某行 add 的 ref。

    例:
        ledger batch 操作.jsonl
        echo '{"op":"close","task":"2013-001","on":"2013-03-19"}' | ledger batch -
    """
    from ledger.importers.content import sources

    context = Context.of(ctx)
    with sources([Path(file)]) as (source,), source.opened() as lines:
        from ledger.services.batch import LONGEST, files_named, run
        from ledger.services.dividing import tell_parts

        answers = Answers(strict=strict)  # nobody is asked: the lines may still be coming
        coming = partial(iter, partial(lines.readline, LONGEST + 1), b"")
        files = files_named(coming())
        lines.seek(0)
        with (
            bringing(context, files, later=True),
            context.writing(create=True, answers=answers) as journal,
            progress("办理") as advance,
        ):
            done, numbers = run(journal, coming(), advance, keep=json)
            journal.flush()
            tasks = [journal.task(number) for number in numbers]
            if json:
                tell_parts(journal, tasks)
            objects = [task_object(task, context.today, journal.rules.thresholds) for task in tasks]
    if json:
        context.print_json(objects)
    else:
        typer.echo(f"已办理 {done} 项操作")


batch.__doc__ = (batch.__doc__ or "").replace("{steps}", "、".join(STEPS))  # the steps of a task follow from one place
