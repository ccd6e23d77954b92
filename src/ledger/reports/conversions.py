"""What the deadlines in words of an imported sheet became, for the clerk to look over."""

from collections.abc import Sequence
from datetime import date

from ledger.model.rules import Rules
from ledger.reports.columns import column
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Report, Section

Row = tuple[int | str, str, str, str, str, str]
"""Line in the sheet (where it stands, of several), code, title, the words, their meaning, remarks."""

_COLUMNS = (
    Column("行", "number"),
    column("code", "code"),
    column("title"),
    Column("原文", "name"),
    Column("换算为", "name"),
    Column("说明", "text"),
)


def conversion_report(found: Sequence[Row], today: date, rules: Rules) -> Report:
    """Every conversion, in the order of the sheet."""
    section = Section("", _COLUMNS, [tuple(row) for row in found])
    summary = ((("时限以文字写明的", len(found), "行,请核对"),),)
    return Report("时限换算一览", rules.name, moment_of(today, None), today, summary=summary, sections=[section])
