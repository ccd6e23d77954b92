"""Evaluations (满意度评价) as a list of their own: of a period, of one unit or one task."""

from collections.abc import Sequence
from datetime import date

from ledger.model.rules import Rules
from ledger.reports.present import moment_of
from ledger.reports.ratings import Rated, ratings_section
from ledger.reports.report import Report


def ratings_report(
    found: Sequence[Rated], today: date, rules: Rules, as_of: str | None, period: str, subject: str | None
) -> Report:
    """The evaluations of a period, or of one unit or task."""
    low = sum(one.is_below for one in found)
    total = ((("共", len(found), "次"), *(((f"低于{rules.satisfaction_floor}%", low, "次"),) if low else ())),)
    title = f"满意度评价  {subject}" if subject else "满意度评价"
    section = ratings_section(found, alone=True)
    return Report(title, rules.name, moment_of(today, as_of), today, period, total, [section])
