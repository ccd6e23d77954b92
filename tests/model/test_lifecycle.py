from datetime import date

import pytest

from ledger.base.errors import Refused
from ledger.model.lifecycle import ACTS, STEPS, check_day, require_quota, require_status, status_after
from ledger.model.task import CANCELLED, CLOSED, OPEN, PAUSED, SUBMITTED, Task

STATUSES = (OPEN, SUBMITTED, PAUSED, CLOSED, CANCELLED)
ALLOWED = {
    "submit": {OPEN: SUBMITTED},
    "accept": {SUBMITTED: CLOSED},
    "pause": {OPEN: PAUSED},
    "resume": {PAUSED: OPEN},
    "return": {SUBMITTED: OPEN},
    "close": dict.fromkeys((OPEN, SUBMITTED, PAUSED), CLOSED),
    "reopen": dict.fromkeys((CLOSED, CANCELLED), OPEN),
    "cancel": dict.fromkeys((OPEN, SUBMITTED, PAUSED), CANCELLED),
}


def task(status: str = OPEN, stepped_on: date | None = None) -> Task:
    assigned_on = date(2013, 3, 4)
    return Task(1, "2013-001", "事项", "综合组", status=status, assigned_on=assigned_on, stepped_on=stepped_on)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("action", STEPS)
def test_each_step_from_each_status(action: str, status: str) -> None:
    after = ALLOWED[action].get(status)
    if after is None:
        with pytest.raises(Refused, match="2013-001") as refusal:
            status_after(task(status), action)
        assert refusal.value.exit_code == 5
        assert refusal.value.hint
    else:
        assert status_after(task(status), action) == after


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("action", [name for name in ACTS if name != "tally"])
def test_only_a_task_in_hand_is_extended_pressed_or_has_problems(action: str, status: str) -> None:
    if status == OPEN or (action != "urge" and status in (SUBMITTED, PAUSED)):
        require_status(task(status), action)
    else:
        with pytest.raises(Refused, match=r"2013-001.*不能") as refusal:
            require_status(task(status), action)
        assert "{" not in refusal.value.hint


def test_under_review_a_step_is_replaced_by_one_for_what_was_submitted() -> None:
    """Only striking off; whoever takes the other step is not the submitter."""
    replaced = {name: step.reviewed for name, step in STEPS.items() if step.reviewed}
    assert replaced == {"close": "accept"}
    assert [name for name, step in STEPS.items() if step.by_another] == ["accept"]
    assert STEPS["accept"].sources == (SUBMITTED,) and STEPS["accept"].to == STEPS["close"].to


def test_what_is_asked_for_is_asked_once() -> None:
    """Before a submission or a closing: what waits was looked at when it was submitted."""
    assert [name for name, step in STEPS.items() if step.needs] == ["submit", "close"]


@pytest.mark.parametrize(
    ("day", "stepped_on", "allowed"),
    [
        (3, None, False),
        (4, None, True),
        (9, 10, False),
        (10, 10, True),
        (31, 10, True),
    ],
)
def test_a_day_is_not_before_the_giving_out_nor_the_last_step(day: int, stepped_on: int | None, allowed: bool) -> None:
    stepped = task(stepped_on=None if stepped_on is None else date(2013, 3, stepped_on))
    if allowed:
        check_day(stepped, date(2013, 3, day))
    else:
        with pytest.raises(Refused, match="早于"):
            check_day(stepped, date(2013, 3, day))


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("quota", [None, '{"least":3,"most":null,"counter":"条"}'])
def test_counted_is_what_has_a_quota_and_was_not_dropped(status: str, quota: str | None) -> None:
    found = task(status)
    found.quota = quota
    if quota is None or status == CANCELLED:
        with pytest.raises(Refused):
            require_quota(found)
    else:
        require_quota(found)
