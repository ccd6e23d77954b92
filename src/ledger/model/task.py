"""A task (事项): one numbered line of the ledger, 一事一号.

`Task` is the running balance of a task's journal entries: what the `task` table holds, column for column, in the order
of `COLUMNS`. Days are `date`, missing values None, lists tuples. What depends on the day of reading (light, days left,
times carried over) is never stored; the functions below derive it from the stored row and a `today`.

A *last day* is a deadline plus its days of grace: the last day on which striking the task off is still on time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.base.errors import BadValue
from ledger.model.fields import ATTRIBUTES, FIELDS, OWN

if TYPE_CHECKING:
    from ledger.dates.workdays import Workdays

OPEN, SUBMITTED, PAUSED, CLOSED, CANCELLED = "open", "submitted", "paused", "closed", "cancelled"
STATUS_WORDS = {OPEN: "在办", SUBMITTED: "待审核", PAUSED: "中止", CLOSED: "已销号", CANCELLED: "已撤销"}
UNFINISHED = (OPEN, SUBMITTED, PAUSED)
"""The statuses that count as 在办 in every figure."""

SLIP_WORDS = {"blue": "蓝单", "orange": "橙单", "red": "红单"}
"""The colours of urgings (催办单), the mildest first (offices' practice of escalation)."""

LIGHT_WORDS = {"red": "红", "yellow": "黄", "blue": "蓝", "green": "绿", "grey": "灰"}


class Problem(NamedTuple):
    """An outstanding problem (突出问题): open from `since` to the day `until` which a note resolves it or the task is
    struck off; None while it is open."""

    seq: int
    text: str
    since: date
    until: date | None = None

    def days(self, today: date) -> int:
        """For how many days it has been open, or was."""
        return ((self.until or today) - self.since).days


class Parts(NamedTuple):
    """Of the parts (分解) of a whole, cancelled ones left out, how many are struck off, how many there are, and how
    many are overdue."""

    done: int
    all: int
    late: int = 0

    @property
    def words(self) -> str:
        """分解3件,已销1件."""
        return f"分解{self.all}件,已销{self.done}件" + (f",逾期{self.late}件" if self.late else "")


@dataclass(slots=True)
class Task:
    """The stored row. The fields up to `origin` are the contract's task object; the rest up to `problems` serves the
    figures. What comes after is not stored: it is filled in where tasks are shown (`store.families`)."""

    id: int
    code: str
    title: str
    unit: str
    with_units: tuple[str, ...] = ()
    owner: str | None = None
    leader: str | None = None
    activity: str | None = None
    stage: str | None = None
    source: str | None = None
    measure: str | None = None
    key: bool = False
    flagged: bool = False
    status: str = OPEN
    assigned_on: date = date.min
    start_on: date | None = None
    due_on: date | None = None
    due_text: str | None = None
    grace_days: int = 0
    original_due_on: date | None = None
    extensions: int = 0
    submitted_on: date | None = None
    closed_on: date | None = None
    progress: int | None = None
    note: str | None = None
    series: int | None = None
    quota: str | None = None
    tags: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)  # the office's own columns; never changed in place
    flag_until: date | None = None
    urges: int = 0
    urged_on: date | None = None
    slip: str | None = None  # the colour of the last urging
    feedback: str | None = None  # how often the unit owes a report (反馈周期)
    reported_on: date | None = None  # the day of the last report
    part_of: int | None = None  # the task that it is a part of (分解)
    evidence: int = 0  # how many files are kept (佐证)
    highlight: bool = False  # struck off as worth telling
    origin: str | None = None  # what it came from: what it rectifies, the task of another ledger
    tally: int = 0  # what was counted towards the quota
    last_day: date | None = None
    original_last_day: date | None = None
    binding_last_day: date | None = None  # what on time and late are judged by: late extensions do not move it
    extended_late: bool = False
    stepped_on: date | None = None  # the day of the last step, None while there was none
    status_seq: int = 0  # the entry that brought the task into its status
    occurrence_on: date | None = None  # of a series: the first day of the period that it stands for
    problems: tuple[Problem, ...] = ()  # all that were raised
    parts: Parts | None = None  # of a whole
    whole: str | None = None  # of a part: the code of its whole

    @property
    def open_problems(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.until is None)


_NAMES = {field.attribute: field.name for field in FIELDS}
COLUMNS = tuple(_NAMES[one.name] for one in fields(Task) if one.name in _NAMES)
"""The columns of the `task` table, in the order of the fields of `Task`."""

JSON_KEYS = COLUMNS[: COLUMNS.index("origin") + 1]


def held(task: Task, name: str) -> Any:
    """What the task holds in a field, by column name, or in one of the office's own columns (`fields.OWN`)."""
    return task.own.get(name.removeprefix(OWN)) if name.startswith(OWN) else getattr(task, ATTRIBUTES[name])


