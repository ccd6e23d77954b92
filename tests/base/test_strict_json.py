"""A key that stands twice is refused at every depth."""

import pytest

from ledger.base.strict_json import RepeatedKey, loads


def test_what_stands_once_is_read() -> None:
    text = '{"a": [{"b": 1.5, "c": null}, {"b": 2}], "ä": {}}'
    assert loads(text) == loads(text.encode()) == {"a": [{"b": 1.5, "c": None}, {"b": 2}], "ä": {}}


@pytest.mark.parametrize(
    "text", ['{"k": 1, "k": 1}', '{"a": [{"b": {"k": 1, "x": 2, "k": 3}}]}', '{"k": 1, "\\u006b": 2}']
)
def test_a_key_given_twice(text: str) -> None:
    with pytest.raises(RepeatedKey, match="键“k”写了两次") as caught:
        loads(text)
    assert caught.value.key == "k"


@pytest.mark.parametrize("text", ["", "{", "[1" + "0" * 5000 + "]", '{"a": 01}'])
def test_what_is_no_json(text: str) -> None:
    with pytest.raises(ValueError):
        loads(text)


def test_what_lies_too_deep() -> None:
    with pytest.raises(RecursionError):
        loads("[" * 100_000)
