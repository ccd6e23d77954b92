"""The office's own columns of a task (自定列): declared for the ledger, and what a clerk writes into them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.base.text import clean, fold_width, quote
from ledger.model.fields import MOST_OWN, OWN, OWN_LIMIT, OWN_NAME_LIMIT
from ledger.store.journal import Journal

_LABEL = "自定列的名称"
_PARTING = "=、,;"
"""What may not stand in a name: it parts names from values and from each other."""

_HOW = "请写成 列名=内容,如 资金来源=省财政"


def declare(journal: Journal, name: str) -> str:
    """Add a column after those that there are: its name. Raises `BadValue`, `Refused` where there is one of it."""
    name = clean(name, _LABEL, limit=OWN_NAME_LIMIT)
    if not set(fold_width(name)).isdisjoint(_PARTING) or name.startswith("-"):
        raise BadValue(f"自定列的名称{quote(name)}不合用", "名称里不能有等号、顿号、逗号和分号,也不能以 - 开头")
    columns = journal.rules.columns
    if (same := spelled(columns, name)) is not None:
        raise Refused(f"已有自定列{quote(same)}", "不必再设")
    if len(columns) >= MOST_OWN:
        raise BadValue(f"自定列已有 {MOST_OWN} 个", "请先用 ledger config field --remove 去掉不用的")
    _set(journal, (*columns, name))
    return name


def withdraw(journal: Journal, name: str) -> tuple[str, int]:
    """Take a column out: its name, and how many tasks go on holding a value of it. Raises `NotFound`."""
    column = _declared(journal.rules.columns, name, NotFound)
    _set(journal, tuple(one for one in journal.rules.columns if one != column))
    rows = journal.writer.rows("SELECT t.own FROM task t WHERE t.own <> '{}'")
    return column, sum(column in json.loads(text) for (text,) in rows)


def _set(journal: Journal, columns: Sequence[str]) -> None:
    journal.configure({"columns": [list(journal.rules.columns) or None, list(columns) or None]})


def spelled(columns: Iterable[str], name: str) -> str | None:
    """The column of this name, whatever its width and blanks; None for none."""
    return next((one for one in columns if _key(one) == _key(name)), None)


def _key(name: str) -> str:
    return "".join(fold_width(name).split()).casefold()


def _declared(columns: Sequence[str], name: str, kind: type[BadValue | NotFound]) -> str:
    if (found := spelled(columns, name)) is not None:
        return found
    from ledger.base.nearness import nearest

    near = "".join(map(quote, nearest(name.strip(), columns)))
    hint = f"相近的有{near};" if near else f"已有 {'、'.join(columns)};" if columns else ""
    raise kind(f"没有自定列{quote(name)}", f"{hint}新的一列先用 ledger config field 列名 设定")


def values_of(columns: Sequence[str], given: Mapping[str, Any] | Sequence[str]) -> dict[str, str | None]:
    """What is written into own columns, as texts 列名=内容 or as a mapping: `OWN` + name → text, None to clear.

    Raises `BadValue`, also for a column that is not declared.
    """
    found: dict[str, str | None] = {}
    for column, text in parted(columns, given):
        if not isinstance(text, str):
            raise BadValue(f"自定列{quote(column)}的值不是文字", "请写成文字,空文字即清空")
        found[OWN + column] = value_of(column, text)
    return found


def parted(columns: Sequence[str], given: Mapping[str, Any] | Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Each column with what is said of it. Raises `BadValue`, also for a column that is not declared."""
    for name, text in given.items() if isinstance(given, Mapping) else map(_parted, given):
        yield _declared(columns, name, BadValue), text


def _parted(text: str) -> tuple[str, str]:
    place = min((at for mark in "=＝" if (at := text.find(mark)) > 0), default=0)
    if not text[:place].strip():
        raise BadValue(f"自定列{quote(text)}不完整", _HOW)
    return text[:place], text[place + 1 :]


def value_of(column: str, text: str) -> str | None:
    """The value of a column as typed, None for an empty one. Raises `BadValue`."""
    return clean(text, column, limit=OWN_LIMIT) if text.strip() else None
