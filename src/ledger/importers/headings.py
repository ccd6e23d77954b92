"""Which field each column of a sheet fills, by its heading."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.importers.synonyms import COUNT, INSTEAD_OF_UNIT, LEVEL, NOTED, RESPONSIBLE, RULES, SYNONYMS
from ledger.model.fields import FIELDS, LABELS, OWN, options_named

_WORKED_OUT = (
    *(
        "status",
        "light",
        "days_left",
        "original_due_on",
        "extensions",
        "grace_days",
        "submitted_on",
        "urges",
        "urged_on",
        "reported_on",
    ),
    *("quota", "tally", "evidence"),
)
DERIVED = tuple(LABELS[name] for name in _WORKED_OUT)
"""What the ledger works out by itself and writes into the sheets that it exports: never read back."""

LEFT_OUT = "-"
"""The field of a column that a mapping leaves out."""

EITHER = "unit|with"
"""The field of a column that a mapping calls 责任单位: it leads where no other column does."""

SEVERAL = ("with",)
"""The fields that several columns may fill together."""

_NAMES = {name: field for field, names in SYNONYMS.items() for name in names}
HEADINGS = frozenset((*_NAMES, *COUNT))
"""Every heading that stands in a list, folded."""

_RANKS = {name: rank for names in SYNONYMS.values() for rank, name in enumerate(names)}
_LONGEST = 16  # characters of a heading that may be put together by a rule; a longer text is a sentence
_CALLED = {field.option: field.label for field in FIELDS if field.option} | {"outcome": "完成情况"}
_STATE = LABELS["status"]
_INSTEAD_OF_TITLE = ("problem", "measure")
"""What the tasks are called where no column names them: 整改台账 lists problems, others measures below group rows."""

_TIME = "时间"
"""The heading of a deadline where no other column has one."""

_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")


def folded(heading: str, known: Container[str] = ()) -> str:
    """A heading as it is compared: half-width, no blanks or line breaks, no asterisk, no remark in brackets, unless it
    is `known` with it."""
    bare = _bare(heading)
    return bare if bare in _NAMES or bare in known else _REMARK.sub("", bare) or bare


def _bare(heading: str) -> str:
    return re.sub(r"[\s*※#:]", "", fold_width(heading))


@lru_cache(4096)
def field_of(key: str) -> str:
    """The field that a folded heading means, by name or by rule; empty for none."""
    if key in _NAMES:
        return _NAMES[key]
    if len(key) > _LONGEST or key in DERIVED or key in COUNT or key in NOTED or LEVEL.fullmatch(key):
        return ""
    return next((field for field, pattern in RULES if pattern.fullmatch(key)), "")


def is_known(heading: str) -> bool:
    """Whether a folded heading is one of the practice, whatever becomes of its column."""
    return bool(field_of(heading)) or heading in (*COUNT, *DERIVED, *NOTED) or is_level(heading)


def is_inferred(heading: str, field: str) -> bool:
    """Whether the field of a column follows from more than the name that its folded heading is."""
    plain = _NAMES.get(heading, "code" if heading in COUNT else "")
    return (plain, field) not in ((field, field), ("due_text", "due"), ("with", "unit"))


def named_as(field: str) -> str:
    """A field as it is called to a clerk."""
    return _CALLED.get(field) or SYNONYMS[field][0]


def is_level(heading: str) -> bool:
    """Whether a column of this heading sorts the tasks: 一级指标, 重点领域, 类别."""
    return bool(LEVEL.fullmatch(heading))


def is_taken(name: str) -> bool:
    """Whether a name means a field already, so that no own column can have it."""
    key = folded(name)
    return bool(field_of(key)) or key in (*COUNT, *DERIVED) or key.lower() in options_named()


def named_field(name: str, own: Mapping[str, str] = {}) -> str:
    """The field that a mapping names: by option, by the ledger's name for it, or by any heading; `own` are the columns
    of the office's own, folded. Raises `BadValue`."""
    if _bare(name) in own:
        return own[_bare(name)]
    folded_name = fold_width(name).strip()
    known = {**options_named(), **dict.fromkeys((LEFT_OUT, "不要", "不导入"), LEFT_OUT)}
    if RESPONSIBLE.fullmatch(folded(name)):
        return EITHER
    field = folded_name if folded_name in SYNONYMS else known.get(folded_name) or field_of(folded(name))
    if field not in SYNONYMS and field != LEFT_OUT:
        shown = "、".join(f"{named_as(field)}({field})" for field in SYNONYMS)
        raise BadValue(f"没有名为{quote(name)}的字段", f"可用 {shown},或 {LEFT_OUT}(不导入)")
    return field


