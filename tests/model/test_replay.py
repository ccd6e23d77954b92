"""Entries of one task, in March 2013; each is written as (action, day, changes)."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import Refused
from ledger.model.entry import Entry
from ledger.model.replay import FOREVER, Span, apply, change, rebuild, standing, stored
from ledger.model.task import Task

ADDED: dict[str, Any] = {
    "code": "2013-001", "title": "方案", "unit": "综合组", "assigned_on": "2013-03-01",
    "due_on": "2013-03-10", "original_due_on": "2013-03-10", "grace_days": 2,
}  # fmt: skip
CLOSE = {"status": ["open", "closed"]}
REOPEN = {"status": ["closed", "open"]}
CANCEL = {"status": ["open", "cancelled"]}


def day(number: int) -> date:
    return date(2013, 3, number)


def added(**fields: Any) -> tuple[str, int, dict[str, Any]]:
    return "add", 1, {name: [None, value] for name, value in {**ADDED, **fields}.items() if value is not None}


def extended(on: int, before: int | None, after: int, *, grace: int = 0) -> tuple[str, int, dict[str, Any]]:
    changes: dict[str, Any] = {"due_on": [before and f"2013-03-{before:02d}", f"2013-03-{after:02d}"]}
    return "extend", on, changes | ({"grace_days": [grace, 0]} if grace else {})


def entries(*steps: tuple[str, int, dict[str, Any]], notes: dict[int, str] = {}) -> list[Entry]:
    return [
        Entry(seq, 1, action, day(on), "", "张三", "clerk", notes.get(seq), changes, None, seq)
        for seq, (action, on, changes) in enumerate(steps, start=1)
    ]


def test_a_registration_makes_a_task_and_its_first_span() -> None:
    task, spans = rebuild(entries(added(**{"with": ["宣传组"], "key": True}), notes={1: "初稿"}))
    assert (task.id, task.code, task.title, task.unit) == (1, "2013-001", "方案", "综合组")
    assert (task.with_units, task.key, task.note, task.status) == (("宣传组",), True, "初稿", "open")
    assert (task.last_day, task.original_last_day, task.binding_last_day) == (day(12), day(12), day(12))
    assert spans == [Span(1, 1, "open", "", day(1), FOREVER, day(1))]


def test_spans_follow_the_steps_and_two_on_one_day_leave_one_of_no_length() -> None:
    task, spans = rebuild(entries(added(), ("close", 5, CLOSE), ("reopen", 5, REOPEN), ("close", 7, CLOSE)))
    assert spans == [
        Span(1, 1, "open", "", day(1), day(5), day(1)),
        Span(2, 1, "closed", "open", day(5), day(5), day(5)),
        Span(3, 1, "open", "closed", day(5), day(7), day(5)),
        Span(4, 1, "closed", "open", day(7), FOREVER, day(7)),
    ]
    assert (task.status, task.closed_on, task.stepped_on, task.status_seq) == ("closed", day(7), day(7), 4)


def test_a_reopened_task_has_no_closing_day() -> None:
    task, _ = rebuild(entries(added(), ("close", 5, CLOSE), ("reopen", 6, REOPEN)))
    assert (task.status, task.closed_on) == ("open", None)


@pytest.mark.parametrize(
    ("extensions", "due", "last", "binding"),
    [
        ([(8, 10, 20)], 20, 20, 20),
        ([(10, 10, 20)], 20, 20, 20),  # on the deadline itself: still in time
        ([(11, 10, 20)], 20, 20, 12),  # after it, within the grace: too late all the same
        ([(11, 10, 20), (15, 20, 30)], 30, 30, 12),  # nor does any later one bind
        ([(8, 10, 20), (21, 20, 30)], 30, 30, 20),
    ],
)
def test_the_binding_deadline_is_not_moved_by_what_was_asked_too_late(
    extensions: list[tuple[int, int, int]], due: int, last: int, binding: int
) -> None:
    steps = [extended(*given, grace=0 if place else 2) for place, given in enumerate(extensions)]
    task, _ = rebuild(entries(added(), *steps))
    assert (task.due_on, task.last_day, task.binding_last_day) == (day(due), day(last), day(binding))
    assert (task.original_due_on, task.original_last_day) == (day(10), day(12))
    assert task.extensions == len(extensions)


def test_a_first_deadline_given_by_an_extension_binds_and_has_no_original() -> None:
    task, _ = rebuild(entries(added(due_on=None, original_due_on=None, grace_days=None), extended(9, None, 20)))
    assert (task.binding_last_day, task.original_due_on, task.original_last_day) == (day(20), None, None)


def test_a_corrected_deadline_is_the_original_too_and_no_extension() -> None:
    fixed = {name: ["2013-03-10", "2013-03-15"] for name in ("due_on", "original_due_on")}
    task, _ = rebuild(entries(added(), ("edit", 14, {**fixed, "grace_days": [2, 0]})))
    assert {task.due_on, task.original_due_on, task.last_day, task.binding_last_day} == {day(15)}
    assert (task.original_last_day, task.extensions) == (day(15), 0)


def test_corrected_days_of_grace_alone_move_every_last_day() -> None:
    """Those of the original and of the binding deadline too: it was a mistake from the first."""
    task, _ = rebuild(entries(added(), ("edit", 14, {"grace_days": [2, 5]})))
    assert (task.due_on, task.original_due_on) == (day(10), day(10))
    assert (task.last_day, task.original_last_day, task.binding_last_day) == (day(15), day(15), day(15))


def test_closing_resolves_the_problems_and_so_does_a_note() -> None:
    raised = ("note", 3, {"problem": [None, "经费"]})
    resolved = ("note", 4, {"problem": [["经费"], None]})
    assert [problem.text for problem in rebuild(entries(added(), raised))[0].open_problems] == ["经费"]
    assert rebuild(entries(added(), raised, resolved))[0].open_problems == ()
    assert rebuild(entries(added(), raised, ("close", 5, CLOSE)))[0].open_problems == ()


def test_the_latest_note_stands() -> None:
    said = entries(added(), ("note", 3, {"progress": [None, 40]}), ("close", 5, CLOSE), notes={1: "甲", 2: "乙"})
    task, _ = rebuild(said)
    assert (task.note, task.progress) == ("乙", 40)


UNIT = ("edit", 3, {"unit": ["综合组", "督导组"]})


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([("note", 3, {})], id="nothing registered"),
        pytest.param([added(), ("reopen", 5, REOPEN)], id="a closing voided below its reopening"),
        pytest.param([added(), ("close", 5, CLOSE), ("close", 6, CLOSE)], id="a reopening voided between closings"),
        pytest.param([added(), ("edit", 4, {"unit": ["督导组", "宣传组"]})], id="an edit voided below another"),
        pytest.param([added(), extended(9, 20, 30)], id="an extension voided below another"),
        pytest.param([added(), ("close", 5, CLOSE), extended(6, 10, 20, grace=2)], id="an extension of a closed task"),
        pytest.param([added(), ("cancel", 5, CANCEL), ("note", 6, {"problem": [None, "x"]})], id="a problem of one"),
        pytest.param([added(assigned_on="2013-03-08"), ("close", 5, CLOSE)], id="a step before the giving out"),
        pytest.param([added(), ("close", 9, CLOSE), ("reopen", 8, REOPEN)], id="steps out of order"),
        pytest.param([added(), ("close", 9, CLOSE), ("note", 8, {})], id="a note before the last step"),
        pytest.param(
            [added(), ("close", 5, CLOSE), ("edit", 9, {"assigned_on": ["2013-03-01", "2013-03-08"]})],
            id="given out after a step",
        ),
    ],
)
def test_what_does_not_follow_is_refused(steps: list[tuple[str, int, dict[str, Any]]]) -> None:
    with pytest.raises(Refused):
        rebuild(entries(*steps))


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([added(), ("note", 3, {"progress": [20, 40]})], id="progress is stated anew"),
        pytest.param([added(), ("note", 3, {"problem": [["经费"], None]})], id="so are problems"),
        pytest.param([added(), UNIT, ("edit", 4, {"owner": [None, "李某"]})], id="edits of different fields"),
        pytest.param([added(assigned_on="2013-03-20"), UNIT], id="an edit before the giving out"),
    ],
)
def test_what_does_not_build_on_another_replays(steps: list[tuple[str, int, dict[str, Any]]]) -> None:
    rebuild(entries(*steps))


def test_posting_one_by_one_is_the_same_as_replaying() -> None:
    posted: Task | None = None
    history = entries(added(), extended(8, 10, 20, grace=2), UNIT, ("close", 21, CLOSE))
    history[2] = history[2]._replace(on=day(9))
    for entry in history:
        posted = apply(posted, entry)
    assert posted == rebuild(history)[0]


def test_changes_hold_what_differs_as_json_has_it() -> None:
    task, _ = rebuild(entries(added()))
    wanted = {"unit": "综合组", "with": ("宣传组",), "due_on": None, "key": True, "assigned_on": day(2)}
    assert change(task, wanted) == {
        "with": [[], ["宣传组"]],
        "due_on": ["2013-03-10", None],
        "key": [False, True],
        "assigned_on": ["2013-03-01", "2013-03-02"],
    }
    assert (stored(day(2)), stored(("甲",)), stored(3), stored(None)) == ("2013-03-02", ["甲"], 3, None)


QUOTA = '{"least":3,"most":null,"counter":"条"}'


def tallied(count: int) -> dict[str, Any]:
    return {"tally": [None, count]}


def test_counts_add_up_and_one_left_out_is_missed_by_none() -> None:
    steps = [added(quota=QUOTA), ("tally", 5, tallied(2)), ("tally", 4, tallied(1)), ("close", 6, CLOSE)]
    task, spans = rebuild(entries(*steps, ("tally", 7, tallied(1))))
    assert (task.tally, task.status, len(spans)) == (4, "closed", 2)
    assert rebuild(entries(steps[0], *steps[2:]))[0].tally == 1


@pytest.mark.parametrize(
    "steps",
    [
        [added(), ("tally", 5, tallied(1))],
        [added(quota=QUOTA), ("cancel", 5, CANCEL), ("tally", 6, tallied(1))],
        [added(quota=QUOTA), ("close", 5, CLOSE), ("tally", 4, tallied(1))],
    ],
)
def test_a_count_that_does_not_follow(steps: list[Any]) -> None:
    with pytest.raises(Refused):
        rebuild(entries(*steps))


SUBMIT = {"status": ["open", "submitted"]}
RETURN = {"status": ["submitted", "open"]}


def test_a_return_ends_a_submission_and_the_next_is_in_force() -> None:
    steps = added(), ("submit", 5, SUBMIT), ("return", 7, RETURN)
    assert rebuild(entries(*steps))[0].submitted_on is None
    task, spans = rebuild(entries(*steps, ("submit", 9, SUBMIT)))
    assert (task.status, task.submitted_on, task.closed_on) == ("submitted", day(9), None)
    assert [span[2:5] for span in spans[1:]] == [
        ("submitted", "open", day(5)),
        ("open", "submitted", day(7)),
        ("submitted", "open", day(9)),
    ]


def test_what_is_accepted_is_judged_by_its_submission() -> None:
    accept = {"status": ["submitted", "closed"]}
    task, spans = rebuild(entries(added(), ("submit", 5, SUBMIT), ("close", 20, accept)))
    assert (task.submitted_on, task.closed_on) == (day(5), day(20))
    assert [span.judged_on for span in spans] == [day(1), day(5), day(5)]
    _, spans = rebuild(entries(added(), ("submit", 5, SUBMIT), ("return", 7, RETURN), ("close", 20, CLOSE)))
    assert spans[-1].judged_on == day(20)


def test_a_closing_accepts_and_a_restored_task_has_not_been_submitted() -> None:
    done = [added(), ("submit", 5, SUBMIT), ("close", 12, {"status": ["submitted", "closed"]})]
    task, _ = rebuild(entries(*done))
    assert (task.submitted_on, task.closed_on) == (day(5), day(12))
    task, _ = rebuild(entries(*done, ("reopen", 13, REOPEN)))
    assert (task.status, task.submitted_on) == ("open", None)


def test_a_submission_is_no_closing_and_stays_in_hand() -> None:
    task, _ = rebuild(entries(added(), ("submit", 5, SUBMIT), ("extend", 6, {"due_on": ["2013-03-10", "2013-03-20"]})))
    assert (task.status, task.closed_on, task.extensions) == ("submitted", None, 1)


def test_what_is_marked_when_struck_off_is_so_until_it_is_restored() -> None:
    marked = CLOSE | {"highlight": [None, True]}
    steps = [added(), ("close", 5, marked), ("reopen", 7, REOPEN), ("close", 9, CLOSE)]
    found = [rebuild(entries(*steps[:number]))[0] for number in range(1, 5)]
    assert [task.highlight for task in found] == [False, True, False, False]
    then = [standing(found[-1], entries(*steps), day(number)) for number in (4, 5, 8, 9)]
    assert [task.highlight for task in then] == [False, True, False, False]
