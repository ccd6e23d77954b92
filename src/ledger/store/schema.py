"""The tables, for SQLite and PostgreSQL alike.

`entry` is the journal: appended only, which triggers enforce. `task` and `span` are its projections and `setting` that
of its `config` entries; `code` registers every code ever used, so that none is given twice. Days are DATE (ISO text on
SQLite), lists JSON text, moments ISO text in UTC.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from ledger.model.fields import BY_NAME, Kind
from ledger.model.task import COLUMNS, STATUS_WORDS
from ledger.store.conditions import IS_EVENT, UNFINISHED, among
from ledger.store.reader import Writer
from ledger.store.revision import REVISION, TABLE

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

_ISO = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def _column(name: str, kind: Any, *, null: bool = False, primary: bool = False) -> Any:
    return Field(sa_column=sa.Column(name, kind, nullable=null, primary_key=primary, autoincrement=False))


_TYPES: dict[Kind, Any] = {Kind.DAY: sa.Date, Kind.FLAG: sa.Boolean, Kind.NUMBER: sa.Integer, Kind.PERCENT: sa.Integer}
_ALWAYS = {Kind.FLAG, Kind.NAMES, Kind.OWN, Kind.PROBLEMS, Kind.STATUS}
"""Kinds that are never null; numbers are so where a count of nothing is 0."""
_NULL_NUMBERS = ("series", "part_of")


def _task_column(name: str) -> sa.Column[Any]:
    """The column of a field of the task (`model.fields`)."""
    field = BY_NAME[name]
    kind = _TYPES.get(field.kind) or (sa.String(field.size) if field.size else sa.Text)
    counted = field.kind is Kind.NUMBER and name not in _NULL_NUMBERS
    null = not (field.required or field.kind in _ALWAYS or counted)
    return sa.Column(name, kind, nullable=null, primary_key=name == "id", autoincrement=False)


def _iso_days(table: str, *names: str) -> None:
    """SQLite would take any text for a DATE: hold it to YYYY-MM-DD."""
    columns = SQLModel.metadata.tables[table].c
    for name in names:
        check = sa.CheckConstraint(columns[name].op("GLOB")(sa.literal_column(f"'{_ISO}'")), name=f"{name}_iso")
        columns[name].table.append_constraint(check.ddl_if(dialect="sqlite"))


class EntryRow(SQLModel, table=True):
    """One entry of the journal (`model.entry.Entry`); `changes` is its JSON text as sealed."""

    __tablename__ = "entry"

    seq: int = _column("seq", sa.Integer, primary=True)
    task: int | None = _column("task", sa.Integer, null=True)
    action: str = _column("action", sa.String(20))
    on: Any = _column("on", sa.Date)
    recorded_at: str = _column("recorded_at", sa.String(27))
    actor: str = _column("actor", sa.String(100))
    account: str = _column("account", sa.String(100))
    note: str | None = _column("note", sa.Text, null=True)
    changes: str = _column("changes", sa.Text)
    voids: int | None = _column("voids", sa.Integer, null=True)
    command: int = _column("command", sa.Integer)
    hash: str = _column("hash", sa.String(64))


class SpanRow(SQLModel, table=True):
    """A stay of a task in one status (`model.replay.Span`)."""

    __tablename__ = "span"

    seq: int = _column("seq", sa.Integer, primary=True)
    task: int = _column("task", sa.Integer)
    status: str = _column("status", sa.String(20))
    came_from: str = _column("came_from", sa.String(20))
    since: Any = _column("since", sa.Date)
    until: Any = _column("until", sa.Date)
    judged_on: Any = _column("judged_on", sa.Date)


class SettingRow(SQLModel, table=True):
    """A setting of the ledger in force; `value` is JSON text."""

    __tablename__ = "setting"

    name: str = _column("name", sa.String(200), primary=True)
    value: str = _column("value", sa.Text)


class SeriesRow(SQLModel, table=True):
    """A recurring duty (`model.series.Series`); `definition` is JSON text, `next_on` the first day from which its
    periods have yet to be opened, null when there are no more."""

    __tablename__ = "series"

    id: int = _column("id", sa.Integer, primary=True)
    definition: str = _column("definition", sa.Text)
    next_on: Any = _column("next_on", sa.Date, null=True)


class CodeRow(SQLModel, table=True):
    """A code once given; `year` and `number` are those of a code of the default form, else null."""

    __tablename__ = "code"

    code: str = _column("code", sa.String(100), primary=True)
    year: int | None = _column("year", sa.Integer, null=True)
    number: int | None = _column("number", sa.Integer, null=True)


entry, span, setting, series, code = (
    SQLModel.metadata.tables[name] for name in ("entry", "span", "setting", "series", "code")
)
task = sa.Table(
    "task",
    SQLModel.metadata,
    *map(_task_column, COLUMNS),
    sa.CheckConstraint(f"status IN {among(STATUS_WORDS)}", name="status"),
    sa.CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
    sa.CheckConstraint("grace_days >= 0 AND extensions >= 0 AND tally >= 0 AND evidence >= 0", name="counts"),
    sa.UniqueConstraint("code", name="uq_task_code"),
)
"""The running balance of a task (`model.task.Task`), column for column."""
revision = sa.Table(TABLE, SQLModel.metadata, sa.Column("version_num", sa.String(32), primary_key=True))

for _table in SQLModel.metadata.tables.values():
    for _text in _table.c:
        if isinstance(_text.type, sa.String):  # PostgreSQL shall sort and fold case by code point too, as SQLite does
            _text.type = _text.type.with_variant(type(_text.type)(_text.type.length, collation="C"), "postgresql")

_iso_days("entry", "on")
_iso_days("task", "assigned_on", "start_on", "due_on", "original_due_on", "submitted_on", "closed_on", "last_day")
_iso_days("span", "since", "until", "judged_on")


def _partial(name: str, table: sa.Table, *columns: str, where: str, unique: bool = False) -> None:
    clause = sa.text(where)
    chosen = (table.c[column] for column in columns)
    sa.Index(name, *chosen, unique=unique, sqlite_where=clause, postgresql_where=clause)


sa.Index("ix_entry_task", entry.c.task, entry.c.seq)
_partial("ix_entry_extended", entry, "on", where="action = 'extend'")
_partial("ix_entry_event", entry, "action", "on", where=IS_EVENT)
_partial("ix_entry_voids", entry, "voids", where="voids IS NOT NULL")
sa.Index("ix_task_unit", task.c.unit)
sa.Index("ix_task_activity", task.c.activity)
sa.Index("ix_task_assigned_on", task.c.assigned_on)
sa.Index("ix_task_due_on", task.c.due_on)
_partial("ix_task_unfinished", task, "last_day", where=f"status IN {UNFINISHED}")
_partial("ix_task_quota", task, "due_on", where="quota IS NOT NULL")
_partial("ix_task_problems", task, "id", where="problems <> '[]'")
_partial("ix_task_series", task, "series", "occurrence_on", where="series IS NOT NULL", unique=True)
_partial("ix_task_part_of", task, "part_of", "status", where="part_of IS NOT NULL")
_partial("ix_task_feedback", task, "feedback", "status", where="feedback IS NOT NULL")
_partial("ix_task_origin", task, "origin", where="origin IS NOT NULL")
sa.Index("ix_series_next_on", series.c.next_on)
sa.Index("ix_span_task", span.c.task, span.c.seq)
sa.Index("ix_span_since", span.c.since, span.c.status)
_partial("ix_span_until", span, "until", "since", "status", "task", "judged_on", where=f"status IN {UNFINISHED}")
sa.Index("ix_code_year", code.c.year, code.c.number)


def _on_creation(dialect: str, statement: str) -> None:
    ddl = sa.schema.DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
    sa.event.listen(entry, "after_create", ddl)


for _event in ("UPDATE", "DELETE"):
    _on_creation(
        "sqlite",
        f"CREATE TRIGGER entry_no_{_event.lower()} BEFORE {_event} ON entry "
        "BEGIN SELECT RAISE(ABORT, 'the journal is appended only'); END",
    )
_on_creation(
    "postgresql",
    "CREATE FUNCTION entry_appended_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the journal is appended only'; END $$",
)
_on_creation(
    "postgresql",
    "CREATE TRIGGER entry_appended_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION entry_appended_only()",
)


_on_creation(
    "postgresql",
    'CREATE TABLE evidence (sha256 VARCHAR(64) COLLATE "C" NOT NULL, part INTEGER NOT NULL, data BYTEA NOT NULL, '
    "CONSTRAINT evidence_pkey PRIMARY KEY (sha256, part))",
)
"""The files of evidence (`store.vault_table`); of a ledger in SQLite they lie in a folder beside it."""


def statements(dialect: str) -> list[str]:
    """What creates the tables, indexes and triggers on a database of this dialect ("sqlite", "postgresql")."""
    found: list[str] = []

    def collect(statement: sa.schema.ExecutableDDLElement, *_: Any, **__: Any) -> None:
        found.append(str(statement.compile(dialect=engine.dialect)).strip())

    engine = sa.create_mock_engine(f"{dialect}://", collect)
    SQLModel.metadata.create_all(engine, checkfirst=False)
    return found


def build(writer: Writer, dialect: str) -> None:
    """Create the tables of an empty database, at this program's revision."""
    for statement in statements(dialect):
        writer.execute(statement)
    writer.execute(f"INSERT INTO {revision.name} (version_num) VALUES (:revision)", {"revision": REVISION})
