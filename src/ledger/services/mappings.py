"""Saved mappings: which column of a unit's sheet fills which field, kept under a name as a setting of the ledger."""

from collections.abc import Mapping
from typing import Any

from ledger.base.errors import BadValue, NotFound
from ledger.base.text import clean, quote
from ledger.model.rules import MAPPING, saved_mappings
from ledger.store.journal import Journal

_LABEL = "列对应的名称"
Columns = Mapping[str, str]
"""A sheet's heading → the field that it fills."""


def columns_of(texts: list[str]) -> dict[str, str]:
    """The columns of texts 列名=field. Raises `BadValue`."""
    found: dict[str, str] = {}
    for text in texts:
        heading, _, name = text.rpartition("=")
        if not heading.strip() or not name.strip():
            raise BadValue(f"列的对应{quote(text)}不完整", "请写成 列名=字段,如 工作事项描述=title")
        found[heading.strip()] = name.strip()
    return found


def texts_of(columns: Columns) -> list[str]:
    """Columns as they are stored and shown."""
    return [f"{heading}={name}" for heading, name in columns.items()]


def named(settings: Mapping[str, Any], name: str) -> dict[str, str]:
    """The saved mapping of this name. Raises `NotFound`, naming those there are."""
    known = saved_mappings(settings)
    if name not in known:
        others = f"已存的有 {'、'.join(map(quote, known))}" if known else "先用 --save-mapping 存下"
        raise NotFound(f"没有名为{quote(name)}的列对应", others)
    return columns_of(known[name])


def save(journal: Journal, name: str, columns: Columns) -> None:
    """Keep a mapping under a name, in place of one that had it. Raises `BadValue`."""
    name = clean(name, _LABEL, limit=50)
    if not columns:
        raise BadValue("没有写明列的对应,无从保存", "请用 --map 列名=字段 写明")
    before, after = journal.settings.get(MAPPING + name), texts_of(columns)
    if before != after:
        journal.configure({MAPPING + name: [before, after]})


def remove(journal: Journal, name: str) -> None:
    """Forget a mapping. Raises `NotFound`."""
    named(journal.settings, name)
    journal.configure({MAPPING + name: [journal.settings[MAPPING + name], None]})
