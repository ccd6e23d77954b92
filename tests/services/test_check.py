"""Whatever is changed behind the program's back is found, and named in one line."""

import sqlite3

import pytest

from ledger.model.entry import GENESIS, seal
from ledger.services.undo import undo
from ledger.store import head
from tests.conftest import Book, Clerk


@pytest.fixture
def filled(book: Book) -> Book:
    book.post("add", title="甲", unit="综合组", due="2013-03-20", on="2013-03-01")
    book.post("add", title="乙", unit="综合组", on="2013-03-01")
    book.post("close", task="1", on="2013-03-05")
    book.post("note", task="2", text="经费", problem=True)
    return book


def tamper(book: Book, script: str) -> None:
    """Change the store as one who first takes away its protection, and puts it back."""
    path = book.location.path
    assert path is not None
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.executescript(script)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def test_a_sound_ledger_gives_nothing(filled: Book) -> None:
    assert filled.faults() == []


@pytest.mark.parametrize(
    ("script", "finding"),
    [
        ("UPDATE entry SET note = 'x' WHERE seq = 4", "第4号记录:内容与封印不符"),
        ("UPDATE entry SET actor = 'x' WHERE seq = 1", "第1号记录:内容与封印不符"),
        ("UPDATE entry SET hash = upper(hash) WHERE seq = 3", "第3号记录:内容与封印不符"),
        ("UPDATE entry SET seq = 9 WHERE seq = 5", "第9号记录:缺少第5号至第8号记录"),
        ("DELETE FROM entry WHERE seq = 1", "第2号记录:缺少第1号至第1号记录"),
        ("UPDATE entry SET changes = '[' WHERE seq = 3", "第3号记录:内容与封印不符"),
        ("UPDATE task SET title = 'x' WHERE id = 1", "事项 2013-001 的“工作任务”存为 x,按记录应为 甲"),
        ("UPDATE task SET due_on = NULL WHERE id = 1", "事项 2013-001 的“截止日期”存为 空,按记录应为 2013-03-20"),
        ("UPDATE task SET binding_last_day = '2013-04-01' WHERE id = 1",
         "事项 2013-001 的“按期与否的最后一天”存为 2013-04-01,按记录应为 2013-03-20"),
        ("UPDATE task SET title = char(27) WHERE id = 1", r"事项 2013-001 的“工作任务”存为 \u{1b},按记录应为 甲"),
        ("DELETE FROM task WHERE id = 2", "事项 2013-002 有记录而不在台账上"),
        ("UPDATE task SET id = 99999 WHERE id = 2", "事项 2013-002 没有登记记录"),
        ("UPDATE span SET until = '2013-03-06' WHERE seq = 2",
         "事项 2013-001 的状态经过与记录不符:第2号存为 open 2013-03-01 至 2013-03-06(自 登记,以 2013-03-01 计)"),
        ("DELETE FROM span WHERE task = 2", "事项 2013-002 的状态经过与记录不符:第3号存为 空"),
        ("INSERT INTO span VALUES (50, 7, 'open', '', '2013-03-01', '9999-12-31', '2013-03-01')",
         "第7号事项有状态经过而没有登记记录"),
        ("UPDATE task SET id = -3 WHERE id = 2", "事项 2013-002 没有登记记录"),
        (f"UPDATE task SET id = {2**62} WHERE id = 2", "事项 2013-002 没有登记记录"),
        (f"UPDATE entry SET task = {2**62} WHERE seq = 3", "第2号事项的记录读不通:第5号记录的事项尚未登记(第5号记录)"),
        (f"UPDATE span SET task = {-(2**62)} WHERE seq = 3", f"第{-(2**62)}号事项有状态经过而没有登记记录"),
        ("UPDATE span SET task = '二' WHERE seq = 3", "第二号事项有状态经过而没有登记记录"),
        ("UPDATE setting SET value = '\"x\"'", "设置“台账名称”存为 x,按记录应为 学创台账"),
        ("INSERT INTO setting VALUES ('blue_days', '30')", "设置“蓝灯天数”存为 30,按记录应为 空"),
        ("DELETE FROM code WHERE code = '2013-002'", "编号 2013-002 给出过,却没有登记在册"),
        ("INSERT INTO code VALUES ('多', NULL, NULL)", "编号 多 登记在册,却从未给出"),
        ("INSERT INTO series VALUES (7, '{}', NULL)", "设置“循环任务7”存为 {},按记录应为 空"),
        ("INSERT INTO series VALUES (7, '{', NULL)", "设置“循环任务7”存为 {,按记录应为 空"),
        ("DROP INDEX ix_task_unit", "缺少索引 ix_task_unit"),
        ("DROP INDEX ix_task_unit; CREATE INDEX ix_task_unit ON task (owner)", "索引 ix_task_unit 被改动过"),
        ("CREATE TRIGGER 暗 AFTER INSERT ON entry BEGIN DELETE FROM task; END", "多出触发器 暗"),
        ("CREATE UNIQUE INDEX 多 ON task (title)", "多出索引 多"),
        ("DROP TABLE alembic_version; CREATE TABLE alembic_version (version_num TEXT); "
         "INSERT INTO alembic_version VALUES ('0004')", "表 alembic_version 被改动过"),
        ("DELETE FROM entry", "台账没有任何记录"),
        ("DELETE FROM entry WHERE seq = 5", "事项 2013-002 的“突出问题”存为"),
        ("DELETE FROM entry WHERE seq >= 3", "编号 2013-002 登记在册,却从未给出"),
        ("UPDATE entry SET recorded_at = '2013-03-01T00:00:00.000000Z' WHERE seq = 5", "第5号记录:时刻早于前一条"),
        ("UPDATE entry SET command = 2 WHERE seq = 5", "第5号记录:不在一次操作里"),
        ("UPDATE entry SET action = 'boil' WHERE seq = 5", "第5号记录:操作不认识"),
        ("UPDATE task SET problems = '[]' WHERE id = 2", None),
        ("UPDATE task SET problems = '[' WHERE id = 2", None),
        ("UPDATE setting SET value = '['", None),
        ("DELETE FROM entry WHERE seq = 2", None),
        ("UPDATE task SET due_on = '9999-99-99' WHERE id = 1", None),
    ],
)  # fmt: skip
def test_what_was_changed_is_found(filled: Book, script: str, finding: str | None) -> None:
    tamper(filled, script)
    found = filled.faults()
    assert found
    assert all("\n" not in line for line in found)
    if finding is not None:
        assert any(line.startswith(finding) for line in found)


