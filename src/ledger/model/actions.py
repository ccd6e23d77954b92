"""What an entry can be: its action, what that may change, and which projection follows from it."""

from typing import NamedTuple

from ledger.model.fields import FIELDS, NOTE_LIMIT, OWN
from ledger.model.lifecycle import STEPS, Fact

IMPORT = "import"
"""Opens an import, or each file of one: which file the entries after it in its command come from."""

RATE = "rate"
"""Says how satisfied those were who were asked: with a task, or of the ledger with a unit."""
PUBLISH, WITHDRAW = "publish", "withdraw"
"""A report is issued, what was sent out frozen in the entry; an issued one holds no more."""

COMB = "comb"
"""Says that the week's list was gone through: how many of how many tasks."""

ISSUE, RECEIVE = "slip", "receive"
PAPERS = (ISSUE, RECEIVE)
"""Slips and their receipts (`model.slips`): of what is only on paper, which leaves its task as it is."""
EVIDENCE = "evidence"
"""A file that shows how the task was done (佐证): its name, media type, bytes and SHA-256."""


class Action(NamedTuple):
    """`word` is the office's; `of_task` whether an entry is of a task or of the ledger (None: of either).

    `fields` are the names that its `changes` may have (`OWN` for any own column), None where they are names of their
    own: of settings and series, which it then `settles`, or of what a file is known by. One that `tells` says in its
    note how far the task has come. What is `lasting` is never voided. One `aside` only says what was done with the
    ledger: taking back the last command passes it over. What it `states` beside is told and kept, and changes nothing.
    """

    word: str
    of_task: bool | None = True
    fields: frozenset[str] | None = frozenset()
    settles: bool = False
    tells: bool = False
    lasting: bool = False
    aside: bool = False
    states: tuple[Fact, ...] = ()


EXTENSION = (Fact("approved_by", "批准人"),)
URGING = (
    Fact("method", "催办方式", ("现场", "网络", "电话", "暗访")),
    Fact("to", "催办对象"),
    Fact("reply", "答复", limit=NOTE_LIMIT, multiline=True),
)
RECEIPT = (Fact("by", "签收人"),)
RATED = frozenset({"unit", "percent", "sample", "satisfied", "basically", "dissatisfied"})
"""What an entry of a rating may say (`model.rating`), `unit` where it is of the ledger."""

PRAISE, CRITICISM = "表扬", "批评"
REMARK = (Fact("who", "领导"), Fact("tone", "评价", (PRAISE, CRITICISM)))
_ISSUED = frozenset({"number", "kind", "period", "document", "corrects", "content", "digest", "root"})
_GIVEN = frozenset(field.name for field in FIELDS if field.given) | {OWN}

ACTIONS = {
    "init": Action("建账", False, frozenset({"name", "hash"}), settles=True, lasting=True),
    "config": Action("设置", False, None, settles=True),
    "add": Action("登记", fields=_GIVEN | {"series", "occurrence_on"}, tells=True),
    "edit": Action("修改", fields=_GIVEN - {"part_of"}),
    "note": Action("进展", fields=frozenset({"progress", "problem"}), tells=True),
    "report": Action("反馈", fields=frozenset({"progress", "problem"}), tells=True),
    "remark": Action("批示", states=REMARK),
    "extend": Action("延期", fields=frozenset({"due_on", "due_text", "grace_days"}), states=EXTENSION),
    **{
        name: Action(step.word, fields=frozenset({"status"}), tells=step.tells, states=step.states)
        for name, step in STEPS.items()
    },
    "urge": Action("催办", fields=frozenset({"urges", "urged_on", "slip"}), states=URGING),
    "flag": Action("挂牌督办", fields=frozenset({"flagged", "flag_until"})),
    "unflag": Action("摘牌", fields=frozenset({"flagged", "flag_until"})),
    RATE: Action("评价", None, RATED),
    EVIDENCE: Action("佐证", fields=frozenset({"name", "type", "size", "sha256"})),
    "tally": Action("计数", fields=frozenset({"tally"})),
    ISSUE: Action("出单", fields=frozenset({"kind", "number", "nth", "of"}), aside=True),
    RECEIVE: Action("签收", fields=frozenset({"number", "of"}), states=RECEIPT),
    "series": Action("循环任务", False, None, settles=True),
    IMPORT: Action("导入", False, None),
    COMB: Action("梳理", False, frozenset({"seen", "listed"}), aside=True),
    PUBLISH: Action("印发", False, _ISSUED, lasting=True, aside=True),
    WITHDRAW: Action("撤回印发", False, frozenset({"number"}), lasting=True, aside=True),
    "void": Action("冲销", None, lasting=True),
}
EVENTS = (
    *("return", "extend", "reopen", "urge", "flag", "report", "remark", "rate"),
    *("evidence", "slip", "receive", "publish", "withdraw"),
)
"""The actions whose entries are looked for by their day, whatever task they are of."""

STATED = {name: frozenset(fact.name for fact in action.states) for name, action in ACTIONS.items()}
"""Action → the names of what it may state, which are no fields of a task."""

ACTION_WORDS = {name: action.word for name, action in ACTIONS.items()}
