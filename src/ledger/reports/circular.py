"""The circular (通报) laid out: the ranking, the red and the black list, what is overdue, laggards with the cause."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from ledger.model.rules import Rules
from ledger.reports.columns import BRIEF, TaskColumns, column, figure_cells, figure_columns
from ledger.reports.figures import PeriodFigures, summed, unmet_word
from ledger.reports.places import Placed
from ledger.reports.present import moment_of
from ledger.reports.ranking import Ranking
from ledger.reports.report import GAP, Alarm, Column, Line, Report, Row, Section, Total

_FIGURES = {
    "obligation": "应销号", "met": "已销号", "completion": "销号率", "timeliness": "按期率", "late": "超期",
    "overdue": "逾期", "extended_tasks": "延期件数",
}  # fmt: skip
_FEW = {name: _FIGURES[name] for name in ("obligation", "completion", "late", "overdue")}
"""The figures that have room beside scores or causes."""
_NAMED = (Column("名次", "number", "place"), column("unit", "name"))
_SCORE = (Column("得分", "number", "score"), Column("计分件数", "number", "items"))
_SCORED = (_NAMED[0], Column("单位", "name", "unit"), *_SCORE)
_STREAK = Column("连续期数", "number", "streak")
_CAUSE = Column("原因", "text", "cause")


def ranking_report(ranking: Ranking, rules: Rules, shown: TaskColumns = BRIEF) -> Report:
    """The circular laid out: the ranking with its total, the two lists where there are any, the overdue tasks."""
    totals = ranking.totals
    sections = [
        Section("单位名次", _columns(ranking, _shown(ranking)), _rows(ranking), name="ranking"),
        *_lists(ranking),
    ]
    if ranking.groups:
        from ledger.reports.groups import group_sections

        tables = group_sections(ranking.groups, totals, _FIGURES)
        sections += (replace(one, figures=False) for one in tables)  # each on a sheet of its own, as the ranking
    sections.append(_overdue(ranking, rules, shown))
    summary: Line = (
        ("应销号", totals.obligation, "件"),
        ("已销号", totals.met, "件 销号率", totals.completion),
        (unmet_word(ranking.period, ranking.today), totals.obligation - totals.met, "件"),
        (Alarm("逾期", totals.overdue),),
    )
    return Report(
        "销号情况通报",
        ranking.ledger,
        moment_of(ranking.standing.day, ranking.as_of),
        ranking.standing.day,
        ranking.period.chinese,
        (summary, *_rule_line(ranking)),
        sections,
        "rank",
        PeriodFigures(totals, [(one.name, one.figures) for one in ranking.units], [], []),
        span=ranking.period,
        method=_method(ranking),
    )


def _columns(ranking: Ranking, figures: dict[str, str]) -> tuple[Column, ...]:
    named = _NAMED if ranking.scoring is None else _SCORED
    return (*_group_columns(ranking), *named, *figure_columns(figures))


def _shown(ranking: Ranking) -> dict[str, str]:
    return _FIGURES if ranking.scoring is None else _FEW


def _group_columns(ranking: Ranking) -> list[Column]:
    if ranking.within is None:
        return []
    from ledger.reports.groups import group_column

    return [group_column(ranking.within)]


def _rows(ranking: Ranking) -> list[Row]:
    """The units in order, each group of them with its subtotal, and the total."""
    rows: list[Row] = []
    unscored = () if ranking.scoring is None else (None,) * len(_SCORE)
    for group, units in groupby(ranking.units, key=lambda one: one.group):
        found = list(units)
        rows += (_row(ranking, one, _shown(ranking)) for one in found)
        if group is not None:
            subtotal = summed(one.figures for one in found)
            rows.append(Total((group, None, "小计", *unscored, *figure_cells(subtotal, _shown(ranking)))))
    if len(ranking.units) > 1:
        label = ("合计", None) if ranking.within is None else ("合计", None, None)
        rows.append(Total((*label, *unscored, *figure_cells(ranking.totals, _shown(ranking)))))
    return rows


def _row(ranking: Ranking, one: Placed, figures: dict[str, str]) -> Row:
    group = () if one.group is None else (one.group,)
    named = (*group, GAP if one.place is None else one.place, one.name)
    return (*named, *_score_cells(ranking, one), *figure_cells(one.figures, figures))


def _score_cells(ranking: Ranking, one: Placed) -> Row:
    if ranking.scoring is None:
        return ()
    from ledger.model.scoring import plain

    if one.score is None:
        return (GAP, GAP)
    return (GAP if one.score.total is None else plain(one.score.total), one.score.items)


def _lists(ranking: Ranking) -> Iterator[Section]:
    """The red and the black list, who is blamed with the cause; by a rule with the scores, instead of the figures, and
    for how many periods in a row each has stood there."""
    if not ranking.red and not ranking.black:
        return
    for name, title, units in (("red", "红榜", ranking.red), ("black", "黑榜", ranking.black)):
        told = name == "black" and bool(ranking.blamed)
        figures = {} if ranking.scoring else _FEW if told else _FIGURES
        columns, rows = _columns(ranking, figures), [_row(ranking, one, figures) for one in units]
        if ranking.scoring:
            periods: dict[str, int] = getattr(ranking.scoring.streaks, name)
            columns = (*columns, _STREAK)
            rows = [(*row, periods[one.name]) for row, one in zip(rows, units, strict=True)]
        if told:
            columns = (*columns, _CAUSE)
            rows = [(*row, _blamed(ranking, one)) for row, one in zip(rows, units, strict=True)]
        yield Section(title, columns, rows, name=name)


def _blamed(ranking: Ranking, one: Placed) -> str | None:
    if one.name not in ranking.blamed:
        return None
    task, cause = ranking.blamed[one.name]
    return f"{task.title}({cause.words})"


def _overdue(ranking: Ranking, rules: Rules, shown: TaskColumns) -> Section:
    """What is overdue, worst first, with the cause where one is known: beside the title, where it is read, for a
    column of its own would leave neither room on paper."""
    day, later = ranking.standing.day, ranking.standing.later
    rows: list[Row] = []
    for task in ranking.overdue:
        row, cause = shown.row(task, day, rules, 0, later.get(task.id)), ranking.causes.get(task.id)
        if cause is not None and shown is BRIEF:
            row = tuple(
                f"{cell}({cause.words})" if of.name == "title" else cell
                for of, cell in zip(shown.columns, row, strict=True)
            )
        rows.append(row)
    return Section("逾期事项", shown.columns, rows, name="overdue", count=len(rows))


def _rule_line(ranking: Ranking) -> tuple[Line, ...]:
    """By which rule the units are ranked, and who is not."""
    if ranking.scoring is None:
        return ()
    from ledger.model.scoring import told
    from ledger.reports.scoring import unplaced

    rule: Line = tuple((text,) for text in told(ranking.scoring.rule))
    return (rule, *(((text,),) for text in unplaced(ranking.scoring)))


def _method(ranking: Ranking) -> tuple[str, str] | None:
    """What a document says of it: how the units are ranked, and who is not."""
    if ranking.scoring is None:
        return None
    from ledger.model.scoring import UNNAMED, told
    from ledger.reports.scoring import unplaced

    name, *points = told(ranking.scoring.rule)
    named = name if "《" in name or name == UNNAMED else f"《{name}》"
    how = f"按{named}计分，从高到低排列，得分相同的名次并列（{'，'.join(points)}）。"
    return how, "".join(f"{text}。" for text in unplaced(ranking.scoring))
