"""A task as the walk shows it, in lines of styled text that fit a width; what is above and below it.

A style is a word: `title`, `dim`, `bold`, or that of a light.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.base.text import clip, pad, visible, width, wrap
from ledger.cli.combing.keys import Targets, name_of, offered
from ledger.cli.combing.shown import Shown
from ledger.cli.combing.walk import Walk
from ledger.dates.day import long_day, short_day, weekday
from ledger.model.actions import ACTION_WORDS
from ledger.model.rules import Rules
from ledger.model.task import Task, progress_of
from ledger.render.cells import words
from ledger.render.faces import LIGHTS
from ledger.reports.columns import state_of
from ledger.reports.entry_words import said_of
from ledger.store.queries import LoggedEntry

Line = list[tuple[str, str]]
"""Pieces of a line, each with its style."""

_LABEL = 6
"""Cells that the names of what a task has are set to."""


def heading(walk: Walk, cells: int) -> list[Line]:
    """The line of progress: which list, as of when, and how far it is gone through."""
    place = min(walk.at + 1, walk.total)
    done = f"{place}/{walk.total},已销 {walk.closed}"
    marked = f" · 已选 {len(walk.marked)}" if walk.marked else ""
    today = f"{long_day(walk.today)} {weekday(walk.today)}"
    left = clip(f"梳理 {visible(walk.rules.name)} · {today}{marked}", max(cells - width(done) - 1, 0))
    return [[("bold", pad(left, cells - width(done))), ("bold", done)], [("dim", "─" * cells)]]


def card(shown: Shown, cells: int, *, marked: bool = False) -> list[Line]:
    """The task: its title, who has it, until when, how far it has come, and its history in three lines."""
    task, today = shown.task, shown.today
    return [
        *([("title", line)] for line in few(f"{task.code} {'★ ' if task.key else ''}{task.title}", cells, 3)),
        *_state(shown, cells, marked=marked),
        *_labelled("责任", "dim", _who(task), cells, 2),
        *_labelled("时限", "dim", _deadline(task, today), cells, 2),
        *(_labelled("措施", "dim", task.measure, cells, 2) if task.measure else ()),
        *_labelled("进展", "dim", _progress(task), cells, 3),
        *(line for one in task.open_problems for line in _labelled("问题", "red", one.text, cells, 2)),
        *_history(shown.history, today, cells),
    ]


def _state(shown: Shown, cells: int, *, marked: bool) -> list[Line]:
    state = state_of(shown.task, shown.today, shown.rules)
    label = f"{'✓ 已选 · ' if marked else ''}{shown.group}"
    return _labelled(label, "bold", f"{LIGHTS[state.light][0]} {words(state)}", cells, 2, state.light)


def few(text: str, cells: int, most: int) -> list[str]:
    """The lines of a text, of many only the first ones."""
    lines = wrap(visible(text), max(cells, 2))
    return lines if len(lines) <= most else [*lines[: most - 1], clip(lines[most - 1] + "…", cells)]


def _labelled(label: str, style: str, text: str, cells: int, most: int, of_text: str = "") -> list[Line]:
    named = pad(label, max(_LABEL, width(label) + 2))
    if width(named) > cells - 8:  # no room beside it
        return [[(style, clip(label, cells))], *([(of_text, line)] for line in few(text, cells, most))]
    lines = few(text, cells - width(named), most)
    first: Line = [(style, named), (of_text, lines[0])]
    return [first, *([(of_text, " " * width(named) + line)] for line in lines[1:])]


def _who(task: Task) -> str:
    parts = [task.unit]
    parts += [f"配合 {'、'.join(task.with_units)}"] if task.with_units else []
    parts += [f"责任人 {task.owner}"] if task.owner else []
    parts += [f"责任领导 {task.leader}"] if task.leader else []
    return " · ".join(parts)


def _deadline(task: Task, today: date) -> str:
    if task.due_on is None:
        return task.due_text or "无期限"
    typed = f"({task.due_text})" if task.due_text and task.due_text != task.due_on.isoformat() else ""
    moved = task.original_due_on not in (None, task.due_on)
    first = f",原定 {short_day(task.original_due_on, today)}" if moved and task.original_due_on else ""
    return f"{short_day(task.due_on, today)}{typed}{first} · 交办 {short_day(task.assigned_on, today)}"


def _progress(task: Task) -> str:
    percent = progress_of(task)
    return " ".join(filter(None, ("" if percent is None else f"{percent}%", task.note))) or "(未报过进展)"


def _history(history: Sequence[LoggedEntry], today: date, cells: int) -> list[Line]:
    lines: list[Line] = []
    for logged in history:
        entry = logged.entry
        said = visible(";".join(said_of(logged)))
        text = (
            f"{short_day(entry.on, today)} {visible(entry.actor)} {ACTION_WORDS.get(entry.action, entry.action)} {said}"
        )
        label = pad("经过" if not lines else "", _LABEL)
        lines.append([("dim", label), ("dim", clip(text.rstrip(), cells - _LABEL))])
    return lines


def here(walk: Walk, cells: int) -> list[Line]:
    """The task at this place, or what stands past the last."""
    shown = walk.shown
    return card(shown, cells, marked=shown.task.id in walk.marked) if shown else _ended(walk)


def coming(walk: Walk, cells: int, most: int) -> list[Line]:
    """The next tasks of the list, a line each, those marked with a tick."""
    shown = walk.shown
    if shown is None or most < 2 or not shown.coming:
        return []
    lines: list[Line] = [[("dim", pad("接下来", cells))]]
    for place, task in enumerate(shown.coming[: most - 1], start=walk.at + 2):
        lines.append(_one_line(place, task, task.id in walk.marked, shown.today, shown.rules, cells))
    return lines


def _one_line(place: int, task: Task, marked: bool, today: date, rules: Rules, cells: int) -> Line:
    state = state_of(task, today, rules)
    face = f" {LIGHTS[state.light][0]} {state.parts[-1] if state.light == 'grey' else ' '.join(state.parts[:2])}"
    number = f"{'✓' if marked else ' '}{place:>4} "
    title = clip(f"{visible(task.code)} {visible(task.title)}", max(cells - width(number) - width(face), 4))
    return [("dim", number), ("", pad(title, cells - width(number) - width(face))), (state.light, face)]


def _ended(walk: Walk) -> list[Line]:
    """What stands past the last task."""
    return [
        [("title", "清单已看完" if walk.total else "没有需要梳理的事项")],
        [("", "按 q 退出并记下本次梳理,按 b 回看上一条")],
    ]


def hints(targets: Targets, cells: int) -> list[str]:
    """The keys that do something now, in lines."""
    lines: list[str] = []
    for one in offered(targets):
        hint = f"{name_of(one.key)} {one.word}"
        if lines and width(lines[-1]) + 2 + width(hint) <= cells:
            lines[-1] += f"  {hint}"
        else:
            lines.append(hint)
    return [clip(line, cells) for line in lines]


def offers(texts: Sequence[str]) -> str:
    """What may be chosen, each with its number."""
    return "  ".join(f"{number} {visible(text)}" for number, text in enumerate(texts, start=1))


def plain(lines: Iterable[Line]) -> list[str]:
    """The lines without their styles."""
    return ["".join(text for _, text in line).rstrip() for line in lines]
