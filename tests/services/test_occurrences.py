"""Chained series: the next period is opened by whatever closes the last one, and never before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.model.series import Series
from ledger.services import series as duties
from ledger.services.occurrences import open_due
from ledger.services.quotas import tally
from ledger.services.settings import set_rule, set_stage
from ledger.services.steps import step
from ledger.services.tasks import add
from ledger.services.undo import undo
from ledger.store import schedule
from ledger.store.journal import Journal
from ledger.store.past import recall
from tests.conftest import TODAY, Book

AFTER = "上一期销号后10日内"


@contextmanager
def command(book: Book, today: str = TODAY, actor: str = "张三") -> Iterator[Journal]:
    """As the program runs a command: what follows and what the horizon reaches is opened last."""
    with book.journal(today, actor) as journal:
        yield journal
        open_due(journal)


def found(book: Book, due: str = AFTER, today: str = TODAY, **options: Any) -> None:
    with command(book, today) as journal:
        add(journal, {"title": "回访", "unit": "综合组", "due": due, "chained": due != AFTER, **options})


def take(book: Book, action: str, today: str, number: int, actor: str = "张三", **options: Any) -> list[str]:
    """A step on the task of this number; what was told of it."""
    with command(book, today, actor) as journal:
        step(action)(journal, {"task": number, "reason": "见会议纪要", **options})
    return list(journal.remarks)


def change(book: Book, act: Callable[[Journal, Series], Any], today: str = TODAY) -> list[str]:
    with command(book, today) as journal:
        act(journal, duties.find(journal, 1))
    return list(journal.remarks)


def take_back(book: Book, today: str, seq: int | None = None, actor: str = "张三") -> None:
    with command(book, today, actor) as journal:
        undo(journal, seq, None)


def test_a_period_closed_on_the_day_on_which_it_was_opened_is_told_of(book: Book) -> None:
    found(book)
    once = take(book, "close", "2013-03-20", 1)
    again = take(book, "close", "2013-03-20", 2)
    next_day = take(book, "close", "2013-03-21", 3)
    told = "2013-001-02 在上一期销号的当天才开出,当天又销号;如是重复销号,用 ledger undo 撤回"
    assert [told in one for one in (once, again, next_day)] == [False, True, False]


def test_nor_is_the_first_though_it_is_closed_on_its_day(book: Book) -> None:
    found(book)
    assert not any("重复" in one for one in take(book, "close", TODAY, 1))


def tasks(book: Book, where: str = "1 = 1") -> list[str]:
    """What there is of the series: number, days and status of each."""
    sql = f"SELECT id, assigned_on, due_on, status FROM task WHERE series = 1 AND {where} ORDER BY occurrence_on"
    return [f"{number} {given[5:]} {due[5:]} {status}" for number, given, due, status in book.rows(sql)]


FIRST = "1 03-19 03-29 open"


def test_a_duty_without_a_calendar_begins_on_the_day_it_is_given_out(book: Book) -> None:
    found(book)
    assert tasks(book) == [FIRST]
    with command(book, "2015-03-19"):
        pass
    assert tasks(book) == [FIRST]
    assert book.faults() == []


def test_it_begins_later_where_that_is_said_or_in_the_midst_of_its_stage(book: Book) -> None:
    with command(book) as journal:
        set_stage(journal, "推进实施", "2013-03-01", "2013-11-30")
        add(journal, {"title": "回访", "unit": "综合组", "due": AFTER, "stage": "推进实施"})
        add(journal, {"title": "走访", "unit": "综合组", "due": AFTER, "on": "2013-03-11"})
        add(journal, {"title": "下访", "unit": "综合组", "due": AFTER, "start": "2013-05-01"})
    days = book.rows("SELECT assigned_on, due_on FROM task ORDER BY series")
    assert days == [("2013-03-19", "2013-03-29"), ("2013-03-11", "2013-03-21"), ("2013-05-01", "2013-05-11")]


def test_the_command_that_closes_it_opens_the_next(book: Book) -> None:
    found(book)
    told = take(book, "close", "2013-04-02", 1)
    assert tasks(book) == ["1 03-19 03-29 closed", "2 04-02 04-12 open"]
    assert told == ["循环任务1的下一期 2013-001-02 已开出,时限 4月12日 周五"]
    assert book.rows("SELECT count(DISTINCT command) FROM entry WHERE seq >= 4") == [(1,)]
    assert book.faults() == []


def test_it_goes_by_the_day_of_the_closing(book: Book) -> None:
    found(book)
    take(book, "close", "2013-04-02", 1, on="2013-03-27")
    assert tasks(book, "status = 'open'") == ["2 03-27 04-06 open"]


def test_a_period_that_is_closed_on_its_own_day(book: Book) -> None:
    found(book)
    for number in (1, 2, 3):
        take(book, "close", TODAY, number)
    assert tasks(book, "status = 'open'") == ["4 03-19 03-29 open"]
    assert book.rows("SELECT count(DISTINCT occurrence_on) FROM task") == [(4,)]
    assert book.faults() == []


def test_a_period_that_is_cancelled_is_done_with(book: Book) -> None:
    found(book)
    take(book, "cancel", "2013-03-21", 1)
    assert tasks(book) == ["1 03-19 03-29 cancelled", "2 03-21 03-31 open"]


def test_a_submission_opens_nothing_before_it_is_accepted(book: Book) -> None:
    found(book)
    take(book, "submit", "2013-03-25", 1)
    assert tasks(book) == ["1 03-19 03-29 submitted"]
    take(book, "close", "2013-03-27", 1, actor="李四")
    assert tasks(book, "status = 'open'") == ["2 03-27 04-06 open"]


def test_under_review_it_is_opened_by_who_accepts(book: Book) -> None:
    with command(book) as journal:
        set_rule(journal, "review", "是")
    found(book)
    take(book, "submit", "2013-03-25", 1)
    take(book, "return", "2013-03-26", 1, actor="李四")
    take(book, "pause", "2013-03-27", 1)
    take(book, "resume", "2013-03-28", 1)
    take(book, "submit", "2013-03-28", 1)
    assert len(tasks(book)) == 1
    take(book, "accept", "2013-04-01", 1, actor="李四")
    assert tasks(book) == ["1 03-19 03-29 closed", "2 04-01 04-11 open"]
    take_back(book, "2013-04-01", actor="李四")
    assert tasks(book) == ["1 03-19 03-29 submitted"]
    assert book.faults() == []


def test_a_count_that_is_full_opens_the_next(book: Book) -> None:
    found(book, "上一期销号后10日内不少于2条", chained=False)
    with command(book, "2013-03-21") as journal:
        tally(journal, {"task": 1, "count": 2})
    assert tasks(book, "status = 'open'") == ["2 03-21 03-31 open"]
    assert book.rows("SELECT quota FROM task WHERE id = 2") == book.rows("SELECT quota FROM task WHERE id = 1")


def test_taking_back_the_closing_takes_back_what_it_opened(book: Book) -> None:
    found(book)
    take(book, "close", "2013-03-25", 1)
    take_back(book, "2013-03-26")
    assert tasks(book) == [FIRST]
    assert book.faults() == []


def test_so_does_naming_its_entry(book: Book) -> None:
    found(book)
    take(book, "close", "2013-03-25", 1)
    ((seq,),) = book.rows("SELECT seq FROM entry WHERE action = 'close'")
    take_back(book, "2013-03-26", seq, actor="李四")
    assert tasks(book) == [FIRST]


@pytest.mark.parametrize("named", [True, False])
def test_unless_something_builds_on_it(book: Book, named: bool) -> None:
    found(book)
    take(book, "close", "2013-03-25", 1)
    take(book, "close", "2013-03-26", 2, actor="李四")
    ((seq,),) = book.rows("SELECT min(seq) FROM entry WHERE action = 'close'")
    with pytest.raises(Refused, match="不能冲销"):
        take_back(book, "2013-03-26", seq if named else None)
    assert len(tasks(book)) == 3


def test_taking_back_the_founding_leaves_nothing(book: Book) -> None:
    found(book)
    take_back(book, TODAY)
    assert book.rows("SELECT count(*) FROM task") == book.rows("SELECT count(*) FROM series") == [(0,)]
    with command(book, "2013-04-01"):
        pass
    assert book.rows("SELECT count(*) FROM task") == [(0,)]


def test_a_period_that_is_taken_up_again_holds_up_the_one_after_the_next(book: Book) -> None:
    found(book)
    take(book, "close", "2013-03-25", 1)
    told = take(book, "reopen", "2013-03-27", 1)
    assert told == ["循环任务1已开出的 2013-001-02 仍在办,都销号后才开下一期"]
    assert take(book, "close", "2013-03-28", 2) == []
    assert tasks(book) == ["1 03-19 03-29 open", "2 03-25 04-04 closed"]
    take(book, "close", "2013-03-29", 1)
    assert tasks(book, "status = 'open'") == ["3 03-29 04-08 open"]
    assert book.faults() == []


def test_a_plain_series_says_nothing_when_a_period_is_taken_up_again(book: Book) -> None:
    found(book, "每月", chained=False)
    take(book, "close", "2013-03-25", 1)
    assert take(book, "reopen", "2013-03-27", 1) == []


# --- by the calendar -------------------------------------------------------------------------------------------------

FRIDAY = "1 03-19 03-22 open"


def test_of_the_calendar_one_period_at_a_time(book: Book) -> None:
    found(book, "每周五")
    assert tasks(book) == [FRIDAY]
    with command(book, "2013-06-03"):
        pass
    assert tasks(book) == [FRIDAY]


def test_closed_in_time_the_next_is_opened_ahead(book: Book) -> None:
    found(book, "每周五")
    told = take(book, "close", "2013-03-20", 1)
    assert tasks(book, "status = 'open'") == ["2 03-25 03-29 open"]
    assert told == ["循环任务1的下一期 2013-001-02 已开出,3月25日 周一交办,时限 3月29日 周五"]


def test_closed_late_what_is_over_is_passed_over_and_told(book: Book) -> None:
    found(book, "每周五")
    told = take(book, "close", "2013-04-17", 1)
    assert tasks(book, "status = 'open'") == ["2 04-17 04-19 open"]
    assert told[1] == "循环任务1有3期在此以前已过,不再补开:3月29日 周五、4月5日 周五、4月12日 周五"


def test_closed_on_the_day_of_the_next_deadline_that_one_still_stands(book: Book) -> None:
    found(book, "每周五")
    take(book, "close", "2013-03-29", 1)
    assert tasks(book, "status = 'open'") == ["2 03-29 03-29 open"]


def test_of_a_long_silence_the_first_are_named(book: Book) -> None:
    found(book, "每周五")
    told = take(book, "close", "2013-12-30", 1)
    assert told[1].startswith("循环任务1有40期在此以前已过,不再补开:3月29日 周五、")
    assert told[1].endswith("等")


def test_what_began_long_ago_begins_with_what_is_not_over(book: Book) -> None:
    with command(book) as journal:
        add(journal, {"title": "例会", "unit": "综合组", "due": "每月", "start": "2012-11-01", "chained": True})
    assert tasks(book) == ["1 03-19 03-31 open"]
    passed = "11月30日 周五、2012年12月31日 周一、1月31日 周四、2月28日 周四"
    assert f"循环任务1有4期在此以前已过,不再补开:2012年{passed}" in journal.remarks


def test_at_its_end_nothing_follows(book: Book) -> None:
    found(book, "每周五", until="2013-03-27")
    take(book, "close", "2013-03-20", 1)
    assert tasks(book, "status = 'open'") == ["2 03-25 03-27 open"]
    take(book, "close", "2013-03-27", 2)
    assert tasks(book, "status = 'open'") == []
    assert book.faults() == []


def test_an_end_put_off_does_not_call_for_what_would_have_been(book: Book) -> None:
    found(book, until="2013-03-27")
    take(book, "close", "2013-03-27", 1)
    assert tasks(book, "id > 1") == []
    change(book, lambda journal, one: duties.end(journal, one, date(2013, 12, 31)), "2013-08-01")
    assert tasks(book, "status = 'open'") == ["2 08-01 08-11 open"]


def test_an_end_brings_the_deadline_in_hand_forward(book: Book) -> None:
    found(book)
    change(book, lambda journal, one: duties.end(journal, one, date(2013, 3, 25)))
    assert tasks(book) == ["1 03-19 03-25 open"]


# --- changing --------------------------------------------------------------------------------------------------------


def test_a_plain_series_that_is_chained_keeps_what_has_begun(book: Book) -> None:
    found(book, "每月", chained=False)
    change(book, lambda journal, one: duties.edit(journal, one, {"chained": True}), "2013-04-10")
    assert tasks(book) == ["1 03-19 03-31 open", "2 04-01 04-30 open"]
    take(book, "close", "2013-04-12", 1)
    assert tasks(book, "status = 'open'") == ["2 04-01 04-30 open"]
    take(book, "close", "2013-04-12", 2)
    assert tasks(book, "status = 'open'") == ["15 05-01 05-31 open"]
    assert book.faults() == []


def test_chained_with_nothing_in_hand_the_next_stays_as_the_clerk_corrected_it(book: Book) -> None:
    found(book, "每月", chained=False)
    take(book, "close", "2013-03-20", 1)
    book.post("edit", task=2, owner="王五")
    change(book, lambda journal, one: duties.edit(journal, one, {"chained": True, "leader": "赵六"}))
    assert tasks(book) == ["1 03-19 03-31 closed", "2 04-01 04-30 open"]
    assert book.rows("SELECT owner, leader FROM task WHERE id = 2") == [("王五", "赵六")]


def test_and_unchained_it_opens_what_is_to_come(book: Book) -> None:
    found(book, "每月", until="2013-06-30")
    change(book, lambda journal, one: duties.edit(journal, one, {"chained": False}), "2013-04-10")
    assert tasks(book) == ["1 03-19 03-31 open", "2 05-01 05-31 open", "3 06-01 06-30 open"]
    take_back(book, "2013-04-10")
    assert tasks(book) == ["1 03-19 03-31 open"]
    assert book.faults() == []


def test_a_calendar_given_up_for_the_closings(book: Book) -> None:
    found(book, "每月", chained=False)
    change(book, lambda journal, one: duties.edit(journal, one, {"due": AFTER}), "2013-03-25")
    assert tasks(book) == ["1 03-19 03-31 open"]
    take(book, "close", "2013-03-28", 1)
    assert tasks(book, "status = 'open'")[0].endswith("03-28 04-07 open")


def test_a_calendar_taken_up_stays_chained_and_says_so(book: Book) -> None:
    found(book)
    told = change(book, lambda journal, one: duties.edit(journal, one, {"due": "每月"}))
    assert told[-1] == "照旧上一期销号后才开下一期;要各期按时开出,请加 --no-chained"
    assert tasks(book) == [FIRST]


def test_what_cannot_be_unchained(book: Book) -> None:
    found(book)
    with pytest.raises(BadValue, match="本来就是"):
        change(book, lambda journal, one: duties.edit(journal, one, {"chained": False}))


def test_only_a_series_is_chained(book: Book) -> None:
    with pytest.raises(BadValue, match="只用于循环任务"):
        found(book, "2013-03-29")


def test_paused_nothing_follows_until_it_goes_on(book: Book) -> None:
    found(book)
    change(book, duties.pause, "2013-03-20")
    take(book, "close", "2013-03-20", 1)
    assert tasks(book) == ["1 03-19 03-29 closed"]
    change(book, duties.resume, "2013-04-01")
    assert tasks(book, "status = 'open'") == ["2 04-01 04-11 open"]
    take_back(book, "2013-04-01")
    assert tasks(book) == ["1 03-19 03-29 closed"]
    assert book.faults() == []


def test_a_period_skipped_is_followed_by_the_next(book: Book) -> None:
    found(book, "每周五")
    change(book, lambda journal, one: duties.skip(journal, one, date(2013, 3, 20)))
    assert tasks(book) == ["1 03-19 03-22 cancelled", "2 03-25 03-29 open"]
    change(book, lambda journal, one: duties.skip(journal, one, date(2013, 3, 26)))
    assert tasks(book) == ["1 03-19 03-22 cancelled", "3 04-01 04-05 open"]
    assert book.faults() == []


def test_without_a_calendar_the_one_in_hand_is_skipped(book: Book) -> None:
    found(book)
    change(book, lambda journal, one: duties.skip(journal, one, date(2013, 12, 31)), "2013-03-21")
    assert tasks(book) == ["1 03-19 03-29 cancelled", "2 03-21 03-31 open"]
    found(book, start="2013-09-01", title="走访")
    with command(book) as journal, pytest.raises(NotFound):
        duties.skip(journal, duties.find(journal, 2), date(2013, 9, 1))


# --- together --------------------------------------------------------------------------------------------------------


def test_opening_is_done_once_whoever_writes(book: Book) -> None:
    found(book)
    take(book, "close", "2013-03-25", 1)
    for today in ("2013-03-25", "2013-03-20", "2013-04-25", "2014-04-25"):
        with command(book, today, "李四") as journal:
            open_due(journal)
    assert tasks(book) == ["1 03-19 03-29 closed", "2 03-25 04-04 open"]


def test_of_two_clerks_who_close_it_one_is_told_that_it_is_closed(book: Book) -> None:
    found(book)
    take(book, "close", "2013-03-25", 1)
    with pytest.raises(Refused, match="已销号"):
        take(book, "close", "2013-03-25", 1, actor="李四")
    assert len(tasks(book)) == 2


def test_several_series_closed_at_once_go_on_each_by_itself(book: Book) -> None:
    found(book)
    found(book, title="走访")
    with command(book, "2013-03-25") as journal:
        for number in (1, 2):
            step("close")(journal, {"task": number})
    assert book.rows("SELECT series, assigned_on FROM task WHERE status = 'open' ORDER BY 1") == [
        (1, "2013-03-25"),
        (2, "2013-03-25"),
    ]


def test_it_is_told_by_its_tasks_alone_where_it_goes_on(book: Book) -> None:
    found(book)
    with book.reading() as reader:
        assert list(schedule.idle(reader)) == []
        assert list(schedule.reached(reader, date.max)) == []
    with book.journal() as journal:
        step("close")(journal, {"task": 1})
    with book.reading() as reader:
        assert [series.id for series in schedule.idle(reader)] == [1]
    assert book.faults() == []


def test_as_of_a_moment_before_the_closing_the_next_is_not_there_yet(book: Book) -> None:
    found(book)
    take(book, "close", "2013-03-25", 1)
    moment = datetime(2013, 3, 24, tzinfo=UTC)
    with book.reading() as reader:
        past = recall(reader, moment)
    assert past.rows("SELECT id, status FROM task") == [(1, "open")]
    past.close()
