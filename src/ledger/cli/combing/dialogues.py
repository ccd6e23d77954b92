"""What each answer of the walk asks before it is carried out: a dialogue each, as `talk.py` drives them."""

import re
from collections.abc import Callable, Generator
from typing import Any

from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import clean, fold_width, listed, quote
from ledger.cli.combing.talk import Ask, Dialogue
from ledger.cli.combing.walk import Answer, Walk
from ledger.dates.day import long_day, weekday
from ledger.dates.deadline import parse_deadline
from ledger.model.actions import URGING
from ledger.model.fields import BY_NAME, FIELDS, Field, Kind
from ledger.model.lifecycle import STEPS
from ledger.model.rules import year_meant
from ledger.model.task import SUBMITTED, Task
from ledger.services.combing import owners
from ledger.services.progress import progress_in
from ledger.store import queries

Part = Generator[Ask, str, dict[str, Any]]


def close(walk: Walk) -> Dialogue | Answer:
    return _submit(walk) if _closing(walk) == "submit" else Answer("销号", "close", final=True)


def close_on(walk: Walk) -> Dialogue:
    action = _closing(walk)
    word = STEPS[action].word
    on = yield Ask(f"{word}日期(回车为今天)", may_be_empty=True, check=lambda text: _dated(walk, action, text))
    note = yield Ask("办理情况(可不写)", may_be_empty=True, offers=walk.phrases(action))
    return Answer(word, action, {"on": on, "note": note}, final=True)


def close_as_highlight(walk: Walk) -> Dialogue:
    """A closing that the bulletin tells of; what waits for review is marked when it is accepted."""
    action = _closing(walk)
    now = action == "close"
    note = yield Ask(
        "办理情况,写进简报" if now else "销号须经审核,先申请,亮点到审核时标。办理情况",
        may_be_empty=True,
        check=lambda text: walk.tried(action, {"note": text}),
        offers=walk.phrases(action),
    )
    return Answer(STEPS[action].word, action, {"note": note, **({"highlight": True} if now else {})}, final=True)


def _closing(walk: Walk) -> str:
    """The step that strikes off, or under review (销号审核) asks for it."""
    reviewed = walk.shown is not None and walk.shown.rules.review
    return "submit" if reviewed and any(task.status != SUBMITTED for task in walk.targeted()) else "close"


def _dated(walk: Walk, action: str, on: str) -> None:
    """Raises what is wrong with the day; how much is to be told is asked next."""
    walk.tried(action, {"on": on, "note": "-" * walk.shown.rules.result_length if walk.shown else ""})


def _submit(walk: Walk) -> Dialogue:
    note = yield Ask(
        "销号须经审核,先申请。办理情况",
        may_be_empty=True,
        check=lambda text: walk.tried("submit", {"note": text}),
        offers=walk.phrases("submit"),
    )
    return Answer("申请销号", "submit", {"note": note}, final=True)


def urge(walk: Walk) -> Dialogue:
    method = yield Ask("催办方式", check=lambda text: walk.tried("urge", {"method": text}), offers=URGING[0].choices)
    note = yield Ask("催办内容和答复(可不写)", may_be_empty=True, offers=walk.phrases("urge"))
    return Answer("催办", "urge", {"method": method, "note": note})


def flag(walk: Walk) -> Dialogue:
    until = yield Ask(
        "挂牌到哪一天(回车为销号或摘牌)", may_be_empty=True, check=lambda text: walk.tried("flag", {"until": text})
    )
    return Answer("挂牌", "flag", {"until": until})


def unflag(walk: Walk) -> Answer:
    return Answer("摘牌", "unflag", {})


def return_(walk: Walk) -> Dialogue:
    reason = yield Ask("退回理由", offers=walk.phrases("return"))
    return Answer("退回", "return", {"reason": reason}, final=True)


def note(walk: Walk) -> Dialogue:
    text = yield Ask("进展(文中的百分数记为完成进度)", echo=_progress_words, offers=walk.phrases("note"))
    told = progress_in(text).percent
    return Answer("记进展", "note", {"text": text, **({} if told is None else {"progress": told})})


def _progress_words(text: str) -> str:
    told = progress_in(text)
    if told.percent is not None:
        return f"完成进度记为 {told.percent}%"
    return "文中的百分数说不准是不是完成进度,不记" if told.doubtful else ""


def problem(walk: Walk) -> Dialogue:
    text = yield Ask("突出问题")
    return Answer("记问题", "note", {"text": text, "problem": True})


def solve(walk: Walk) -> Dialogue:
    text = yield Ask("问题怎样解决的")
    return Answer("了结问题", "note", {"text": text, "resolves": True})


def tally(walk: Walk) -> Dialogue:
    count = yield Ask(
        "计数,又完成几件(回车为 1)", may_be_empty=True, check=lambda text: walk.tried("tally", {"count": _number(text)})
    )
    return Answer("计数", "tally", {"count": _number(count)})


def _number(text: str) -> int:
    folded = fold_width(text) or "1"
    return int(folded) if re.fullmatch(r"\d{1,6}", folded, re.ASCII) else 0


