"""What a cell says: its content as the spreadsheet holds it, and the text of each field that it means.

A reader hands over texts as `str`; a number with its format, since a date, a percentage and a padded code are all
numbers to a spreadsheet; and a `Fault` for a cell that says nothing (#REF!).
"""

import math
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.model.fields import BY_NAME, LIMITS

DAY_FIELDS = ("due", "due_text", "on", "start", "closed_on")
"""The fields that name a day, where a bare number is a serial number of the spreadsheet."""

SINGLE_LINE = ({name for name in LIMITS if not BY_NAME[name].multiline} - {"unit"}) | {"code", *DAY_FIELDS}
"""The fields of one line: a line break in their cells is only there to fit the column."""

_TRUE = ("是", "√", "✓", "✔", "☑", "重点", "1", "y", "yes")
_SERIALS = range(20_000, 80_000)  # 1954 to 2119; smaller and larger numbers in a column of days are typing errors
_FORMATS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?")
_PADDED = re.compile(r'((?:"[^"]*"|\\.|[-/ ()])*)(0+)')
_MONTH_DAY = re.compile(r"(m{1,2})(?:\\?([-./]))(d{1,2})(?:;@)?")


class Number(NamedTuple):
    """A number and the format code it is shown by, `General` where it has none; `epoch_1904` as the workbook says."""

    value: float
    format: str = "General"
    epoch_1904: bool = False


class Fault(NamedTuple):
    """A cell that cannot be read: what is wrong with it, what to do."""

    what: str
    hint: str


Value = str | Number | Fault

Cells = dict[int, Value]
"""The filled cells of a row: column from 0 → value."""


class Merge(NamedTuple):
    """A merged range, rows as the sheet numbers them, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


def text_of(value: Value, field: str) -> str:
    """What a cell means to a field (empty: one of no field). Raises `BadValue`."""
    if isinstance(value, str):
        return _text_day(value) if field in DAY_FIELDS else value
    if isinstance(value, Fault):
        raise BadValue(value.what, value.hint)
    if field in DAY_FIELDS:
        return _day(value)
    return _code(value) if field == "code" else shown(value)


def is_true(text: str) -> bool:
    """Whether a mark in a column such as 重点 says yes."""
    return fold_width(text).lower() in _TRUE


def percent_in(text: str) -> int | None:
    """The whole percentage that a text is (60, 60%), None where it is words."""
    found = re.fullmatch(r"(\d{1,3})(?:\.0+)?\s*%?", fold_width(text))
    return int(found[1]) if found else None


def _text_day(text: str) -> str:
    """A serial number stays one where a sheet was saved as text; of a moment, as databases write it, the day counts."""
    if found := _MOMENT.fullmatch(text):
        return found[1]
    if len(text) == 5 and text.isascii() and text.isdigit() and int(text) in _SERIALS:
        return serial_day(int(text), False).isoformat()
    return text


def serial_day(serial: float, epoch_1904: bool) -> date:
    """The day of a serial number; a time of day is dropped. Raises `BadValue`.

    1900 counts as a leap year, as every spreadsheet has it since Lotus 1-2-3: 60 is a day that never was.
    """
    days = math.floor(serial + 1e-6)
    first = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30 if days > 60 else 31)
    try:
        if days >= (0 if epoch_1904 else 1) and (epoch_1904 or days != 60):
            return first + timedelta(days=days)
    except OverflowError:
        pass
    raise BadValue(f"数字 {_plain(serial)} 不是日期", "请写成“3月31日”或带年份的日期")


def _day(number: Number) -> str:
    kind = _kind(number.format)
    if kind == "time":
        raise BadValue(f"“{shown(number)}”只有钟点,没有日期", "请写成“3月31日”或带年份的日期")
    text = _plain(number.value)
    if len(text) == 8 and text.isdigit():  # 20130331, beyond every serial number
        return text
    if kind == "date" or math.floor(number.value) in _SERIALS:
        return serial_day(number.value, number.epoch_1904).isoformat()
    raise BadValue(
        f"{quote(text)}是数字,看不出是哪一天", "如 3.1 可能是3月1日,也可能是3月10日:请写成“3月1日”或带年份的日期"
    )


def _code(number: Number) -> str:
    kind = _kind(number.format)
    if kind in ("date", "time"):
        return _restored(number)
    if kind == "percent" or "e+" in number.format.lower():
        what = "百分数" if kind == "percent" else "科学计数的数字"
        raise BadValue(f"编号“{shown(number)}”是{what}", "请把编号列设为文本格式后重新填写")
    padded = _PADDED.fullmatch(number.format)
    if padded and number.value >= 0 and number.value == int(number.value):
        return re.sub(r'["\\]', "", padded[1]) + str(int(number.value)).zfill(len(padded[2]))
    return _plain(number.value)


def _restored(number: Number) -> str:
    """A code such as 1-2 that the spreadsheet took for a date: as it is shown, if nobody could read that as a date."""
    day = serial_day(number.value, number.epoch_1904)
    pattern = _MONTH_DAY.fullmatch(number.format.lower())
    if pattern is None:
        raise BadValue(
            f"编号被表格软件改成了日期 {day}(原来可能是“{day.month}-{day.day}”)", "请把编号列设为文本格式,重新填写编号"
        )
    month, mark, of_month = pattern.groups()
    return f"{day.month:0{len(month)}}{mark}{day.day:0{len(of_month)}}"


def shown(number: Number) -> str:
    """A number as text: days as YYYY-MM-DD, times as HH:MM, percentages with their sign, 3.0 as 3."""
    kind = _kind(number.format)
    if kind == "percent":
        return f"{_plain(round(number.value * 100, 6))}%"
    if kind == "time":
        return _clock(number.value)
    if kind == "date":
        day = serial_day(number.value, number.epoch_1904).isoformat()
        clock = _clock(number.value % 1)
        return day if clock == "00:00" else f"{day} {clock}"
    return _plain(number.value)


def _clock(days: float) -> str:
    minutes = round(days * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _plain(value: float) -> str:
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(value)


def in_one_line(text: str, field: str) -> str:
    """The lines of a cell put together: names by 、, words of other scripts by a blank, Chinese without anything."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if field in ("owner", "leader"):
        return "、".join(line.strip("、") for line in lines)
    joined = lines[0]
    for line in lines[1:]:
        joined += f" {line}" if joined[-1].isascii() and line[0].isascii() else line
    return joined


@lru_cache(1024)
def _kind(format: str) -> str:
    """`date`, `time`, `percent` or `number`: what the first section of a format code shows."""
    bare = _FORMATS.sub("", format.split(";")[0]).lower()
    if bare == "general":
        return "number"
    clock = "h" in bare or "s" in bare
    if "y" in bare or "d" in bare or ("m" in bare and not clock):
        return "date"
    if clock:
        return "time"
    return "percent" if "%" in bare else "number"


def iso_value(text: str) -> str:
    """A day of a strict workbook, which writes it out; its time of day is dropped where there is none."""
    moment = datetime.fromisoformat(text)
    return moment.date().isoformat() if not (moment.hour or moment.minute) else f"{moment:%Y-%m-%d %H:%M}"
