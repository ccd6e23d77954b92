"""The rows below a heading row as tasks: merged cells filled down, lines that are no tasks left out and told."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import column_letters, listed, quote
from ledger.importers import lines as kinds
from ledger.importers.blanks import Blanks, numbers
from ledger.importers.cells import DAY_FIELDS, SINGLE_LINE, Cells, Merge, Value, in_one_line, is_true, text_of
from ledger.importers.columns import is_count, settle_outcome, settle_progress, spoilt_codes
from ledger.importers.groups import Groups, is_heading
from ledger.importers.header import Header, begins_table
from ledger.importers.headings import DERIVED, field_of, is_inferred, is_left_out, is_noted, named_as
from ledger.importers.layout import Line, is_coarse
from ledger.importers.sheet import Refusal, Row, Sheet
from ledger.importers.synonyms import COUNT
from ledger.importers.unit_cells import UnitCells
from ledger.model.fields import OWN

_MOST_TASKS = 200_000
_TOTALS, _FEET, _HEADINGS, _NUMBERS, _GROUPS = "合计", "表尾说明", "重复的表头", "栏号", ""
_JOINED = ("measure", "note", "problem")
"""The fields that may go on in the rows below, where all else of a task is merged over them."""


class Table:
    """One sheet below its heading row, being read.

    `unit` leads where the sheet names none, `known` are the ledger's; with `carry` a blank that clearly goes on is
    filled from above. Then `rest` has the lines from the next heading row on, None where the sheet has ended, and
    `between` what is no task before it.
    """

    def __init__(
        self,
        header: Header,
        mapping: Mapping[str, str],
        merges: Iterable[Merge],
        unit: str,
        known: Collection[str] = (),
        *,
        carry: bool = False,
    ) -> None:
        self.header = header
        self.units = UnitCells(known)
        self.fields = header.fields
        self.refusals: list[Refusal] = []
        self.left_out: dict[str, list[int]] = {}
        self.rest: Iterator[Line] | None = None
        self.between: list[Line] = []
        self._joined: list[int] = []
        self._headless: set[int] = set()
        self._mapping = mapping
        self._unit = unit
        by_field = {field: column for column, field in reversed(header.fields.items())}
        self._title = by_field["title"]
        self._lead = by_field.get("unit", -1)
        self._sorted_by = header.keys[by_field["activity"]] if "activity" in by_field else ""
        self._counts = {column for column, key in enumerate(header.keys) if key in COUNT}
        self._ignored, self._noted, self._unknown = self._without_field()
        self._reads = {**self.fields, **dict.fromkeys(self._noted, "")}
        self._named = {column for column, key in enumerate(header.keys) if key}
        self._groups = Groups(self._title, self._lead, min(self._counts, default=-1))
        self._blanks = Blanks(header, merges, unit, carry=carry)
        self._last: Row | None = None

    def _without_field(self) -> tuple[set[int], set[int], list[int]]:
        """The columns of no field: those that say nothing, those whose cells go into the note, those nobody knows."""
        free = {column: key for column, key in enumerate(self.header.keys) if column not in self.fields}
        ignored = {column for column, key in free.items() if is_left_out(key, self._mapping)}
        noted = {column for column, key in free.items() if column not in ignored and is_noted(key)}
        return ignored, noted, [column for column, key in free.items() if key and column not in ignored | noted]

    def read(self, name: str, lines: Iterable[Line]) -> Sheet:
        """The table whole. `BadValue` where it is too long."""
        rows = list(islice(self._rows(lines), _MOST_TASKS + 1))
        if len(rows) > _MOST_TASKS:
            raise BadValue(f"表里超过 {_MOST_TASKS} 行", "请分成几个文件导入")
        columns = {field: (self.header.name(column), column) for column, field in reversed(self.fields.items())}
        told = [*self._remarks(), *self._settle(columns, rows)]
        unread = {one.line for one in self.refusals}
        rows = [row for row in rows if row.line not in unread]
        doubt, undated = self._blanks.doubt(self.header), frozenset(self._blanks.undated)
        return Sheet(name, columns, self._extra(), rows, self.refusals, told, doubt, undated, self.units.told())

    def _settle(self, columns: dict[str, tuple[str, int]], rows: list[Row]) -> list[str]:
        """What can be told of codes and shares once all are known: a mere count is no code. What to tell of it."""
        told: list[str] = []
        if "code" in columns:
            refused = any(one.field == "code" for one in self.refusals)
            if not refused and self._may_be_count(columns["code"][1]) and is_count(rows):
                del columns["code"]
                for row in rows:
                    row.options.pop("code", None)
            else:
                self.refusals += spoilt_codes(rows)
        if "progress" in columns:
            told, unclear = settle_progress(rows, columns["progress"][0])
            self.refusals += unclear
        if "outcome" in columns:
            told += settle_outcome(rows, columns["outcome"][0])
        return told

    def _may_be_count(self, column: int) -> bool:
        return column in self._counts and self.header.keys[column] not in self._mapping

    def _extra(self) -> list[str]:
        headless = [f"{column_letters(column)}列(没有表头)" for column in sorted(self._headless)]
        return [*(self.header.name(column) for column in self._unknown), *headless]

    # --- what is told of the reading ---------------------------------------------------------------------------------

    def _remarks(self) -> list[str]:
        remarks = [*self._groups.remarks(numbers)]
        remarks += [f"{numbers(lines)}是{kind},未导入" for kind, lines in self.left_out.items() if kind]
        if self._unknown and not {"due", "due_text"} & set(self.fields.values()):
            remarks.append("没有完成时限一列,都登记为无期限")
        if self._joined:
            remarks.append(f"{numbers(list(dict.fromkeys(self._joined)))}单元格里的换行已去掉")
        if derived := [
            self.header.name(column) for column in sorted(self._ignored) if self.header.keys[column] in DERIVED
        ]:
            remarks.append(f"由台账自行得出的列没有读取:{'、'.join(derived)}")
        if "unit" not in self.fields.values():
            remarks.append(f"没有牵头单位一列,都记为{quote(self._unit)}")
        if inferred := [
            f"{quote(self.header.name(column))}作{named_as(field)}"
            for column, field in self.fields.items()
            if self.header.keys[column] not in self._mapping and is_inferred(self.header.keys[column], field)
        ]:
            remarks.append(f"按表头的意思读入:{'、'.join(inferred)}")
        if self._noted:
            noted = "、".join(self.header.name(column) for column in sorted(self._noted))
            remarks.append(f"记入进展情况的列:{noted}")
        return remarks

    # --- lines -------------------------------------------------------------------------------------------------------

    def _rows(self, lines: Iterable[Line]) -> Iterator[Row]:
        """The tasks; what is no task, and cells that cannot be read, are gathered beside."""
        ahead = iter(lines)
        following = next(ahead, None)
        while following is not None:
            (line, cells), following = following, next(ahead, None)
            if cells.keys() <= self._counts and all(kinds.number_level(value) is not None for value in cells.values()):
                continue  # a numbered line that nobody filled in
            if self._last is not None and begins_table(self.header, cells):
                self.rest = chain([(line, cells)], [following] if following else [], ahead)
                return
            own = set(cells)
            self._blanks.fill_merged(line, cells)
            if (kind := self._kind(line, cells, following[1] if following else {})) is not None:
                self.left_out.setdefault(kind, []).append(line)
                self.between.append((line, cells))
                continue
            self.between.clear()
            if (row := self._task(line, cells, own)) is not None:
                self._last = row
                yield row

    def _kind(self, line: int, cells: Cells, following: Cells) -> str | None:
        """What a line is that is no task; None where it is one."""
        if self._is_task(cells):
            return None
        first = cells[min(cells)]
        if kinds.is_total(first) or kinds.is_total(cells.get(self._title), alone=True):
            return _TOTALS
        if self._repeats_header(cells):
            return _HEADINGS
        if kinds.numbers_columns(cells):
            return _NUMBERS
        if all(kinds.is_page(kinds.squeezed(value)) for value in cells.values()) or self._is_foot(cells):
            return _FEET
        known = {column: value for column, value in cells.items() if column in self._reads or column in self._counts}
        if self._groups.take(line, known or cells, following, self._blanks.merged_from(line)):
            self._blanks.begin_anew()
            return _GROUPS
        alone = len(cells) == 1 and min(cells) != self._title
        return _FEET if alone and isinstance(first, str) and not is_heading(first) else None

    def _is_task(self, cells: Cells) -> bool:
        """Whether it has what a task must have; 合计 is no title all the same."""
        title = cells.get(self._title)
        if self._lead not in cells or title is None or self._repeats_header(cells) or kinds.numbers_columns(cells):
            return False
        return not kinds.is_total(cells[min(cells)]) and not kinds.is_total(title, alone=True)

    def _is_foot(self, cells: Cells) -> bool:
        """Who filled the table in and who is to sign; a title may begin alike, but not with other labels beside it."""
        first, *others = (cells[column] for column in sorted(cells))
        if all(kinds.squeezed(value).endswith(":") for value in cells.values()):
            return True
        if not isinstance(first, str) or not kinds.is_foot(first):
            return False
        return min(cells) != self._title or not others or any(kinds.is_label(value) for value in others)

    def _repeats_header(self, cells: Cells) -> bool:
        headings = self.header.headings
        return len(cells) > 1 and all(
            isinstance(value, str) and column < len(headings) and value == headings[column]
            for column, value in cells.items()
        )

    # --- tasks -------------------------------------------------------------------------------------------------------

    def _task(self, line: int, cells: Cells, own: set[int]) -> Row | None:
        """The task of a line; None where its cells cannot be read, or go on with the task above."""
        self._blanks.look_above(line, cells)
        row = self._row(line, cells)
        if row is None or self._last is None or not self._goes_on(cells, own):
            return row
        for name in _JOINED:
            if name in row.options and self.column_of(name) in own:
                before = self._last.options.get(name)
                self._last.options[name] = f"{before}\n{row.options[name]}" if before else row.options[name]
        return None

    def _goes_on(self, cells: Cells, own: set[int]) -> bool:
        """Whether all that makes a task of its own is merged with the row above: the row tells more of that one."""
        return self._title in cells and all(self.fields.get(column) in _JOINED for column in own)

    def column_of(self, field: str) -> int:
        return next((column for column, name in self.fields.items() if name == field), -1)

    def _row(self, line: int, cells: Cells) -> Row | None:
        options: dict[str, Any] = {}
        said: list[str] = []
        faults = len(self.refusals)
        for column in sorted(cells):
            field = self._reads.get(column)
            if field is None:
                if column not in self._named:
                    self._headless.add(column)
            elif text := self._plain(field, cells[column]) or self._text(line, column, field, cells[column]):
                if field:
                    options[field] = f"{options[field]}\n{text}" if field in options else text
                else:
                    said.append(f"{self.header.name(column)}:{text}")
        self.refusals += self.units.take(line, options)
        if len(self.refusals) > faults:
            return None
        if self._unit:
            options.setdefault("unit", self._unit)
        self._sort(options)
        return Row(line, _refined(options, said))

    def _plain(self, field: str, value: Value) -> str:
        """The text of a cell that is nothing but one, as nearly all are."""
        if not isinstance(value, str) or field in DAY_FIELDS or value[0] in kinds.NONE_BEGINS or "\n" in value:
            return ""
        return value

    def _text(self, line: int, column: int, field: str, value: Value) -> str:
        """What a cell says to the ledger; empty where it says nothing, or cannot be read: that is a refusal."""
        if kinds.holds_nothing(value):
            return ""
        try:
            text = text_of(value, field)
        except LedgerError as error:
            if not field:
                error.what = f"{quote(self.header.name(column))}列:{error.what}"
            self.refusals.append(Refusal(line, field, error))
            return ""
        if "\n" in text and (field in SINGLE_LINE or field.startswith(OWN)):
            text = in_one_line(text, field)
            self._joined.append(line)
        return text

    def _sort(self, options: dict[str, Any]) -> None:
        """Give a task its group: what its own column says, else the heading above. A group may be all that names it."""
        key = self._sorted_by
        if "activity" in options and is_coarse(key):
            options["activity"] = kinds.without_numeral(options["activity"])
            if field_of(key) == "title":
                options.setdefault("title", options["activity"])
        elif self._groups.activity:
            options.setdefault("activity", self._groups.activity)


def _refined(options: dict[str, Any], said: list[str]) -> dict[str, Any]:
    if "key" in options:
        options["key"] = is_true(options["key"])
    if "tags" in options:
        options["tags"] = listed(options["tags"].replace("\n", "、"))
    if said:
        options["note"] = ";".join([*filter(None, [options.get("note")]), *said])
    return options
