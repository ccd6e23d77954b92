"""A task has a cycle of feedback and its last report, the task that it is a part of and what else it came from, how
much evidence there is of it, and whether it is worth telling; entries that are events are found by their day.

`task` follows from the journal: it is made anew, empty, and posted by the upgrade.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ISO = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_DAYS_CHECKED = ("assigned_on", "start_on", "due_on", "original_due_on", "submitted_on", "closed_on", "last_day")
_EVENTS = (
    "action IN ('return', 'extend', 'reopen', 'urge', 'flag', 'report', 'remark', 'rate', "
    "'evidence', 'slip', 'receive', 'publish', 'withdraw')"
)


def upgrade() -> None:
    op.drop_table("task")
    op.create_table(
        "task",
        _column("id", sa.Integer),
        _column("code", _text(100)),
        _column("title", _text()),
        _column("unit", _text(200)),
        _column("with", _text()),
        *(_column(name, _text(), null=True) for name in ("owner", "leader", "activity", "stage", "source", "measure")),
        _column("key", sa.Boolean),
        _column("flagged", sa.Boolean),
        _column("status", _text(20)),
        _column("assigned_on", sa.Date),
        _column("start_on", sa.Date, null=True),
        _column("due_on", sa.Date, null=True),
        _column("due_text", _text(), null=True),
        _column("grace_days", sa.Integer),
        _column("original_due_on", sa.Date, null=True),
        _column("extensions", sa.Integer),
        _column("submitted_on", sa.Date, null=True),
        _column("closed_on", sa.Date, null=True),
        _column("progress", sa.Integer, null=True),
        _column("note", _text(), null=True),
        _column("series", sa.Integer, null=True),
        _column("quota", _text(), null=True),
        _column("tags", _text()),
        _column("own", _text()),
        _column("flag_until", sa.Date, null=True),
        _column("urges", sa.Integer),
        _column("urged_on", sa.Date, null=True),
        _column("slip", _text(10), null=True),
        _column("feedback", _text(), null=True),
        _column("reported_on", sa.Date, null=True),
        _column("part_of", sa.Integer, null=True),
        _column("evidence", sa.Integer),
        _column("highlight", sa.Boolean),
        _column("origin", _text(), null=True),
        _column("tally", sa.Integer),
        *(_column(name, sa.Date, null=True) for name in ("last_day", "original_last_day", "binding_last_day")),
        _column("extended_late", sa.Boolean),
        _column("stepped_on", sa.Date, null=True),
        _column("status_seq", sa.Integer),
        _column("occurrence_on", sa.Date, null=True),
        _column("problems", _text()),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("status IN ('open', 'submitted', 'paused', 'closed', 'cancelled')", name="ck_task_status"),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name="ck_task_progress"),
        sa.CheckConstraint(
            "grace_days >= 0 AND extensions >= 0 AND tally >= 0 AND evidence >= 0", name="ck_task_counts"
        ),
        sa.UniqueConstraint("code", name="uq_task_code"),
        *_iso_days(),
    )
    for name in ("unit", "activity", "assigned_on", "due_on"):
        op.create_index(f"ix_task_{name}", "task", [name])
    _partial("task", "unfinished", ["last_day"], "status IN ('open', 'submitted', 'paused')")
    _partial("task", "quota", ["due_on"], "quota IS NOT NULL")
    _partial("task", "problems", ["id"], "problems <> '[]'")
    _partial("task", "series", ["series", "occurrence_on"], "series IS NOT NULL", unique=True)
    _partial("task", "part_of", ["part_of", "status"], "part_of IS NOT NULL")
    _partial("task", "feedback", ["feedback", "status"], "feedback IS NOT NULL")
    _partial("task", "origin", ["origin"], "origin IS NOT NULL")
    _partial("entry", "event", ["action", "on"], _EVENTS)
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            'CREATE TABLE evidence (sha256 VARCHAR(64) COLLATE "C" NOT NULL, part INTEGER NOT NULL, '
            "data BYTEA NOT NULL, CONSTRAINT evidence_pkey PRIMARY KEY (sha256, part))"
        )


def _column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null, autoincrement=False)


def _text(length: int | None = None) -> Any:
    """By code point on PostgreSQL too."""
    kind = sa.Text if length is None else sa.String
    return kind(length).with_variant(kind(length, collation="C"), "postgresql")


def _iso_days() -> list[sa.CheckConstraint]:
    """SQLite would take any text for a DATE."""
    if op.get_context().dialect.name != "sqlite":
        return []
    return [sa.CheckConstraint(f"{name} GLOB {_ISO}", name=f"ck_task_{name}_iso") for name in _DAYS_CHECKED]


def _partial(table: str, name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    clause = sa.text(where)
    op.create_index(f"ix_{table}_{name}", table, columns, unique=unique, sqlite_where=clause, postgresql_where=clause)
