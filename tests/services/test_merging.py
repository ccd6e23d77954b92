"""What of a row is taken into a task that was changed since."""

from typing import Any

import pytest

from ledger.services import series
from ledger.services.intake import take_in
from ledger.services.sheets import File
from ledger.services.taken import Manner, Taken
from ledger.services.undo import undo
from tests.conftest import Book
from tests.services.test_twice import sheet, take

ROW = {"title": "制定实施方案", "unit": "综合组", "due": "2013-03-31", "on": "2013-03-01"}
PLAN: dict[str, Any] = ROW | {"owner": "李四", "progress": 30}
UPDATE = Manner(update=True)


def update(book: Book, **row: Any) -> tuple[Taken, list[str]]:
    return take(book, [PLAN | row], manner=UPDATE)


def left(taken: Taken) -> dict[str, tuple[Any, Any]]:
    return {one.field: (one.before, one.after) for row in taken.left for one in row.differences}


@pytest.mark.parametrize(
    ("steps", "row", "kept"),
    [
        ([("note", {"text": "已过半", "progress": 90})], {"progress": 50}, {"progress": (90, 50)}),
        ([("note", {"text": "已过半", "progress": 90})], {}, {"progress": (90, 30)}),
        ([("edit", {"owner": "王五"})], {}, {"owner": ("王五", "李四")}),
        ([("edit", {"owner": "王五"})], {"owner": "赵六"}, {"owner": ("王五", "赵六")}),
        (
            [("extend", {"due": "2013-04-30", "reason": "改期"})],
            {"due": "2013-05-10"},
            {"due_on": ("2013-04-30", "2013-05-10"), "due_text": ("2013-04-30", "2013-05-10")},
        ),
        (
            [("close", {"on": "2013-03-18"})],
            {"closed_on": "2013-03-17"},
            {"closed_on": ("2013-03-18", "2013-03-17")},
        ),
        (
            [("close", {"on": "2013-03-18"}), ("reopen", {"reason": "回头看"})],
            {"closed_on": "2013-03-18"},
            {"closed_on": (None, "2013-03-18")},
        ),
        ([("edit", {"with": ["督导组"]})], {"with": ["宣传组"]}, {"with": (["督导组"], ["宣传组"])}),
    ],
)
def test_what_others_changed_since_stays_and_is_told(book: Book, steps: Any, row: Any, kept: Any) -> None:
    take(book, [PLAN], manner=UPDATE)
    for operation, options in steps:
        book.post(operation, task=1, **{("with_" if name == "with" else name): one for name, one in options.items()})
    before = book.task("1")
    taken, told = update(book, **row)
    assert (left(taken), taken.updated) == (kept, [])
    assert "台账此后改过,未按表改动,以表为准用 --overwrite" in told[0]
    assert book.task("1") == before


@pytest.mark.parametrize(
    "row", [{"owner": "赵六"}, {"due": "2013-04-10"}, {"progress": 50}, {"closed_on": "2013-03-18"}, {"leader": "钱某"}]
)
def test_what_only_the_sheet_changed_is_taken(book: Book, row: dict[str, Any]) -> None:
    take(book, [PLAN], manner=UPDATE)
    book.post("edit", task=1, activity="学创活动")
    taken, _ = update(book, **row)
    assert (taken.updated, taken.left) == ([1], [])
    assert update(book, **row)[0].same == 1


def test_of_one_row_what_changed_there_is_taken_and_what_changed_here_is_left(book: Book) -> None:
    take(book, [PLAN], manner=UPDATE)
    book.post("edit", task=1, owner="王五")
    taken, _ = update(book, leader="钱某", note="已送审", owner="赵六")
    task = book.task("1")
    assert (task.owner, task.leader, task.note, left(taken)) == ("王五", "钱某", "已送审", {"owner": ("王五", "赵六")})


def test_what_this_sheet_said_before_gives_way_to_it(book: Book) -> None:
    for owner in ("李四", "王五", "赵六"):
        update(book, owner=owner)
    assert book.task("1").owner == "赵六"


def test_what_another_sheet_changed_since_stays(book: Book) -> None:
    take(book, [PLAN, PLAN | {"title": "召开例会"}], manner=UPDATE)
    others = [PLAN | {"title": title} for title in ("开设专栏", "组织培训")]
    take(book, [], [PLAN | {"owner": "王五"}, *others], manner=UPDATE)
    assert book.task("1").owner == "王五"
    taken, _ = take(book, [PLAN, PLAN | {"title": "召开例会"}], manner=UPDATE)
    assert left(taken) == {"owner": ("王五", "李四")}