def task_with(number: int, values: Mapping[str, Any]) -> Task:
    """A task of these fields, by column name, own columns among them. Raises `KeyError` for a name that is neither."""
    plain = {ATTRIBUTES[name]: value for name, value in values.items() if not name.startswith(OWN)}
    task = Task(number, **plain)
    if len(plain) < len(values):
        task.own = {name.removeprefix(OWN): text for name, text in values.items() if name.startswith(OWN)}
    return task


def hold(task: Task, name: str, value: Any) -> None:
    """Give a field of the task a value; an own column None to be empty."""
    if not name.startswith(OWN):
        setattr(task, ATTRIBUTES[name], value)
        return
    own = {**task.own, name.removeprefix(OWN): value}
    task.own = {column: text for column, text in own.items() if text is not None}


class Thresholds(NamedTuple):
    """Days left up to which the light is yellow (临期) and blue (将到期): working days where `workdays` is given."""

    yellow: int = 3
    blue: int = 7
    workdays: "Workdays | None" = None

    def on(self, today: date) -> "Thresholds":
        """The same in calendar days, as they are on that day."""
        return self if self.workdays is None else _calendar_days(self, self.workdays, today)


@lru_cache(8)
def _calendar_days(thresholds: Thresholds, workdays: "Workdays", today: date) -> Thresholds:
    """So many working days are left until the eve of the next one; at the calendar's end there is none."""
    yellow, blue, _ = thresholds
    try:
        near, far = ((workdays.add(today, n + 1)[0] - today).days - 1 for n in (yellow, blue))
    except BadValue:
        return Thresholds(yellow, blue)
    return Thresholds(near, far)


def last_day_of(due_on: date | None, grace_days: int) -> date | None:
    """The deadline plus its grace, None without a deadline; the calendar's last day where it would pass it."""
    if due_on is None or not grace_days:
        return due_on
    return due_on + timedelta(days=min(grace_days, (date.max - due_on).days))


def judged_day(task: Task, today: date) -> date:
    """The day by which a task in hand is judged: while it waits to be accepted, that of its submission."""
    return task.submitted_on if task.status == SUBMITTED and task.submitted_on is not None else today


def days_left(task: Task, today: date) -> int | None:
    """Days until the last day, negative when overdue; None without a deadline or when the task is not open."""
    if task.last_day is None or task.status not in (OPEN, SUBMITTED):
        return None
    return (task.last_day - judged_day(task, today)).days


def is_overdue(task: Task, today: date) -> bool:
    """Whether it is in hand, not paused, and was not submitted in time."""
    left = days_left(task, today)
    return left is not None and left < 0


def light(task: Task, today: date, thresholds: Thresholds) -> str:
    """The light of a task (office practice, convention of this project): red overdue, yellow and blue as `thresholds`
    say, green beyond, grey without a deadline or paused, done when struck off or cancelled."""
    if task.status in (CLOSED, CANCELLED):
        return "done"
    left = days_left(task, today)
    if left is None:
        return "grey"
    if left < 0:
        return "red"
    thresholds = thresholds.on(judged_day(task, today))
    if left <= thresholds.yellow:
        return "yellow"
    return "blue" if left <= thresholds.blue else "green"


def is_behind(task: Task, today: date) -> bool:
    """Whether the progress told of a task in hand is behind the time that has passed (序时进度: at the end of November
    a year's plan should stand at 11/12): a smaller share of the whole than the days gone by are of those from its
    start, else its giving out, to its last day. What is overdue is told as that; of what nobody told a percentage
    nothing is known."""
    start = task.start_on or task.assigned_on
    if task.status != OPEN or task.progress is None or task.last_day is None or not start < today <= task.last_day:
        return False
    return task.progress * (task.last_day - start).days < 100 * (today - start).days


def progress_of(task: Task) -> int | None:
    """The percentage told last, of a whole of which none was told that of its parts which are done; what is struck
    off is done, whatever was told."""
    if task.status == CLOSED:
        return 100
    if task.progress is None and task.parts is not None and task.parts.all:
        return 100 * task.parts.done // task.parts.all
    return task.progress


def task_object(task: Task, today: date, thresholds: Thresholds, carried_times: int = 0) -> dict[str, Any]:
    """The contract's task object: keys as fixed there, days still `date`."""
    found: dict[str, Any] = {}
    for key in JSON_KEYS:
        found[key] = getattr(task, ATTRIBUTES[key])
    found["with"], found["tags"], found["own"] = list(task.with_units), list(task.tags), dict(task.own)
    if task.quota is not None:
        from ledger.model.quota import quota_object  # few have one: no command pays for it at its start

        found["quota"] = quota_object(task.quota, task.tally)
    found["progress"] = progress_of(task)
    found["light"] = light(task, today, thresholds)
    found["days_left"] = days_left(task, today)
    found["carried_times"] = carried_times
    found["problems"] = [{"text": problem.text, "since": problem.since} for problem in task.open_problems]
    found["later"] = None
    if task.parts is not None:
        found["parts"] = {"done": task.parts.done, "all": task.parts.all}
    return found
