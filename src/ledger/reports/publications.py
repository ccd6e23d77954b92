"""The issued reports as a list, and what is said of one: at the foot of a copy, and in a later report."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from ledger.dates.day import month_day
from ledger.model.entry import Changes
from ledger.model.publication import KINDS, Publication
from ledger.model.rules import Rules
from ledger.reports.present import counted, moment_of
from ledger.reports.report import Column, Report, Section

_COLUMNS = (
    Column("印发号", "number"),
    Column("文号", "name"),
    Column("报表", "name"),
    Column("时段", "code"),
    Column("印发时刻", "code"),
    Column("印发人", "name"),
    Column("状态"),
)


def publications_report(
    found: Sequence[Publication], today: date, rules: Rules, as_of: str | None, zone: tzinfo
) -> Report:
    """Each with what became of it."""
    rows = [
        (
            one.number,
            one.document,
            KINDS[one.kind],
            one.period,
            f"{datetime.fromisoformat(one.at).astimezone(zone):%Y-%m-%d %H:%M}",
            one.actor,
            _state(one),
        )
        for one in found
    ]
    section = Section("", _COLUMNS, [*rows])
    return Report("印发清单", rules.name, moment_of(today, as_of), today, "", counted(len(rows), "份"), [section])


def _state(one: Publication) -> str:
    said = [f"更正第{one.corrects}号"] if one.corrects else []
    if one.withdrawn is not None:
        said.append(f"已撤回:{one.withdrawn}")
    elif one.corrected_by is not None:
        said.append(f"已由第{one.corrected_by}号更正")
    return "、".join(said) or "有效"


def words(changes: Changes) -> list[str]:
    """What an entry that issues or withdraws says, without what it froze."""
    told = {name: after for name, (_, after) in changes.items()}
    said = [f"第{told['number']}号"]
    if "kind" in told:
        said = [f"{KINDS[told['kind']]} {told['period']}", *said, *filter(None, [told.get("document")])]
        said += [f"更正第{told['corrects']}号"] if "corrects" in told else []
        said.append(f"校验码 {told['digest'][:12]}…")
    return said


def imprint(publication: Publication, zone: tzinfo) -> tuple[str, ...]:
    """What a copy bears at its foot: which it is, the anchor, and the hash of its content (校验码)."""
    moment = f"{datetime.fromisoformat(publication.at).astimezone(zone):%Y-%m-%d %H:%M}"
    corrects = f",更正第{publication.corrects}号印发" if publication.corrects else ""
    return (
        f"印发第{publication.number}号{_document(publication)} {moment} {publication.actor}{corrects}",
        f"锚点 {publication.seq}:{publication.head}:{publication.root}",
        f"校验码 {publication.digest}",
    )


def _document(publication: Publication) -> str:
    return f" {publication.document}" if publication.document else ""


def notice(publication: Publication, changed: int) -> str:
    """That a report was issued, and what came since."""
    day = datetime.fromisoformat(publication.on).date()
    since = f"此后有{changed}条记录涉及本期" if changed else "此后没有变动"
    return f"已于{month_day(day)}印发(第{publication.number}号{_document(publication)}),{since}"
