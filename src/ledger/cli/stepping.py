"""A step on the tasks that a command names: taken on all or none, and answered."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from ledger.base.errors import BadValue
from ledger.base.text import visible
from ledger.cli.bringing import bringing
from ledger.cli.chinese import see_help
from ledger.cli.context import Context
from ledger.dates.day import long_day, weekday
from ledger.model.actions import ACTION_WORDS
from ledger.model.lifecycle import STEPS
from ledger.model.task import CANCELLED, STATUS_WORDS, Task, task_object

if TYPE_CHECKING:
    from ledger.store.journal import Journal
    from ledger.store.naming import Sought


_MANNER = ("json", "strict", "submitted", "yes", "output", "format", "template")
_FILTERS: Mapping[str, Mapping[str, str]] = {
    "extend": {"unit": "unit", "activity": "activity", "due_in": "due", "group": "group"},
    "edit": {"of_unit": "unit", "of_activity": "activity", "due_in": "due", "of_group": "group"},
    "urge": {"unit": "unit", "overdue": "overdue", "group": "group"},
    "slip": {"unit": "unit", "overdue": "overdue", "group": "group"},
}
"""Command → its options that choose the tasks it is for, each with what it is in a `Filter`."""

Choose = Callable[["Journal"], list[int]]


def carry_out(
    ctx: typer.Context,
    step: Callable[["Journal", dict[str, Any]], Task],
    done: "str | Callable[[Task], str]",
    json: bool,
    *,
    strict: bool = False,
) -> None:
    """Take a step on each task named, or on those that the options choose, all or none, and answer: with an object
    where one was named. Raises `BadValue` where none is meant."""
    typed = typed_options(ctx)
    choose = _choice(ctx, typed)
    found, context, journal = _stepped(ctx, step, typed, choose=choose, strict=strict)
    answer(context, journal, found, done, json, single=choose is None and len(found) == 1)


def choosing(ctx: typer.Context, sought: "Sought") -> tuple[Choose, dict[str, Any]]:
    """What finds the tasks named, or those that the options choose, and the other options that were given. Raises
    `BadValue` where none is meant."""
    from ledger.services.fields import tasks_named

    typed = typed_options(ctx)
    choose, named = _choice(ctx, typed), typed.pop("task", ())
    return choose or (lambda journal: tasks_named(journal, named, sought)), typed


def _choice(ctx: typer.Context, typed: dict[str, Any]) -> Choose | None:
    """What finds the tasks that the options choose, which are taken out of those typed; None where they are named."""
    options = _FILTERS.get(str(ctx.info_name), {})
    filters = {name: found for option, name in options.items() if (found := typed.pop(option, None))}
    if filters and typed.get("task"):
        raise BadValue(f"写明了事项,就不能再用 {_flag(next(iter(options)))} 等挑选", "两者请分两次办")
    choose = _filtered(ctx, typed, filters) if filters else None
    if choose is None and options:
        _require_named(ctx, f"{_flag(next(iter(options)))} 等挑选")
    return choose


def take_step(ctx: typer.Context, json: bool) -> None:
    """Take the step that the command is named after on each task named, all or none, and answer."""
    from ledger.services.steps import sought, step

    action = str(ctx.info_name)
    found, context, journal = _stepped(ctx, step(action), typed_options(ctx), sought(action))
    answer(context, journal, found, f"已{STEPS[action].word}", json, single=isinstance(ctx.params["task"], str))


def take_step_or_all_waiting(ctx: typer.Context, json: bool) -> None:
    """Take the step on the tasks named, or with --submitted on all that wait to be accepted. Raises `BadValue`."""
    named, submitted, units, groups = (ctx.params[name] for name in ("task", "submitted", "unit", "group"))
    if named and submitted:
        raise BadValue("--submitted 销去全部待审核的,不能再写明事项", "两者请分两次办")
    if submitted:
        _accept_waiting(ctx, units, groups, json)
    elif units or groups or ctx.params["yes"]:
        raise BadValue("--unit、--group 和 --yes 只与 --submitted 同用", "要销号的请写明是哪几件,或加上 --submitted")
    else:
        _require_named(ctx, "--submitted 办理全部待审核的")
        take_step(ctx, json)


def _accept_waiting(ctx: typer.Context, units: list[str] | None, groups: list[str] | None, json: bool) -> None:
    from ledger.cli.scoping import scope_of
    from ledger.services.choosing import waiting
    from ledger.services.steps import step

    def choose(journal: "Journal") -> list[int]:
        scope = scope_of(journal.writer, journal.rules, units, groups=groups)
        return waiting(journal, scope.units, sure=ctx.params["yes"])

    typed = {name: value for name, value in typed_options(ctx).items() if name not in ("task", "unit", "group")}
    found, context, journal = _stepped(ctx, step(str(ctx.info_name)), typed, choose=choose)
    answer(context, journal, found, f"已{STEPS[str(ctx.info_name)].word}", json)


def _filtered(ctx: typer.Context, typed: dict[str, Any], filters: dict[str, Any]) -> Choose:
    from ledger.cli.scoping import scope_of
    from ledger.dates.within import parse_within
    from ledger.reports.lists import Filter
    from ledger.services.choosing import chosen, to_be_extended, to_be_urged

    action = str(ctx.info_name)

    def choose(journal: "Journal") -> list[int]:
        scope = scope_of(
            journal.writer,
            journal.rules,
            filters.get("unit"),
            filters.get("activity"),
            groups=filters.get("group"),
        )
        within = filters.get("due")
        due, assumed = parse_within(within, journal.today, journal.rules.year) if within else (None, ())
        for note in assumed:
            journal.remark(f"--due-in {within}:{note}")
        wanted = Filter(unit=scope.units, activity=scope.activities, due=due, overdue="overdue" in filters)
        sure = ctx.params["yes"]
        if action == "slip":
            from ledger.services.slips import to_be_issued

            return to_be_issued(journal, wanted, typed, sure=sure)
        if action == "urge":
            return to_be_urged(journal, wanted, typed, sure=sure)
        if action == "extend":
            return to_be_extended(journal, wanted, typed, sure=sure)
        return chosen(journal, wanted, ACTION_WORDS[action], sure=sure)

    return choose


def _require_named(ctx: typer.Context, otherwise: str) -> None:
    if not ctx.params["task"]:
        raise BadValue("缺少参数“事项…”", f"请写明是哪几件,或用 {otherwise};{see_help(ctx)}")


def _flag(option: str) -> str:
    return "--" + option.replace("_", "-")


def _stepped(
    ctx: typer.Context,
    step: Callable[["Journal", dict[str, Any]], Task],
    typed: dict[str, Any],
    sought: "Sought | None" = None,
    *,
    choose: Choose | None = None,
    strict: bool = False,
) -> tuple[list[Task], Context, "Journal"]:
    """What a step made of each task named, or of those to `choose`; `names` and a variable number of arguments may be
    lists of several."""
    from ledger.services.fields import tasks_named
    from ledger.store.naming import IN_HAND

    context = Context.of(ctx)
    named = typed.pop("names", None) or typed.pop("task", ())
    one = isinstance(named, str) and "names" not in ctx.params

    def work(journal: "Journal") -> list[Task]:
        names = [named] if isinstance(named, str) else named
        numbers = choose(journal) if choose else tasks_named(journal, names, sought or IN_HAND, lists=not one)
        return shown(ctx, journal, [step(journal, {**typed, "task": number}) for number in numbers])

    with bringing(context, typed.get("evidence", ())):
        found, journal = context.asking(work, strict=strict)
    return found, context, journal


def shown(ctx: typer.Context, journal: "Journal", tasks: list[Task]) -> list[Task]:
    """The tasks as they are to be answered: as JSON, wholes with how their parts stand."""
    if ctx.params.get("json"):
        from ledger.services.dividing import tell_parts

        tell_parts(journal, tasks)
    return tasks


def typed_options(ctx: typer.Context) -> dict[str, Any]:
    """The options that were given, by their long names; what tells only how to go about it is none."""
    given = {name.rstrip("_"): value for name, value in ctx.params.items() if name not in _MANNER}
    absent = (None, False) if ctx.info_name == "add" else (None,)
    return {name: value for name, value in given.items() if value not in (*absent, [], ())}


def answer(
    context: Context,
    journal: "Journal",
    tasks: Sequence[Task],
    done: "str | Callable[[Task], str]",
    json: bool,
    *,
    single: bool = False,
) -> None:
    """Answer a writing command: one line a task, or the task objects."""
    if json:
        objects = [task_object(task, context.today, journal.rules.thresholds) for task in tasks]
        context.print_json(objects[0] if single else objects)
        return
    for task in tasks:
        said = done if isinstance(done, str) else done(task)
        typer.echo(f"{said or '现为' + STATUS_WORDS[task.status]} {describe(task)}")


def describe(task: Task) -> str:
    """A task in one line: code, title, unit, and what matters now."""
    parts = [f"{visible(task.code)} {visible(task.title)}", visible(task.unit), _standing(task)]
    if task.quota is not None and task.status != CANCELLED:
        from ledger.model.quota import progress_words

        parts.append(progress_words(task.quota, task.tally))
    return " · ".join(parts)


def _standing(task: Task) -> str:
    """Of a task struck off whether it was in time, of another what its deadline became."""
    if task.closed_on is not None:
        done_on = task.submitted_on or task.closed_on  # what waited for acceptance is judged by its submission
        late = (done_on - task.binding_last_day).days if task.binding_last_day else 0
        judged = "" if task.binding_last_day is None else f",超期{late}天" if late > 0 else ",按期"
        return f"{long_day(task.closed_on)}销号{judged}"
    if task.due_on is not None:
        last = task.last_day if task.grace_days else None
        grace = "" if last is None else f",宽限至{long_day(last)} {weekday(last)}"
        return f"时限 {long_day(task.due_on)} {weekday(task.due_on)}{grace}"
    return f"时限 {visible(task.due_text)}" if task.due_text else "无期限"
