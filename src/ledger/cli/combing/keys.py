"""The keys of the walk: what is pressed, what it is called, what it calls. A new one is a line of `KEYS`."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ledger.base.text import fold_width
from ledger.cli.combing import dialogues
from ledger.cli.combing.talk import Dialogue
from ledger.cli.combing.walk import Answer, Walk
from ledger.model.task import OPEN, SUBMITTED, UNFINISHED, Task


class Targets(NamedTuple):
    """The tasks that an answer is for, and whether they were marked."""

    tasks: Sequence[Task]
    marked: bool = False


class Key(NamedTuple):
    """`key` is typed; `more` are keys of a keyboard or a wheel that do the same, by prompt_toolkit's names. It is
    offered while it `fits` the targets, None for always: the first of a key that does is called.

    What is called moves the walk, or gives an answer at once or the dialogue that leads to one.
    """

    word: str
    key: str
    calls: Callable[[Walk], Dialogue | Answer | None]
    fits: Callable[[Targets], bool] | None = None
    more: tuple[str, ...] = ()


def _all(fits: Callable[[Task], object]) -> Callable[[Targets], bool]:
    return lambda targets: bool(targets.tasks) and all(fits(task) for task in targets.tasks)


_IN_HAND = _all(lambda task: task.status in UNFINISHED)
_SUBMITTED = _all(lambda task: task.status == SUBMITTED)
_ANY = _all(lambda task: True)

KEYS = (
    Key("审核销号", "c", dialogues.close, _SUBMITTED),
    Key("销号", "c", dialogues.close, _IN_HAND),
    Key("销号并写明", "C", dialogues.close_on, _IN_HAND),
    Key("销号为亮点", "h", dialogues.close_as_highlight, _IN_HAND),
    Key("退回", "r", dialogues.return_, _SUBMITTED),
    Key("进展", "n", dialogues.note, _ANY),
    Key("问题", "p", dialogues.problem, _IN_HAND),
    Key("问题解决", "v", dialogues.solve, _all(lambda task: task.open_problems)),
    Key("计数", "t", dialogues.tally, _all(lambda task: task.quota is not None)),
    Key("延期", "d", dialogues.extend, _IN_HAND),
    Key("催办", "g", dialogues.urge, _all(lambda task: task.status == OPEN)),
    Key("摘牌", "f", dialogues.unflag, _all(lambda task: task.flagged)),
    Key("挂牌", "f", dialogues.flag, _IN_HAND),
    Key("修改", "e", dialogues.edit, _ANY),
    Key("新增", "a", dialogues.add),
    Key("查找", "/", dialogues.find),
    Key("选中", "m", lambda walk: walk.mark(), more=("insert",)),
    Key("不选", "x", lambda walk: walk.unmark(), lambda targets: targets.marked),
    Key("跳过", " ", lambda walk: walk.forward(), more=("enter", "right", "down", "pagedown", "<scroll-down>")),
    Key("上一条", "b", lambda walk: walk.back(), more=("left", "up", "pageup", "<scroll-up>")),
    Key("撤回刚才", "u", lambda walk: walk.take_back()),
    Key("写清单", "w", dialogues.write),
    Key("退出", "q", lambda walk: walk.leave(), more=("c-c", "c-d")),
)
"""Which keys there are, in the order in which they are offered."""


def offered(targets: Targets) -> Iterable[Key]:
    """The keys that do something now."""
    taken: set[str] = set()
    for one in KEYS:
        if one.key not in taken and (one.fits is None or one.fits(targets)):
            taken.add(one.key)
            yield one


def name_of(key: str) -> str:
    return "空格" if key == " " else key


def found(typed: str, targets: Targets) -> Key | None:
    """The key that was pressed, or whose word was typed; the width of letters aside, and their case where only one is
    a key."""
    keys = list(offered(targets))
    for pressed in (typed, fold_width(typed), fold_width(typed).lower()):
        for one in keys:
            if pressed in (one.key, one.word, *one.more):
                return one
    return None
