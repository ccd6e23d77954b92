"""Taking in the form that a unit has filled in (填报): what the unit says anew of its own tasks, and nothing else.

A form is taken whole or not at all. What the journal knows already is not recorded again, so a form may come twice.
That a unit has returned its form is recorded even when it says nothing new: the first entry names file, unit and round.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from ledger.base.errors import LedgerError, NotFound, Refused
from ledger.base.text import fold_width, quote, visible
from ledger.model.task import OPEN, SUBMITTED, UNFINISHED, Task
from ledger.reports.expected import Return, moment, returns
from ledger.reports.forms import FilledForm, FilledRow, Flaw
from ledger.services.form_row import FormRow, is_share
from ledger.services.form_since import Meanwhile, meanwhile
from ledger.services.taken import RejectedRows, Rejection
from ledger.store import queries
from ledger.store.journal import Journal
from ledger.store.renames import code_now, name_now


@dataclass
class Collected:
    """What came of a form: the unit as it is called now, whether the file had come before, the numbers of the tasks
    changed, how many of them were submitted, on which of them a report was told, and the cells that were left because
    the ledger knows better."""

    unit: str
    is_known: bool = False
    changed: dict[int, None] = field(default_factory=dict)
    submitted: int = 0
    reported: set[int] = field(default_factory=set)
    left: list[Rejection] = field(default_factory=list)


def take_form(
    journal: Journal, filled: FilledForm, overwrite: Collection[str] = (), begun: int | None = None
) -> Collected:
    """Take in a form, all or nothing. `overwrite` names fields, by their options, in which the form prevails over what
    the ledger was told meanwhile; `begun` is the command that the run began with: forms that came in the same run are
    none that the unit corrects with this one.

    Raises `Refused` for a form of another ledger or filled in by another unit, and `RejectedRows` after having looked
    at every cell.
    """
    collected = Collected(_require_own(journal, filled))
    returned = list(returns(journal.writer))
    if not overwrite and any(one.sha256 == filled.sha256 for one in returned):
        journal.remark(f"填报表 {visible(filled.file)} 已导入过,没有变化")
        collected.is_known = True
        return collected
    _tell_doubts(journal, filled, collected.unit, returned)
    before = journal.command if begun is None else begun
    form = filled.form
    own = {one.command for one in returned if (one.unit, one.round) == (form.unit, form.round) and one.command < before}
    older = {one.command for one in returned if one.unit == form.unit and moment(one.round) < moment(form.round)}
    _cite(journal, filled)
    flaws = [(one.line, _rejection(filled, one)) for one in filled.flaws]
    flaws += _take_rows(journal, filled, collected, overwrite, own, older)
    journal.flush()
    if flaws:
        raise RejectedRows([rejection for _, rejection in sorted(flaws, key=lambda one: (one[0], one[1].where))])
    journal.settle()
    return collected


def _require_own(journal: Journal, filled: FilledForm) -> str:
    """The present name of the form's unit. A form belongs to the ledger whose journal had this head when it was sent,
    and to the unit that it was sent to."""
    form = filled.form
    journal.flush()
    found = journal.writer.rows("SELECT hash FROM entry WHERE seq = :seq", {"seq": min(form.seq, 2**31 - 1)})
    if found != [(form.head,)]:
        raise Refused(
            f"填报表 {visible(filled.file)} 不是这本台账发出的(它出自{quote(form.ledger)})",
            "请核对 --db,或重新下发填报表",
        )
    unit = name_now(journal.writer, form.unit, form.seq)
    own = {_bare(form.unit), _bare(unit)}
    if filled.stated in {_bare(name) for name in _units(journal, filled)} - own:
        raise Refused(
            f"填报表 {visible(filled.file)} 是发给{quote(form.unit)}的,表上的填报单位写成了{quote(filled.stated)}",
            "请由各单位用自己的填报表填写",
        )
    return unit


def _bare(name: str) -> str:
    return "".join(fold_width(visible(name)).split())


def _units(journal: Journal, filled: FilledForm) -> set[str]:
    """All units that a form may be of."""
    return {*filled.form.units, *queries.units(journal.writer, ())}


def _tell_doubts(journal: Journal, filled: FilledForm, unit: str, returned: Collection[Return]) -> None:
    """What a clerk should look at: a form named for another unit, which is asked about, or one older than another that
    came before it."""
    form, name = filled.form, visible(filled.file)
    if unit != form.unit:
        journal.remark(f"填报表 {name} 是发给{quote(form.unit)}的,该单位的事项现由{quote(unit)}牵头")
    if filled.stated and filled.stated not in {_bare(form.unit), _bare(unit)}:
        journal.remark(f"填报表 {name} 上的填报单位写成了{quote(filled.stated)},按{quote(unit)}登入")
    named = {other for other in _units(journal, filled) | {unit} if other in PurePath(filled.file).stem}
    if named and not named & {form.unit, unit}:
        other = max(named, key=len)
        doubt = f"填报表 {name} 的文件名写着{quote(other)},表是发给{quote(form.unit)}的"
        if journal.ask(doubt, "不收这一份吗?", f"按{quote(form.unit)}登入"):
            raise Refused(doubt, "请由各单位用自己的填报表填写")
    latest = max((one.round for one in returned if one.unit == form.unit), key=moment, default=form.round)
    if moment(latest) > moment(form.round):
        day, _ = moment(latest)
        journal.remark(f"填报表 {name} 是 {form.day} 下发的,该单位 {day} 下发的一份已先交回:后来改过的格子不受它影响")


def _cite(journal: Journal, filled: FilledForm) -> None:
    form = filled.form
    named = {"file": filled.file, "sha256": filled.sha256, "rows": len(filled.rows)}
    named |= {"unit": form.unit, "round": form.round, "units": list(form.units)}
    journal.cite({name: [None, value] for name, value in named.items()})


def _take_rows(
    journal: Journal,
    filled: FilledForm,
    collected: Collected,
    overwrite: Collection[str],
    own: Collection[int],
    older: Collection[int],
) -> list[tuple[int, Rejection]]:
    since = filled.form.seq
    codes = {row.code: code_now(journal.writer, row.code, since) for row in filled.rows}
    journal.load([*codes.values()], [])
    meant = [(row, journal.coded(codes[row.code])) for row in filled.rows]
    asked = [task.id for row, task in meant if task and (row.changed or own or task.feedback is not None)]
    known = _known(journal, asked, since, own, older)
    journal.load([*codes.values()], [])
    _tell_lacking(journal, filled, codes, known)
    flaws: list[tuple[int, Rejection]] = []
    finished = 0
    shares = any(is_share(row.changed.get("progress", "")) for row in filled.rows)
    for row in filled.rows:
        task = journal.coded(codes[row.code])
        finished += task is not None and task.status not in UNFINISHED and not row.changed
        if not row.changed:
            continue
        try:
            owned = _own(task, row, filled.form.unit, collected.unit, known)
        except LedgerError as error:
            found = [(next(iter(row.changed)), error)]
        else:
            taking = FormRow(journal, filled, row, owned, known[owned.id], overwrite, shares)
            found = taking.take()
            collected.changed |= dict.fromkeys([owned.id] if taking.is_changed else [])
            collected.submitted += taking.is_submitted
            collected.reported |= {owned.id} if taking.is_report else set()
            collected.left += [_rejection(filled, one) for one in taking.left]
        flaws += [
            (row.line, _rejection(filled, Flaw(row.line, filled.place(name, row.line), wrong))) for name, wrong in found
        ]
    if not own:
        _report_nothing(journal, filled, collected, [journal.coded(code) for code in codes.values()], known)
    if finished:
        journal.remark(f"填报表 {visible(filled.file)} 中 {finished} 件下发后已销号或撤销,单位没有新的填报")
    return flaws


def _report_nothing(
    journal: Journal,
    filled: FilledForm,
    collected: Collected,
    tasks: Iterable[Task | None],
    known: Mapping[int, Meanwhile],
) -> None:
    """That the form came back is a report on each of its tasks on which reports are asked for, with nothing to tell
    where it says nothing new (零报告); come again, it tells of them no more."""
    units = (filled.form.unit, collected.unit)
    for task in tasks:
        if task is None or task.feedback is None or task.id in collected.reported or known[task.id].is_new:
            continue
        if task.status in (OPEN, SUBMITTED) and task.unit in units:
            journal.post("report", task, journal.today, None, {})


def _tell_lacking(
    journal: Journal, filled: FilledForm, codes: Mapping[str, str], known: Mapping[int, Meanwhile]
) -> None:
    """What the form itself brought before and this one, as it was sent, knows nothing of."""
    found = [(row, journal.coded(codes[row.code])) for row in filled.rows]
    places = [
        filled.place(name, row.line)
        for row, task in found
        if task is not None and task.id in known
        for name in known[task.id].lacks(row.changed, task)
    ]
    if places:
        what = f"填报表 {visible(filled.file)} {'、'.join(places)} 是下发时的内容"
        journal.remark(f"{what},而此前交回的同一份改过:以改过的为准")


def _rejection(filled: FilledForm, flaw: Flaw) -> Rejection:
    return Rejection(f"{visible(filled.file)} {flaw.where}", flaw.error)


def _own(task: Task | None, row: FilledRow, unit: str, unit_now: str, known: Mapping[int, Meanwhile]) -> Task:
    if task is None or known[task.id].is_new:
        raise NotFound(f"台账里已没有编号{quote(row.code)}的事项", "请去掉这一行的改动,或重新下发填报表")
    if task.unit not in (unit, unit_now):
        raise Refused(f"事项 {row.code} 现由{quote(task.unit)}牵头,不归{quote(unit)}填报", "请恢复这一行原来的内容")
    return task


def _known(
    journal: Journal, numbers: Collection[int], since: int, own: Collection[int], older: Collection[int]
) -> dict[int, Meanwhile]:
    entries = journal.entries_in_force(list(numbers))
    return {number: meanwhile(of_task, since, own, older) for number, of_task in entries}
