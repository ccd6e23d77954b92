"""Which unit a name means that a clerk or a sheet writes: one that the ledger knows, in whatever width, or a new one.

A new name that may be a slip of a known one (`base.nearness`) is asked about; where nobody answers, it is taken as it
is written. A lead unit that no task has yet is told, save in a ledger that had none. What a clerk or a program names
as the lead is one unit: a list in which the ledger knows one, or a word for none, is refused.
"""

from collections.abc import Iterable

from ledger.base.errors import BadValue
from ledger.base.nearness import folded, near, nearest
from ledger.base.text import fold_width, listed, quote, says_none
from ledger.services.sheets import Row
from ledger.store.journal import Journal


def lead_meant(journal: Journal, name: str) -> str:
    """The lead unit that a name means. Raises `BadValue` where doubts are refused, and for what is not one name."""
    if folded(name) not in journal.units.every and folded(name) not in journal.units.leads:
        _require_one(journal, name)
    return leads_meant(journal, [name])[name]


def leads_meant(journal: Journal, names: Iterable[str]) -> dict[str, str]:
    """The lead unit that each of the names means; those that are new are told in one remark."""
    units, found, new = journal.units, dict[str, str](), dict[str, None]()
    began = units.began
    for name in names:
        if (meant := units.leads.get(name) or units.leads.get(folded(name))) is None:
            meant, asked = _meant(journal, name)
            if not asked and folded(meant) not in units.leads:
                new[meant] = None
            units.leads[folded(name)] = units.leads[folded(meant)] = meant
        found[name] = meant
    if new and began:
        _tell_new(journal, list(new))
    return found


def assisting_meant(journal: Journal, name: str) -> str:
    """The unit that the name of an assisting unit means. Raises as `lead_meant`."""
    leads = journal.units.leads
    return leads.get(name) or leads.get(folded(name)) or _meant(journal, name)[0]


def settle(journal: Journal, rows: Iterable[Row]) -> None:
    """Give the rows of sheets the units that they mean, before they are held against the ledger. Raises as
    `lead_meant`."""
    rows = list(rows)
    leads = leads_meant(journal, dict.fromkeys(row.options["unit"] for row in rows if "unit" in row.options))
    for row in rows:
        if "unit" in row.options:
            row.options["unit"] = leads[row.options["unit"]]
        if "with" in row.options:
            row.options["with"] = [*dict.fromkeys(assisting_meant(journal, name) for name in row.options["with"])]


def _meant(journal: Journal, name: str) -> tuple[str, bool]:
    """The unit that a name means, and whether that was in doubt."""
    every, key = journal.units.every, folded(name)
    if (meant := every.get(name) or every.get(key)) is not None:
        return meant, False
    found, meant = near(name, dict.fromkeys(every.values())), name
    if found:
        doubt = f"没有单位{quote(name)},已有{''.join(map(quote, found))}"
        meant = found[0] if journal.ask(doubt, f"改为{quote(found[0])}吗?", "照写登记") else name
    every[key] = meant
    return meant, bool(found)


def _require_one(journal: Journal, name: str) -> None:
    """Raises `BadValue` for a list in which the ledger knows a unit, and for a word for none."""
    if says_none(name):
        raise BadValue(f"牵头单位{quote(name)}不是单位", "请写明牵头单位")
    parts = listed(fold_width(name).replace(";", ","))
    if any(folded(part) in known for known in (journal.units.every, journal.units.leads) for part in parts):
        hint = f"牵头单位只写一个,如{quote(parts[0])};其余写作配合单位(--with)"
        raise BadValue(f"牵头单位{quote(name)}不是一个单位的名称", hint)


def _tell_new(journal: Journal, names: list[str]) -> None:
    known = [name for name in dict.fromkeys(journal.units.every.values()) if name not in names]
    told = []
    for name in names:
        beside = nearest(name, known)
        told.append(quote(name) + (f"(相近的有{''.join(map(quote, beside))})" if beside else ""))
    journal.remark(f"新的牵头单位:{'、'.join(told)}")
