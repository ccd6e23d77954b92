"""The names that a template may use, and what they stand for in a report.

Texts are XML already, escaped; `docs/templates.md` has the list of names for those who write templates.
"""

from typing import Any, NamedTuple

from markupsafe import Markup

from ledger.base.lines import title_lines
from ledger.dates.day import long_day
from ledger.dates.period import Period
from ledger.render.cells import FULL_WIDTH, told, words
from ledger.render.document_files import template_of
from ledger.render.document_imprint import imprint
from ledger.render.document_sheet import fits_upright, sheet
from ledger.render.document_table import ACROSS, BREAK, UPRIGHT, Styles, formal, said, tables
from ledger.render.document_templates import DOCUMENTS, GROUPS, LIST, PAGES, SECTIONS
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.report import Masthead, Report, Section
from ledger.reports.sentences import BY_RATES, following, named, nil_units, opening, problem_lines

FIGURES = {
    "opening": "期初在办",
    "added": "本期新增",
    "reopened": "本期恢复",
    "closed": "本期销号",
    "cancelled": "本期撤销",
    "closing": "期末在办",
    "carried": "结转",
    "due": "到期",
    "obligation": "应销号",
    "met": "应销已销",
    "on_time": "按期销号",
    "late": "超期销号",
    "overdue": "逾期在办",
}
"""What a template calls the figures, under 数字; with the rates 销号率 and 按期率."""

FORMER = {"统计截至": "截至", "零报告": "未报送", "未销号清单": "到期未销号清单"}
"""Names that templates of before may use → what they are called now."""

_LONG_NAME = 28
"""Cells of a line of a long name of a bulletin, in 30 pt."""

_UNNUMBERED = "第　　期"
"""The number of a bulletin that is not published yet."""

_TITLE_CELL = 220
"""Twips of a display cell of the title: half a character of 22 pt."""

_ANNEXED = ("undone", "not_due")
_PAUSES = str.maketrans(",;", "，；")
_FORMAL = {**FULL_WIDTH, **_PAUSES}


class Paper(NamedTuple):
    """The line of the template's page in twips, `upright` and `across`, and whether it has a place for the sheet."""

    upright: int
    across: int
    sheet: bool


