"""What the deadlines in words and the cells of units of an imported sheet became, for the clerk to look over."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.model.rules import Rules
from ledger.reports.columns import column
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Line, Report, Section
from ledger.reports.units_read import UnitsRead, units_section


class Conversion(NamedTuple):
    """What a deadline in words became: the row's line (where it stands, of several sheets), the task, the words, the
    meaning, what to look at."""

    line: int | str
    code: str
    title: str
    words: str
    meaning: str
    remarks: str


_COLUMNS = (
    Column("行", "number"),
    column("code", "code"),
    column("title"),
    Column("原文", "name"),
    Column("换算为", "name"),
    Column("说明", "text"),
)


def conversion_section(found: Sequence[Conversion], title: str) -> Section:
    """Every conversion in the order of the sheet."""
    return Section(title, _COLUMNS, [tuple(row) for row in found])


def conversion_report(
    found: Sequence[Conversion], today: date, rules: Rules, units: Sequence[UnitsRead] = ()
) -> Report:
    """Every conversion in the order of the sheet, and below what cells of units were read as."""
    summary: list[Line] = []
    sections = []
    if found:
        summary.append((("时限以文字写明的", len(found), "行,请核对"),))
        sections.append(conversion_section(found, "时限换算" if units else ""))
    if units:
        summary.append((("单位没有照写读入的", len(units), "种写法,请核对"),))
        sections.append(units_section(units))
    title = "读法一览" if found and units else "单位读法一览" if units else "时限换算一览"
    return Report(title, rules.name, moment_of(today, None), today, summary=tuple(summary), sections=sections)
