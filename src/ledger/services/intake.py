"""Taking in the rows of a sheet: all registered in one transaction, or every bad row named and none taken."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ledger.base.errors import LedgerError
from ledger.services import tasks
from ledger.store.journal import Journal

_FLUSH_EVERY = 2000


class Rejection(NamedTuple):
    """A row that cannot be taken: where it stands (line and column), and what is wrong with it."""

    where: str
    error: LedgerError


class RejectedRows(LedgerError):
    """A sheet with bad rows; `rejections` has every one of them."""

    exit_code = 2

    def __init__(self, rejections: list[Rejection]) -> None:
        super().__init__(f"有 {len(rejections)} 行不能导入", "请改正以上各行后重新导入")
        self.rejections = rejections
        self.exit_code = rejections[0].error.exit_code


def register_rows(
    journal: Journal,
    rows: Iterable[tuple[int, Mapping[str, Any], Mapping[str, str]]],
    assigned_on: str | None,
    advance: Callable[[int], None],
) -> list[int]:
    """Register rows of (line, options, option → its heading); `assigned_on` fills a missing 交办日期.

    Gives the numbers of the new tasks. Raises `BadValue` when `assigned_on` cannot be read, and `RejectedRows` after
    having looked at every row.
    """
    if assigned_on is not None:
        tasks.past_day(journal, assigned_on)
    numbers: list[int] = []
    rejections: list[Rejection] = []
    for place, (line, options, headings) in enumerate(rows, start=1):
        filled = options if "on" in options or assigned_on is None else {**options, "on": assigned_on}
        try:
            numbers.append(tasks.add(journal, filled).id)
        except LedgerError as error:
            heading = headings.get(error.option)
            rejections.append(Rejection(f"第{line}行" + (f"“{heading}”列" if heading else ""), error))
        if place % _FLUSH_EVERY == 0:
            journal.flush()
            advance(_FLUSH_EVERY)
    if rejections:
        raise RejectedRows(rejections)
    return numbers
