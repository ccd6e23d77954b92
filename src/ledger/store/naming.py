"""Which task is meant by what a clerk typed: a code, a part of one, a running number, words of the title.

The first that fits, whatever the width of characters and the kind of brackets and dashes:

1. an exact code; or the own code of a series, which means the one of its occurrences that is due to be worked on
2. the tail of a code of the default form, of the year of today (`12`: 2013-012) or with a short year (`13-12`)
3. where that is none, the one code of that year that ends in the number (2013-学创-012)
4. any of these with what it bears behind a point: `12.3` is 2013-012-03
5. `id:57`: the running number
6. words of the title, if they fit exactly one task; the occurrences of a series are one there: the earliest unfinished
   one that has begun

What only looks like a number is never looked for in titles, and where several fit, none is taken.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import BadValue, NotFound
from ledger.base.text import clip, fold_width, listed, quote, visible
from ledger.model.task import CANCELLED, CLOSED, STATUS_WORDS, UNFINISHED, Task
from ledger.store import queries
from ledger.store.conditions import GIVEN_OUT, among
from ledger.store.reader import Reader


class Among(NamedTuple):
    """Of which statuses a task must be to be found by its title or its series, and whether one `ahead` will do, which
    has not been given out yet."""

    statuses: Sequence[str]
    ahead: bool = False


Sought = Sequence[Among]
"""Where to look for a task: first among these, where none of them fits among the next."""

IN_HAND: Sought = (Among(UNFINISHED),)
FINISHED: Sought = (Among((CLOSED, CANCELLED)),)
ANY: Sought = (*IN_HAND, Among(tuple(STATUS_WORDS)), Among(tuple(STATUS_WORDS), ahead=True))

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-")
_OPENING, _CLOSING = "([{〔【〖「『〈《﹝", ")]}〕】〗」』〉》﹞"
_BRACKETS = {ord(one): "(" for one in _OPENING} | {ord(one): ")" for one in _CLOSING}
_NUMBER = re.compile(r"(?:([0-9]{2})-)?0*([0-9]{1,9})")
_BORNE = re.compile(r"(.+?)((?:\.[0-9]{1,9}){1,2})")
_ID = re.compile(r"(?i)id:0*([0-9]{1,9})")
_MOST_WORDS, _LONGEST = 10, 200
_SHOWN = 10
"""Candidates that are listed where several fit."""


class _Fit(NamedTuple):
    """A task that what was typed fits; `series` and `begins` tell which occurrence of which series it is."""

    id: int
    code: str
    title: str
    unit: str
    series: int | None
    begins: date | None


def find(reader: Reader, typed: str, today: date, sought: Sought = IN_HAND) -> Task:
    """The task that is meant by what was typed. Raises `NotFound`, and `BadValue` where several fit."""
    name = _spelt(typed)
    if not name or "\0" in name or len(name) > _LONGEST:  # PostgreSQL refuses the character
        raise _none(typed)
    if running := _ID.fullmatch(name):
        return queries.task_numbered(reader, int(running[1]))
    return (
        _coded(reader, codes_meant(typed, today), today, sought)
        or _loosely_coded(reader, name)
        or _numbered(reader, typed, today, sought)
        or _titled(reader, typed, today, sought)
    )


def codes_meant(typed: str, today: date) -> list[str]:
    """The codes that a name may stand for, in the order in which they are tried; as far as the name alone tells."""
    name = _spelt(typed)
    names = [name, name[1:-1]] if name[:1] in _OPENING and name[-1:] in _CLOSING and len(name) > 2 else [name]
    names += [one.translate(_DASHES) for one in names]
    found = list(names)
    for one in names:
        base, borne = _parted(one)
        found.append(base + borne)
        if number := _year_and_number(base, today):
            found.append(f"{number[0]}-{number[1]:03d}{borne}")
    return list(dict.fromkeys(found))


def _spelt(typed: str) -> str:
    return fold_width(typed).strip()


def _parted(name: str) -> tuple[str, str]:
    """A name in two: what bears, and the tail of the code that is borne (`12.3`: "12", "-03")."""
    borne = _BORNE.fullmatch(name)
    if borne is None:
        return name, ""
    return borne[1], "".join(f"-{int(number):02d}" for number in borne[2][1:].split("."))


def _year_and_number(name: str, today: date) -> tuple[str, int] | None:
    """The year, four digits, and the number that a name means by the default form of codes."""
    found = _NUMBER.fullmatch(name)
    if found is None:
        return None
    century, year = divmod(today.year, 100)
    return f"{century:02d}{found[1] or f'{year:02d}'}", int(found[2])


# --- by code ---------------------------------------------------------------------------------------------------------


def _coded(reader: Reader, codes: Sequence[str], today: date, sought: Sought) -> Task | None:
    """The task, or the occurrence of the series, that the first of these codes to be given names."""
    among_them = ", ".join(f":c{place}" for place in range(len(codes)))
    parameters = {f"c{place}": code for place, code in enumerate(codes)}
    by_code = {task.code: task for task in queries.tasks(reader, f"WHERE t.code IN ({among_them})", parameters)}
    for code in codes:
        if (task := by_code.get(code)) is not None:
            return task
        if (task := _of_series(reader, code, today, sought)) is not None:
            return task
    return None


def _of_series(reader: Reader, code: str, today: date, sought: Sought) -> Task | None:
    """The occurrence that the own code of a series means; None where it is none. Raises `NotFound`, `BadValue`."""
    where = "WHERE t.code > :first AND t.code < :last AND t.series IS NOT NULL ORDER BY t.occurrence_on"
    found = queries.tasks(reader, where, {"first": f"{code}-", "last": f"{code}."})  # the sign after "-"
    borne = [task for task in found if re.fullmatch("[0-9]{2,9}", task.code[len(code) + 1 :])]
    if not borne:
        return None
    for statuses, ahead in sought:
        fits = [one for one in borne if one.status in statuses and (ahead or one.assigned_on <= today)]
        if fits and statuses is UNFINISHED:
            return fits[0]
        if fits:
            return _only(reader, code, map(_fit_of, fits))
    what = "在办" if sought[0] in IN_HAND else "已办结"
    raise NotFound(f"循环任务 {visible(code)} 没有已经开始的{what}事项", f"可写明哪一期,如 {visible(borne[0].code)}")


def _loosely_coded(reader: Reader, name: str) -> Task | None:
    """The task whose code is this but for the kind of its brackets and dashes."""
    unsettled = {*_BRACKETS, *_DASHES, ord("-")}
    if not any(ord(one) in unsettled for one in name):
        return None
    pattern = "".join("_" if ord(one) in unsettled or one in "!%_" else one for one in name)
    found = reader.stream(f"SELECT {_FITTING} FROM task t WHERE t.code LIKE :code ESCAPE '!'", {"code": pattern})
    plain = _plain(name)
    return _only(reader, name, [fit for fit in map(_fit, found) if _plain(fit.code) == plain])


def _plain(code: str) -> str:
    return fold_width(code).translate(_BRACKETS).translate(_DASHES)


def _numbered(reader: Reader, typed: str, today: date, sought: Sought) -> Task | None:
    """The task of the one code of the year that ends in the number, or what that code bears."""
    base, borne = _parted(_spelt(typed).translate(_DASHES))
    if (meant := _year_and_number(base, today)) is None:
        return None
    year, number = meant
    ends = re.compile(rf"(?:.*[^0-9])?{year}(?:[^0-9].*)?[^0-9]0*{number}号?")
    given = [code for code in _codes_with(reader, year, number) if ends.fullmatch(code)]
    if borne or len(given) < 2:
        found = [task for code in given if (task := _coded(reader, [code + borne], today, sought)) is not None]
        return _only(reader, typed, map(_fit_of, found))
    raise _several(typed, [visible(code) for code in given])


def _codes_with(reader: Reader, year: str, number: int) -> list[str]:
    """The codes of tasks and of series with this year and number in them; none that another code bears."""
    sql = "SELECT t.code, t.occurrence_on FROM task t WHERE t.code LIKE :year AND t.code LIKE :number"
    found = reader.rows(sql, {"year": f"%{year}%", "number": f"%{number}%"})
    codes = [code if begins is None else code.rpartition("-")[0] for code, begins in found]
    bearing = {code: code.rpartition("-")[0] for code in dict.fromkeys(codes)}
    borne = {head for head in bearing.values() if reader.rows("SELECT 1 FROM code WHERE code = :code", {"code": head})}
    return [code for code, head in bearing.items() if head not in borne]


# --- by title --------------------------------------------------------------------------------------------------------

_FITTING = "t.id, t.code, t.title, t.unit, t.series, t.occurrence_on"
_TITLE = "lower(replace(replace(t.title, ' ', ''), '　', ''))"


def _titled(reader: Reader, typed: str, today: date, sought: Sought) -> Task:
    """The one task with these words in its title, spelling aside. Raises `NotFound`, `BadValue`."""
    from ledger.base.titles import key  # few name a task so: no other command pays for loading it

    words = typed.split()
    if len(words) > _MOST_WORDS or not any(map(str.isalpha, typed)):
        raise _none(typed)
    keys = list(map(key, words))
    for statuses, ahead in sought:
        where, parameters = [f"t.status IN {among(statuses)}"], dict[str, Any]()
        if not ahead:
            where.append(GIVEN_OUT)
            parameters["today"] = today
        for place, word in enumerate(words):
            condition, patterns = like_title(word, f"word{place}", within=True)
            where.append(condition)
            parameters |= patterns
        found = reader.stream(f"SELECT {_FITTING} FROM task t WHERE {' AND '.join(where)} ORDER BY t.id", parameters)
        fits = (fit for fit in map(_fit, found) if all(word in key(fit.title) for word in keys))
        if (task := _only(reader, typed, _earliest(fits) if statuses is UNFINISHED else fits)) is not None:
            return task
    among_them = "在办事项的" if sought is IN_HAND else "已办结事项的" if sought is FINISHED else ""
    raise _none(typed, f",{among_them}任务里也没有这些字")


def like_title(text: str, name: str, *, within: bool) -> tuple[str, dict[str, str]]:
    """The condition that a title looks like a text, or has it within it, with its parameters (called after `name`).

    It lets through all titles of which `base.titles.key` says so, and some others: blanks are passed over, signs are
    left open, letters and digits may be half-width or full-width.
    """
    patterns = {f"{name}_{place}": _pattern(text, shift, within) for place, shift in enumerate((0, 0xFEE0))}
    return "(" + " OR ".join(f"{_TITLE} LIKE :{one} ESCAPE '!'" for one in patterns) + ")", patterns


def _pattern(text: str, shift: int, within: bool) -> str:
    plain = (one for one in fold_width(text).lower() if not one.isspace())
    return f"{'%' if within else ''}{''.join(_like(one, shift) for one in plain)}%"


def _like(character: str, shift: int) -> str:
    if not character.isalnum():
        return "%"
    if not (shift and character.isascii()):
        return character
    return chr(ord(character) + shift) if character.isdigit() else "_"  # databases do not fold the case of these


def _earliest(fits: Iterable[_Fit]) -> Iterator[_Fit]:
    """Of each series the earliest occurrence alone."""
    of_series: dict[int, _Fit] = {}
    for fit in fits:
        if fit.series is None:
            yield fit
        elif (known := of_series.get(fit.series)) is None or (fit.begins or date.min) < (known.begins or date.min):
            of_series[fit.series] = fit
    yield from of_series.values()


def _fit(row: Sequence[Any]) -> _Fit:
    number, code, title, unit, series, begins = row
    return _Fit(number, code, title, unit, series, queries.day_of(begins))


def _fit_of(task: Task) -> _Fit:
    return _Fit(task.id, task.code, task.title, task.unit, task.series, task.occurrence_on)


def _only(reader: Reader, typed: str, fits: Iterable[_Fit]) -> Task | None:
    """The only one that fits, None where none does. Raises `BadValue` where several do."""
    found = sorted(fits)
    if len(found) > 1:
        raise _several(typed, [f"{visible(fit.code)} {clip(visible(fit.title), 40)}" for fit in found])
    return queries.task_numbered(reader, found[0].id) if found else None


def _several(typed: str, candidates: Sequence[str]) -> BadValue:
    more = "" if len(candidates) <= _SHOWN else "等"
    what = f"{quote(typed)}可以指 {len(candidates)} 件事项:{'、'.join(candidates[:_SHOWN])}{more}"
    return BadValue(what, "请写明其中一件的编号")


def _none(typed: str, in_titles: str = "") -> NotFound:
    """`in_titles` says among which tasks the words were looked for as well."""
    number = _spelt(typed)
    if len(listed(typed)) > 1:
        hint = "这里只能写一件事项,请分几次;"
    elif not in_titles and number.isascii() and number.isdigit() and len(number) < 10:
        hint = f"按序号指明请写 id:{number};"
    else:
        hint = ""
    return NotFound(f"没有编号为{quote(typed)}的事项{in_titles}", f"{hint}用 ledger list --status all 查看全部编号")
