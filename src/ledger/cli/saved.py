"""Saved lists (常用清单): what `list` was asked for, kept under a name among the user's settings.

One is kept as the options are typed, so that `list` alone says what they mean and a further option of it needs no
word here. It is the clerk's own convenience and changes no figure: nothing of it is in the ledger.
"""

import re
import shlex
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import typer

from ledger.base import settings
from ledger.base.errors import BadValue, LedgerError, NotFound
from ledger.base.text import fold_width, listed, quote
from ledger.cli.parsing import TYPED, unquoted
from ledger.cli.typer_seam import ClickException

if TYPE_CHECKING:
    from ledger.cli.context import View

_SHOWN = 5
_APART = re.compile(r"""^$|[\s'"\\]""")
"""What a word has that must be quoted; shells want more of it quoted, but what is kept is for reading."""
_FILTERS = {name: f"--{name}" for name in ("unit", "owner", "leader", "activity", "stage")}
"""Columns of a task, each with the option that a name of it may have been meant for."""
_ONE_CONDITION = (frozenset(("unit", "group")), frozenset(("due", "undated")))
"""Options of which one that is typed takes the place of the others that are kept: units would be added to those of a
group, and nothing has a deadline in some days and none."""
_FLAGS = {"逾期": "--overdue", "重点": "--key", "挂牌": "--flagged", "挂牌督办": "--flagged", "无期限": "--undated"}


def as_typed(ctx: typer.Context, without: frozenset[str]) -> str:
    """The options that the command was given, as one would type them anew, save those `without`."""
    words: list[str] = []
    typed = ctx.meta[TYPED]
    for param in ctx.command.params:
        if param.param_type_name != "option" or param.name not in typed or param.name in without:
            continue
        given, option = typed[param.name], max(param.opts, key=len)
        values = given if isinstance(given, list) else [given]
        words += [option] if getattr(param, "is_flag", False) else [word for one in values for word in (option, one)]
    return " ".join(shlex.quote(word) if _APART.search(word) else word for word in words)


def words_of(text: str) -> list[str]:
    """The options one by one; as one where a hand left a quotation mark open."""
    try:
        return shlex.split(text)
    except ValueError:
        return [text]


def called(views: Mapping[str, str], name: str) -> str | None:
    """The saved list of that name, in any width and with any blanks; None where there is none."""
    return next((one for one in views if fold_width(one).split() == fold_width(name).split()), None)


def filled(ctx: typer.Context, name: str, view: "View") -> dict[str, Any]:
    """The options of the running `list` by parameter: those typed, and of the saved list of that name the others, save
    those to `drop`.

    Raises `NotFound` without such a list, `BadValue` where `list` does not take what is kept or there is nothing to
    drop."""
    views = settings.views(settings.of_user())
    found = called(views, name)
    if found is None:
        raise unquoted(ctx, name) or _unknown(name, views, view)
    try:
        kept = ctx.command.make_context(ctx.info_name, words_of(views[found]))
        of_view = {option: kept.params[option] for option in kept.meta[TYPED] if kept.params[option] is not None}
        for extra in ("name", "drop"):
            if extra in of_view:
                raise BadValue(f"多出了{quote(str(of_view[extra]))}")
    except (ClickException, LedgerError) as error:
        why = error.what if isinstance(error, LedgerError) else quote(views[found])
        raise BadValue(f"常用清单{quote(found)}读不懂({why})", f"请用 ledger config view {found} 重新存下") from error
    typed = ctx.meta[TYPED].keys()
    left = {option for option in typed for some in _ONE_CONDITION if option in some for option in some}
    left |= typed | {
        _kept_option(ctx, word, found, of_view)
        for value in ctx.params["drop"] or ()
        for word in listed(value) or [value]
    }
    return {**ctx.params, **{option: value for option, value in of_view.items() if option not in left}}


def _kept_option(ctx: typer.Context, word: str, name: str, of_view: Mapping[str, Any]) -> str:
    """The parameter that is to be dropped, called by its option (key, --key), the field it is of (重点) or, where that
    is of one alone, what its value is called (标签). Raises `BadValue` where the saved list of that `name` has none."""
    from ledger.model.fields import choices_named

    kept = {max(one.opts, key=len).removeprefix("--"): one for one in ctx.command.params if one.name in of_view}
    named = choices_named(kept) | {word: option.removeprefix("--") for word, option in _FLAGS.items()}
    asked = fold_width(word).strip().removeprefix("--")
    values = [option for option, one in kept.items() if getattr(one, "metavar", None) == asked]
    option = asked if asked in kept else named.get(asked, values[0] if len(values) == 1 else "")
    if option not in kept:
        raise BadValue(f"常用清单{quote(name)}里没有{quote(word)}这项条件", f"存下的有 {'、'.join(kept)}")
    return str(kept[option].name)


def _unknown(name: str, views: Mapping[str, str], view: "View") -> NotFound:
    """No such list: perhaps a filter was meant, perhaps a list of nearly that name."""
    if option := _meant(name, view):
        return NotFound(f"没有常用清单{quote(name)}", f"要按它筛选,请写 ledger list {option}")
    return missing(name, views)


def missing(name: str, views: Mapping[str, str]) -> NotFound:
    """The error for a list that was not saved, with the names that were."""
    near = get_close_matches(name, views, n=1, cutoff=0.5) or [one for one in views if name in one or one in name][:1]
    among = near or list(views)[:_SHOWN]
    known = f"已有 {'、'.join(among)}{'等' if len(views) > _SHOWN and not near else ''}" if among else "还没有存过"
    said = f",是不是 {near[0]}" if near else ""
    hint = (
        "用 ledger config view 查看全部" if views else f"先用 ledger config view {quote(name)[1:-1]} --unit 单位 存下"
    )
    return NotFound(f"没有常用清单{quote(name)}{said or f'({known})'}", hint)


def _meant(name: str, view: "View") -> str:
    """The options that a name by itself was probably meant for."""
    from ledger.dates.within import parse_within
    from ledger.reports.lists import STATUSES

    shown = quote(name)[1:-1]
    if name in _FLAGS:
        return _FLAGS[name]
    if fold_width(name).strip() in STATUSES:
        return f"--status {shown}"
    if any(group.name == name for one in view.rules.groups for group in one.groups):
        return f"--group {shown}"
    for column, option in _FILTERS.items():
        if view.reader.rows(f"SELECT 1 FROM task t WHERE t.{column} = :name LIMIT 1", {"name": name}):
            return f"{option} {shown}"
    try:
        parse_within(name, view.today, view.rules.year)
    except LedgerError:
        return ""
    return f"--due {shown}"
