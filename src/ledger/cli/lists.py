"""Lists of tasks: the ledger's lines, and one task whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from ledger.base.errors import BadValue
from ledger.base.formats import FORMATS
from ledger.base.text import fold_width, listed, quote
from ledger.cli import clerk, options, values
from ledger.cli.context import Context, View
from ledger.cli.scoping import named, scope_of, several, units_of
from ledger.dates.spans import Days
from ledger.model.fields import choices_named
from ledger.model.rules import Rules
from ledger.model.task import Task, task_object
from ledger.reports.columns import columns_for
from ledger.reports.lists import LONGEST_GREP, SORTS, STATUSES, Filter, lines_of, list_tasks, tell_parts
from ledger.reports.present import list_report
from ledger.reports.report import Report
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.reader import Reader


def list_(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="常用清单", help="用 config view 存下的", autocompletion=values.views, show_default=False
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="状态", help="、".join(STATUSES), show_default="未办结的"),
    ] = None,
    unit: options.Units = None,
    group: options.Groups = None,
    with_: options.Assisting = None,
    owner: options.Owners = None,
    leader: options.Leaders = None,
    activity: options.Activities = None,
    stage: options.Stages = None,
    tag: options.Tags = None,
    field: options.OwnFields = None,
    key: Annotated[bool, typer.Option("--key", help="只列重点事项")] = False,
    flagged: Annotated[bool, typer.Option("--flagged", help="只列挂牌督办的")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只列逾期的")] = False,
    undated: Annotated[bool, typer.Option("--undated", help="只列无明确时限的")] = False,
    ahead: Annotated[bool, typer.Option("--ahead", help="连同交办日期还没到的")] = False,
    all_periods: Annotated[bool, typer.Option("--all-periods", help="循环任务在办的各期逐期列出,不并为一行")] = False,
    parts: Annotated[bool, typer.Option("--parts", help="分解事项逐件列出,不归到整体之下")] = False,
    due: options.DueWithin = None,
    stale: Annotated[str | None, typer.Option("--stale", metavar="多久", help="多久没有进展的,如 4周、两个月")] = None,
    grep: Annotated[
        str | None, typer.Option("--grep", metavar="文字", help="任务、编号、进展、措施或来源含有该文字")
    ] = None,
    sort: Annotated[str, typer.Option("--sort", metavar="次序", help=f"{'、'.join(SORTS)},或如 完成时限")] = "due",
    limit: Annotated[int | None, typer.Option("--limit", min=0, metavar="件数", help="最多列出几件")] = None,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="条件", help="不用常用清单里的哪项条件,如 key 或 重点")
    ] = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """任务清单:默认列出全部在办事项,按时限先后。

    一项循环任务的几期在办,并为一行,列最早的一期,后面还有几期写在状态里;分解事项归到整体之下,
    写明分解几件、已销几件;json、csv、xlsx 供程序用,仍逐件列出。
    --leader 列这位领导负责的,以及他联系的分组(ledger config groups)里各单位牵头的。
    同一选项可重复,也可用顿号连写几个,合其中之一的即列出。
    写明常用清单的,按存下的条件列,另写的选项代替或添加条件,--drop 去掉一项。

    例:
        ledger list --unit 综合组
        ledger list --unit 综合组、宣传组 --status 在办 --status 中止
        ledger list --due 下周 --sort 牵头单位
        ledger list --leader 王县长 --group 东片
        ledger list --due 5月1日至5月15日
        ledger list --stale 4周 --status 在办
        ledger list --tag 民生 --field 资金来源=省财政
        ledger list --status 已销号 --grep 会议 --format csv -o 已销号.csv
        ledger list 我的 --due 本周 --drop 重点
    """
    context = Context.of(ctx)
    asked: Mapping[str, Any] = ctx.params
    chosen = context.format(format, output)
    with context.reading(as_of) as view:
        if name is not None:
            from ledger.cli.saved import filled

            asked = filled(ctx, name, view)
        elif drop:
            raise BadValue("--drop 要写在常用清单的名称后面", "没有写清单的,不写那一项选项就是")
        plain, assumed = readable(asked, view.today, view.rules.year)
        wanted = _known(view.reader, view.rules, plain)._replace(own=_own(view.rules, asked["field"]))
        is_read = FORMATS[chosen].is_read and not (asked["all_periods"] and asked["parts"])
        found = list_tasks(view.reader, wanted._replace(limit=None) if is_read else wanted, view.today, view.rules)
    unfolded = {"periods": asked["all_periods"], "parts": asked["parts"]}
    lines = lines_of(found, view.today, **unfolded)[: wanted.limit] if is_read else None
    if lines is not None:
        found = [task for line in lines for task in line]
    title = f"任务清单:{name}" if name else "任务清单"
    context.emit(chosen, output, *list_of(chosen, view, title, found, _days(wanted.due), lines))
    clerk.tell(assumed)


_AS_TYPED = ("key", "flagged", "overdue", "undated", "ahead", "grep", "limit")
_NAMING = {name: name for name in ("unit", "group", "owner", "leader", "activity", "stage")} | {"with_": "assisting"}
"""The options of names, each with what it is in a `Filter`."""


def readable(asked: Mapping[str, Any], today: date, year: int | None) -> tuple[Filter, Sequence[str]]:
    """The filter that the options of `list` mean as far as they say it themselves, the names as typed, and what was
    assumed; it takes no ledger. Raises `BadValue`."""
    statuses = [one for value in asked["status"] or () for one in listed(value) or [value]]
    due, assumed = (None, ()) if asked["due"] is None else _within(asked["due"], today, year)
    if len(asked["grep"] or "") > LONGEST_GREP:
        raise BadValue(f"要查找的文字有{len(asked['grep'])}个字,最多{LONGEST_GREP}个字", "请写短些")
    others: dict[str, Any] = {name: asked[name] for name in _AS_TYPED}
    others |= {of: several(asked[name], lambda whole: True) for name, of in _NAMING.items()}
    plain = Filter(
        status=tuple(_choice("--status", one, STATUSES, STATUSES) for one in statuses),
        tags=several(asked["tag"], lambda whole: False),
        due=due,
        stale=_ago(asked["stale"], today) if asked["stale"] is not None else None,
        sort=_choice("--sort", asked["sort"], choices_named(SORTS), SORTS),
        **others,
    )
    return plain, [f"--due {asked['due']}:{note}" for note in assumed]


def _known(reader: Reader, rules: Rules, typed: Filter) -> Filter:
    """The same filter with its names as the ledger spells them. Raises `NotFound`."""
    scope = scope_of(reader, rules, typed.unit, typed.activity, typed.leader, typed.group)
    return typed._replace(
        unit=scope.units,
        leader=scope.leaders,
        led=scope.led,
        activity=scope.activities,
        assisting=units_of(reader, rules, typed.assisting),
        owner=named(reader, "owner", typed.owner),
        stage=named(reader, "stage", typed.stage),
    )


def show(
    ctx: typer.Context,
    task: options.Task,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """一项任务的全部情况和全部记录。

    例:
        ledger show 2013-012
        ledger show 12 --format json
    """
    from ledger.reports.history import entry_object, task_report
    from ledger.store import naming

    context = Context.of(ctx)
    chosen = context.format(format, output)
    with context.reading(as_of) as view:
        found = naming.find(view.reader, task, view.today, naming.ANY)
        entries = queries.logged(view.reader, "e.task = :task", {"task": found.id})
        tell_parts(view.reader, [found], view.today)
        parts = _parts(view, found)

    def whole() -> dict[str, Any]:
        journal = [entry_object(logged) for logged in entries]
        return task_object(found, view.today, view.rules.thresholds) | {"journal": journal}

    def report() -> Report:
        """The record of one task is dated and signed; it has no copies to be sent."""
        made = task_report(found, entries, view.today, view.rules, view.as_of, context.zone, parts)
        return issued(made, chosen, view._replace(rules=view.rules._replace(copies=None, printer=None)))

    context.emit(chosen, output, report, whole)


def _parts(view: View, task: Task) -> list[Task]:
    """The parts of a whole."""
    if task.parts is None:
        return []
    from ledger.store.families import of

    return of(view.reader, task.id)


def list_of(
    format: str,
    view: View,
    title: str,
    found: Sequence[Task],
    period: str = "",
    lines: Sequence[Sequence[Task]] | None = None,
) -> tuple[Callable[[], Report], Callable[[], object]]:
    """A list of tasks for people and for programs, of those of a `period` where it is restricted to one, in these
    `lines` where several share one."""
    shown = columns_for(format, view.rules, of_list=True, divided=any(task.whole for task in found))
    return (
        lambda: issued(
            list_report(title, found, view.today, view.rules, view.as_of, shown, period, lines), format, view
        ),
        lambda: [task_object(task, view.today, view.rules.thresholds) for task in found],
    )


def issued(report: Report, format: str, view: View) -> Report:
    """A document is dated, signed and ended as the ledger has it; any other list is no more than a list."""
    if not FORMATS[format].document:
        return report
    from ledger.cli.issue import Sending, sent

    return sent(report, Sending().issue(format, view.today, view.rules), Scope())


def _choice(option: str, value: str, choices: Mapping[str, str], shown: Iterable[str]) -> str:
    """What was chosen, by any of its names. Raises `BadValue`, which tells those to be `shown`."""
    name = fold_width(value).strip()
    if name not in choices:
        raise BadValue(f"{option} 没有{quote(value)}这一项", f"可用的有 {'、'.join(shown)}")
    return choices[name]


def _within(text: str, today: date, year: int | None) -> tuple[Days, Sequence[str]]:
    from ledger.dates.within import parse_within  # few lists are asked for by deadline

    return parse_within(text, today, year)


def _days(due: Days | None) -> str:
    """What the title says of the span that was understood."""
    if due is None:
        return ""
    from ledger.dates.within import words

    return f"{words(due)}到期"


def _own(rules: Rules, given: Sequence[str] | None) -> Mapping[str, tuple[str, ...]]:
    """The own columns asked for, each with the values of which one will do; an empty one asks for none."""
    if not given:
        return {}
    from ledger.services.own_columns import parted

    found: dict[str, tuple[str, ...]] = {}
    for column, text in parted(rules.columns, given):
        found[column] = (*found.get(column, ()), text.strip())
    return found


def _ago(text: str, today: date) -> date:
    from ledger.dates.ago import parse_ago

    return parse_ago(text, today)
