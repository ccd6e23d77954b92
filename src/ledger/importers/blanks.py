"""What stands in cells that are empty: the value of a merged cell, or of the one above that the sheet carries on."""

from collections.abc import Iterable, Sequence

from ledger.base.text import quote
from ledger.importers.cells import Cells, Merge, Value
from ledger.importers.header import Header
from ledger.importers.layout import carries, is_coarse


class Blanks:
    """The empty cells of a table, its lines going by. Of merged cells only the first holds the value; a CSV that was
    saved from them keeps nothing of the merging, so that a blank there may mean the value above.

    With `carry` all are filled. Without, those that cannot be meant as blanks are told by `doubt`: the titles of tasks,
    the groups that they are in, and unless there is a `unit` for all of them the lead; and then the deadlines as well.
    `undated` has the lines whose deadline alone stands empty under another.
    """

    def __init__(self, header: Header, merges: Iterable[Merge], unit: str, *, carry: bool) -> None:
        columns = {field: column for column, field in header.fields.items()}
        self.undated: list[int] = []
        self._merges: dict[int, list[Merge]] = {}
        for merge in merges:
            self._merges.setdefault(merge.top, []).append(merge)
        self._down: dict[int, tuple[int, Value]] = {}
        self._carry = carry
        self._carries = carries(header)
        self._days = {columns[name] for name in ("due", "due_text") if name in columns}
        self._title, self._measure = columns["title"], columns.get("measure", -1)
        certain = {columns["unit"]} if "unit" in columns and not unit else set()
        self._coarse = [column for column in self._carries if is_coarse(header.keys[column]) and column != self._title]
        self._certain = certain.union(self._coarse)
        self._asked = {column for column in self._carries if column in header.fields or column in self._certain}
        self._above: Cells = {}
        self._found: dict[int, list[int]] = {}

    def merged_from(self, line: int) -> Sequence[Merge]:
        """The merged ranges that begin in a line."""
        return self._merges.get(line, ())

    def fill_merged(self, line: int, cells: Cells) -> None:
        """A vertically merged cell holds for each of its rows; of one merged across, its first column alone."""
        for merge in self._merges.get(line, ()):
            if merge.left in cells and merge.bottom > line:
                self._down[merge.left] = (merge.bottom, cells[merge.left])
        for column, (bottom, value) in list(self._down.items()):
            if line > bottom:
                del self._down[column]
            else:
                cells.setdefault(column, value)

    def look_above(self, line: int, cells: Cells) -> None:
        """See which blanks of a task stand under a value: those that go on are filled, or remembered to ask."""
        self._leave_group(cells)
        blanks = [column for column in self._carries if column not in cells and column in self._above]
        if self._carry:
            cells |= {column: self._above[column] for column in blanks}
        elif not self._certain.isdisjoint(blanks) or (self._title in blanks and self._measure in cells):
            for column in self._asked.intersection(blanks):
                self._found.setdefault(column, []).append(line)
        elif not self._days.isdisjoint(blanks) and self._days.isdisjoint(cells):
            self.undated.append(line)
        for column in self._carries:
            if column in cells:
                self._above[column] = cells[column]

    def _leave_group(self, cells: Cells) -> None:
        """Where a column that sorts begins another value, what stands right of it ends, and what tasks say."""
        for place, column in enumerate(self._coarse):
            if column in cells and cells[column] != self._above.get(column):
                kept = self._coarse[:place]
                self._above = {outer: self._above[outer] for outer in kept if outer in self._above}
                return

    def begin_anew(self) -> None:
        """Below another group nothing is carried on."""
        self._above.clear()

    def doubt(self, header: Header) -> str:
        """What is to be asked: 第4、5行的“牵头单位”空着. Empty without any."""
        if not self._found:
            return ""
        days = self._days if self.undated else ()
        columns = "".join(quote(header.name(column)) for column in sorted({*self._found, *days}))
        lines = sorted({line for where in (*self._found.values(), self.undated) for line in where})
        return f"{numbers(lines)}的{columns}空着,像是合并的单元格只留下了第一格"


def numbers(lines: Sequence[int]) -> str:
    """The numbers of lines as they are told: of very many the first."""
    shown = "、".join(map(str, lines[:10]))
    return f"第{shown}行" if len(lines) <= 10 else f"第{shown}等{len(lines)}行"
