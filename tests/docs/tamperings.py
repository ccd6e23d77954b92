"""Tamperings with a ledger in an SQLite file, by the names that they have in docs/proof.md: all that can be done with
the sqlite3 shell, and with the files beside it."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from ledger.base.verifier import Anchor
from ledger.model.entry import GENESIS, Entry, encode, seal
from ledger.model.publication import packed, unpacked
from ledger.services.moving import post_all
from ledger.store import head, posting
from ledger.store.location import Location
from ledger.store.opening import open_reader, open_writer
from tests.conftest import Book


class Kept:
    """A ledger in a folder of its own, and what was kept elsewhere of the time when its reports were issued."""

    def __init__(self, folder: Path, anchor: Anchor, digests: list[str]) -> None:
        self.folder, self.anchor, self.digests = folder, anchor, digests

    @property
    def db(self) -> Path:
        return self.folder / "a.db"

    def copied(self, folder: Path) -> "Kept":
        shutil.copytree(self.folder, folder)
        return Kept(folder, self.anchor, self.digests)


PUBLISHED = "SELECT changes FROM entry WHERE action = 'publish' ORDER BY seq"


def edit(kept: Kept, script: str) -> None:
    """Carry out a script as one who first takes the triggers away, and then puts them back."""
    with closing(sqlite3.connect(kept.db, isolation_level=None)) as store:
        triggers = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            store.execute(f"DROP TRIGGER {name}")
        store.executescript(script)
        for _, sql in triggers:
            store.execute(sql)


def recompute(kept: Kept) -> None:
    """Seal every entry anew, from the first to the last, in the order in which they are."""
    with closing(open_reader(Location(kept.db))) as reader:
        forms = [(form, seq) for form, seq, _ in head.sealed(reader)]
    previous, script = GENESIS, []
    for form, seq in forms:
        previous = seal(previous, form.decode())
        script.append(f"UPDATE entry SET hash = '{previous}' WHERE seq = {seq};")
    edit(kept, "".join(script))


def post_anew(kept: Kept) -> None:
    with open_writer(Location(kept.db)) as writer:
        posting.clear(writer)
        posting.post_codes(writer)
        post_all(writer, lambda _: None)


def triggers(script: str) -> "Tampering":
    """Carry out a script with the triggers as they are."""

    def tamper(kept: Kept) -> None:
        with closing(sqlite3.connect(kept.db)) as store:
            store.executescript(script)

    return tamper


def rows(kept: Kept, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(kept.db)) as store:
        return store.execute(sql).fetchall()


Tampering = Callable[[Kept], object]


def script(*parts: str, recomputed: bool = False, posted: bool = False) -> Tampering:
    def tamper(kept: Kept) -> None:
        edit(kept, ";".join(parts).replace("ANCHOR", str(kept.anchor.seq)))
        if recomputed:
            recompute(kept)
        if posted:
            post_anew(kept)

    return tamper


NOTED = "(SELECT min(seq) FROM entry WHERE action = 'note')"
ANOTHER = f"(SELECT min(seq) FROM entry WHERE action = 'note' AND seq > {NOTED})"
LAST = "(SELECT max(seq) FROM entry)"
TAIL, BEHIND = "DELETE FROM entry WHERE seq > ANCHOR - 2", "DELETE FROM entry WHERE seq > ANCHOR"
CONTENTS = 'task, action, "on", recorded_at, actor, account, note, changes, voids'
SWAPPED = (
    f"CREATE TEMP TABLE one AS SELECT {CONTENTS} FROM entry WHERE seq = {NOTED}",
    f"CREATE TEMP TABLE other AS SELECT {CONTENTS} FROM entry WHERE seq = {ANOTHER}",
    f"CREATE TEMP TABLE places AS SELECT {NOTED} AS first, {ANOTHER} AS second",
    f"UPDATE entry SET ({CONTENTS}) = (SELECT {CONTENTS} FROM other) WHERE seq = (SELECT first FROM places)",
    f"UPDATE entry SET ({CONTENTS}) = (SELECT {CONTENTS} FROM one) WHERE seq = (SELECT second FROM places)",
)
REINDEXED = """
    CREATE TEMP TABLE was AS SELECT sql FROM sqlite_master WHERE name = 'ix_task_unit';
    DROP INDEX ix_task_unit; CREATE INDEX ix_task_unit ON task (unit) WHERE id > 1; PRAGMA writable_schema = 1;
    UPDATE sqlite_master SET sql = (SELECT sql FROM was) WHERE name = 'ix_task_unit'; PRAGMA writable_schema = 0"""


def left_out(sql: str) -> tuple[str, ...]:
    """An entry deleted, those after it one number less."""
    gone = f"CREATE TEMP TABLE gone AS SELECT ({sql}) AS seq"
    place = "(SELECT seq FROM gone)"
    moved = f"UPDATE entry SET seq = -(seq - 1), command = command - 1 WHERE seq > {place}"
    return gone, f"DELETE FROM entry WHERE seq = {place}", moved, "UPDATE entry SET seq = -seq WHERE seq < 0"


def put_in(kept: Kept) -> None:
    edit(
        kept,
        f"""UPDATE entry SET seq = -(seq + 1), command = command + 1 WHERE seq >= {NOTED};
        UPDATE entry SET seq = -seq WHERE seq < 0;
        INSERT INTO entry SELECT seq - 1, task, action, "on", recorded_at, actor, account, '插入', changes, voids,
        seq - 1, hash FROM entry WHERE seq = {NOTED}""",
    )


def republish(kept: Kept, *, digest: bool) -> None:
    """Freeze something else in the first publication, perhaps with its own hash."""
    [(text,), *_] = rows(kept, PUBLISHED)
    changes = json.loads(text)
    content = unpacked(changes["content"][1], changes["digest"][1])
    other = json.loads(json.dumps(content, ensure_ascii=False).replace("甲", "丙"))
    assert other != content
    changes["content"][1], made = packed(other)
    if digest:
        changes["digest"][1] = made
    said = encode(changes).replace("'", "''")
    edit(kept, f"UPDATE entry SET changes = '{said}' WHERE seq = (SELECT min(seq) FROM entry WHERE action = 'publish')")


def swap_contents(kept: Kept) -> None:
    first, second = (json.loads(text) for (text,) in rows(kept, PUBLISHED))
    first["content"], second["content"] = second["content"], first["content"]
    for number, changes in ((1, first), (2, second)):
        said = encode(changes).replace("'", "''")
        edit(
            kept, f"UPDATE entry SET changes = '{said}' WHERE action = 'publish' AND changes LIKE '%[null,{number}],%'"
        )


def files(kept: Kept) -> list[Path]:
    found = sorted(path for path in (kept.folder / "a.evidence").rglob("*") if path.is_file() and len(path.name) == 64)
    assert len(found) == 2
    for path in found:
        path.chmod(0o600)
    return found


def alter_file(kept: Kept) -> None:
    files(kept)[0].write_text("别的", "utf-8")


def swap_files(kept: Kept) -> None:
    one, other = files(kept)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def link_file(kept: Kept) -> None:
    path = files(kept)[0]
    path.rename(kept.folder / "别处")
    path.symlink_to(kept.folder / "别处")


def alter_file_and_entry(kept: Kept) -> None:
    path = files(kept)[0]
    content = "别的内容".encode()
    other = sha256(content).hexdigest()
    [(size,)] = {(path.stat().st_size,)}
    (place := kept.folder / "a.evidence" / other[:2]).mkdir(exist_ok=True)
    (place / other).write_bytes(content)
    path.unlink()
    edit(
        kept,
        f"""UPDATE entry SET changes = replace(replace(changes, '{path.name}', '{other}'), '"size":[null,{size}]',
        '"size":[null,{len(content)}]') WHERE changes LIKE '%{path.name}%'""",
    )


def book(kept: Kept) -> Book:
    return Book(Location(kept.db))


def then(*steps: Tampering) -> Tampering:
    def tamper(kept: Kept) -> None:
        for step in steps:
            step(kept)

    return tamper


def change(column: str) -> Tampering:
    values = {"seq": "90", "task": "2", "voids": "2", "command": "1", "on": "'2013-03-02'", "hash": "upper(hash)"}
    return script(f'UPDATE entry SET "{column}" = {values.get(column, "changes || 1")} WHERE seq = {NOTED}')


TAMPERINGS: Mapping[str, tuple[Tampering, ...]] = {
    "change a value of an entry": tuple(map(change, Entry._fields)),
    "delete an entry": (script(f"DELETE FROM entry WHERE seq = {NOTED}"),),
    "delete the first entry": (script("DELETE FROM entry WHERE seq = 1"),),
    "insert an entry among others, the rest renumbered": (put_in,),
    "insert an entry at the end, badly sealed": (
        script(f"INSERT INTO entry SELECT seq + 1, {CONTENTS}, seq + 1, hash FROM entry WHERE seq = {LAST}"),
    ),
    "swap two entries": (script(*SWAPPED),),
    "renumber the last entries": (
        script("UPDATE entry SET seq = -seq WHERE seq > ANCHOR - 2", "UPDATE entry SET seq = 7 - seq WHERE seq < 0"),
    ),
    "delete all entries": (script("DELETE FROM entry"),),
    "change an entry, recomputed from there": (
        script(f"""UPDATE entry SET changes = replace(changes, '50', '90') WHERE seq = {NOTED}""", recomputed=True),
    ),
    "change an entry, recomputed and posted anew": (
        script(f"UPDATE entry SET note = '大半' WHERE seq = {NOTED}", recomputed=True, posted=True),
        script("UPDATE entry SET actor = '李四' WHERE seq = 1", recomputed=True, posted=True),
    ),
    "swap two entries, recomputed and posted anew": (script(*SWAPPED, recomputed=True, posted=True),),
    "leave an entry out, recomputed and posted anew": (script(*left_out(NOTED), recomputed=True, posted=True),),
    "change an entry so that it makes no sense, recomputed": (
        script(f"""UPDATE entry SET changes = '{{"status":["open","closed"]}}' WHERE seq = {NOTED}""", recomputed=True),
    ),
    "cut the tail to before the anchor": (script(TAIL),),
    "cut the tail to before the anchor, posted anew": (script(TAIL, posted=True),),
    "cut the tail behind the anchor": (script(BEHIND),),
    "cut the tail behind the anchor, posted anew": (script(BEHIND, posted=True),),
    "change an entry behind the anchor, recomputed and posted anew": (
        script("UPDATE entry SET note = '未办' WHERE seq > ANCHOR AND action = 'close'", recomputed=True, posted=True),
    ),
    "add an entry, well sealed and posted": (
        script(
            f"INSERT INTO entry SELECT seq + 1, task, 'note', \"on\", recorded_at, actor, account, '补', '{{}}', NULL, "
            f"seq + 1, hash FROM entry WHERE seq = {LAST}",
            recomputed=True,
            posted=True,
        ),
    ),
    "record what is not so": (lambda kept: book(kept).post("note", task="2", text="已完成", progress=90),),
    "record with a clock that is wrong": (
        lambda kept: book(kept).post("note", task="2", text="按期", now=datetime(2031, 1, 1, tzinfo=UTC)),
    ),
    "change a task": tuple(
        script(f"UPDATE task SET {change} WHERE id = 2")
        for change in (
            "title = 'x'",
            "unit = '综合组'",
            "status = 'closed'",
            "due_on = NULL",
            "last_day = '2013-05-01'",
        )
    ),
    "delete a task": (script("DELETE FROM task WHERE id = 2"),),
    "insert a task": (
        script(
            "CREATE TEMP TABLE t AS SELECT * FROM task WHERE id = 2",
            "UPDATE t SET id = 77, code = '多'",
            "INSERT INTO task SELECT * FROM t",
        ),
    ),
    "change a stay in a status": (script("UPDATE span SET until = '2013-03-07' WHERE task = 1 AND status = 'open'"),),
    "delete a stay in a status": (script("DELETE FROM span WHERE task = 2"),),
    "insert a stay in a status": (
        script("INSERT INTO span VALUES (50, 2, 'closed', 'open', '2013-03-01', '9999-12-31', '2013-03-01')"),
    ),
    "change a setting": (script("UPDATE setting SET value = '\"别的台账\"' WHERE name = 'name'"),),
    "insert a setting": (script("INSERT INTO setting VALUES ('blue_days', '30')"),),
    "delete a setting": (script("DELETE FROM setting WHERE name = 'name'"),),
    "change a series": (
        script("UPDATE series SET next_on = '2014-01-01'"),
        script("UPDATE series SET definition = json_set(definition, '$.due_text', '每季度')"),
    ),
    "delete a series": (script("DELETE FROM series"),),
    "insert a series": (script("INSERT INTO series SELECT 7, definition, next_on FROM series"),),
    "delete a code": (script("DELETE FROM code WHERE code = '2013-002'"),),
    "insert a code": (script("INSERT INTO code VALUES ('多', NULL, NULL)"),),
    "take a trigger away": tuple(triggers(f"DROP TRIGGER {name}") for name in ("entry_no_update", "entry_no_delete")),
    "make a trigger that does nothing of one": (
        triggers(
            "DROP TRIGGER entry_no_update; CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry WHEN 0 "
            "BEGIN SELECT 1; END",
        ),
    ),
    "add a trigger": (script("CREATE TRIGGER 暗 AFTER INSERT ON entry BEGIN DELETE FROM task; END"),),
    "take an index away": (script("DROP INDEX ix_task_unit"), script("DROP INDEX ix_entry_event")),
    "make an index over another column": (
        script("DROP INDEX ix_task_unit; CREATE INDEX ix_task_unit ON task (owner)"),
    ),
    "add an index": (script("CREATE INDEX 多 ON task (title)"),),
    "make an index leave rows out": (script(REINDEXED),),
    "add a column to a table": (script("ALTER TABLE task ADD COLUMN 多 TEXT"),),
    "alter a file of evidence": (alter_file,),
    "remove a file of evidence": (lambda kept: files(kept)[0].unlink(),),
    "swap two files of evidence": (swap_files,),
    "put a link in the place of a file of evidence": (link_file,),
    "add a file to the evidence": (lambda kept: (kept.folder / "a.evidence" / "杂.doc").write_text("杂"),),
    "alter a file of evidence and its entry": (alter_file_and_entry,),
    "alter a file of evidence and its entry, recomputed and posted anew": (
        then(alter_file_and_entry, recompute, post_anew),
    ),
    "change the content of a publication": (lambda kept: republish(kept, digest=False),),
    "change the content of a publication, recomputed": (then(lambda kept: republish(kept, digest=False), recompute),),
    "change the content of a publication and its hash, recomputed": (
        then(lambda kept: republish(kept, digest=True), recompute),
    ),
    "swap the contents of two publications": (swap_contents,),
    "take a publication out, recomputed and posted anew": tuple(
        script(*left_out(f"SELECT {end}(seq) FROM entry WHERE action = 'publish'"), recomputed=True, posted=True)
        for end in ("min", "max")
    ),
}
