"""The tables, indexes and triggers of a ledger in SQLite, as a text beside this module: so `check` can compare them
without loading what makes them. `python -m ledger.store.expected` writes it anew from `schema`.
"""

import json
import sqlite3
from pathlib import Path

_FILE = Path(__file__).with_name("expected.json")
_OWN = (
    "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
)

Definitions = dict[str, str]
"""Name → the statement that creates it, blanks as one."""


def expected() -> Definitions:
    """What a ledger of this revision consists of."""
    found: Definitions = json.loads(_FILE.read_text("utf-8"))
    return found


def plain(sql: str) -> str:
    """A statement with all blanks as one: programs that copy a store may set it anew."""
    return " ".join(sql.split())


def made() -> Definitions:
    """The same as SQLAlchemy makes it."""
    import sqlalchemy as sa
    from sqlmodel import SQLModel

    from ledger.store import schema  # noqa: F401 - tells the metadata

    store = sqlite3.connect(":memory:")
    SQLModel.metadata.create_all(sa.create_engine("sqlite://", creator=lambda: store, poolclass=sa.StaticPool))
    return {name: plain(sql) for name, sql in store.execute(_OWN)}


if __name__ == "__main__":
    _FILE.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", "utf-8")
