"""The walk itself, without a screen: what it is asked, what it asks back, what is counted."""

from collections.abc import Callable
from typing import Any

import pytest

from ledger.base.asking import Answers
from ledger.base.errors import Refused, StoreUnusable
from ledger.cli.combing.talk import Ask, Dialogue, Talk
from ledger.cli.combing.walk import Answer, Walk
from ledger.cli.context import Context, Globals
from ledger.services import batch
from ledger.services.combing import Changed
from ledger.services.undo import undo
from ledger.store.journal import Journal
from tests.conftest import TODAY, Book

CLOSE = Answer("销号", "close", final=True)
Start = Callable[..., Walk]


@pytest.fixture
def start(office: Book, monkeypatch: pytest.MonkeyPatch) -> Start:
    for name in ("LEDGER_DB", "LEDGER_TZ"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEDGER_CONFIG", "/nonexistent/settings.json")
    return lambda weeks=4: Walk(Context(Globals(str(office.location), TODAY, "张三")), weeks)


def shown(walk: Walk) -> str | None:
    return walk.shown.task.title if walk.shown else None


def test_there_and_back(start: Start) -> None:
    walk = start()
    assert (shown(walk), walk.total, walk.closed) == ("起草方案", 5, 0)
    walk.back()
    assert walk.message == "已是第一条"
    for _ in range(7):
        walk.forward()
    assert (walk.at, shown(walk)) == (5, None)
    walk.carry_out(CLOSE, Answers())  # past the end there is nothing to be done
    walk.mark()
    walk.back()
    assert shown(walk) == "督导检查"


def test_what_was_counted_to_its_end_is_struck_off(start: Start) -> None:
    walk = start()
    walk.at = 3
    walk.look()
    walk.carry_out(Answer("计数", "tally", {"count": 2}), Answers())
    assert walk.closed == 1
    walk.take_back()
    assert walk.closed == 0


def test_a_task_that_is_no_more_falls_out(office: Book, start: Start) -> None:
    walk = start()
    with office.journal(actor="李四") as journal:
        undo(journal, 3, None)
    walk.forward()
    assert (shown(walk), walk.total) == ("印发通知", 4)


def test_what_cannot_be_read_leaves_it_where_it_stands(office: Book, start: Start) -> None:
    path = office.location.path
    assert path is not None
    walk = start()
    path.rename(path.with_suffix(".away"))
    for move in (walk.forward, walk.mark, walk.look):
        with pytest.raises(StoreUnusable):
            move()
    with pytest.raises(StoreUnusable):
        walk.carry_out(CLOSE, Answers())
    assert (walk.at, shown(walk)) == (0, "起草方案")
    assert not path.exists()
    path.with_suffix(".away").rename(path)
    walk.unmark()
    walk.carry_out(CLOSE, Answers())
    assert (office.task("1").status, shown(walk)) == ("closed", "召开推进会")


@pytest.mark.parametrize("act", ["close", "undo"])
def test_what_was_done_stays_said_even_where_nothing_can_be_read_then(
    office: Book, start: Start, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    walk = start()
    walk.carry_out(Answer("记进展", "note", {"text": "过半"}), Answers())

    def lost(*_: object) -> None:
        raise StoreUnusable("台账连不上了", "请稍后重试")

    monkeypatch.setattr("ledger.cli.combing.walk.look_at", lost)
    if act == "close":
        walk.carry_out(CLOSE, Answers())
    else:
        walk.take_back()
    assert walk.message.startswith("已销号 2013-001" if act == "close" else "已冲销")
    assert (walk.message.endswith(";台账连不上了"), walk.is_error) == (True, True)


def test_nothing_to_take_back(office: Book, start: Start) -> None:
    walk = start()
    walk.take_back()
    assert walk.is_error
    assert office.rows("SELECT 1 FROM entry WHERE action = 'void'") == []


def test_what_another_built_on_is_not_taken_back(office: Book, start: Start) -> None:
    walk = start()
    walk.carry_out(CLOSE, Answers())
    office.post("reopen", task="1", reason="回头看", actor="李四")
    with pytest.raises(Refused):
        walk.take_back()
    assert office.task("1").status == "open"


def test_another_hand_s_change_comes_before_the_answer(office: Book, start: Start) -> None:
    walk = start()
    office.post("note", task="1", text="过半", actor="李四")
    with pytest.raises(Changed):
        walk.carry_out(CLOSE, Answers())
    walk.look()
    walk.carry_out(CLOSE, Answers())
    assert office.task("1").status == "closed"


def doubting(journal: Journal, options: Any) -> Any:
    """A step that asks before it is taken."""
    yes = journal.ask("没有单位“综台组”", "改为“综合组”吗?", "照写登记")
    task = journal.task(options["task"])
    return journal.post("note", task, journal.today, "改了" if yes else "没改", {})


@pytest.mark.parametrize(("reply", "note"), [("y", "改了"), ("", "没改")])
def test_what_is_in_doubt_is_asked(
    office: Book, start: Start, monkeypatch: pytest.MonkeyPatch, reply: str, note: str
) -> None:
    monkeypatch.setitem(batch.OPERATIONS, "note", (doubting, {}))
    walk = start()
    talk = Talk(walk, Answer("记进展", "note"))
    assert (talk.label, talk.over) == ("没有单位“综台组”。改为“综合组”吗?(y 是,回车 否:照写登记)", False)
    assert office.task("1").note is None
    talk.enter("什么")
    assert not talk.over
    talk.enter(reply)
    assert (talk.over, office.task("1").note) == (True, note)
    assert len(office.rows("SELECT 1 FROM entry WHERE action = 'note'")) == 1


def test_a_ledger_that_is_locked_is_tried_again(office: Book, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = start()

    def locked(*_: object) -> None:
        raise StoreUnusable("台账正被占用", "请稍后重试")

    with monkeypatch.context() as patched:
        patched.setattr(Walk, "carry_out", locked)
        talk = Talk(walk, Answer("记进展", "note", {"text": "写了很长"}))
        assert talk.label == "台账正被占用。再试一次吗?(y 是,回车 否:放弃)"
        talk.enter("y")
        assert not talk.over
    talk.enter("y")
    assert (talk.over, office.task("1").note) == (True, "写了很长")


def test_a_dialogue_goes_on_where_a_line_is_refused(start: Start) -> None:
    def refuse(text: str) -> None:
        if text == "不":
            raise Refused("不行", "重写")

    def dialogue() -> Dialogue:
        text = yield Ask("甲", check=refuse)
        more = yield Ask("乙", "原文", may_be_empty=True)
        assert (text, more) == ("好", "")
        return None

    walk = start()
    talk = Talk(walk, dialogue())
    talk.enter("不")
    assert (talk.label, talk.text, walk.is_error) == ("甲", "不", True)
    talk.enter("好")
    assert (talk.label, talk.text, walk.message) == ("乙", "原文", "")
    talk.enter("")
    assert (talk.over, walk.done) == (True, [])


def test_an_empty_list_is_said_and_not_recorded(office: Book, start: Start) -> None:
    for task in "12345":
        office.post("close", task=task)
    walk = start()
    assert walk.shown is None
    assert walk.finish("打印清单") == [
        "本次梳理 0 件(共 0 件):没有登记", "本周应销 5 件,已销 5 件,销号率 100%", "没有逾期的事项", "打印清单"
    ]  # fmt: skip
    assert office.rows("SELECT 1 FROM entry WHERE action = 'comb'") == []
