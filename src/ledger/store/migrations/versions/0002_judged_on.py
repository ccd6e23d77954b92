"""A stay in a status says on which day it is judged and from which status it came; an index finds what extends a task.

`span` follows from the journal: it is made anew, empty, and posted by the upgrade.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ISO = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"


def upgrade() -> None:
    op.drop_table("span")
    op.create_table(
        "span",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("task", sa.Integer, nullable=False),
        sa.Column("status", _text(20), nullable=False),
        sa.Column("came_from", _text(20), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("judged_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        *_iso_days("span", "since", "until", "judged_on"),
    )
    op.create_index("ix_span_task", "span", ["task", "seq"])
    op.create_index("ix_span_since", "span", ["since", "status"])
    columns = ["until", "since", "status", "task", "judged_on"]
    _partial("ix_span_until", "span", columns, "status IN ('open', 'submitted', 'paused')")
    _partial("ix_entry_extended", "entry", ["on"], "action = 'extend'")


def _text(length: int) -> Any:
    """By code point on PostgreSQL too."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _iso_days(table: str, *names: str) -> list[sa.CheckConstraint]:
    """SQLite would take any text for a DATE."""
    if op.get_context().dialect.name != "sqlite":
        return []
    return [sa.CheckConstraint(f"{name} GLOB {_ISO}", name=f"ck_{table}_{name}_iso") for name in names]


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    clause = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=clause, postgresql_where=clause)
