"""The rows below a heading row as tasks: merged cells filled down, lines that are no tasks left out and told."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import fold_width, quote
from ledger.importers.cells import SINGLE_LINE, Cells, Merge, Number, Value, in_one_line, is_true, percent_in, text_of
from ledger.importers.header import Header
from ledger.importers.headings import COUNT, DERIVED, is_left_out
from ledger.importers.sheet import Refusal, Row, Sheet
from ledger.importers.unit_cells import UnitCells

Line = tuple[int, Cells]
"""A filled row: its number in the sheet, and its cells."""

_TOTAL_WORDS = ("合计", "总计", "小计", "共计", "累计")
_TOTAL = re.compile(rf"({'|'.join(_TOTAL_WORDS)})(\W.*|\d.*|共.*)?", re.DOTALL)
_FOOT = re.compile(r"(填表|制表|填报|审核|审批|复核|备注|注|说明|联系|报送|单位负责|主要负责|签字|打印)\w{0,6}:")
_GROUP = re.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六\d]+(阶段|部分|季度)")
_COUNTED = re.compile(r"[1-9]\d*|[一二三四五六七八九十百]+|[\u2460-\u2473]|\(\d+\)")
_MOST_TASKS = 200_000
_TOTALS, _GROUPS, _FEET, _HEADINGS = "合计", "分组标题", "表尾说明", "重复的表头"


class Table:
    """One sheet below its heading row, being read."""

    def __init__(
        self,
        header: Header,
        mapping: Mapping[str, str],
        merges: Iterable[Merge],
        unit: str,
        known: Collection[str] = (),
    ) -> None:
        self.header = header
        self.fields = header.fields
        self.refusals: list[Refusal] = []
        self.left_out: dict[str, list[int]] = {}
        self.units = UnitCells(known)
        self._joined: list[int] = []
        self._mapping = mapping
        self._unit = unit
        by_field = {field: column for column, field in header.fields.items()}
        self._title = by_field["title"]
        self._lead = by_field.get("unit", -1)
        self._counts = {column for column, key in enumerate(header.keys) if key in COUNT}
        self._ignored = {
            column for column, key in enumerate(header.keys) if column not in self.fields and is_left_out(key, mapping)
        }
        self._merges = _by_top(merges)
        self._down: dict[int, tuple[int, Value]] = {}

    def read(self, name: str, lines: Iterable[Line]) -> Sheet:
        """The whole sheet. `BadValue` where it is too long."""
        rows = list(islice(self._rows(lines), _MOST_TASKS + 1))
        if len(rows) > _MOST_TASKS:
            raise BadValue(f"表里超过 {_MOST_TASKS} 行", "请分成几个文件导入")
        columns = {field: (self._heading(column), column) for column, field in self.fields.items()}
        if "code" in columns and self._may_be_count(columns["code"][1]) and _is_count(rows):
            del columns["code"]
            for row in rows:
                row.options.pop("code", None)
        return Sheet(name, columns, self._extra(), rows, self.refusals, self._remarks(), units=self.units.told())

    def _may_be_count(self, column: int) -> bool:
        return column in self._counts and self.header.keys[column] not in self._mapping

    def _extra(self) -> list[str]:
        return [
            heading
            for column in range(len(self.header.headings))
            if column not in self.fields and column not in self._ignored and (heading := self._heading(column))
        ]

    def _remarks(self) -> list[str]:
        remarks = [f"{_numbers(lines)}是{kind},未导入" for kind, lines in self.left_out.items()]
        if self._joined:
            remarks.append(f"{_numbers(list(dict.fromkeys(self._joined)))}单元格里的换行已去掉")
        derived = [self._heading(column) for column in sorted(self._ignored) if self.header.keys[column] in DERIVED]
        if derived:
            remarks.append(f"由台账自行得出的列没有读取:{'、'.join(derived)}")
        if "unit" not in self.fields.values():
            remarks.append(f"没有牵头单位一列,按表头上方所写,都记为{quote(self._unit)}")
        return remarks

    def _rows(self, lines: Iterable[Line]) -> Iterator[Row]:
        """The tasks; what is no task, and cells that cannot be read, are gathered beside."""
        for line, cells in lines:
            if cells.keys() <= self._counts and all(_is_counted(cells[column]) for column in cells):
                continue  # a numbered line that nobody filled in
            self._fill_down(line, cells)
            if kind := "" if self._is_task(cells) else self._kind(line, cells):
                self.left_out.setdefault(kind, []).append(line)
            elif row := self._row(line, cells):
                yield row

    def _is_task(self, cells: Cells) -> bool:
        """Whether it has what a task must have; 合计 is no title all the same."""
        title = cells.get(self._title)
        total = isinstance(title, str) and re.sub(r"\s", "", title) in _TOTAL_WORDS
        return self._lead in cells and title is not None and not total and not self._repeats_header(cells)

    def _kind(self, line: int, cells: Cells) -> str:
        """What a line is that seems no task; empty where it may be one."""
        first = cells[min(cells)]
        text = fold_width(first).strip() if isinstance(first, str) else ""
        if _TOTAL.fullmatch(re.sub(r"\s", "", text)):
            return _TOTALS
        if self._repeats_header(cells):
            return _HEADINGS
        if _FOOT.match(re.sub(r"\s", "", text)):
            return _FEET
        if len(cells) > 1:
            return ""
        column = min(cells)
        wide = any(
            one.left == column and one.right > max(column + 1, self._title) for one in self._merges.get(line, ())
        )
        numbered = bool(_GROUP.match(text))
        if wide or (numbered and column <= self._title) or (text and column not in self.fields):
            return _GROUPS
        return ""

    def _repeats_header(self, cells: Cells) -> bool:
        headings = self.header.headings
        return len(cells) > 1 and all(
            isinstance(value, str) and column < len(headings) and value == headings[column]
            for column, value in cells.items()
        )

    def _fill_down(self, line: int, cells: Cells) -> None:
        """A vertically merged cell holds for each of its rows; of one merged across, its first column alone."""
        for merge in self._merges.get(line, ()):
            if merge.left in cells and merge.bottom > line:
                self._down[merge.left] = (merge.bottom, cells[merge.left])
        for column, (bottom, value) in list(self._down.items()):
            if line > bottom:
                del self._down[column]
            else:
                cells.setdefault(column, value)

    def _row(self, line: int, cells: Cells) -> Row | None:
        options: dict[str, Any] = {}
        said: list[str] = []
        faults = len(self.refusals)
        for column, value in cells.items():
            if column in self._ignored:
                continue
            field = self.fields.get(column, "")
            try:
                text = text_of(value, field)
            except LedgerError as error:
                if not field:
                    error.what = f"{quote(self._heading(column))}列:{error.what}"
                self.refusals.append(Refusal(line, field, error))
                continue
            if "\n" in text and field in SINGLE_LINE:
                text = in_one_line(text, field)
                self._joined.append(line)
            if field:
                options[field] = text
            elif text:
                heading = self._heading(column)
                said.append(f"{heading}:{text}" if heading else text)
        if self._unit and "unit" not in self.fields.values():
            options.setdefault("unit", self._unit)
        self.refusals += self.units.take(line, options)
        return Row(line, _refined(options, said)) if len(self.refusals) == faults else None

    def _heading(self, column: int) -> str:
        headings = self.header.headings
        return re.sub(r"\s+", "", headings[column]) if column < len(headings) else ""


def _by_top(merges: Iterable[Merge]) -> dict[int, list[Merge]]:
    found: dict[int, list[Merge]] = {}
    for merge in merges:
        found.setdefault(merge.top, []).append(merge)
    return found


def _refined(options: dict[str, Any], said: list[str]) -> dict[str, Any]:
    if "key" in options:
        options["key"] = is_true(options["key"])
    if "progress" in options:
        percent = percent_in(options["progress"])
        if percent is None:
            said.append(f"完成进度:{options.pop('progress')}")
        else:
            options["progress"] = percent
    if said:
        options["note"] = ";".join([*filter(None, [options.get("note")]), *said])
    return options


def _is_counted(value: Value) -> bool:
    return isinstance(value, Number) or (isinstance(value, str) and _is_number(value))


def _is_number(text: str) -> bool:
    return bool(_COUNTED.fullmatch(fold_width(text).rstrip("、.")))


def _is_count(rows: Sequence[Row]) -> bool:
    """Whether a running number is a mere count (1, 2, 3; 一、二; 001, 002), no code (学创-001, 1-2)."""
    values = [row.options["code"] for row in rows if "code" in row.options]
    return all(_is_number(value) for value in values) or all(
        value.isdigit() and int(value) == place for place, value in enumerate(values, 1)
    )


def _numbers(lines: Sequence[int]) -> str:
    shown = "、".join(map(str, lines[:10]))
    return f"第{shown}行" if len(lines) <= 10 else f"第{shown}等{len(lines)}行"