@pytest.mark.parametrize("name", ["entry_no_update", "entry_no_delete"])
def test_a_missing_trigger_is_found(filled: Book, name: str) -> None:
    path = filled.location.path
    assert path is not None
    connection = sqlite3.connect(path)
    connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    assert filled.faults() == [f"缺少保护记录的触发器 {name}"]


def test_a_trigger_that_does_nothing_is_found(filled: Book) -> None:
    path = filled.location.path
    assert path is not None
    connection = sqlite3.connect(path)
    connection.executescript("DROP TRIGGER entry_no_update; CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry "
                             "WHEN 0 BEGIN SELECT 1; END")  # fmt: skip
    connection.close()
    assert filled.faults() == ["保护记录的触发器 entry_no_update 被改动过"]


def resealed(book: Book, script: str) -> None:
    """Change the journal as one who then seals it anew, from the first entry to the last."""
    tamper(book, script)
    with book.reading() as reader:
        sealed = list(head.sealed(reader))
    previous, changes = GENESIS, []
    for canonical, seq, _ in sealed:
        previous = seal(previous, canonical.decode())
        changes.append(f"UPDATE entry SET hash = '{previous}' WHERE seq = {seq};")
    tamper(book, "".join(changes))


@pytest.mark.parametrize(
    ("script", "findings"),
    [
        ("""UPDATE entry SET changes = '{"status":["open","closed"],"title":["甲","乙"]}' WHERE seq = 4""",
         ["第4号记录:不能改动“工作任务”"]),
        ("UPDATE entry SET task = 1 WHERE seq = 6", ["第6号记录:冲销的是别的事项的记录"]),
        ("UPDATE entry SET voids = 1 WHERE seq = 6", ["第6号记录:冲销的是别的事项的记录", "设置“台账名称”存为"]),
        ("UPDATE entry SET changes = '[]' WHERE seq = 6", ["第6号记录:冲销的序号或改动的内容不对"]),
        ("UPDATE entry SET note = NULL WHERE seq = 5", []),
    ],
)  # fmt: skip
def test_what_is_well_sealed_but_makes_no_sense(filled: Book, script: str, findings: list[str]) -> None:
    with filled.journal() as journal:
        undo(journal, 5, "误记")
    assert filled.faults() == []
    resealed(filled, script)
    found = filled.faults()
    assert len(found) >= len(findings)
    assert all(line.startswith(finding) for line, finding in zip(found, findings, strict=False))


@pytest.mark.parametrize(
    ("script", "finding"),
    [
        ("UPDATE series SET next_on = '2013-01-01'", "循环任务1下次开出的日期存为 2013-01-01,按记录应为 空"),
        ("""UPDATE series SET definition = json_set(definition, '$.due_text', '每季度')""", "设置“循环任务1”存为"),
        ("DELETE FROM series", "设置“循环任务1”存为 空"),
    ],
)
def test_series_are_compared_too(every_action: Book, script: str, finding: str) -> None:
    assert every_action.faults() == []
    tamper(every_action, script)
    assert any(line.startswith(finding) for line in every_action.faults())


def test_one_edited_entry_is_one_finding_not_a_flood(filled: Book) -> None:
    tamper(filled, "UPDATE entry SET account = 'x' WHERE seq = 1")
    assert filled.faults() == ["第1号记录:内容与封印不符"]


def test_any_byte_that_is_flipped_in_the_text_is_seen(filled: Book, clerk: Clerk) -> None:
    path = filled.location.path
    assert path is not None
    content = path.read_bytes()
    assert content.count("学创台账".encode()) >= 2
    at = content.rindex("经费".encode())
    path.write_bytes(content[:at] + "精".encode() + content[at + 3 :])
    answer = clerk("--db", str(path), "check")
    assert (answer.code, answer.out.count("\n") >= 1, answer.err.count("\n")) == (6, True, 1)


def test_a_byte_of_an_index_is_seen(filled: Book) -> None:
    """Of what an index alone says nothing in the tables is wrong, but the figures are."""
    path = filled.location.path
    assert path is not None
    ((root,),) = filled.rows("SELECT rootpage FROM sqlite_master WHERE name = 'ix_task_due_on'")
    ((size,),) = filled.rows("PRAGMA page_size")
    content = path.read_bytes()
    page = content[(root - 1) * size : root * size]
    at = (root - 1) * size + page.index(b"2013-")
    path.write_bytes(content[:at] + b"2014" + content[at + 4 :])
    assert [fault for fault in filled.faults() if "ix_task_due_on" in fault] != []


def test_tasks_are_compared_range_by_range(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.services.check_tasks.RANGE", 1)
    assert filled.faults() == []
    tamper(filled, "UPDATE task SET title = 'x'")
    assert len(filled.faults()) == 2
