"""What a deadline comes to mean. Light: every command loads it; how an expression is read stands in `deadline.py`."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ledger.dates.following import Following
    from ledger.dates.recurrence import Recurrence


class Quota(NamedTuple):
    """How many are wanted: at least `least`, at most `most` where a range was given; `counter` as typed (条).

    A range is met at its lower bound.
    """

    least: int
    most: int | None
    counter: str


class Deadline(NamedTuple):  # a sixth of what a dataclass costs each command at its start
    """What an expression means.

    `text` is the expression as typed, without the blanks around it. `kind` is date, range, recurring or open. `due_on`
    is the last day of the deadline, None where there is none; `start_on` the first day, where the expression names a
    span; of a recurring one they are the current or next occurrence. `grace_days` go by before the task counts as
    overdue. `notes` say in Chinese what the user must know. `quota` is how many are wanted, once or in each period.
    `needs_date`: 限期 without a date, which is no deadline to register.
    """

    text: str
    start_on: date | None
    due_on: date | None
    grace_days: int = 0
    notes: tuple[str, ...] = ()
    kind: str = "date"
    recurrence: "Recurrence | Following | None" = None
    quota: Quota | None = None
    needs_date: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        """The notes by the contract's name."""
        return self.notes
