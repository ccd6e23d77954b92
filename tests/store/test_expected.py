"""The text that `check` compares the schema with is what the schema makes."""

from ledger.store.expected import expected, made


def test_the_text_is_up_to_date() -> None:
    assert expected() == made(), "run python -m ledger.store.expected"
