"""Batches (JSON Lines for `ledger batch`) of made-up ledgers, the same for the same arguments.

A *history* is an office's work over some years, told in the order of the days: tasks given out, extended, troubled,
struck off, restored, cancelled. A *bulk* is additions and closings alone.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

TODAY = date(2023, 6, 14)
"""The day that every history ends on, a Wednesday: commands are measured on it."""

UNITS = (
    "综合组", "宣传组", "督导组", "组织部", "宣传部", "政法委", "统战部", "发展改革局", "教育局", "科技局", "公安局",
    "民政局", "财政局", "人力资源局", "自然资源局", "住房建设局", "交通运输局", "水利局", "农业农村局", "卫生健康局",
)  # fmt: skip
ACTIVITIES = ("学创活动", "安全生产专项整治", "作风建设年", "营商环境提升", "乡村振兴", None)
_VERBS = ("召开", "制定", "督查", "报送", "梳理", "完善", "推进", "组织", "起草", "核实")
_MATTERS = (
    "领导小组第{n}次会议议定事项的落实情况", "第{n}批重点项目开工手续", "各专项活动实施方案", "月度信息简报第{n}期",
    "信访积案第{n}件的化解方案", "机关干部学习教育计划", "节前安全生产大检查的整改台账", "全县经济运行分析材料",
    "群众反映的第{n}号问题", "第{n}号人大代表建议的答复,并征求有关单位和代表本人的意见",
)  # fmt: skip
_SURNAMES = "张王李赵刘陈杨黄周吴徐孙"
_CYCLES = (
    "每周五",
    "每周",
    "每周二前",
    "每旬",
    "每月25日前",
    "每月底",
    "每月最后一个工作日",
    "每季度末月20日前",
    "一次性",
)
_GIVEN = ("建国", "伟", "敏", "志强", "秀英", "磊", "洋", "静", "海燕", "文斌")

_PROGRESS = "正在推进,已与有关单位会商,下周报送进展"

Operation = dict[str, Any]


class Event(NamedTuple):
    """An operation and the day it is recorded on; `number` keeps the order of one day."""

    day: date
    number: int
    operation: Operation


def history(tasks: int, years: int, closed: float = 0.8, seed: int = 1, notes: int = 0) -> Iterator[Operation]:
    """Operations of `tasks` tasks given out over the `years` before `TODAY`, the share `closed` of them struck off.

    Those left open were given out at any time: with 0.8 a ledger that is much in arrears, with 0.99 one well kept. Of
    each task so many `notes` are told while it is in hand.
    """
    random, telling = Random(seed), Random(seed)
    events: list[Event] = []
    span = years * 365
    for number in range(tasks):
        begin = TODAY - timedelta(days=span - span * number // tasks)
        life = list(_life(random, f"t{number}", begin, closed))
        for day, operation in sorted([*life, *_told(telling, f"t{number}", begin, life[-1][0], notes)], key=_by_day):
            events.append(Event(day, len(events), operation))
    return (event.operation for event in sorted(events, key=lambda event: event[:2]) if event.day <= TODAY)


def asked(tasks: int, years: int, closed: float = 0.8, seed: int = 1, units: int = 500) -> Iterator[Operation]:
    """The same of as many units, where most tasks have a cycle of feedback: their units report by it, or late, or
    not, for ten weeks at most."""
    random = Random(seed)
    told: list[Event] = []
    ends: dict[str, date] = {}
    operations = list(history(tasks, years, closed, seed))
    for operation in operations:
        if operation["op"] in ("close", "cancel"):
            ends.setdefault(operation["task"], date.fromisoformat(operation["on"]))
    for number, operation in enumerate(operations):
        begin = date.fromisoformat(operation["on"])
        told.append(Event(begin, number, operation))
        if operation["op"] == "add":
            operation["unit"] = f"{operation['unit']}第{random.randrange(units // len(UNITS)) + 1}组"
            if random.random() < 0.7:
                operation["feedback"] = random.choice(_CYCLES)
                told += _reports(random, operation["ref"], begin, min(ends.get(operation["ref"], TODAY), TODAY))
    return (event.operation for event in sorted(told, key=lambda event: event[:2]))


def _reports(random: Random, ref: str, begin: date, end: date) -> Iterator[Event]:
    for week in range(1, 11):
        day = begin + timedelta(days=7 * week + random.randint(-3, 3))
        if day < end and random.random() < 0.8:
            text = random.choice(("无", "按计划推进", "已完成阶段任务"))
            yield Event(day, 10**9, {"op": "note", "task": ref, "on": _iso(day), "text": text, "report": True})


def _by_day(event: tuple[date, Operation]) -> tuple[date, bool, bool]:
    """What is told of a day comes after the registration and before anything else."""
    day, operation = event
    return day, operation["op"] != "add", operation.get("text") != _PROGRESS


def _told(random: Random, ref: str, begin: date, end: date, notes: int) -> Iterator[tuple[date, Operation]]:
    for _ in range(notes):
        day = begin + timedelta(days=random.randint(0, (end - begin).days))
        told = {"op": "note", "task": ref, "on": _iso(day), "text": _PROGRESS, "progress": random.randint(1, 99)}
        yield day, told


def _life(random: Random, ref: str, begin: date, closed: float) -> Iterator[tuple[date, Operation]]:
    """One task from its registration to its end."""
    due = begin + timedelta(days=random.randint(3, 60)) if random.random() < 0.95 else None
    yield begin, _addition(random, ref, begin, due)
    day = begin
    if random.random() < 0.10:
        day += timedelta(days=random.randint(1, 5))
        problem = {"op": "note", "task": ref, "on": _iso(day), "text": "经费尚未落实,需领导协调", "problem": True}
        yield day, problem | ({"progress": 30} if random.random() < 0.5 else {})
    if due is not None and random.random() < 0.08:
        day = max(day, due + timedelta(days=random.randint(-4, 2)))
        due += timedelta(days=random.randint(5, 30))
        if due > day:
            yield day, {"op": "extend", "task": ref, "on": _iso(day), "due": _iso(due), "reason": "会议改期"}
    end = max(day, (due or begin + timedelta(days=30)) + timedelta(days=random.randint(-6, 3)))
    chance = random.random()
    if chance < closed:
        yield end, {"op": "close", "task": ref, "on": _iso(end), "note": "已办结,材料归档"}
        if chance < closed * 0.02:
            again = end + timedelta(days=random.randint(5, 20))
            yield again, {"op": "reopen", "task": ref, "on": _iso(again), "reason": "回头看发现整改不到位"}
            last = again + timedelta(days=random.randint(5, 20))
            yield last, {"op": "close", "task": ref, "on": _iso(last)}
    elif chance < closed + (1 - closed) * 0.1:
        yield end, {"op": "cancel", "task": ref, "on": _iso(end), "reason": "上级已取消该项活动"}


def _addition(random: Random, ref: str, begin: date, due: date | None) -> Operation:
    title = f"{random.choice(_VERBS)}{random.choice(_MATTERS).format(n=random.randint(1, 40))}({ref[1:]})"
    unit = random.choice(UNITS)
    fields: Operation = {"op": "add", "ref": ref, "title": title, "unit": unit, "on": _iso(begin)}
    fields["owner"] = random.choice(_SURNAMES) + random.choice(_GIVEN)
    if due is not None:
        fields["due"] = _iso(due)
    if (activity := random.choice(ACTIVITIES)) is not None:
        fields["activity"] = activity
    if random.random() < 0.2:
        fields["with"] = random.sample([other for other in UNITS if other != unit], 2)
    if random.random() < 0.05:
        fields["key"] = True
    return fields


def bulk(additions: int, closings: int, seed: int = 1) -> Iterator[Operation]:
    """So many additions over the ten years before `TODAY`, then closings of the first of them."""
    random = Random(seed)
    begins = [TODAY - timedelta(days=3650 - 3600 * number // additions) for number in range(additions)]
    for number, begin in enumerate(begins):
        yield _addition(random, f"t{number}", begin, begin + timedelta(days=random.randint(3, 60)))
    for number in range(closings):
        day = min(TODAY, begins[number] + timedelta(days=random.randint(1, 60)))
        yield {"op": "close", "task": f"t{number}", "on": _iso(day)}


def _iso(day: date) -> str:
    return day.isoformat()


def write(path: Path, operations: Iterable[Operation]) -> Path:
    """Write a batch file, and give back its path."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(operation, ensure_ascii=False) + "\n" for operation in operations)
    return path
