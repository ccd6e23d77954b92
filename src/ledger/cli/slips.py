"""Slips (督办单): issued as documents, signed for, listed.

A slip is set outside the lock that gives its number, for a document takes its time, above all a PDF: with the number
foreseen, into a file that waits beside its place. Then the number is recorded, if the slip would still be to the letter
the same (else it is set anew), and last the file gets its name. So what cannot be written records nothing; and whoever
is ended in between has a number on record, under which the same command prints the slip again.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger.base.asking import Answers
from ledger.base.errors import BadValue, StoreUnusable
from ledger.base.formats import DOCUMENTS
from ledger.cli import clerk, options, values
from ledger.cli.chinese import see_help
from ledger.cli.context import Context
from ledger.cli.stepping import answer, choosing, typed_options
from ledger.model.task import Task, task_object

if TYPE_CHECKING:
    from ledger.reports.report import Report
    from ledger.reports.slips import Paper
    from ledger.store.journal import Journal

    Found = tuple[list[Paper], Report | None]

_TRIES = 3
"""How often a slip is set anew because others were quicker; after that it is set while they wait."""


class _Stale(Exception):
    """What was foreseen is no longer so."""


def slip(
    ctx: typer.Context,
    task: Annotated[list[str] | None, options.Tasks.__metadata__[0]] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="种类", help="交办、催办、办结", autocompletion=values.slip_kinds)
    ] = None,
    unit: options.Units = None,
    group: options.Groups = None,
    overdue: Annotated[bool | None, typer.Option("--overdue", help="挑选逾期的")] = None,
    yes: options.Yes = False,
    draft: Annotated[bool | None, typer.Option("--draft", help="只出草稿:不编号,不登记")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="日期", help="签发日期", show_default="今天")] = None,
    received: Annotated[
        str | None, typer.Option("--received", metavar="日期", help="登记签收:哪一天签收的,与 --by 同用")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="姓名", help="签收人", autocompletion=values.owners)] = None,
    listed: Annotated[bool, typer.Option("--list", help="列出出过的督办单和签收情况")] = False,
    unreceived: Annotated[bool, typer.Option("--unreceived", help="只列还没有签收的,等得最久的在前")] = False,
    as_of: options.AsOf = None,
    template: options.Template = None,
    format: options.Format = None,
    output: options.Output = None,
    json: options.Json = False,
) -> None:
    """督办单:督办通知单(交办)、催办单(催办)、办结单(办结),一件事项一页,写成 docx 或 pdf。

    文号按种类和年份连续编排,出单时登记;同一次交办、催办、办结再出一次,按原文号补打。催办单要先催办,办结单要先销号。
    延期、恢复以后再出督办通知单,算另一次交办。出错的单用 ledger undo 序号 作废,作废的文号不再用。

    例:
        ledger slip 12 13 --kind 交办 -o 督办通知单.docx
        ledger slip --overdue --unit 宣传组 --kind 催办 -o 催办单.pdf
        ledger slip 12 --kind 交办 --draft -o 草稿.docx
        ledger slip 12 --received 2013-03-20 --by 李四
        ledger slip --unreceived
    """
    if listed or unreceived:
        _list(ctx, unit, group, as_of, format, output, all_of_them=listed)
    elif as_of is not None:
        raise BadValue("--as-of 只与 --list、--unreceived 同用", see_help(ctx))
    elif received is not None or by is not None:
        _receive(ctx, json)
    else:
        _issue(ctx, format, output, template, json)


# --- issuing ---------------------------------------------------------------------------------------------------------


def _issue(ctx: typer.Context, format: str | None, output: Path | None, template: Path | None, json: bool) -> None:
    from ledger.model.slips import SLIPS
    from ledger.render.output import made
    from ledger.reports.slips import slips_report
    from ledger.services.slips import issue, kind_of, sought

    context, word = Context.of(ctx), SLIPS[kind_of(typed_options(ctx))].word
    if output is None:
        raise BadValue(f"没有写明{word}写到哪个文件", f"请加上 -o {word}.docx")
    chosen = context.format(format, output)
    if chosen not in DOCUMENTS:
        raise BadValue(f"{word}只写成 {'、'.join(DOCUMENTS)},这里的格式是 {chosen}", f"请用 -o {word}.docx")
    choose, typed = choosing(ctx, sought(typed_options(ctx)))
    extras = context.extras(output, template)

    def work(journal: "Journal") -> "Found":
        papers = issue(journal, choose(journal), typed)
        return papers, slips_report(papers, journal.today, journal.rules) if papers else None

    papers, journal = _carry_out(context, work, lambda report: made(chosen, report, extras), output)
    clerk.tell(journal.told())
    if papers:
        clerk.tell_written(output)
        _answer(context, journal, papers, json)


def _carry_out(
    context: Context, work: "Callable[[Journal], Found]", print_: "Callable[[Report], bytes]", output: Path
) -> "tuple[list[Paper], Journal]":
    """Issue slips and write them; what nothing is to be recorded of is written alone."""
    from ledger.render.output import set_down

    answers, misses = Answers(waiting=clerk.can_ask()), 0
    while True:
        (papers, report), journal, records = _foreseen(context, work, answers)
        if report is None:
            return papers, journal
        recorded = False
        try:
            with set_down(output, context.kept) as write:
                write(print_(report))
                if records:
                    papers, journal = _record(context, work, answers, (papers, report), misses, write, print_)
                    recorded = True
            return papers, journal
        except _Stale:
            misses += 1
        except StoreUnusable as error:
            if recorded:
                error.unwritten, error.hint = "文件", "文号已经登记;处理后再执行一次,即按原文号补打"
            raise


def _foreseen(context: Context, work: "Callable[[Journal], Found]", answers: Answers) -> "tuple[Found, Journal, bool]":
    """What would be issued now, in a transaction that is given up, and whether it would be recorded; the clerk is asked
    what there is to ask."""
    while True:
        with context.trying(answers, create=False) as journal:
            found = work(journal)
            records = journal.has_appended
        if journal.is_certain:
            return found, journal, records
        answers.given |= clerk.answered(answers.open)
        answers.open = []


def _record(
    context: Context,
    work: "Callable[[Journal], Found]",
    answers: Answers,
    foreseen: "Found",
    misses: int,
    write: Callable[[bytes], None],
    print_: "Callable[[Report], bytes]",
) -> "tuple[list[Paper], Journal]":
    """Record the slips that were foreseen and set. Raises `_Stale` where they would be others by now."""
    with context.writing(answers=answers, quiet=True) as journal:
        papers, report = work(journal)
        if (papers, report) != foreseen:
            if report is None or not journal.is_certain or misses < _TRIES:
                raise _Stale
            write(print_(report))
    return papers, journal


def _answer(context: Context, journal: "Journal", papers: "list[Paper]", json: bool) -> None:
    from ledger.model.slips import SLIPS

    if json:
        context.print_json([_object(context, journal, paper) for paper in papers])
        return
    said = {
        paper.task.id: f"{SLIPS[paper.kind].word}草稿"
        if paper.nth is None
        else f"{'已补打' if paper.seq else '已出'}{SLIPS[paper.kind].word} {paper.number}"
        for paper in papers
    }
    answer(context, journal, [paper.task for paper in papers], lambda task: said[task.id], json)


def _object(context: Context, journal: "Journal", paper: "Paper") -> dict[str, Any]:
    """The task, and what was issued for it; `again` says that it was before."""
    task = task_object(paper.task, context.today, journal.rules.thresholds)
    number = None if paper.nth is None else paper.number
    told = {"kind": paper.kind, "number": number, "nth": paper.nth, "of": paper.of.seq, "on": paper.on}
    return {**task, "issued": told | {"again": paper.seq is not None}}


# --- receipts and lists ----------------------------------------------------------------------------------------------


def _receive(ctx: typer.Context, json: bool) -> None:
    from ledger.services.slips import received
    from ledger.store.naming import ANY

    context = Context.of(ctx)
    choose, typed = choosing(ctx, ANY)

    def work(journal: "Journal") -> "list[tuple[Task, str]]":
        return [received(journal, {**typed, "task": number}) for number in choose(journal)]

    found, journal = context.asking(work)
    numbers = {task.id: number for task, number in found}
    answer(context, journal, [task for task, _ in found], lambda task: f"已记签收 {numbers[task.id]}", json)


def _list(
    ctx: typer.Context,
    unit: list[str] | None,
    group: list[str] | None,
    as_of: str | None,
    format: str | None,
    output: Path | None,
    *,
    all_of_them: bool,
) -> None:
    from ledger.cli.issue import restricted
    from ledger.cli.scoping import scope_of
    from ledger.reports.slips import sent, sent_object, sent_report
    from ledger.services.slips import kind_of

    if ctx.params["task"]:
        raise BadValue("--list、--unreceived 列出全部督办单,不能写明事项", "一件事项的用 ledger show 查看")
    context, typed = Context.of(ctx), typed_options(ctx)
    chosen, kind = context.format(format, output), kind_of(typed) if typed.get("kind") else None
    with context.reading(as_of) as view:
        scope = scope_of(view.reader, view.rules, unit, groups=group)
        found = sent(view.reader, scope, kind, received=all_of_them)
    context.emit(
        chosen,
        output,
        lambda: restricted(sent_report(found, view.today, view.rules, view.as_of, received=all_of_them), scope),
        lambda: [sent_object(one, view.today, view.rules) for one in found],
    )
