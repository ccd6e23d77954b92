"""The ledger's own settings: whatever changes a figure or a rule lives in the store, each change an entry.

The user's settings (where the store is, time zone, actor, format, colours) are another room: `base.settings`.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.base.errors import BadValue
from ledger.base.text import clean
from ledger.model.series import PREFIX
from ledger.model.task import Thresholds

if TYPE_CHECKING:
    from ledger.dates.workdays import Workdays

DEFAULT_NAME = "工作台账"
HOLIDAY = "holiday:"
"""Before the day in the name of a setting that holds one day of the office's own table, `DAY_WORDS` its value."""

DAY_WORDS = {"班": True, "休": False}
STAGE = "stage:"
"""Begins the names under which the stages' dates are stored."""

MAPPING = "mapping:"
"""Before the name of a saved mapping of a sheet's columns, a list of 列名=field."""

LIMIT = "limit:"
"""Before the kind of source (批示, 会议纪要) in the name of a setting that holds its usual deadline (15日内)."""
GROUP = "group:"
"""Before the name of a set of groups, a list of [name, leader or None, units] in the office's order."""

UNGROUPED = "未分组"
"""Under which the units stand that no group of a set has, so that its subtotals add up."""


class Group(NamedTuple):
    """Units that are summed and ranked among themselves (片区, 类别); the `leader` looks after them (联系领导)."""

    name: str
    leader: str | None = None
    units: tuple[str, ...] = ()


class GroupSet(NamedTuple):
    """One way to group units (按片区, 按类别): a unit stands in one of its groups at most. No two groups of a ledger
    have the same name, of whatever set they are."""

    name: str
    groups: tuple[Group, ...] = ()

    def of(self, unit: str) -> Group | None:
        """The group that has the unit."""
        return next((group for group in self.groups if unit in group.units), None)


class Rules(NamedTuple):
    """`name` heads every report; `year` is the year meant by a date without one (None: the current one); `units` is
    the display order of units, those not named coming after in the order of their first task;
    `stages` are the first and last days of the stages that have any; `rest_day` says where a deadline on a rest day
    goes, `light_days` in which days the lights count; `columns` are the office's own columns of a task (自定列);
    `holidays` is the office's own table of days, each with whether it is worked. `office` signs what is sent out
    (署名), `copies` and `printer` end it (版记: 抄送, 印发机关); `bulletin` is what a bulletin is called (工作简报),
    `reported_to` whom it goes to (报送). Under `review` (销号审核) what one has submitted
    another accepts; `result_length` is how many characters a result must have that is told when submitting or closing,
    `evidence_required` whether a file must show it then (佐证), `evidence_size` how many million bytes one may have;
    `extension_times` and `extension_days` (after the original deadline) are how far a deadline is extended without
    anybody's approval, None for any; `limits` has the usual deadlines of kinds of sources (规定时限). `groups` are the
    sets of groups of units, by name. From the `orange_urges`-th urging on, or so many days after the deadline (None:
    whatever they are), an urging goes out as an orange slip, likewise as a red one. Slips name whom to call (`contact`,
    `phone`), and the words that their numbers begin with are those of the kind (督办〔2013〕1号). A satisfaction
    (满意度) below `satisfaction_floor` percent is to be rectified within `rectify_days`: the program registers that, or
    where it shall not (`rectify`) proposes it."""

    name: str = DEFAULT_NAME
    year: int | None = None
    yellow_days: int = 3
    blue_days: int = 7
    units: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    stages: Mapping[str, tuple[date, date]] = {}
    rest_day: str = "keep"
    light_days: str = "calendar"
    holidays: tuple[tuple[date, bool], ...] = ()
    office: str | None = None
    copies: str | None = None
    printer: str | None = None
    bulletin: str | None = None
    reported_to: str | None = None
    review: bool = False
    result_length: int = 0
    evidence_required: bool = False
    evidence_size: int | None = None
    extension_times: int | None = None
    extension_days: int | None = None
    limits: Mapping[str, str] = {}
    groups: tuple[GroupSet, ...] = ()
    orange_urges: int = 2
    red_urges: int = 3
    orange_days: int | None = None
    red_days: int | None = None
    contact: str | None = None
    phone: str | None = None
    notice_prefix: str = "督办"
    urging_prefix: str = "催办"
    closing_prefix: str = "办结"
    satisfaction_floor: int = 90
    rectify_days: int = 30
    rectify: bool = True

    @property
    def thresholds(self) -> Thresholds:
        workdays = self.workdays if self.light_days == "working" else None
        return Thresholds(self.yellow_days, self.blue_days, workdays)

    @property
    def workdays(self) -> "Workdays":
        """Working days by the office's table; of equal tables the same object, so that it may be a cache's key."""
        return _workdays(self.holidays)


