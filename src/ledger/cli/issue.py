"""What a report bears when it is sent out as a document: 文号, date of issue, 署名, and the template it is set in."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ledger.base.errors import BadValue, NotFound, opening
from ledger.base.formats import BEARING, DOCUMENTS, FORMATS
from ledger.base.text import clean, fold_width, quote
from ledger.model.rules import Rules
from ledger.reports.report import Issue, Report
from ledger.store.counts import Scope

_YEAR = re.compile(r"[\[【〔(（［]\s*([0-9]{4})\s*[\]】〕)）］]")


class Sending(NamedTuple):
    """The options as typed, None where they were not."""

    number: str | None = None
    issued: str | None = None
    office: str | None = None
    template: Path | None = None

    def bearing(self, format: str) -> "Sending":
        """What of them shows in a format."""
        return self if FORMATS[format].issue else Sending()

    def issue(self, format: str, today: date, rules: Rules) -> Issue:
        """What they mean in a format; what is sent out is dated and signed as the ledger has it, a document ended too.
        An option that would show nowhere is refused, not left out in silence: `BadValue`; `NotFound` without the
        template."""
        for name, value in self._asdict().items():
            bearing = BEARING if name != "template" else DOCUMENTS
            if value is not None and format not in bearing:
                raise BadValue(f"--{name} 只用于 {'、'.join(bearing)},这里的格式是 {format}", "请加上 -f docx -o 文件")
        if self.template is not None:
            with opening(self.template):
                is_there = self.template.exists()
            if not is_there:
                raise NotFound(
                    f"没有模板{quote(str(self.template))}", "请核对路径,或用 ledger config template 取出自带的"
                )
        number, day, office = (
            document_number(self.number),
            _day(self.issued, today),
            self.office and clean(self.office, "署名"),
        )
        if not FORMATS[format].issue:
            return Issue()
        ending = (rules.copies, rules.printer) if FORMATS[format].document else ()
        return Issue(number, day or today, office or rules.office, *ending)


def document_number(text: str | None) -> str | None:
    """The year of a 文号 stands in 〔〕 (GB/T 9704), however it was typed."""
    return text and _YEAR.sub(r"〔\1〕", clean(text, "文号"))


def _day(text: str | None, today: date) -> date | None:
    from ledger.dates.deadline import parse_day

    return parse_day(text, today, today.year) if text else None


def sent(report: Report, issue: Issue, scope: Scope) -> Report:
    """The report bearing its issue, and saying what it is restricted to."""
    if report.masthead is not None and issue.number is not None:
        issue = issue._replace(number=_of_bulletin(issue.number))
    return replace(restricted(report, scope), issue=issue)


def _of_bulletin(number: str) -> str:
    """The number of a bulletin (期号) as it is printed. Raises `BadValue`."""
    folded = fold_width(number).strip()
    if folded.isascii() and folded.isdigit():
        return f"第{int(folded)}期"
    if "期" not in number:
        raise BadValue(f"简报的期号{quote(number)}不对", "请写第几期的数字,如 --number 3,或 2013年第3期")
    return number


def restricted(report: Report, scope: Scope) -> Report:
    """The report with its ledger named together with what it is restricted to: whoever reads it must not take it for
    the whole."""
    of = "、".join(scope.words)
    return replace(report, ledger=f"{report.ledger}({of})") if of else report
