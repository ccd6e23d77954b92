"""Taking in the rows of sheets: all in one transaction, or every bad row named and none taken.

A row whose task is new is registered, with what it says of the task's course. A row that differs from its task is left
alone, or with `update` brought into the journal: corrections as an edit, another deadline as an extension, progress and
problems as notes, a closing as a closing. The first entry for each file names it (`import`).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from ledger.base.collector import uncollected
from ledger.base.errors import LedgerError, Refused
from ledger.base.text import quote, visible
from ledger.model.lifecycle import STEPS
from ledger.model.rules import year_meant
from ledger.model.series import Series
from ledger.model.task import Task
from ledger.services import deadlines, entering, unit_meant
from ledger.services.assumed import Assumed
from ledger.services.comparing import NOTHING, Changed, Difference, compared, compared_series
from ledger.services.course import UNDATED, Closing, course_of, undated_day
from ledger.services.earlier import again, lacking
from ledger.services.fields import Naming
from ledger.services.matching import Key, Meant, code_of, is_same, keys_of, uncoded
from ledger.services.merging import Cite, Cites, Since
from ledger.services.sheets import File, Place, Row, Sheet
from ledger.services.taken import ChangedRow, Manner, RejectedRows, Rejection, Taken, conversion_of, left_words
from ledger.services.twice import Twice
from ledger.store import queries, schedule
from ledger.store.journal import Journal

CHUNK = 2000
"""Rows worked on between two writings to the store: what keeps the memory flat."""

Advance = Callable[[int], None]
Said = Mapping[int, set[tuple[bool, str]]]


def take_in(journal: Journal, files: Sequence[File], manner: Manner, advance: Advance) -> Taken:
    """Take in every row of the files. What there is to know of a single new row stands in its conversion, not among the
    journal's remarks.

    Raises `BadValue` when `manner.assigned_on` cannot be read, and unless it is a trial `RejectedRows` after having
    looked at every row.
    """
    with uncollected():
        intake = _Intake(journal, files, manner)
        for file in files:
            intake.begin_file(file)
            for sheet in file.sheets:
                intake.take_sheet(file, sheet, advance)
    intake.tell()
    if intake.taken.rejections and not manner.trial:
        raise RejectedRows(intake.taken.rejections)
    if not intake.taken.rejections:
        intake.settle()
    return intake.taken


def _in_order(sheet: Sheet) -> Sequence[Row]:
    """The rows of a sheet, wholes before their parts."""
    return sorted(sheet.rows, key=lambda row: bool(row.options.get("part_of")))


class _Intake:
    """One import as it goes on."""

    def __init__(self, journal: Journal, files: Sequence[File], manner: Manner) -> None:
        self.journal, self.manner, self.taken = journal, manner, Taken()
        self.given_out = journal.today
        if manner.assigned_on is not None:
            self.given_out = deadlines.past_day(journal, manner.assigned_on, year_meant(journal.rules, manner.year))
        self.undated = undated_day(journal, manner.closed_on, manner.year)
        rows = [row for file in files for sheet in file.sheets for row in _in_order(sheet)]
        unit_meant.settle(journal, rows)
        self.codes = [code_of(row) for row in rows]
        self.keys = keys_of(rows)
        self.cites = Cites(journal.writer)
        again = self.cites.finished_by(journal.writer, {file.sha256 for file in files})
        self.uncoded = uncoded(journal, rows, self.codes, self.keys, manner.year, again)
        self.by_code = {series.code: series for series in schedule.all_series(journal.writer) if series.code}
        journal.codes.reserve(filter(None, self.codes))
        self.named, self.several = len(files) > 1, sum(len(file.sheets) for file in files) > 1
        self.at = 0  # of the next row among all of them
        self.claimed: dict[str, Place] = {}
        self.cited = False
        self.assumed = Assumed(self.undated)
        self.meant: set[int] = set()
        self.before: list[Cite] = []
        self.since = Since(journal, self.cites, ())

    def begin_file(self, file: File) -> None:
        """Learn which of the sheets taken in before this one is."""
        self.cited = False
        rows = range(self.at, self.at + sum(len(sheet.rows) for sheet in file.sheets))
        numbers = [one for at in rows if isinstance(one := self.uncoded.get(at), int)]
        found = again(self.journal.writer, file, numbers, [code for at in rows if (code := self.codes[at])], self.cites)
        self.before += found
        self.since = Since(self.journal, self.cites, {cite.seq for cite in found})

    def take_sheet(self, file: File, sheet: Sheet, advance: Advance) -> None:
        unread = {one.line for one in sheet.refusals}
        found = [
            (one.line, Rejection(Place(file, sheet, one.line, self.named).words(one.field), one.error))
            for one in sheet.refusals
        ]
        in_order = _in_order(sheet)
        for start in range(0, len(in_order), CHUNK):
            rows = in_order[start : start + CHUNK]
            chunk = slice(self.at, self.at + len(rows))
            codes, keys = self.codes[chunk], self.keys[chunk]
            meanings = self._meanings(codes)
            said = self._said(rows, meanings)
            self._look_back(meanings)
            for row, code, key, meant in zip(rows, codes, keys, meanings, strict=True):
                if row.line not in unread:
                    place = Place(file, sheet, row.line, self.named)
                    found += [(row.line, refused) for refused in self._take(place, row, code, key, meant, said)]
            self.journal.flush()
            advance(len(rows))
        self.taken.rejections += [refused for _, refused in sorted(found, key=lambda one: one[0])]

    # --- what a row means --------------------------------------------------------------------------------------------

    def _meanings(self, codes: Sequence[str]) -> list[Meant | None]:
        """What each row of the next chunk means, its tasks fetched at once."""
        known = [self.uncoded.get(place) for place in range(self.at, self.at + len(codes))]
        self.at += len(codes)
        self.journal.load([code for code in codes if code], [one for one in known if isinstance(one, int)])
        meanings = [self._coded(code) if code else one for one, code in zip(known, codes, strict=True)]
        self.meant.update(one for one in meanings if isinstance(one, int))
        return meanings

    def _coded(self, code: str) -> Meant | None:
        task = self.journal.coded(code)
        return self.by_code.get(code) if task is None else task.id

    def _said(self, rows: Sequence[Row], meanings: Sequence[Meant | None]) -> Said:
        """What was said of the tasks of which the rows seem to say something new."""
        asked = []
        for row, meant in zip(rows, meanings, strict=True):
            if isinstance(meant, int):
                task, options = self.journal.task(meant), row.options
                problems = {None} | {problem.text for problem in task.open_problems}
                texts = {options.get("note"), options.get("outcome")} - {None, task.note}
                if texts or options.get("problem") not in problems:
                    asked.append(meant)
        return queries.said(self.journal.writer, asked)

    def _look_back(self, meanings: Sequence[Meant | None]) -> None:
        """Learn what was changed since of the tasks that are to be brought to what the sheet says."""
        if self.manner.update or self.manner.trial:
            self.since.look_up([one for one in meanings if isinstance(one, int)])

    @cached_property
    def twice(self) -> Twice:
        return Twice(self.journal, self.keys, self.codes, self.given_out, self.manner.year)

    # --- taking a row ------------------------------------------------------------------------------------------------

    def _take(self, place: Place, row: Row, code: str, key: Key, meant: Meant | None, said: Said) -> list[Rejection]:
        """Take a row; what is wrong with it, if anything."""
        told = len(self.journal.remarks)
        try:
            if code:
                self._claim_code(code, place, meant)
            if meant is None:
                self._take_new(place, row, code, key)
            else:
                self._compare(place, row, meant, said)
        except LedgerError as error:
            self.journal.take_remarks(told)
            error.what = error.what.removeprefix(place.words())  # a doubt names it too
            return [Rejection(place.words(error.option), error)]
        return []

    def _take_new(self, place: Place, row: Row, code: str, key: Key) -> None:
        """Register a row, unless it says again what is there."""
        if not all(key):
            self._register(place, row)  # which refuses it
            return
        told_apart = self.twice.said(row, key)
        found = self.twice.found(place, row, told_apart, code)
        if found is None:
            self.twice.keep(place, row, told_apart, self._register(place, row))
            return
        self.journal.flush()  # what the row is compared with may be new
        if isinstance(found.meant, int):
            self.meant.add(found.meant)
        self._look_back([found.meant])
        self._compare(place, row, found.meant, self._said([row], [found.meant]), updates=not found.certainly)

    def _claim_code(self, code: str, place: Place, meant: Meant | None) -> None:
        with Naming("code"):
            if (first := self.claimed.setdefault(code, place)) is not place:
                raise Refused(f"编号“{visible(code)}”与{first.words()}重复", "一个编号只写一行")
            if meant is None and not self.journal.codes.is_free(code):
                what = f"编号“{visible(code)}”已经用过,它的登记已冲销或改了编号"
                raise Refused(what, "编号不重复使用:请换一个,或用 --map 编号=- 由程序另编")

    def _register(self, place: Place, row: Row) -> Task:
        journal, on = self.journal, self.manner.assigned_on
        options = self._options(row) | ({} if on is None or "on" in row.options else {"on": on})
        course, told = course_of(journal, options), len(journal.remarks)
        closing = course.closing
        is_early = closing is not None and "on" not in row.options and closing.on < self.given_out
        self._cite(place.file)
        task = entering.register(journal, options, course, closing.on if closing is not None and is_early else None)
        remarks = journal.take_remarks(told)
        if not deadlines.is_plain(options.get("due", "")):
            self._convert(place, options["due"], task, remarks)
        entering.follow(journal, task.id, entering.after_registration(course))
        self._count(closing, task.id)
        self.assumed.early += is_early
        self.assumed.stopped += course.stopped
        self.assumed.blank += task.due_on is None and place.line in place.sheet.undated
        self.taken.registered.append((place, task.id))
        return task

    def _compare(self, place: Place, row: Row, meant: Meant, said: Said, *, updates: bool = True) -> None:
        """Bring a task to what a row says, as far as it is to be; unless it `updates`, all that differs is left."""
        journal, told = self.journal, len(self.journal.remarks)
        options = self._options(row)
        if isinstance(meant, Series):
            code, names = meant.code or "", {name: meant.fields[name] for name in ("title", "unit")}
            changed = compared_series(journal, meant, options)
        else:
            task = journal.task(meant)
            code, names = task.code, {"title": task.title, "unit": task.unit}
            changed = compared(journal, task, options, said.get(meant, frozenset()))
        journal.take_remarks(told)
        if options.get("code") and not any(is_same(options.get(name, held), held) for name, held in names.items()):
            what = f"编号“{visible(code)}”在台账里是另一件事:{quote(names['title'])}({visible(names['unit'])})"
            with Naming("code"):
                raise Refused(what, "请核对编号")
        if not changed.differences:
            self.taken.same += 1
            return
        left: list[Difference] = []
        if not updates:
            changed, left = NOTHING, changed.differences
        elif self.manner.update or self.manner.trial:
            changed, left = self.since.parted(meant, changed, self.manner.overwrite)
        if changed.differences:
            if self.manner.update or self.manner.trial:
                self._update(place, options.get("due", ""), meant, changed)
            extends = changed.extension is not None
            self.taken.changed.append(ChangedRow(place, code, names["title"], changed.differences, extends))
        if left:
            self._leave(place, code, names["title"], left, since=updates)

    def _leave(self, place: Place, code: str, title: str, left: list[Difference], *, since: bool) -> None:
        """Tell what of a row is not taken: because the ledger was changed `since`, or else an earlier row says it."""
        self.taken.left.append(row := ChangedRow(place, code, title, left, False))
        self.journal.remark(left_words(row, since=since))

    def _options(self, row: Row) -> dict[str, Any]:
        """The options of a row; where it leaves the column of days empty, the words beside it give the deadline."""
        options = {**row.options, "year": self.manner.year, UNDATED: self.undated}
        if "feedback" in options:
            self._check_cycle(options)
        if "due_text" in options and "due" not in options:
            year = year_meant(self.journal.rules, self.manner.year)
            found = deadlines.meant(self.journal, options["due_text"], year, self.given_out)
            if found is not None and found.due_on is not None and found.recurrence is None:
                options["due"] = options["due_text"]
        return options

    def _check_cycle(self, options: dict[str, Any]) -> None:
        """A cell that says no cycle (及时反馈) is left out and told: the row itself is sound."""
        from ledger.services.feedback import cycle_meant  # few sheets have the column

        text = options["feedback"]
        try:
            cycle_meant(self.journal, text, self.manner.year, self.given_out)
        except LedgerError as error:
            del options["feedback"]
            self.journal.remark(f"{error.what},没有登记反馈周期")

    def _update(self, place: Place, due: str, meant: Meant, changed: Changed) -> None:
        told = len(self.journal.remarks)
        self._cite(place.file)
        if isinstance(meant, Series):
            entering.update_series(self.journal, meant, changed)
            return
        entering.update(self.journal, meant, changed, self.manner.year, place.file.name)
        if not deadlines.is_plain(due) and {"due_on", "due_text"} & {one.field for one in changed.differences}:
            self._convert(place, due, self.journal.task(meant), [*self.journal.remarks][told:])
        self._count(changed.course.closing, meant)
        self.taken.updated.append(meant)

    def _convert(self, place: Place, words: str, task: Task, remarks: Sequence[str]) -> None:
        line = place.words() if self.several else place.line
        self.taken.conversions.append(conversion_of(line, words, task, remarks))

    def _count(self, closing: Closing | None, number: int) -> None:
        if closing is not None:
            self.assumed.close(closing, self.journal.task(number).last_day)

    def _cite(self, file: File) -> None:
        """Name the file in the journal, once there is something to record from it."""
        if not self.cited:
            rows = sum(len(sheet.rows) for sheet in file.sheets)
            named = {"file": file.name, "sha256": file.sha256, "rows": rows, **file.more}
            self.journal.cite({name: [None, value] for name, value in named.items()})
            self.cited = True

    def settle(self) -> None:
        """Hold wholes to their parts; where rows were left alone, that may be why one is refused."""
        try:
            self.journal.settle()
        except Refused as error:
            if left := self.taken.left:
                said = "、".join(f"{row.place.words()} {visible(row.code)}" for row in left[:3])
                error.hint = f"表中{said}{'等' if left[3:] else ''}未按表改动(以表为准用 --overwrite);{error.hint}"
            raise

    def tell(self) -> None:
        """What was assumed, for the clerk to look over, and what the sheets lack that they had before."""
        for one in lacking(self.journal.writer, self.before, self.cites, self.meant):
            self.journal.remark(one.words())
        self.assumed.tell(self.journal)
        self.taken.closed = self.assumed.closed
        if self.journal.rules.review:
            self.taken.closing = STEPS["submit"].word
