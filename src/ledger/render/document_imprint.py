"""What ends a document on its last page (版记, GB/T 9704): who gets a copy, and which office printed it when."""

from collections.abc import Iterator

from ledger.base.lines import ended
from ledger.dates.day import long_day
from ledger.render.document_table import CLOSED, Styles, said
from ledger.reports.report import Issue

_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
    for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
)
"""0.35 mm above and below, 0.25 mm between; in eighths of a point."""

_AT_THE_FOOT = '<w:tblpPr w:horzAnchor="margin" w:vertAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'


def imprint(issue: Issue, styles: Styles, line: int, reported_to: str | None = None) -> str:
    """The table at the foot of a page whose line has so many twips; empty where the ledger has no such settings. A
    bulletin, which names its office and day at its head, says first whom it is `reported_to` (报送)."""
    if not (issue.copies or issue.printer or reported_to):
        return ""
    told = (("报送", reported_to), ("抄送", issue.copies))
    rows = [[f"{word}：{ended(names)}"] for word, names in told if names]
    printer = issue.printer or (None if reported_to else issue.office)
    if printer:
        rows.append([printer, f"{long_day(issue.day)}印发" if issue.day else ""])
    half = line // 2
    grid = f'<w:gridCol w:w="{half}"/>' * 2
    return (
        f'<w:tbl><w:tblPr>{_AT_THE_FOOT}<w:tblW w:w="{2 * half}" w:type="dxa"/><w:tblBorders>{_RULES}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(_row(row, half, styles) for row in rows)}</w:tbl>"
    )


def _row(texts: list[str], half: int, styles: Styles) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(_cells(texts, half, styles))}</w:tr>"


def _cells(texts: list[str], half: int, styles: Styles) -> Iterator[str]:
    """One text over the whole line, or two, the second to the right."""
    found = styles.get("版记")
    style = f'<w:pStyle w:val="{found}"/>' if found else ""
    span = '<w:gridSpan w:val="2"/>' if len(texts) == 1 else ""
    wide = 2 * half if span else half
    for at, text in enumerate(texts):
        side = '<w:jc w:val="right"/>' if at else ""
        yield f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}</w:tcPr><w:p><w:pPr>{style}{side}</w:pPr>'
        yield f'<w:r><w:t xml:space="preserve">{said(text)}{CLOSED}'
