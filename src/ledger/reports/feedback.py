"""Who owes a report (未报送): since which due day, and how many came late or not at all (迟报、漏报)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger.model.feedback import WORDS, Owing
from ledger.model.rules import Rules
from ledger.model.task import Task, task_object
from ledger.reports.report import Column, Row

DUE = Column("应报日期", "date", "owed_since")
COUNTS = tuple(Column(word, "number", f"report_{kind}") for kind, word in WORDS.items())


def owed_object(task: Task, owing: Owing, today: date, rules: Rules) -> dict[str, Any]:
    """The task object with what it owes."""
    return task_object(task, today, rules.thresholds) | owing_object(owing)


def owing_object(owing: Owing) -> dict[str, Any]:
    return {"owed": {"since": owing.since, "late": owing.late, "missing": owing.missing}}


def missed_words(owing: Owing) -> str:
    """迟报1次、漏报2次."""
    counts: Mapping[str, int] = {word: getattr(owing, kind) for kind, word in WORDS.items()}
    return "、".join(f"{word}{count}次" for word, count in counts.items() if count)


def nil_columns(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of 未报送 in a period's report where reports are owed: by when, and how often they are."""
    *named, due = columns
    return (*named, due._replace(title=DUE.title), Column("说明", name="owed"))


def owed_rows(found: Sequence[tuple[Task, Owing]]) -> list[Row]:
    """The rows of that section: 「综合组 建设项目 11月6日 每周五;漏报2次」."""
    said = ((task, owing, ";".join(filter(None, (task.feedback, missed_words(owing))))) for task, owing in found)
    return [(task.unit, task.title, owing.since, words) for task, owing, words in said]