def year_meant(rules: Rules, given: int | None) -> int | None:
    """The year of days without one: as given for a command, else the ledger's. Raises `BadValue` out of range."""
    return rules.year if given is None else _number(_RANGES["year"], str(given), "年份")


def year_unknown(today: date, rules: Rules) -> int | None:
    """Next year when its holidays should be known by now and are not: the notice for it comes in November."""
    known = today.month < 11 or rules.workdays.knows(today.year + 1)
    return None if known else today.year + 1


@lru_cache(4)
def _workdays(holidays: tuple[tuple[date, bool], ...]) -> "Workdays":
    from ledger.dates.workdays import Workdays

    return Workdays(dict(holidays))


LABELS = {
    "name": "台账名称",
    "year": "台账年度",
    "yellow_days": "黄灯天数",
    "blue_days": "蓝灯天数",
    "units": "单位顺序",
    "columns": "自定列",
    "stages": "阶段起止",
    "rest_day": "时限遇休息日",
    "light_days": "亮灯计日",
    "holidays": "节假日表",
    "office": "署名",
    "copies": "抄送",
    "printer": "印发机关",
    "bulletin": "简报名称",
    "reported_to": "报送",
    "review": "销号审核",
    "result_length": "办理结果字数",
    "evidence_required": "销号须附佐证",
    "evidence_size": "佐证兆数上限",
    "extension_times": "延期次数上限",
    "extension_days": "延期天数上限",
    "limits": "规定时限",
    "groups": "单位分组",
    "orange_urges": "橙单催办次数",
    "red_urges": "红单催办次数",
    "orange_days": "橙单逾期天数",
    "red_days": "红单逾期天数",
    "contact": "联系人",
    "phone": "电话",
    "notice_prefix": "交办文号",
    "urging_prefix": "催办文号",
    "closing_prefix": "办结文号",
    "satisfaction_floor": "满意度底线",
    "rectify_days": "整改天数",
    "rectify": "自动登记整改",
}

_FOUNDED = {"hash": "杂凑算法"}
"""What is settled when a ledger is begun, for good, and is no rule."""

_RANGES = {"year": (1900, 9999), "yellow_days": (0, 365), "blue_days": (0, 365), "result_length": (0, 1000)} | {
    "evidence_size": (1, 999_999),
    "extension_times": (0, 99),
    "extension_days": (0, 3650),
    **dict.fromkeys(("orange_urges", "red_urges"), (1, 99)),
    **dict.fromkeys(("orange_days", "red_days"), (1, 3650)),
    "satisfaction_floor": (0, 100),
    "rectify_days": (1, 365),
}
_CHOICES: dict[str, dict[str, str | bool]] = {
    "rest_day": {"不动": "keep", "提前": "before", "顺延": "after"},
    "light_days": {"日历日": "calendar", "工作日": "working"},
    **{name: {"是": True, "否": False} for name in ("review", "rectify", "evidence_required")},
}
"""The settings that are one of a few → the office's word of each → what is stored, whose own spelling is taken too."""

_TEXTS = {"name": 100, "office": 100, "copies": 300, "printer": 100, "bulletin": 30, "reported_to": 300} | {
    "contact": 100,
    "phone": 100,
}
_PREFIXED = dict.fromkeys(("notice_prefix", "urging_prefix", "closing_prefix"), 20)
"""What stands before the year of a number, which adds its brackets."""

