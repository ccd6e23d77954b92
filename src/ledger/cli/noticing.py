"""That a report was issued, said by those that are made of the same period later."""

from dataclasses import replace

from ledger.cli.asked import Made
from ledger.cli.context import View
from ledger.reports.publications import notice
from ledger.reports.report import Report
from ledger.store.publications import changed_since, publications


def noticed(view: View, kind: str, made: Made) -> Made:
    """A report that says which copies of it were issued, and that something changed since."""
    found = [one for one in publications(view.reader, kind, made.label(view.today)) if one.withdrawn is None]
    if not found:
        return made
    until = made.period.end if made.period else view.today
    changes = [(one, changed_since(view.reader, one, until)) for one in found if one.corrected_by is None]

    def report() -> Report:
        laid_out = made.report()
        return replace(laid_out, summary=(*laid_out.summary, *(((notice(*one),),) for one in changes)))

    def value() -> object:
        told = made.value()
        issued = [{"number": one.number, "document": one.document, "changed": count} for one, count in changes]
        return {**told, "issued": issued} if isinstance(told, dict) else told

    return made._replace(report=report, value=value)
