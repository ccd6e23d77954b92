"""What a command works with: the store it means, its clock, its actor, and where its result goes.

The one seam that imports the store, and only when a command asks for it.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import typer

from ledger.base import settings
from ledger.base.account import account
from ledger.base.asking import Answers
from ledger.base.errors import BadValue, LedgerError
from ledger.base.files import Kept, make_folder
from ledger.base.text import clean, decoded
from ledger.cli import clerk
from ledger.cli.kept import files_read, kept
from ledger.model.rules import Rules
from ledger.store.location import Location, location_of
from ledger.store.reader import Reader

if TYPE_CHECKING:
    from ledger.render.output import Extras
    from ledger.reports.report import Report
    from ledger.services.settings import Founding
    from ledger.store.brought import Brought
    from ledger.store.journal import Journal, Stamp

CONTEXT = "ledger.context"  # the key of typer's `Context.meta` under which the surroundings of the command stand
Found = TypeVar("Found")


class Globals(NamedTuple):
    """The global options as typed, None where they were not."""

    db: str | None = None
    today: str | None = None
    actor: str | None = None


class View(NamedTuple):
    """The ledger as a reading command sees it: one snapshot, as of a business day and perhaps of a past moment."""

    reader: Reader
    rules: Rules
    today: date
    as_of: str | None


class _GivenUp(Exception):
    """Ends a trial; its transaction goes with it."""


class Context:
    """One command's surroundings."""

    def __init__(self, given: Globals, files: Sequence[Path] = ()) -> None:
        self._given, self._files = given, files
        self.brought: Brought | None = None  # files of evidence that were copied for it beforehand

    @classmethod
    def of(cls, ctx: typer.Context) -> "Context":
        """The context of a running command, or of one being completed (when only the parameters are there)."""
        given = ctx.obj
        if not isinstance(given, Globals):
            typed = ctx.find_root().params
            given = Globals(typed.get("db"), typed.get("today"), typed.get("actor"))
        found = ctx.meta[CONTEXT] = cls(given, list(files_read(ctx)))
        return found

    # --- surroundings ------------------------------------------------------------------------------------------------

    @cached_property
    def settings(self) -> dict[str, str]:
        return settings.of_user()

    @cached_property
    def location(self) -> Location:
        found = location_of(self._named_store) if self._named_store else Location(settings.default_store())
        return found.looked_up()

    @cached_property
    def _named_store(self) -> str | None:
        named = self._given.db or os.environ.get("LEDGER_DB") or self.settings.get("db")
        try:
            return named and decoded(named)
        except UnicodeError:
            raise BadValue("台账的路径不是有效的 UTF-8 文字", "请核对 LEDGER_DB") from None

    @cached_property
    def kept(self) -> list[Kept]:
        """The files that no output of this command may replace."""
        store = None
        with suppress(LedgerError):  # whoever needs the place is told; not who only wants to write elsewhere
            store = self.location.path
        return [*kept((*self._files, *filter(None, [self.templates])), store)]

    @property
    def templates(self) -> Path | None:
        """The office's own templates, if it has set any."""
        folder = self.settings.get("docx_template")
        return Path(folder) if folder else None

    @cached_property
    def now(self) -> datetime:
        return datetime.now(UTC)

    @cached_property
    def zone(self) -> tzinfo:
        """The ledger's time zone: it decides which day it is, and how moments are shown."""
        return settings.zone(os.environ.get("LEDGER_TZ") or self.settings.get("timezone") or "Asia/Shanghai")

    def _local_day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    @cached_property
    def today(self) -> date:
        """The business day: as told, else the day now in the ledger's time zone."""
        return self._told_today() or self._local_day(self.now)

    def day_at(self, moment: datetime) -> date:
        """The business day on which the ledger as recorded at a moment is read: as told, else the moment's."""
        return self._told_today() or self._local_day(moment)

    def _told_today(self) -> date | None:
        told = self._given.today or os.environ.get("LEDGER_TODAY")
        if not told:
            return None
        from ledger.dates.day import iso_day

        if (plain := iso_day(told)) is not None:
            return plain
        from ledger.dates.deadline import parse_day

        return parse_day(told, self._local_day(self.now), self.now.year)

    @cached_property
    def actor(self) -> str:
        named = self._given.actor or os.environ.get("LEDGER_ACTOR") or self.settings.get("actor")
        if not named:
            return account()
        with suppress(UnicodeError):
            named = decoded(named)
        return clean(named, "经办人", limit=100)

    # --- reading -----------------------------------------------------------------------------------------------------

    @contextmanager
    def opened(self, *, older: bool = False) -> Iterator[Reader]:
        """A reader over the store as it lies there, with `older` also one of an older revision."""
        from ledger.store.opening import open_reader

        reader = open_reader(self.location, older=older)
        try:
            yield reader
        finally:
            reader.close()

    @contextmanager
    def reading(self, as_of: str | None = None, *, older: bool = False) -> Iterator[View]:
        """The ledger as it is, or as it was recorded at the moment `as_of`; with `older` also one of an older revision,
        by its journal."""
        from ledger.store import queries

        with self.opened(older=older) as present, ExitStack() as ending:
            reader, today, said = present, self.today, None
            if older:
                from ledger.store.past import by_journal

                reader = by_journal(reader)
            if as_of is not None:
                from ledger.dates.instant import parse_instant
                from ledger.store.past import recall

                moment = parse_instant(as_of, self.today, self.zone)
                today = self.day_at(moment)
                said = moment.astimezone(self.zone).isoformat()
                reader = recall(reader, moment)
            if reader is not present:
                present.close()  # nobody who writes need wait for what is read of a past
                ending.callback(reader.close)
            yield View(reader, queries.rules(reader), today, said)

    # --- writing -----------------------------------------------------------------------------------------------------

    def make_room(self) -> Location:
        """Where a new ledger may be built: the directory of the default place is made."""
        path = self.location.path
        if path is not None and not self._named_store:
            make_folder(path.parent)
        return self.location

    @contextmanager
    def writing(
        self,
        *,
        create: bool = False,
        founding: "Founding | None" = None,
        answers: Answers | None = None,
        quiet: bool = False,
    ) -> Iterator["Journal"]:
        """A journal in one transaction. With `create` a ledger that does not exist is begun, and said so; a
        `founding` begins one that must not exist yet. After the commit come the journal's remarks, on stderr; a `quiet`
        one leaves them to the caller."""
        from ledger.services import session

        if create:
            self.make_room()
        with session.command(self.location, self._stamp, create=create, founding=founding, answers=answers) as journal:
            journal.brought = self.brought
            yield journal
        if not quiet:
            clerk.tell([*([f"已建立台账 {self.location}"] if journal.is_new else []), *journal.told()])

    def anew(self) -> "Context":
        """The surroundings of a further command in a long session: the same ledger and hand, the day that it is now."""
        later = copy(self)
        for name in ("now", "today"):
            later.__dict__.pop(name, None)
        return later

    def _stamp(self) -> "Stamp":
        from ledger.store.journal import Stamp

        return Stamp(self.today, datetime.now(self.zone), self.actor, account())

    def asking(
        self, work: Callable[["Journal"], Found], *, create: bool = False, strict: bool = False
    ) -> tuple[Found, "Journal"]:
        """What `work` does in one transaction, and the journal it was done in.

        On a terminal its questions are asked with the transaction given up, so that no lock waits for the clerk, and
        it is done anew with the answers; its inputs must have been read before.
        """
        answers = Answers(strict=strict, waiting=clerk.can_ask())
        while True:
            with suppress(_GivenUp):
                with self.writing(create=create, answers=answers) as journal:
                    found = work(journal)
                    if not journal.is_certain:
                        raise _GivenUp
                return found, journal
            answers.given |= clerk.answered(answers.open)
            answers.open = []

    @contextmanager
    def trying(self, answers: Answers | None = None, *, create: bool = True) -> Iterator["Journal"]:
        """A journal whose transaction is given up in the end, together with a ledger that it had to begin."""
        with suppress(_GivenUp), self.writing(create=create, answers=answers) as journal:
            yield journal
            raise _GivenUp

    # --- results -----------------------------------------------------------------------------------------------------

    def format(self, format: str | None, output: Path | None) -> str:
        """The format to write a result in."""
        from ledger.render.output import choose_format, on_terminal

        wanted = format or (self.settings.get("format") if output is None else None)
        return choose_format(wanted, output, on_terminal())

    def emit(
        self,
        format: str,
        output: Path | None,
        report: Callable[[], "Report"],
        value: Callable[[], object],
        template: Path | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Write a result: `report` for people, `value` as JSON. Its file is told, save of a `quiet` one."""
        from ledger.render.output import emit

        colour = False if self.settings.get("color") == "never" else None
        emit(format, output, report, value, colour, self.extras(output, template))
        if not quiet:
            clerk.tell_written(output)

    def extras(self, output: Path | None, template: Path | None = None) -> "Extras":
        """What a result takes beside the report; without an own `template`, documents have those of the settings."""
        from ledger.cli.progress import progress
        from ledger.render.output import STDOUT, Extras, on_terminal

        template = self.templates if template is None else template
        page, stays = None, () if output in (None, STDOUT) else self.kept
        if output is None and on_terminal() and self.settings.get("pager") != "never":
            from ledger.cli import pager

            page = pager.show
        return Extras(template, progress, partial(typer.echo, err=True), stays, page)

    def show(
        self,
        format: str | None,
        output: Path | None,
        find: Callable[[View], Found],
        report: Callable[[Found, date, Rules], "Report"],
        value: Callable[[Found], object] = lambda found: found,
    ) -> None:
        """Find something in the ledger as it is now and write it: `report` of it for people, `value` of it as JSON."""
        chosen = self.format(format, output)
        with self.reading() as view:
            found = find(view)
        self.emit(chosen, output, lambda: report(found, view.today, view.rules), lambda: value(found))

    def print_json(self, value: object) -> None:
        """The answer of a writing command as JSON on stdout."""
        from ledger.render.json_text import dump

        dump(value, sys.stdout.write)
