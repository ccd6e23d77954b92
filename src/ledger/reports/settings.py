"""The settings and the units, laid out for people."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from ledger.base import settings as own
from ledger.model import rules as ledgers
from ledger.model.rules import GroupSet, Rules
from ledger.reports.present import counted, moment_of
from ledger.reports.report import Column, Report, Section
from ledger.store import queries
from ledger.store.conditions import GIVEN_OUT, IN_HAND
from ledger.store.reader import Reader


def settings_report(values: Mapping[str, object], today: date) -> Report:
    """All settings, the user's own first; those of the ledger only when `values` has them."""
    columns = (Column("设置", "code"), Column("名称", "name"), Column("值"))
    labels = own.LABELS | ledgers.LABELS
    rows = [(name, labels[name], settled(name, value)) for name, value in values.items()]
    mine = [row for row in rows if row[0] in own.LABELS]
    shared = [row for row in rows if row[0] not in own.LABELS]
    sections = [Section("用户自己的设置", columns, [*mine]), Section("台账的设置", columns, [*shared], "没有台账")]
    return Report("设置", str(values.get("name") or ""), moment_of(today, None), today, sections=sections)


def holidays_report(found: Sequence[tuple[date, str]], today: date, rules: Rules) -> Report:
    """The office's own table of days."""
    columns = (Column("日期", "date"), Column("休/班", "name"))
    section = Section("", columns, [*found])
    return Report("节假日表", rules.name, moment_of(today, None), today, "", counted(len(found), "天"), [section])


def mappings_report(found: Mapping[str, Sequence[str]], today: date, rules: Rules) -> Report:
    """The saved mappings of sheets' columns: name → its texts 列名=字段."""
    columns = (Column("名称", "name"), Column("列名=字段"))
    section = Section("", columns, [(name, "、".join(texts)) for name, texts in found.items()])
    return Report("列对应", rules.name, moment_of(today, None), today, "", counted(len(found), "种"), [section])


def groups_report(sets: Sequence[GroupSet], today: date, rules: Rules) -> Report:
    """Each set of groups by itself, its groups in order with the leader and the units."""
    columns = (Column("分组", "name"), Column("联系领导", "name"), Column("单位数", "number"), Column("单位"))
    sections = [
        Section(
            one.name,
            columns,
            [(group.name, group.leader, len(group.units), "、".join(group.units)) for group in one.groups],
            count=len(one.groups),
        )
        for one in sets
    ]
    nothing = Section("", columns, [], "没有分组,用 ledger config groups set 设定")
    return Report("单位分组", rules.name, moment_of(today, None), today, sections=sections or [nothing])


def views_report(found: Mapping[str, str], today: date) -> Report:
    """The user's saved lists: name → the options of `list`."""
    section = Section("", (Column("名称", "name"), Column("条件")), [*found.items()])
    return Report("常用清单", "用户设置", moment_of(today, None), today, "", counted(len(found), "种"), [section])


def limits_report(found: Mapping[str, str], today: date, rules: Rules) -> Report:
    """The usual deadlines: kind of source → deadline."""
    section = Section("", (Column("任务来源", "name"), Column("规定时限")), [*found.items()])
    return Report("规定时限", rules.name, moment_of(today, None), today, "", counted(len(found), "种"), [section])


def own_column_counts(reader: Reader, rules: Rules) -> list[tuple[str, int]]:
    """Each of the office's own columns in order, and how many tasks have a value in it."""
    held = Counter(
        name for (text,) in reader.rows("SELECT t.own FROM task t WHERE t.own <> '{}'") for name in json.loads(text)
    )
    return [(name, held[name]) for name in rules.columns]


def columns_report(found: Sequence[tuple[str, int]], today: date, rules: Rules) -> Report:
    columns = (Column("次序", "number"), Column("列名"), Column("已填事项", "number"))
    rows = [(place, *row) for place, row in enumerate(found, start=1)]
    section = Section("", columns, [*rows])
    return Report("自定列", rules.name, moment_of(today, None), today, "", counted(len(found), "列"), [section])


def settled(name: str, value: object) -> str:
    """The value of that setting in the office's words."""
    if name in own.LABELS:
        return own.word_of(name, None if value is None else str(value)) or ""
    return f"{value} 天" if name == "holidays" else ledgers.word_of(name, value) or words_of(value)


def words_of(value: object) -> str:
    """The value of a setting as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "、".join(
            f"{name} {days if isinstance(days, str) else ' 至 '.join(map(str, days))}" for name, days in value.items()
        )
    return "、".join(value) if isinstance(value, list) else "" if value is None else str(value)


def unit_counts(reader: Reader, rules: Rules, today: date) -> list[tuple[str, int, int]]:
    """Every unit that leads any task, in display order: name, tasks it was given by today, those still in hand."""
    found = reader.rows(
        f"SELECT t.unit, count(*) FILTER (WHERE {GIVEN_OUT}), count(*) FILTER (WHERE {IN_HAND}) "
        "FROM task t GROUP BY t.unit",
        {"today": today},
    )
    counts = {name: (tasks, in_hand) for name, tasks, in_hand in found}
    return [(name, *counts[name]) for name in queries.units(reader, rules.units)]


def units_report(found: Sequence[tuple[str, int, int]], today: date, rules: Rules) -> Report:
    columns = (Column("次序", "number"), Column("单位"), Column("牵头事项", "number"), Column("在办", "number"))
    rows = [(place, *row) for place, row in enumerate(found, start=1)]
    return Report("单位", rules.name, moment_of(today, None), today, sections=[Section("", columns, [*rows])])