_TEXTS |= _PREFIXED
_PREFIXES = {
    HOLIDAY: LABELS["holidays"],
    STAGE: "阶段",
    MAPPING: "列对应",
    LIMIT: LABELS["limits"],
    GROUP: LABELS["groups"],
    PREFIX: "循环任务",
}
CHANGEABLE = (*_TEXTS, *_RANGES, *_CHOICES)
"""What one text sets; the other settings have commands of their own."""

UNSET = dict.fromkeys(
    ("office", "copies", "printer", "bulletin", "reported_to", "contact", "phone"), str
) | dict.fromkeys(("year", "evidence_size", "extension_times", "extension_days", "orange_days", "red_days"), int)
"""The settings that may have no value → what theirs is."""


def rules_of(stored: Mapping[str, Any]) -> Rules:
    """The rules from the stored settings (name → value), defaults for those never set."""
    known = {name: value for name, value in stored.items() if name in Rules._fields}
    known["stages"] = {
        name.removeprefix(STAGE): (date.fromisoformat(value[0]), date.fromisoformat(value[1]))
        for name, value in stored.items()
        if name.startswith(STAGE)
    }
    known |= {name: tuple(known[name]) for name in ("units", "columns") if name in known}
    days = ((name.removeprefix(HOLIDAY), word) for name, word in stored.items() if name.startswith(HOLIDAY))
    known["holidays"] = tuple((date.fromisoformat(day), DAY_WORDS[word]) for day, word in sorted(days))
    known["limits"] = {name.removeprefix(LIMIT): text for name, text in stored.items() if name.startswith(LIMIT)}
    named = sorted((name.removeprefix(GROUP), groups) for name, groups in stored.items() if name.startswith(GROUP))
    known["groups"] = tuple(
        GroupSet(name, tuple(Group(one, leader, tuple(units)) for one, leader, units in groups))
        for name, groups in named
    )
    return Rules(**known)


def saved_mappings(stored: Mapping[str, Any]) -> dict[str, list[str]]:
    """The saved mappings of sheets' columns in the stored settings: name → its texts 列名=field."""
    return {name.removeprefix(MAPPING): texts for name, texts in stored.items() if name.startswith(MAPPING)}


def label_of(name: str) -> str:
    """The office's name of a setting: of one day of its table, one stage, one mapping, one set of groups, one series
    too."""
    for prefix, label in _PREFIXES.items():
        if name.startswith(prefix):
            return f"{label}{'' if prefix == PREFIX else ' '}{name.removeprefix(prefix)}"
    return (LABELS | _FOUNDED).get(name, name)


def value_of(name: str, text: str) -> int | str | bool:
    """The value as typed of a setting in `CHANGEABLE`. Raises `BadValue` when it is none."""
    if name in _PREFIXED and not set(text).isdisjoint("〔〕[]()（）【】"):
        raise BadValue(f"设置“{LABELS[name]}”的值“{text[:30]}”不对", "只写年份前面的字,如 督办;年份和号数自动编排")
    if name in _TEXTS:
        return clean(text, LABELS[name], limit=_TEXTS[name])
    if words := _CHOICES.get(name):
        choices = words | {str(value).lower(): value for value in words.values()}
        if text not in choices:
            raise BadValue(f"设置“{LABELS[name]}”的值“{text[:30]}”不对", f"可用的有 {'、'.join(words)}")
        return choices[text]
    return _number(_RANGES[name], text, f"设置“{LABELS[name]}”的值")


def word_of(name: str, value: object) -> str | None:
    """The office's word of a setting that is one of a few; None of any other."""
    return next((word for word, stored in _CHOICES.get(name, {}).items() if stored == value), None)


def words_for(name: str) -> list[str]:
    """The words that may be typed for a setting that is one of a few."""
    return [*_CHOICES.get(name, ())]


def _number(bounds: tuple[int, int], text: str, label: str) -> int:
    low, high = bounds
    if not (text.isascii() and text.isdigit() and len(text) < 7 and low <= int(text) <= high):
        raise BadValue(f"{label}“{text[:30]}”不对", f"请写{low}到{high}的整数")
    return int(text)
