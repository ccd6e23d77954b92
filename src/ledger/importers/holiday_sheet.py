"""A table of days as CSV: the columns 日期 and 休/班 below a heading row."""

from collections.abc import Sequence
from pathlib import Path

from ledger.base.errors import BadValue
from ledger.importers.csv_sheet import read_lines


def read_days(path: Path, headings: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows as (line, heading → cell), of the columns `headings` alone.

    Raises `NotFound` when there is no such file and `BadValue` when it cannot be read or lacks a column.
    """
    _, lines = read_lines(path, None, f"第一行应为表头 {','.join(headings)}")
    found = [cell.strip() for cell in lines[0][1]]
    for heading in headings:
        if heading not in found:
            raise BadValue(f"文件 {path} 的表头缺少“{heading}”一列", f"第一行应为表头 {','.join(headings)}")
    places = {heading: found.index(heading) for heading in headings}
    return [
        (line, {heading: cells[at].strip() if at < len(cells) else "" for heading, at in places.items()})
        for line, cells in lines[1:]
    ]
