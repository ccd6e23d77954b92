"""One empty ledger, to be copied: founding one takes longer than a whole history."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))  # the oracle and the histories are imported by their full name


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.properties.pair import new_ledger

    path = tmp_path_factory.mktemp("template") / "ledger.db"
    new_ledger(path)
    return path