def extend(walk: Walk) -> Dialogue:
    due = yield Ask("新时限", check=lambda text: _deadline(walk, text), echo=lambda text: _understood(walk, text))
    reason = yield Ask(f"延至 {_deadline(walk, due)}。延期理由", offers=walk.phrases("extend"))
    return Answer("延期", "extend", {"due": due, "reason": reason})


def _deadline(walk: Walk, text: str) -> str:
    """The day that a new deadline means. Raises what the ledger refuses."""
    before = walk.targeted()[0]
    task, remarks = walk.tried("extend", {"due": text, "reason": "-"})
    return ";".join([f"{_day_words(task)}(原 {_day_words(before)})", *remarks])


def _understood(walk: Walk, text: str) -> str:
    """What can be read of it while it is typed."""
    rules, today = walk.rules, walk.today
    try:
        found = parse_deadline(
            text,
            today,
            year_meant(rules, None),
            assigned_on=today,
            workdays=rules.workdays,
            rest_day=rules.rest_day,
        )
    except LedgerError:
        return ""
    return "" if found.due_on is None else f"即 {long_day(found.due_on)} {weekday(found.due_on)}"


def _day_words(task: Task) -> str:
    return "无期限" if task.due_on is None else f"{long_day(task.due_on)} {weekday(task.due_on)}"


# --- corrections -----------------------------------------------------------------------------------------------------

EDITED = tuple(field for field in FIELDS if field.given and field.option and field.name != "due_text")
"""What a correction may change."""


def edit(walk: Walk) -> Dialogue:
    choices = " ".join(f"{at}{field.label}" for at, field in enumerate(EDITED, start=1))
    chosen = yield Ask(f"改哪一项:{choices}", check=_field)
    field = _field(chosen)
    held = {_held(task, field) for task in walk.targeted()}
    text = held.pop() if len(held) == 1 else ""

    def options(typed: str) -> dict[str, Any]:
        return {field.option: _value(field, typed)}

    typed = yield Ask(
        field.label, text, may_be_empty=not field.required, check=lambda typed: walk.tried("edit", options(typed))
    )
    if typed == text:
        return None
    if field.option == "due" and typed:
        task, remarks = walk.tried("edit", options(typed))
        yield Ask(f"时限改正为 {';'.join([_day_words(task), *remarks])},回车照改", may_be_empty=True)
    return Answer("修改", "edit", options(typed))


def _field(text: str) -> Field:
    """The field that a number or its name means. Raises `BadValue`."""
    folded = fold_width(text).strip()
    named = [field for at, field in enumerate(EDITED, start=1) if folded == str(at) or folded == field.label]
    named = named or [field for field in EDITED if folded and folded in field.label]
    if len(named) != 1:
        raise BadValue(f"没有{quote(text)}这一项", "请写序号或名称")
    return named[0]


def _held(task: Task, field: Field) -> str:
    if field.option == "due":
        return task.due_text or (task.due_on.isoformat() if task.due_on else "")
    value = getattr(task, field.attribute)
    if field.kind is Kind.NAMES:
        return "、".join(value)
    if field.kind is Kind.FLAG:
        return "是" if value else "否"
    return "" if value is None else str(value)


def _value(field: Field, text: str) -> Any:
    if field.kind is Kind.NAMES:
        return listed(text)
    return text in ("是", "对", "y", "Y") if field.kind is Kind.FLAG else text


# --- what is of no task of the walk -----------------------------------------------------------------------------------


def add(walk: Walk) -> Dialogue:
    """A registration. Which units it is for and whose it is may be chosen, by the numbers of the office's order."""

    def more(label: str, options: Callable[[str], dict[str, Any]], **how: Any) -> Part:
        """Ask for another part of it, and try it with those told before."""
        text = yield Ask(label, check=lambda text: walk.tried("add", options(text), new=True), **how)
        return options(text)

    name = BY_NAME["title"]
    title = yield Ask("新增的工作任务", check=lambda text: clean(text, name.label, limit=name.limit))
    units = walk.read(lambda view: queries.units(view.reader, view.rules.units))
    led = yield from more("责任单位(第一个牵头,其余配合)", lambda text: _led(title, text), offers=units, several=True)
    whose = walk.read(lambda view: owners(view.reader, led["unit"]))
    owned = yield from more("责任人(可不写)", lambda text: {**led, "owner": text}, offers=whose, may_be_empty=True)
    whole = yield from more(
        "完成时限(可不写)",
        lambda text: {**owned, "due": text},
        offers=_DUE,
        may_be_empty=True,
        echo=lambda text: _understood(walk, text),
    )
    return Answer("登记", "add", whole, new=True)


def _led(title: str, units: str) -> dict[str, Any]:
    lead, *others = _value(BY_NAME["with"], units) or [""]
    return {"title": title, "unit": lead, "with": others}


_DUE = ("本周五", "下周五", "月底", "下月底")
"""Deadlines that are mostly given."""


def find(walk: Walk) -> Dialogue:
    yield Ask("找哪一件(编号、尾号或任务里的文字)", check=walk.find)
    return None


def write(walk: Walk) -> Dialogue:
    yield Ask("周清单写到(docx、xlsx、pdf 或 html)", "周清单.docx", check=walk.write)
    return None
