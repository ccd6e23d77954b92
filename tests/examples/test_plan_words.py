"""The 2013 plan with its deadlines in words alone: they give the dates that the plan's own two columns have."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Clerk

PLAN = Path(__file__).parents[2] / "examples" / "plan-2013" / "plan.csv"
DATES = ("开始日期", "截止日期")
UNDATED = ("适时", "即时", "定期")
STAGES = {"推进实施": ("3月初", "11月底"), "总结提升": ("12月初", "12月底"), "全程": ("3月初", "12月底")}

with PLAN.open(encoding="utf-8-sig", newline="") as opened:
    ROWS = list(csv.DictReader(opened))
DATED = [row for row in ROWS if row["完成时限"] not in UNDATED and not row["完成时限"].startswith("每")]
RECURRING = [row for row in ROWS if row["完成时限"].startswith("每")]

Tell = Callable[..., Any]


@pytest.fixture
def tell(clerk: Clerk, tmp_path: Path) -> Tell:
    """The plan taken in from its words; then what a reading command tells."""
    where = ("--db", str(tmp_path / "ledger.db"), "--today", "2013-02-01")
    words = io.StringIO()
    sheet = csv.DictWriter(words, [name for name in ROWS[0] if name not in DATES])
    sheet.writeheader()
    sheet.writerows({name: value for name, value in row.items() if name not in DATES} for row in ROWS)
    (tmp_path / "words.csv").write_text(words.getvalue(), "utf-8")
    assert clerk(*where, "init").code == 0
    for stage, (start, end) in STAGES.items():
        assert clerk(*where, "config", "stage", stage, "--start", start, "--end", end).code == 0
    report = ("--report", str(tmp_path / "report.csv"))
    done = clerk(*where, "import", str(tmp_path / "words.csv"), "--year", "2013", *report)
    assert (done.code, done.out) == (0, f"已导入 {len(ROWS)} 件事项\n")
    return lambda *command: json.loads(clerk(*where, *command, "--format", "json").out)


def test_every_dated_row_has_the_dates_of_the_columns(tell: Tell) -> None:
    found = {task["code"]: task for task in tell("list", "--ahead", "--status", "all")}
    told = {row["编号"]: (found[row["编号"]]["start_on"], found[row["编号"]]["due_on"]) for row in DATED}
    assert told == {row["编号"]: (row["开始日期"], row["截止日期"]) for row in DATED}
    assert len(told) > 30
    assert all(found[row["编号"]]["due_text"] == row["完成时限"] for row in DATED)


def test_recurring_rows_are_series_between_the_two_dates(tell: Tell) -> None:
    found = tell("series", "list")
    assert [(one["title"], one["due_text"], one["start_on"], one["end_on"]) for one in found] == [
        (row["工作任务"], row["完成时限"], row["开始日期"], row["截止日期"]) for row in RECURRING
    ]
    assert len(found) >= 2


def test_the_last_quarter_ends_with_the_stage(tell: Tell) -> None:
    (quarterly,) = (one["id"] for one in tell("series", "list") if "主任会议" in one["title"])
    due = [task["due_on"] for task in tell("series", "show", str(quarterly))["tasks"]]
    assert due == ["2013-03-31", "2013-06-30", "2013-09-30", "2013-11-30"]


@pytest.mark.parametrize("words", UNDATED)
def test_words_without_a_day_give_no_deadline(tell: Tell, words: str) -> None:
    found = {task["code"]: task for task in tell("list", "--ahead", "--undated")}
    rows = [row["编号"] for row in ROWS if row["完成时限"] == words]
    assert rows
    assert [found[code]["due_on"] for code in rows] == [None] * len(rows)


def test_the_report_names_every_row(tell: Tell, tmp_path: Path) -> None:
    lines = list(csv.reader((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()))
    at = next(place for place, line in enumerate(lines) if "原文" in line)
    column = lines[at].index("原文")
    told = [line[column] for line in lines[at + 1 :] if len(line) > column]
    assert told == [row["完成时限"] for row in ROWS]


def test_the_report_is_a_table_without_a_file(clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("工作任务,牵头单位,完成时限\n方案,综合组,3月上中旬\n", "utf-8")
    done = clerk("--db", str(tmp_path / "other.db"), "import", str(tmp_path / "one.csv"), "--year", "2013")
    assert done.code == 0
    assert "时限换算一览" in done.out
    assert f"2013年{date(2013, 3, 20):%-m月%-d日}" in done.out
