"""The schema as ledger 0.1.0 created it.

Where upgrading begins: no ledger is older, and a new one is created at the latest revision (`store.schema`). So there
is nothing to do, and what the tables were is kept with the fixture of that version (`tests/fixtures/0001`).
"""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing comes before."""