def words_of(report: Report, styles: Styles, paper: Paper) -> tuple[dict[str, Any], bool]:
    """Every name with its value, and whether the tables fit an upright page (those of a plain list and of a sheet; the
    others stand where their template has them)."""
    made, upright = _tables(report, styles, paper)
    sections = [_section(one, xml) for one, xml in zip(report.sections, made, strict=True)]
    issue, masthead = report.issue, report.masthead or Masthead("")
    period = long_day(report.span.start) if report.span and report.span.kind == "day" else report.period
    period = period.translate(FULL_WIDTH)
    values = {
        "标题": DOCUMENTS[report.kind].title.format(period) if report.kind in DOCUMENTS else report.title,
        "台账": report.ledger.translate(FULL_WIDTH),
        "题名": report.subject.translate(FULL_WIDTH),
        "时段": period,
        "截至": report.moment.translate(FULL_WIDTH),
        "文号": issue.number or "",
        "署名": issue.office or "",
        "成文日期": long_day(issue.day) if issue.day else "",
        "期号": issue.number or _UNNUMBERED,
    }
    line = paper.upright if upright else paper.across
    found = {
        **{name: _text(value) for name, value in values.items()},
        "题目": _title(report, period, line // _TITLE_CELL),
        "总表": Markup(_sheet(report, upright, styles, paper)),  # noqa: S704 - made of escaped texts
        "版记": Markup(imprint(issue, styles, line, masthead.reported_to)),  # noqa: S704 - likewise
        "版记横": Markup(imprint(issue, styles, ACROSS)),  # noqa: S704 - likewise
        "简报名称": _broken(masthead.name.translate(FULL_WIDTH)),
        "草稿": report.masthead is not None and issue.number is None,
        "摘要": [_text(told(line)) for line in report.lines],
        **dict.fromkeys(SECTIONS.values(), _NOTHING),
        **{
            SECTIONS[one.name]: told_of
            for one, told_of in zip(report.sections, sections, strict=True)
            if one.name in SECTIONS
        },
        GROUPS: [told_of for one, told_of in zip(report.sections, sections, strict=True) if one.name == "by_group"],
        "各节": sections,
        PAGES: [{name: _lines(text) for name, text in page.items()} for page in report.pages],
        **_spoken(report),
    }
    return found | {former: found[name] for former, name in FORMER.items()}, upright


def _text(words: str) -> Markup:
    return Markup(said(words))  # noqa: S704 - escaped there


def _lines(text: str) -> Markup:
    return Markup(BREAK.join(map(said, text.split("\n"))))  # noqa: S704 - escaped there


def _title(report: Report, period: str, cells: int) -> Markup:
    """The whole title of the document in lines of like length."""
    subject = report.subject.translate(FULL_WIDTH)
    if report.kind not in DOCUMENTS:
        parts = [report.title]
    else:
        document = DOCUMENTS[report.kind]
        whole, kind = document.title.format(period), document.title.format("")
        parts = [document.lead + subject, *([period, kind] if period + kind == whole else [whole])]
    return Markup(BREAK.join(map(said, title_lines([part for part in parts if part], cells))))  # noqa: S704 - escaped


def _broken(name: str) -> Markup:
    """The name of a bulletin, one too long for a line in two alike."""
    return Markup(BREAK.join(map(said, title_lines([name], _LONG_NAME))))  # noqa: S704 - escaped


def _sheet(report: Report, upright: bool, styles: Styles, paper: Paper) -> str:
    if report.sheet is None or not paper.sheet:
        return ""
    return sheet(report.sheet, paper.upright if upright else paper.across, formal(report.today), styles)


def _tables(report: Report, styles: Styles, paper: Paper) -> tuple[list[str], bool]:
    """The tables of the sections; the annex (到期未销号清单) is across, and so is a list or sheet that is too wide."""
    day = formal(report.today)
    if report.sheet is not None and paper.sheet:
        upright = fits_upright(report.sheet, paper.upright, day)
        return tables(report.sections, paper.upright if upright else paper.across, day, styles)[0], upright
    if template_of(report) == LIST:
        found, fits = tables(report.sections, UPRIGHT, day, styles)
        return (found, True) if fits else (tables(report.sections, ACROSS, day, styles)[0], False)
    annex = [one for one in report.sections if one.name in _ANNEXED]
    body = [one for one in report.sections if one.name not in _ANNEXED]
    made = iter(tables(body, UPRIGHT, day, styles)[0])
    wide = iter(tables(annex, ACROSS, day, styles)[0])
    return [next(wide if one.name in _ANNEXED else made) for one in report.sections], True


def _section(section: Section, table: str) -> dict[str, Any]:
    return {
        "标题": _text(section.heading.translate(FULL_WIDTH)),
        "名称": _text(section.title.translate(FULL_WIDTH)),
        "件数": section.number_of_all,
        "表": Markup(table),  # noqa: S704 - made of escaped texts
        "空": _text(f"{section.empty}。"),
        "段": [_text(text) for text in section.paragraphs] if section.prose else [],
    }


_NOTHING = _section(Section("", (), []), "")


def _spoken(report: Report) -> dict[str, Any]:
    """What only a report of a period has to say; without one nothing."""
    figures, period = report.figures, report.span
    if figures is None or period is None:
        nothing = dict.fromkeys(("本期", "下期", "排名办法", "单位说明"), "")
        return nothing | {"总体情况": [], "突出问题": [], "数字": _figures(Figures())}
    found: dict[str, Any] = {
        "本期": _text(named(period)),
        "下期": _text(following(period)),
        "排名办法": _text(BY_RATES if report.method is None else report.method[0].translate(_FORMAL)),
        "单位说明": _text(_ranked_within(report) + _not_ranked(report, figures, period)),
        "总体情况": [_text(line) for line in (*opening(figures.totals, period, report.today), *_told_besides(report))],
        "突出问题": _problems(report),
        "数字": _figures(figures.totals),
    }
    if all(name is None for name, _ in figures.by_activity):
        found["分活动情况"] = _NOTHING
    if period.start > report.today or figures.totals.idle:
        found["走势"] = _NOTHING
    return found


def _ranked_within(report: Report) -> str:
    """That the units of a circular are ranked within groups, if they are."""
    columns = (column for one in report.sections if one.name == "ranking" for column in one.columns)
    return next((f"名次按{column.title}分别排列。" for column in columns if column.name == "group"), "")


def _not_ranked(report: Report, figures: PeriodFigures, period: Period) -> str:
    """The units without any task, or without a place."""
    return nil_units(figures, report.kind, period) if report.method is None else report.method[1].translate(_FORMAL)


def _told_besides(report: Report) -> list[str]:
    """What is said above the tables of a period beside its figures: who combed the week, which days are compared."""
    if report.kind == "rank":
        return []
    said = ("；".join("".join(map(str, group)) for group in line) for line in report.summary)
    return [f"{text.translate(FULL_WIDTH).translate(_PAUSES)}。" for text in said]


def _figures(totals: Figures) -> dict[str, Any]:
    rates = {"销号率": totals.completion, "按期率": totals.timeliness}
    return {word: getattr(totals, name) for name, word in FIGURES.items()} | {
        word: _text(str(rate).translate(FULL_WIDTH)) for word, rate in rates.items()
    }


def _raised(one: dict[str, str]) -> str:
    """On which day a problem was raised and, where it is told, for how long it has been open."""
    return f"{one['since']}提出" + (f"，已有{one['days_open']}天" if "days_open" in one else "")


def _problems(report: Report) -> list[Markup]:
    """The problems as sentences, out of the section's rows."""
    day = formal(report.today)
    found = [
        {column.name: words(cell, day) for column, cell in zip(one.columns, row, strict=True)}
        for one in report.sections
        if one.name == "problems"
        for row in one.rows
    ]
    lines = problem_lines([(f"{one['title']}：{one['problem']}", one["unit"], _raised(one)) for one in found])
    return [_text(line) for line in lines]
