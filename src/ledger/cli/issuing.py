"""What is frozen of a report when it is issued, and how a copy of it is made."""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from ledger.base.errors import BadValue
from ledger.base.formats import FORMATS, Format
from ledger.base.text import fold_width, quote
from ledger.cli.asked import Asked, Made
from ledger.cli.context import View
from ledger.cli.issue import Sending, document_number, sent
from ledger.dates.period import Kind
from ledger.model.publication import KINDS, Publication
from ledger.render.json_text import dump
from ledger.reports.frozen import freeze, thaw
from ledger.reports.publications import imprint
from ledger.reports.report import Report
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.publications import publications
from ledger.store.reader import Reader

_TEMPLATE = "template"
"""Under what the content has the office's own template."""


def kind_named(text: str) -> str:
    """What can be issued, by the command's word, the office's or the report's title. Raises `BadValue`."""
    typed = fold_width(text).strip().lower()
    if titled := next((kind for kind, title in KINDS.items() if typed in (kind, title)), ""):
        return titled
    from ledger.cli.app import Root

    if (found := next((one.name for one in Root.table if one.alias == typed), "")) in KINDS:
        return found
    raise BadValue(f"不能印发{quote(text, 30)}", f"可印发的有 {'、'.join(KINDS)}")


def document(reader: Reader, kind: str, typed: str | None, corrects: int | None, today: date) -> str | None:
    """The 文号 of what is issued; that of a bulletin is the next of its year (期号), of one that corrects another the
    same. Raises `BadValue`."""
    if typed is not None or kind != "bulletin":
        return document_number(typed)
    issued = [one for one in publications(reader) if one.kind == kind]
    if corrected := next((one for one in issued if one.number == corrects), None):
        return corrected.document
    of_year = [one for one in issued if one.on[:4] == str(today.year) and one.corrects is None]
    return f"第{len(of_year) + 1}期"


def frozen(
    view: View, kind: str, period: str | None, sending: Sending, full: bool, templates: Path | None = None
) -> tuple[str, Any]:
    """The label of the period, and what is frozen of a report: what programs get of it, and what people do, once for
    all formats that show the same; and the office's own template, where its documents are set in one."""
    alike: dict[tuple[object, ...], int] = {}
    reports: list[Any] = []
    formats: dict[str, int] = {}
    label, value = "", None
    for format in FORMATS.values():
        place = alike.get(_traits(format))
        if place is None:
            place = alike[_traits(format)] = len(reports)
            made = _made(kind, view, _asked(period, full, format.name))
            issue = sending.bearing(format.name).issue(format.name, view.today, view.rules)
            laid_out = sent(made.report(), issue, Scope())
            reports.append(freeze(laid_out))
            label, value = made.label(view.today), made.value() if format.figures else value
        formats[format.name] = place
    own = {} if templates is None else _own(templates, laid_out)
    return label, {"value": _plain(value), "reports": reports, "formats": formats, **own}


def _own(templates: Path, report: Report) -> dict[str, str]:
    from ledger.render.document_files import own

    found = own(templates, report)
    return {_TEMPLATE: b64encode(found).decode()} if found else {}


def _traits(format: Format) -> tuple[object, ...]:
    """What a report differs by."""
    return format.place == "file", format.whole, format.figures, format.issue, format.document, format.opens


def _asked(period: str | None, full: bool, format: str) -> Asked:
    return Asked(period, Scope(), full, format, False, False, None, None, None, None, None)


def _made(kind: str, view: View, asked: Asked) -> Made:
    """The report, as its own command makes it."""
    from ledger.cli import bulletin, overdue, periods, ranking

    makers = {"overdue": overdue.made, "rank": ranking.made, "bulletin": bulletin.made}
    make = makers[kind] if kind in makers else partial(periods.made, Kind(kind))
    (found,) = make(view, asked)
    return found


def _plain(value: object) -> Any:
    text: list[str] = []
    dump(value, text.append)
    return json.loads("".join(text))


def copy_of(content: Any, publication: Publication, format: str, zone: tzinfo, *, restyled: bool = False) -> Report:
    """The report as it was issued, in a format, with its imprint, and in the template of then unless it is `restyled`.
    Raises `BadValue` for a format that the program which issued it did not know."""
    if format not in content["formats"]:
        raise BadValue(f"第{publication.number}号印发时还没有 {format} 格式", "请换一种格式,如 -f json")
    report: Report = thaw(content["reports"][content["formats"][format]])
    template = None if restyled else b64decode(content.get(_TEMPLATE, ""))
    return replace(report, imprint=imprint(publication, zone), template=template)


def value_of(content: Any, publication: Publication) -> dict[str, Any]:
    """The same for programs: what became of it since is no part of a copy, but of the list of what was issued."""
    value = content["value"] if isinstance(content["value"], dict) else {"tasks": content["value"]}
    said = publication._asdict()
    return {**value, "publication": {name: said[name] for name in said if name not in ("withdrawn", "corrected_by")}}


def opened_then(
    view: View, publication: Publication, figure: str, units: Sequence[str], format: str, zone: tzinfo
) -> Made:
    """A figure of an issued report opened, of some units where they are named: in the ledger as it was then. Raises
    `BadValue` for a list, which has no figures."""
    from ledger.cli.drilling import opened
    from ledger.cli.scoping import scope_of
    from ledger.dates.period import parse_any_period
    from ledger.store.past import recall_to

    if publication.kind == "overdue":
        raise BadValue(f"第{publication.number}号印发是逾期清单,没有统计数字", "清单里的每一行就是一件事项")
    today = date.fromisoformat(publication.on)
    moment = datetime.fromisoformat(publication.at).astimezone(zone).isoformat()
    with closing(recall_to(view.reader, publication.seq)) as reader:
        rules = queries.rules(reader)
        scope = scope_of(reader, rules, units)
        if publication.kind == "rank":
            scope = scope._replace(given_out_by=today)
        then = View(reader, rules, today, moment)
        return opened(then, parse_any_period(publication.period, today), scope, figure, format)
