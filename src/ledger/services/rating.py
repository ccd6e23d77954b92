"""Evaluations (满意度评价) of units and of tasks, and what is put right after a bad one (整改).

Whom an evaluation is of: a unit by its whole name, else a task (`store.naming`), of whatever status. A name that is
neither a unit's nor a code and yet looks like a unit's is not looked for in titles: whoever means 宣传组 by 宣传 shall
not rate a task about 宣传.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.base.nearness import folded, near, nearest
from ledger.base.text import fold_width, quote
from ledger.dates.day import long_day
from ledger.model.actions import RATE
from ledger.model.fields import LIMITS
from ledger.model.rating import COUNTS, MOST, PERCENT, Rating
from ledger.model.task import CLOSED, STATUS_WORDS, SUBMITTED, UNFINISHED, Task
from ledger.reports.ratings import Rated, ratings, ratings_of
from ledger.services import steps
from ledger.services.fields import Naming, Options, business_day, fields_of, missing, note_of
from ledger.store import naming, queries, renames
from ledger.store.counts import Scope
from ledger.store.journal import Journal

SUFFIX = "满意度整改"


class Outcome(NamedTuple):
    """What came of a command: the evaluation, the task rated if it was one, as it is now, and the task that was
    registered to put right what was found, if one was."""

    rated: Rated
    task: Task | None
    rectifying: Task | None


def rate(journal: Journal, options: Options) -> Outcome:
    """Record an evaluation. Below the office's floor what is to be rectified is registered with it, or proposed; with
    `reopen` a task that was struck off is taken up again. Raises `Refused` for one that was not."""
    if options.get("rectify") and not options.keys() & {"percent", "sample", *COUNTS}:
        return _rectify(journal, options)
    unit, task = _meant(journal, options)
    on, said, rating = business_day(journal, options), note_of(options, "note"), _rating(journal, options)
    if options.get("reopen"):
        _require_struck_off(journal, task, rating, options)
    journal.flush()
    same_day = ratings(journal.writer, journal.rules, on, on, Scope(units=(unit,)))
    if any((one.origin, one.rating) == (task.code if task else unit, rating) for one in same_day):
        journal.remark(f"{_called(unit, task)}在{long_day(on)}已有同样的评价;如是重复登记,用 ledger undo 撤回")
    task = task and journal.task(task.id)
    if task is None:
        journal.record(RATE, {"unit": [None, unit], **rating.changes}, on, said)
    else:
        journal.post(RATE, task, on, said, rating.changes)
    floor = journal.rules.satisfaction_floor
    rated = Rated(journal.seq, on, unit, task, rating, said, journal.stamp.actor, floor)
    rectifying = _put_right(journal, rated, on, certain=bool(options.get("rectify")))
    if task is not None and options.get("reopen"):
        steps.step("reopen")(journal, {**options, "task": task.id, "reason": _reason(rated, options)})
    return _outcome(journal, rated, rectifying)


def _outcome(journal: Journal, rated: Rated, rectifying: Task | None) -> Outcome:
    return Outcome(
        rated._replace(rectifying=rectifying), None if rated.task is None else journal.task(rated.task.id), rectifying
    )


def _rectify(journal: Journal, options: Options) -> Outcome:
    """Register what is to be rectified after the last evaluation of a unit or a task, where the office has that only
    proposed. Raises `Refused` where there is none, or it is not below the floor."""
    unit, task = _meant(journal, options)
    journal.flush()
    found = ratings_of(journal.writer, journal.rules, unit, task)
    if not found:
        raise Refused(f"{_called(unit, task)}还没有评价", "先登记评价,如 ledger rate 名称 --percent 86.5")
    last = max(found, key=lambda one: (one.on, one.seq))
    if not last.is_below:
        raise Refused(f"{_called(unit, task)}最近一次评价{last.rating},没有低于底线{last.floor}%", "不必整改")
    return _outcome(journal, last, _put_right(journal, last, business_day(journal, options), certain=True))


# --- who is meant ----------------------------------------------------------------------------------------------------


def _meant(journal: Journal, options: Options) -> tuple[str, Task | None]:
    """The unit rated, or the lead unit with the task rated. In a batch `unit` and `task` say which is meant."""
    if "task" in options:
        return _of(journal, options["task"])
    if "unit" in options:
        with Naming("unit"):
            unit = _unit(journal, options["unit"])
            if unit is None:
                raise _no_such(journal, options["unit"])
            return unit, None
    if not options.get("name"):
        raise missing("name", "评价的单位或事项")
    with Naming("name"):
        return _named(journal, str(options["name"]))


def _of(journal: Journal, name: int | str) -> tuple[str, Task]:
    with Naming("task"):
        task = journal.task(name) if isinstance(name, int) else journal.named(name, naming.ANY)
    return task.unit, task


def _unit(journal: Journal, name: str) -> str | None:
    """The unit of that name, in any width; one that was renamed or merged is told by what it is called now."""
    every = journal.units.every
    if (found := every.get(name) or every.get(folded(name))) is not None:
        return found
    journal.flush()
    now = renames.name_now(journal.writer, name, 0)
    if now == name:
        return None
    journal.remark(f"单位{quote(name)}现为{quote(now)},按{quote(now)}评价")
    return now


def _named(journal: Journal, name: str) -> tuple[str, Task | None]:
    every = journal.units.every
    if (unit := every.get(name) or every.get(folded(name))) is not None:
        _tell_of_namesakes(journal, unit)
        return unit, None
    try:
        task = journal.named(name, naming.ANY)
    except NotFound:
        if (unit := _unit(journal, name)) is None:
            raise _no_such(journal, name) from None
        return unit, None
    if not _is_code(journal, name, task) and (likely := _likely(journal, name)) is not None:
        what = f"{quote(name)}可以指单位{quote(likely)},也可以指事项 {task.code}{quote(task.title, 40)}"
        raise BadValue(what, "请写明单位全称,或事项的编号")
    return task.unit, task


def _is_code(journal: Journal, name: str, task: Task) -> bool:
    """Whether it names the task by its code, or by its number, not by words of its title."""
    plain = fold_width(name).strip()
    return not any(map(str.isalpha, re.sub("(?i)^id:", "", plain))) or task.code in naming.codes_meant(
        name, journal.today
    )


def _likely(journal: Journal, name: str) -> str | None:
    """The unit, of now or of before, that a name may be a short form or a slip of."""
    known = list(dict.fromkeys(journal.units.every.values()))
    held = [unit for unit in known if folded(name) in folded(unit)]
    found = held or near(name, known)
    if found:
        return found[0]
    now = renames.name_now(journal.writer, name, 0)
    return None if now == name else now


def _no_such(journal: Journal, name: str) -> NotFound:
    others = nearest(name, dict.fromkeys(journal.units.every.values()))
    hint = f"相近的单位有{''.join(map(quote, others))};" if others else ""
    return NotFound(f"没有单位或事项{quote(name)}", f"{hint}用 ledger config units 查看全部单位")


def _tell_of_namesakes(journal: Journal, unit: str) -> None:
    journal.flush()
    alike = queries.tasks(journal.writer, "WHERE t.code = :name OR t.title = :name", {"name": unit})
    if alike:
        codes = "、".join(task.code for task in alike[:3])
        journal.remark(f"{quote(unit)}按单位评价;评价同名的事项({codes})请写 id:{alike[0].id}")


def _called(unit: str, task: Task | None) -> str:
    return f"单位{quote(unit)}" if task is None else f"事项 {task.code}"


# --- what was found --------------------------------------------------------------------------------------------------

_SHARE = re.compile(r"(?:0?\.[0-9]+|1(?:\.0+)?)")
_TYPED = re.compile(r"(?:百分之)?0*([0-9]{1,9})(?:\.([0-9]{1,9}))?\s*(?:[%﹪])?")
_EXAMPLE = "请写百分数,如 86.5 或 86.5%"


def _rating(journal: Journal, options: Options) -> Rating:
    """The evaluation that the options say: either a percentage or counts. Raises `BadValue`."""
    counts = {name: options[name] for name in COUNTS if options.get(name) is not None}
    if options.get("percent") is None:
        if not counts:
            with Naming("percent"):
                raise BadValue("没有写满意度", "请用 --percent 写百分数,或用 --satisfied 等写各项人数")
        if options.get("sample") is not None:
            with Naming("sample"):
                raise BadValue("写了各项人数,就不必再写样本数", "样本数就是各项人数之和,请去掉 --sample")
        return _of_counts(journal, counts)
    if counts:
        with Naming("percent"):
            raise BadValue("满意度和各项人数只写一样", "请去掉 --percent,或去掉 --satisfied 等")
    with Naming("percent"):
        percent = percent_of(options["percent"])
    if options.get("sample") is not None:
        with Naming("sample"):
            _number(options["sample"], "样本数", least=1)
    return Rating(percent, options.get("sample"))


def _of_counts(journal: Journal, counts: Mapping[str, int]) -> Rating:
    for name, count in counts.items():
        with Naming(name):
            _number(count, f"{COUNTS[name]}人数")
    if not sum(counts.values()):
        with Naming(next(iter(counts))):
            raise BadValue("各项人数都是 0,算不出满意度", "请核对人数")
    if left := [word for name, word in COUNTS.items() if name not in counts]:
        journal.remark(f"没有写{'、'.join(left)}的人数,按 0 计")
    return Rating(None, None, *(counts.get(name, 0) for name in COUNTS))


def _number(value: int, label: str, least: int = 0) -> None:
    if not least <= value <= MOST:
        raise BadValue(f"{label} {value} 不对", f"请写{least}到{MOST}的整数")


def percent_of(value: float | str) -> str:
    """A percentage as it is kept: 86.5, 86.5% and 百分之86.5, in any width, are 「86.5」.

    Raises `BadValue`, for a share of 1 too: 0.865 is 86.5% or less than 1%."""
    text = fold_width(str(value)).strip()
    if _SHARE.fullmatch(text):
        raise BadValue(f"满意度{quote(str(value))}是百分之几说不准", f"请写百分数,如 {_as_percent(text)}%")
    found = _TYPED.fullmatch(text)
    if found is None:
        raise BadValue(f"满意度{quote(str(value))}不是百分数", _EXAMPLE)
    decimals = (found[2] or "").rstrip("0")
    if len(decimals) > 2:
        raise BadValue(f"满意度{quote(str(value))}的小数太长", "最多写两位小数,如 86.55%")
    percent = found[1] + (f".{decimals}" if decimals else "")
    if not PERCENT.fullmatch(percent) or Rating(percent).share[0] > 10_000:
        raise BadValue(f"满意度{quote(str(value))}不在 0 到 100 之间", _EXAMPLE)
    return percent


def _as_percent(share: str) -> str:
    """What a share of 1 would be in percent, to be offered."""
    whole, _, decimals = share.partition(".")
    digits = f"{decimals:0<2}"
    number = f"{int((whole or '0') + digits[:2])}"
    return number + (f".{digits[2:4]}" if digits[2:].strip("0") else "")


# --- what follows ----------------------------------------------------------------------------------------------------


def _require_struck_off(journal: Journal, task: Task | None, rating: Rating, options: Options) -> None:
    if task is None:
        with Naming("reopen"):
            raise BadValue("--reopen 只用于事项", "评价单位的,请去掉 --reopen")
    if task.status != CLOSED:
        what = f"事项 {task.code} 现为“{STATUS_WORDS[task.status]}”,不必恢复"
        raise Refused(what, "只有已销号的事项才用 --reopen")
    if not rating.is_below(journal.rules.satisfaction_floor) and not options.get("reason"):
        what = f"满意度{rating},没有低于底线{journal.rules.satisfaction_floor}%"
        raise Refused(what, "确需恢复的,请用 --reason 写明理由")


def _reason(rated: Rated, options: Options) -> str:
    return str(options.get("reason") or f"满意度{rated.words}")


def _put_right(journal: Journal, rated: Rated, on: date, *, certain: bool) -> Task | None:
    """The task that was registered to rectify what an evaluation found, if one was."""
    journal.flush()
    running = [task for task in queries.tasks_from(journal.writer, [rated.origin]) if task.status in UNFINISHED]
    if rated.task is not None and rated.task.origin and rated.task.status in UNFINISHED:
        running.insert(0, rated.task)  # what is not put right yet goes on being put right
    if not rated.is_below:
        if running:
            code, waits = running[0].code, running[0].status == SUBMITTED
            step = "submit" if journal.rules.review and not waits else "close"
            journal.remark(f"已经达标,整改事项 {code} 还没有销号;整改到位的,用 ledger {step} {code}")
        return None
    if running:
        journal.remark(f"低于底线{rated.floor}%,已有整改事项 {running[0].code} 尚未办结,不重复登记")
        return None
    if not (journal.rules.rectify or certain):
        name = rated.origin if rated.task is not None or " " not in rated.unit else quote(rated.unit)
        journal.remark(f"低于底线{rated.floor}%;要登记整改事项的:ledger rate {name} --rectify")
        return None
    return _register(journal, rated, on)


def _register(journal: Journal, rated: Rated, on: date) -> Task:
    """Due so many days after `on`, as 30日内 of any task that is given out on that day."""
    options: dict[str, Any] = {
        "title": _title(rated),
        "unit": rated.unit,
        "due": f"{journal.rules.rectify_days}日内",
        "on": on.isoformat(),
        "source": f"{long_day(rated.on)}满意度评价{rated.words}",
    }
    fields = fields_of(journal, options, on) | {"origin": rated.origin}
    if rated.task is not None:
        task = journal.task(rated.task.id)
        fields |= {"owner": task.owner, "leader": task.leader, "activity": task.activity}
    fields["code"] = journal.codes.next(on.year)
    made = journal.add(fields, None)
    if made.last_day is not None and made.last_day < journal.today:
        journal.remark(
            f"整改事项 {made.code} 从评价之日起算,时限 {long_day(made.last_day)}已过;要顺延的用 ledger extend"
        )
    return made


def _title(rated: Rated) -> str:
    of = rated.unit if rated.task is None else rated.task.title.removesuffix(SUFFIX)
    return of[: LIMITS["title"] - len(SUFFIX)] + SUFFIX
