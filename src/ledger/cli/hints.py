"""Hints that teach the shorter way, each once, after a command that went well.

A hint is a line of `HINTS`: for which commands, when, its sentence. They are for who sits at a terminal: `run` loads
this only there, and nothing is said beside JSON. What was typed is looked at first; only where that fits are the
settings asked (`config set 提示 从不` ends them), then which hints were shown before (a line each in a file beside the
settings), then, where it must, the ledger. A hint that cannot be noted down is not shown either: it would come again
and again. Whatever fails here is no failure of the command, which is done.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import typer

from ledger.base import settings
from ledger.base.files import make_folder, replaced
from ledger.base.formats import SUFFIXES
from ledger.base.text import fold_width, listed, quote
from ledger.cli.context import CONTEXT, Context
from ledger.cli.parsing import TYPED
from ledger.cli.typer_seam import Context as Running
from ledger.model.entry import Entry

_RECENT = timedelta(minutes=10)
_IN_A_ROW = 3
_LOOKED_AT = 50
"""Entries: a command of many is none of one task, cut off or not."""
_FILTERED = 3
"""Filters that are worth keeping under a name."""
_PRINTED = ("name", "format", "output", "as_of")
_MOST_SHOWN = 10_000
"""Bytes of the file that are read; it grows by a word for each hint."""
_BLANK = re.compile(r"\s")
"""What would have to be quoted, which a hint does not teach."""
_NAMED = re.compile(r"([0-9]{4})-0*([1-9][0-9]*)")
_STEPS = ("close", "submit", "accept", "return", "reopen", "cancel", "pause", "resume", "extend", "edit", "show")


class Given(NamedTuple):
    """A command that went well: its name, what was typed by parameter, its surroundings."""

    command: str
    typed: Mapping[str, Any]
    context: Context

    @property
    def names(self) -> list[str]:
        """The tasks as they were named."""
        named = self.typed.get("task") or self.typed.get("names") or ()
        return [fold_width(one) for name in ([named] if isinstance(named, str) else named) for one in listed(name)]


class Hint(NamedTuple):
    """`fits` looks at what was typed alone; `fill` gives what stands in the sentence for {}, None where the hint does
    not hold after all."""

    name: str
    commands: Sequence[str]
    fits: Callable[[Given], object]
    sentence: str
    fill: Callable[[Given], str | None] = lambda given: ""


def _tail(given: Given) -> str | None:
    """The number of a code of this year by which the same task is found."""
    from ledger.store import naming

    found = _NAMED.fullmatch(given.names[0])
    if found is None or int(found[1]) != given.context.today.year:
        return None
    with given.context.opened() as reader:
        task = naming.find(reader, found[2], given.context.today, naming.ANY)
    return f"{given.command} {found[2]}" if task.code == given.names[0] else None


def _suffix(given: Given) -> bool:
    named = str(given.typed.get("output", ""))
    suffix = Path(named).suffix.lower()
    return suffix in SUFFIXES and SUFFIXES[suffix] == given.typed.get("format") and not _BLANK.search(named)


def _units(given: Given) -> bool:
    """Several, which would be read as the same ones if they were written as one: not with a name that has 、 in it."""
    units = given.typed.get("unit") or ()
    return len(units) > 1 and listed("、".join(units)) == list(units) and not _BLANK.search("".join(units))


def _one_by_one(submitted: bool) -> Callable[[Given], str | None]:
    """Whether the last commands were each the same step on one task of the same clerk's, within minutes; `submitted`:
    each on one that waited for acceptance."""

    def fill(given: Given) -> str | None:
        from ledger.store import queries

        with given.context.opened() as reader:
            ((last,),) = reader.rows("SELECT max(e.seq) FROM entry e")
            entries = list(queries.entries(reader, "e.seq > :seq", {"seq": last - _LOOKED_AT}))
        commands = [list(some) for _, some in groupby(entries, key=lambda entry: entry.command)][-_IN_A_ROW:]
        steps = [[entry for entry in some if entry.action == given.command] for some in commands]
        done = [some[0] for some in steps if len(some) == 1 and some[0].actor == given.context.actor]
        if len(done) < _IN_A_ROW or _moment(done[-1]) - _moment(done[0]) > _RECENT:
            return None
        waited = all(entry.changes.get("status", [None])[0] == "submitted" for entry in done)
        return given.command if waited or not submitted else None

    return fill


def _moment(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.recorded_at)


def _alone(given: Given) -> bool:
    return len(given.names) == 1


HINTS = (
    Hint(
        "number",
        _STEPS,
        lambda given: len(given.names) == 1 and _NAMED.fullmatch(given.names[0]),
        "今年的编号只写尾号就行:ledger {}",
        _tail,
    ),
    Hint(
        "suffix",
        ("list", "show", "overdue", "week", "month", "quarter", "half", "year", "rank", "log"),
        _suffix,
        "格式随文件的后缀,写了 -o {} 就不用 --format",
        lambda given: quote(str(given.typed["output"]))[1:-1],
    ),
    Hint(
        "comb",
        ("week",),
        lambda given: given.typed.get("period") is None and given.typed.get("output") is None,
        "周一梳理任务,可用 ledger comb:一屏一件,一个键办一笔",
        lambda given: "" if given.context.today.weekday() == 0 else None,
    ),
    Hint("waiting", ("close", "accept"), _alone, "待审核的可以一起销号:ledger {} --submitted", _one_by_one(True)),
    Hint("several", ("close", "submit", "accept"), _alone, "几件可以一次办:ledger {} 12 13 14", _one_by_one(False)),
    Hint(
        "names",
        ("list", "overdue", "week", "month", "quarter", "half", "year"),
        _units,
        "几个单位可以连写:--unit {}",
        lambda given: quote("、".join(given.typed["unit"]))[1:-1],
    ),
    Hint(
        "view",
        ("list",),
        lambda given: not given.typed.get("name") and len(given.typed.keys() - {*_PRINTED}) >= _FILTERED,
        "常用的条件可以存下来:ledger config view 名称 加上这些选项,以后只写 ledger list 名称",
    ),
)


def hint(ctx: Running) -> None:
    """Say the first hint that this command is worth and that was not said before."""
    typed, context = ctx.meta.get(TYPED, {}), ctx.meta.get(CONTEXT)
    if context is None or typed.get("json") or typed.get("format") == "json":
        return
    given = Given(str(ctx.invoked_subcommand), {name: value for name, value in typed.items() if value}, context)
    with suppress(Exception):  # the command is done: it must not end as one that failed
        _say(given, [one for one in HINTS if given.command in one.commands and one.fits(given)])


def _say(given: Given, fitting: Sequence[Hint]) -> None:
    if not fitting or given.context.settings.get("hints") == "never":
        return
    path = settings.settings_path().with_name("hints")
    shown = _shown(path)
    for one in fitting:
        if one.name in shown or (filled := one.fill(given)) is None:
            continue
        make_folder(path.parent)
        with replaced(path, "已说过的提示", "utf-8") as file:
            file.write("".join(f"{name}\n" for name in (*shown, one.name)))
        typer.echo(f"提示:{one.sentence.format(filled)}。(不再提示:ledger config set 提示 从不)", err=True)
        return


def _shown(path: Path) -> list[str]:
    """The hints that were said, as far as the file can be read. Raises `OSError` for what is no file."""
    if not path.exists():
        return []
    if not path.is_file():
        raise OSError(f"{path} is no file")
    with path.open("rb") as file:
        words = file.read(_MOST_SHOWN).decode("utf-8", "replace").split()
    return [one.name for one in HINTS if one.name in words]
