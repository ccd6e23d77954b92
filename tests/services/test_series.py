"""Recurring duties founded, changed and taken back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue, LedgerError, NotFound, Refused
from ledger.model.series import Series
from ledger.services import series as duties
from ledger.services.fields import Options
from ledger.services.occurrences import open_due
from ledger.services.settings import set_stage
from ledger.services.units import rename
from ledger.store.journal import Journal
from tests.conftest import TODAY, Book

Act = Callable[[Journal], Any]


@contextmanager
def command(book: Book, today: str = TODAY, actor: str = "张三") -> Iterator[Journal]:
    """As the program runs a command: what the horizon reaches is opened last."""
    with book.journal(today, actor) as journal:
        yield journal
        open_due(journal)


def found(book: Book, due: str = "每月", today: str = TODAY, **options: Any) -> None:
    with command(book, today) as journal:
        from ledger.services.tasks import add

        add(journal, {"title": "例会", "unit": "综合组", "due": due, **options})


def change(book: Book, act: Callable[[Journal, Series], Any], number: int = 1, today: str = TODAY) -> None:
    with command(book, today) as journal:
        act(journal, duties.find(journal, number))


def take_back(book: Book, seq: int | None = None, today: str = TODAY) -> None:
    from ledger.services.undo import undo

    with command(book, today) as journal:
        undo(journal, seq, None)


def stage(book: Book, start: str, end: str, today: str = TODAY) -> None:
    with command(book, today) as journal:
        set_stage(journal, "推进实施", start, end)


def spans(book: Book, number: int = 1, until: str = "2013-07") -> list[str]:
    """The periods and deadlines that have a task in hand, as MM-DD MM-DD, of those that begin before `until`."""
    sql = "SELECT assigned_on, due_on FROM task WHERE status = 'open' AND series = {} AND assigned_on < '{}' ORDER BY 1"
    return [f"{start[5:]} {due[5:]}" for start, due in book.rows(sql.format(number, until))]


MONTHS = ["03-19 03-31", "04-01 04-30", "05-01 05-31", "06-01 06-30"]


def test_founding_opens_to_the_horizon(book: Book) -> None:
    found(book)
    assert spans(book) == MONTHS
    assert book.rows("SELECT max(occurrence_on), count(*) FROM task") == [("2014-04-01", 14)]
    assert book.faults() == []


def test_a_note_is_that_of_every_occurrence(book: Book) -> None:
    found(book, note="会议组织")
    with command(book, "2013-06-01"):
        pass
    assert book.rows("SELECT count(*) FROM task WHERE note IS NULL OR note <> '会议组织'") == [(0,)]


def test_a_series_that_began_in_the_past_opens_its_past_periods(book: Book) -> None:
    found(book, start="2013-01-15")
    assert spans(book, until="2013-04") == ["01-15 01-31", "02-01 02-28", "03-01 03-31"]


def test_codes_number_the_periods_and_are_never_given_twice(book: Book) -> None:
    found(book, code="LH", until="2013-05-31")
    change(book, lambda journal, one: duties.edit(journal, one, {"due": "每半月"}))
    codes = [code for (code,) in book.rows("SELECT code FROM task ORDER BY assigned_on")]
    assert codes[0] == "LH-01"
    assert len(set(codes)) == len(codes) == 5
    assert all(code.startswith("LH-") for code in codes)


def test_what_the_horizon_reaches_is_opened_once_whoever_writes(book: Book) -> None:
    found(book)
    for today in ("2013-04-02", "2013-04-02", "2013-03-25", "2013-05-02"):
        with command(book, today, "李四"):
            pass
    assert book.rows("SELECT count(*), count(DISTINCT occurrence_on), max(occurrence_on) FROM task") == [
        (16, 16, "2014-06-01")
    ]


def test_what_a_command_opened_by_the_way_is_not_taken_back_with_it(book: Book) -> None:
    found(book)
    with command(book, "2013-05-02") as journal:
        from ledger.services.steps import step

        step("close")(journal, {"task": "1"})
    before = book.rows("SELECT id, occurrence_on FROM task WHERE id > 1")
    take_back(book, today="2013-05-02")
    assert book.task(1).status == "open"
    assert book.rows("SELECT id, occurrence_on FROM task WHERE id > 1") == before


def test_an_edit_holds_for_the_periods_to_come(book: Book) -> None:
    found(book, owner="张三")
    change(book, lambda journal, one: duties.edit(journal, one, {"owner": "李四"}), today="2013-05-10")
    with command(book, "2013-07-01"):
        pass
    owners = book.rows("SELECT owner, min(assigned_on), max(assigned_on) FROM task GROUP BY owner ORDER BY 2")
    assert owners == [("张三", "2013-03-19", "2013-05-01"), ("李四", "2013-06-01", "2014-08-01")]


def test_a_correction_of_one_occurrence_survives_an_edit_of_another_field(book: Book) -> None:
    found(book)
    book.post("edit", task=2, owner="王五", due="2013-04-20")
    change(book, lambda journal, one: duties.edit(journal, one, {"leader": "赵六"}))
    task = book.task(2)
    assert (task.owner, task.leader, str(task.due_on)) == ("王五", "赵六", "2013-04-20")


def test_an_occurrence_given_out_and_struck_off_ahead_is_left_alone(book: Book) -> None:
    found(book)
    book.post("edit", task=2, on=TODAY)
    book.post("close", task=2)
    change(book, lambda journal, one: duties.pause(journal, one))
    assert book.task(2).status == "closed"
    assert spans(book) == MONTHS[:1]


def test_another_recurrence_leaves_the_running_period_and_clears_the_quota(book: Book) -> None:
    found(book, "每月不少于3条")
    change(book, lambda journal, one: duties.edit(journal, one, {"due": "每季度"}), today="2013-04-10")
    assert spans(book, until="2013-12") == ["03-19 03-31", "04-01 04-30", "07-01 09-30", "10-01 12-31"]
    assert book.rows("SELECT count(*) FROM task WHERE quota IS NOT NULL") == [(2,)]


def test_no_period_of_the_past_is_opened_when_an_older_change_is_taken_back(book: Book) -> None:
    stage(book, "2013-03-01", "2013-11-30")
    found(book, stage="推进实施")
    stage(book, "2013-03-01", "2013-12-31", "2013-03-20")
    ((seq,),) = book.rows("SELECT max(seq) FROM entry WHERE action = 'config'")
    change(book, lambda journal, one: duties.edit(journal, one, {"due": "每周"}), today="2013-05-15")
    take_back(book, seq, "2013-06-03")
    assert spans(book, until="2013-05-30") == [
        "03-01 03-31",
        "04-01 04-30",
        "05-01 05-31",
        "05-20 05-26",
        "05-27 06-02",
    ]


@pytest.mark.parametrize(
    "act",
    [
        lambda journal, one: duties.edit(journal, one, {"owner": "李四", "stage": "推进实施"}),
        lambda journal, one: duties.edit(journal, one, {"due": "每周五"}),
        duties.pause,
        lambda journal, one: duties.end(journal, one, date(2013, 4, 15)),
        lambda journal, one: duties.skip(journal, one, date(2013, 3, 20)),
        lambda journal, one: duties.skip(journal, one, date(2013, 5, 20)),
    ],
)
def test_every_change_can_be_taken_back(book: Book, act: Callable[[Journal, Series], Any]) -> None:
    found(book)
    what = "SELECT occurrence_on, assigned_on, due_on, due_text, owner, status FROM task ORDER BY 1"
    before = book.rows(what)
    change(book, act)
    assert book.rows(what) != before
    take_back(book)
    assert book.rows(what) == before
    assert book.faults() == []


def test_a_pause_taken_back_later_was_none(book: Book) -> None:
    found(book)
    change(book, duties.pause)
    take_back(book, today="2013-05-10")
    assert spans(book) == MONTHS


def test_a_founding_taken_back_leaves_no_task_of_it(book: Book) -> None:
    found(book)
    with command(book, "2013-06-01", "李四"):
        pass
    take_back(book, today="2013-06-01")
    assert book.rows("SELECT count(*) FROM task") == book.rows("SELECT count(*) FROM series") == [(0,)]
    assert book.faults() == []
    found(book)
    assert book.rows("SELECT id FROM series") == [(2,)], "a number is not used again"


@pytest.mark.parametrize(("task", "today"), [(1, "2013-06-01"), (16, "2014-08-01")])
def test_a_founding_with_work_done_on_it_is_not_taken_back(book: Book, task: int, today: str) -> None:
    found(book)
    with command(book, "2013-06-01", "李四"):
        pass
    book.post("close", task=task, today=today, actor="李四")
    with pytest.raises(Refused):
        take_back(book, today=today)


def test_a_pause_and_its_end(book: Book) -> None:
    found(book)
    change(book, duties.pause)
    change(book, duties.resume, today="2013-05-10")
    assert spans(book) == ["03-19 03-31", "06-01 06-30"]


def test_skipped_periods(book: Book) -> None:
    found(book)
    for day in (date(2013, 3, 31), date(2013, 5, 9)):
        with command(book) as journal:
            duties.skip(journal, duties.find(journal, 1), day)
    assert spans(book) == ["04-01 04-30", "06-01 06-30"]
    assert book.task(1).status == "cancelled"


def test_an_end_cuts_the_running_period_too(book: Book) -> None:
    found(book)
    with command(book, "2013-04-10") as journal:
        duties.end(journal, duties.find(journal, 1), date(2013, 4, 20))
        assert list(journal.remarks) == ["循环任务1到 2013-04-20 止,最后一期的时限随之提前到这一天"]
    assert spans(book) == ["03-19 03-31", "04-01 04-20"]


def test_a_stage_that_moves_takes_its_series_along(book: Book) -> None:
    stage(book, "2013-03-01", "2013-11-30")
    found(book, "每季度", stage="推进实施")
    whole = spans(book, until="2014-01")
    assert whole == ["03-01 03-31", "04-01 06-30", "07-01 09-30", "10-01 11-30"]
    stage(book, "2013-03-01", "2013-08-15")
    assert spans(book, until="2014-01") == ["03-01 03-31", "04-01 06-30", "07-01 08-15"]
    take_back(book)
    assert spans(book, until="2014-01") == whole
    stage(book, "2013-03-05", "2013-12-31", "2013-10-10")
    assert spans(book, until="2014-01") == [*whole[:3], "10-01 12-31"]


def test_holidays_that_change_later_leave_what_was_opened(book: Book) -> None:

    found(book, "每月最后一个工作日")
    before = spans(book)
    with command(book) as journal:
        journal.configure({"holiday:2013-04-30": [None, "休"]})
    change(book, lambda journal, one: duties.edit(journal, one, {"owner": "李四"}))
    assert spans(book) == before


def test_a_deadline_moved_before_its_period_gives_the_task_out_with_it(book: Book) -> None:
    with command(book) as journal:
        journal.configure({"rest_day": [None, "before"], "holiday:2013-03-25": [None, "休"]})
    found(book, "每周一")
    assert book.rows("SELECT count(*) FROM task WHERE due_on < assigned_on") == [(0,)]
    assert "03-22 03-22" in spans(book)


def test_units_renamed_are_renamed_in_what_is_opened_later(book: Book) -> None:
    assisting: dict[str, Any] = {"with": ["宣传组"]}
    found(book, **assisting)
    with command(book) as journal:
        rename(journal, "宣传组", "新闻组")
    with command(book) as journal:
        rename(journal, "综合组", "办公室")
    with command(book, "2013-07-01"):
        pass
    assert book.rows("""SELECT DISTINCT unit, "with" FROM task""") == [("办公室", '["新闻组"]')]
    assert book.faults() == []


@pytest.mark.parametrize("today", ["2500-01-01", "9999-12-31"])
def test_a_day_far_away_opens_no_more_than_there_may_be(book: Book, today: str) -> None:
    found(book, "每月")
    with command(book, today):
        pass
    assert book.rows("SELECT count(*) FROM task")[0][0] <= 5000
    assert book.faults() == []


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"due": "每月", "until": "2013-03-01"}, BadValue),
        ({"due": "每月", "start": "2015-01-01"}, BadValue),
        ({"due": "每日", "start": "1990-01-01"}, BadValue),
        ({"due": "2013-03-29", "until": "2013-05-01"}, BadValue),
    ],
)
def test_what_cannot_be_founded(book: Book, options: Options, error: type[LedgerError]) -> None:
    with pytest.raises(error):
        found(book, **options)
    assert book.rows("SELECT count(*) FROM series") == [(0,)]


def closed(journal: Journal, one: Series) -> None:
    from ledger.services.steps import step

    step("close")(journal, {"task": "1"})
    duties.skip(journal, one, date(2013, 3, 20))


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda journal, one: duties.find(journal, 2), NotFound),
        (lambda journal, one: duties.edit(journal, one, {}), BadValue),
        (lambda journal, one: duties.edit(journal, one, {"due": "3月底"}), BadValue),
        (lambda journal, one: duties.edit(journal, one, {"due": "看着办"}), BadValue),
        (lambda journal, one: duties.edit(journal, one, {"title": ""}), BadValue),
        (duties.resume, Refused),
        (lambda journal, one: duties.end(journal, one, date(2013, 3, 18)), Refused),
        (lambda journal, one: duties.skip(journal, one, date(2013, 3, 1)), NotFound),
        (closed, Refused),
    ],
)
def test_what_cannot_be_changed(book: Book, act: Callable[[Journal, Series], Any], error: type[LedgerError]) -> None:
    found(book)
    with pytest.raises(error):
        change(book, act)


def test_a_step_cannot_be_done_twice(book: Book) -> None:
    found(book)
    change(book, duties.pause)
    with pytest.raises(Refused):
        change(book, duties.pause)
    change(book, duties.resume)
    change(book, lambda journal, one: duties.skip(journal, one, date(2013, 5, 1)))
    with pytest.raises(Refused):
        change(book, lambda journal, one: duties.skip(journal, one, date(2013, 5, 31)))
