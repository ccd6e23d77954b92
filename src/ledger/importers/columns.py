"""What only a whole column tells: whether numbers are a mere count, which codes are spoilt, what 0.5 is a share of."""

import re
from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.importers.lines import number_level
from ledger.importers.sheet import Refusal, Row

_SCIENTIFIC = re.compile(r"\d+(\.\d+)?E[+-]?\d+", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
_DATE = re.compile(
    rf"\d{{4}}[/年]\d{{1,2}}([/月]\d{{1,2}}日?|月)?|\d{{1,2}}月(\d{{1,2}}日)?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{1,2}}-({_MONTHS})(-\d+)?"
    rf"|({_MONTHS})-\d{{1,2}}",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})( \d{1,2}:\d{2}(:\d{2})?)?")
_PLAIN = re.compile(r"[1-9]\d*|0")
_HEAD = re.compile(r"(\d+)\D")
_SERIAL = range(20_000, 80_000)
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(%?)")
_FRACTION = re.compile(r"0?\.0*[1-9]\d*")
_PERCENT_HEADING = re.compile("[%％]")
_STATE = re.compile(
    "(?:已|已经|全部|按期)*(?:完成|办结|销号)|(?:正在)?(?:进行|推进|办理|实施)中?|(?:尚|还)?未(?:开始|启动|完成|办结)|在办"
)
_WHOLE = 100
_ANEW = "请把编号列设为文本格式,重新填写编号"


def is_count(rows: Sequence[Row]) -> bool:
    """Whether a running number is a mere count (1, 2, 3; 一、二; 1.1; 001, 002), no code (学创-001, 1-2)."""
    values = [fold_width(row.options["code"]).rstrip("、.") for row in rows if "code" in row.options]
    if all(value.isdigit() and int(value) == place for place, value in enumerate(values, 1)):
        return True
    width = max((len(value) for value in values if _is_padded(value)), default=0)
    return len(set(values)) < len(values) or any(_counts(value, width) for value in values)


def _counts(value: str, width: int) -> bool:
    """Whether a number only counts: 3, 一, (1), 1.1; not 1-2, nor 103 beside 012, which are as wide."""
    padded = value.isdigit() and 0 < width <= len(value)
    return not padded and not _is_padded(value) and "-" not in value and number_level(value) is not None


def _is_padded(value: str) -> bool:
    return value.isdigit() and not _PLAIN.fullmatch(value)


class _Kept(NamedTuple):
    """How the codes of a column are written that are no plain numbers: how many of such `text` there are beside the
    `plain` ones, the numbers that some begin with, the width of all where they are padded numbers, and whether all
    are days."""

    text: int
    plain: int
    heads: Set[str]
    width: int
    days: bool


def _kept(codes: Sequence[str]) -> _Kept:
    kept = [code for code in codes if not _PLAIN.fullmatch(code)]
    heads = {found[1] for code in kept if (found := _HEAD.match(code))}
    width = min(map(len, kept), default=0) if all(map(_is_padded, kept)) else 0
    return _Kept(len(kept), len(codes) - len(kept), heads, width, all(map(_ISO.fullmatch, codes)))


def spoilt_codes(rows: Sequence[Row]) -> list[Refusal]:
    """The codes that a spreadsheet made a date or a number of, as refusals of their cells."""
    codes = {id(row): fold_width(row.options["code"]).strip() for row in rows if "code" in row.options}
    kept = _kept([*codes.values()])
    found = []
    for row in rows:
        code = codes.get(id(row), "")
        if code[:1].isascii() and (what := _spoilt(code, kept)):
            found.append(Refusal(row.line, "code", BadValue(f"编号{quote(row.options['code'])}{what}", _ANEW)))
    return found


def _spoilt(code: str, kept: _Kept) -> str:
    if _SCIENTIFIC.fullmatch(code):
        return "是科学计数,被表格软件改成了数字"
    if _DATE.fullmatch(code) or ((not kept.days or " " in code) and _is_day(code)):
        return "是日期,被表格软件改过"
    if _PLAIN.fullmatch(code) and _stood_apart(code, kept):
        return "只是数字,与其他编号的写法不同,可能被表格软件改过"
    return ""


def _is_day(code: str) -> bool:
    if not (found := _ISO.fullmatch(code)):
        return False
    try:
        date(*(int(part) for part in found.groups()[:3]))
    except ValueError:
        return False
    return True


def _stood_apart(code: str, kept: _Kept) -> bool:
    """Whether a plain number stands where the other codes are written otherwise."""
    if not kept.text or code in kept.heads:
        return False
    if kept.width:
        return len(code) < kept.width
    return int(code) in _SERIAL or kept.text >= kept.plain


def settle_progress(rows: Sequence[Row], heading: str) -> tuple[list[str], list[Refusal]]:
    """Make percentages of a column of progress; a state in words is the outcome where nothing else says that, other
    words go into the note. What to tell of it, and refusals.

    Where no number is above 1, all are shares of 1 (0.5 is 50 %); a fraction among percentages is neither for certain.
    """
    texts = {id(row): fold_width(str(row.options["progress"])).strip() for row in rows if "progress" in row.options}
    of_one = _is_of_one([*texts.values()], heading)
    refusals = []
    for row in rows:
        if (text := texts.get(id(row))) is None:
            continue
        if (percent := _percent(text, of_one=of_one)) is not None:
            row.options["progress"] = percent
            if not of_one and _FRACTION.fullmatch(text):
                error = BadValue(
                    f"“{text}”看不出是{float(text):g}%还是{float(text) * 100:g}%", "请写成 50% 这样的百分数"
                )
                refusals.append(Refusal(row.line, "progress", error))
            continue
        words = row.options.pop("progress")
        if _STATE.fullmatch(text) and "outcome" not in row.options:
            row.options["outcome"] = words
        else:
            row.options["note"] = ";".join(filter(None, [row.options.get("note"), f"{heading}:{words}"]))
    return _shares_told(of_one, texts.values(), heading), refusals


def settle_outcome(rows: Sequence[Row], heading: str) -> list[str]:
    """Make progress of the percentages in a column of outcomes, and of its shares where it holds no words. What to
    tell of it."""
    texts = {id(row): fold_width(row.options["outcome"]).strip() for row in rows if "outcome" in row.options}
    of_one = all(map(_NUMBER.fullmatch, texts.values())) and _is_of_one([*texts.values()], heading)
    for row in rows:
        text = texts.get(id(row), "")
        if "progress" not in row.options and (of_one or text.endswith("%")):
            percent = _percent(text, of_one=of_one)
            if percent is not None:
                row.options.pop("outcome")
                row.options.update({"progress": percent} | ({"outcome": "100%"} if percent == _WHOLE else {}))
    return _shares_told(of_one, texts.values(), heading)


def _is_of_one(texts: Sequence[str], heading: str) -> bool:
    """Whether the bare numbers of a column are shares of 1."""
    bare = [float(text) for text in texts if _NUMBER.fullmatch(text) and not text.endswith("%")]
    return bool(bare) and max(bare) <= 1 and not _PERCENT_HEADING.search(heading)


def _percent(text: str, *, of_one: bool) -> int | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return round(float(found[1]) * 100 if of_one and not found[2] else float(found[1]))


def _shares_told(of_one: bool, texts: Iterable[str], heading: str) -> list[str]:
    shared = of_one and any(text.strip("0.") for text in texts)
    return [f"“{heading}”列的小数按份额读入,如 0.5 为50%、1 为100%"] if shared else []