def checked_mapping(mapping: Mapping[str, str], columns: Iterable[str] = ()) -> dict[str, str]:
    """The mapping by folded heading, after the office's own `columns`, which fill themselves. Raises `BadValue` for a
    field that there is not."""
    own = {_bare(name): OWN + name for name in columns}
    return own | {folded(heading, own): named_field(name, own) for heading, name in mapping.items()}


def fields_of(headings: Sequence[str], mapping: Mapping[str, str] = {}) -> dict[int, str]:
    """Which field each column fills, column → field, from folded headings; `mapping`, folded too, overrules.

    责任单位 leads where no other column names the lead unit: its first unit is the lead, beside 配合单位 too; several
    columns of assisting units count together. Where only one of 完成时限 and 截止日期 stands, it is the deadline. 序号
    stands for the code where no other column does, what `_INSTEAD_OF_TITLE` says and the finest of the columns that
    sort for the title, and the coarsest of them for the activity.
    """
    found = _mapped(headings, mapping)
    free = {column: heading for column, heading in enumerate(headings) if heading and heading not in mapping}
    _give_named(free, found)
    _give_in_place(free, found)
    stated = {field for column, field in found.items() if column not in free}
    if "due" not in found.values() and "due_text" in found.values() and "due_text" not in stated:
        found[next(column for column, field in found.items() if field == "due_text")] = "due"
    return dict(sorted(found.items()))


def _mapped(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[int, str]:
    """The fields of the columns that a mapping names, of 责任单位 as the other columns leave it."""
    found: dict[int, str] = {}
    leads = any(mapping.get(heading, field_of(heading)) == "unit" for heading in headings)
    for column, heading in enumerate(headings):
        field = mapping.get(heading, LEFT_OUT)
        if field == EITHER:
            field, leads = "with" if leads else "unit", True
        if field != LEFT_OUT and (field in SEVERAL or field not in found.values()):
            found[column] = field
    return found


def _give_named(free: Mapping[int, str], found: dict[int, str]) -> None:
    """Give each column that still has none the field that its heading names, of equals the first by rank."""
    meant: dict[str, list[int]] = {}
    for column, heading in free.items():
        if field := field_of(heading):
            meant.setdefault(field, []).append(column)
    assisting = meant.pop("with", [])
    for field in SYNONYMS:
        columns = sorted(meant.get(field, ()), key=lambda column: _RANKS.get(free[column], len(_RANKS)))
        if columns and field not in found.values():
            found[columns[0]] = field
    responsible = [column for column in assisting if RESPONSIBLE.fullmatch(free[column])]
    if responsible and "unit" not in found.values():
        found[responsible[0]] = "unit"
    found |= {column: "with" for column in assisting if column not in found}


def _give_in_place(free: Mapping[int, str], found: dict[int, str]) -> None:
    """Give a field that no heading names the column that stands in its place."""
    levels = [column for column, heading in free.items() if is_level(heading) and column not in found]
    if "title" not in found.values():
        instead = [column for wanted in _INSTEAD_OF_TITLE for column, field in found.items() if field == wanted]
        if places := [*(column for column in instead if column in free), *levels[::-1]]:
            found[places[0]] = "title"
            levels = [column for column in levels if column != places[0]]
    stead = [column for column, heading in free.items() if heading in INSTEAD_OF_UNIT]
    if stead and "unit" not in found.values():
        found[stead[0]] = "unit"
    if _TIME in free.values() and not {"due", "due_text"} & set(found.values()):
        found[next(column for column, heading in free.items() if heading == _TIME)] = "due"
    if levels and "activity" not in found.values():
        found[levels[0]] = "activity"
    said = [column for column, heading in free.items() if field_of(heading) == "outcome" and column not in found]
    if said and "note" not in found.values():  # 整改情况 beside 是否销号
        found[said[0]] = "note"
    counts = [column for column, heading in free.items() if heading in COUNT]
    if counts and "code" not in found.values():
        found[counts[0]] = "code"
    if "outcome" not in found.values() and not any(
        heading in DERIVED and heading != _STATE for heading in free.values()
    ):
        found |= {column: "outcome" for column, heading in free.items() if heading == _STATE}


def is_left_out(heading: str, mapping: Mapping[str, str]) -> bool:
    """Whether a column without a field says nothing to the ledger: a count, what it derives, what a mapping drops."""
    if heading in mapping:
        return mapping[heading] == LEFT_OUT
    return heading in COUNT or heading in DERIVED


def is_noted(heading: str) -> bool:
    """Whether the cells of a column without a field go into the note: what the practice knows, the second of two."""
    return heading in NOTED or bool(field_of(heading))