def test_the_first_import_takes_what_stands_as_it_was_registered(book: Book) -> None:
    book.post("add", title="制定实施方案", unit="综合组", due="2013-03-31", owner="王五", leader="钱某")
    book.post("edit", task=1, leader="孙某")
    taken, _ = update(book, leader="周某")
    task = book.task("1")
    assert (task.owner, task.leader, left(taken)) == ("李四", "孙某", {"leader": ("孙某", "周某")})


def test_what_was_taken_back_counts_as_never_changed(book: Book) -> None:
    take(book, [PLAN], manner=UPDATE)
    book.post("edit", task=1, owner="王五")
    with book.journal() as journal:
        undo(journal, None, None)
    assert update(book, owner="赵六")[0].updated == [1]


@pytest.mark.parametrize(
    ("options", "left_over"),
    [
        ({"owner"}, {"progress", "due_on", "due_text"}),
        ({"progress"}, {"owner", "due_on", "due_text"}),
        ({"due", "due_text"}, {"owner", "progress"}),
        ({"owner", "progress", "due"}, set()),
    ],
)
def test_named_fields_give_way_in_any_case(book: Book, options: set[str], left_over: set[str]) -> None:
    take(book, [PLAN], manner=UPDATE)
    book.post("edit", task=1, owner="王五")
    book.post("note", task=1, text="已过半", progress=90)
    book.post("extend", task=1, due="2013-04-30", reason="改期")
    row = PLAN | {"owner": "赵六", "progress": 50, "due": "2013-05-10"}
    taken, _ = take(book, [row], manner=Manner(update=True, overwrite=frozenset(options)))
    assert set(left(taken)) == left_over
    task = book.task("1")
    assert (task.owner == "赵六", task.progress == 50, str(task.due_on) == "2013-05-10") == tuple(
        name not in left_over for name in ("owner", "progress", "due_on")
    )
    assert book.faults() == []


def test_a_recurring_duty_that_was_changed_since_stays(book: Book) -> None:
    duty = {"title": "例会", "unit": "综合组", "due": "每季度"}
    take(book, [duty], manner=UPDATE)
    assert take(book, [duty | {"owner": "王五"}], manner=UPDATE)[0].left == []
    with book.journal() as journal:
        series.edit(journal, series.find(journal, 1), {"owner": "赵六"})
    taken, _ = take(book, [duty | {"owner": "孙八"}], manner=UPDATE)
    assert left(taken) == {"owner": ("赵六", "孙八")}
    taken, _ = take(book, [duty | {"owner": "孙八"}], manner=Manner(update=True, overwrite=frozenset({"owner"})))
    assert taken.left == []


def test_the_very_file_that_struck_a_task_off_names_it_again_whatever_its_deadline_is_now(book: Book) -> None:
    book.post("add", title="制定实施方案", unit="综合组", on="2013-03-01")
    book.post("extend", task="1", due="2013-04-30", reason="改期")
    done = ROW | {"outcome": "已完成"}
    for _ in range(2):
        taken, _ = take(book, [done], manner=UPDATE)
        assert taken.registered == []
    assert book.rows("SELECT status, due_on FROM task") == [("closed", "2013-04-30")]
    with book.journal() as journal:  # another file means the next of its kind
        another = File("下月.csv", "f" * 64, [sheet(done)])
        assert len(take_in(journal, [another], UPDATE, lambda count: None).registered) == 1


def test_a_row_without_a_deadline_is_the_task_that_another_row_names_by_its_code(book: Book) -> None:
    book.post("add", title="制定实施方案", unit="综合组", code="A-1", on="2013-03-01")
    rows = [{"title": "制定实施方案", "unit": "综合组"}, ROW | {"code": "A-1"}]
    for _ in range(2):
        assert take(book, rows, manner=UPDATE)[0].registered == []


def test_days_count_from_the_day_given_out_that_the_row_corrects(book: Book) -> None:
    book.post("add", title="制定实施方案", unit="综合组", due="20日内", on="2013-03-19")
    row = {"title": "制定实施方案", "unit": "综合组", "on": "2013-02-01", "due": "20日内"}
    for _ in range(2):
        taken, _ = take(book, [row], manner=UPDATE)
        assert book.rows("SELECT assigned_on, due_on FROM task") == [("2013-02-01", "2013-02-21")]
    assert taken.same == 1
