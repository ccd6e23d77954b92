import io
import json
from datetime import date

import pytest

from ledger.render.json_text import dump


def printed(value: object) -> str:
    file = io.StringIO()
    dump(value, file.write)
    return file.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([], "[]\n"),
        ({}, "{}\n"),
        (None, "null\n"),
        ([{"id": 1, "with": ["甲", "乙"]}, {"id": 2, "with": []}],
         '[\n  {"id": 1, "with": ["甲", "乙"]},\n  {"id": 2, "with": []}\n]\n'),
        (
            {"due_on": date(2013, 3, 20), "with": ["甲", "乙"]},
            '{\n  "due_on": "2013-03-20",\n  "with": ["甲", "乙"]\n}\n',
        ),
        ({"sections": {"due": [{"id": 1}], "next": []}},
         '{\n  "sections": {\n    "due": [\n      {"id": 1}\n    ],\n    "next": []\n  }\n}\n'),
    ],
)  # fmt: skip
def test_one_item_of_a_list_a_line(value: object, text: str) -> None:
    assert printed(value) == text


HOSTILE = '\x1b[2J\x7f\x9b31m\u202eabc\u2066\u2028\ud800x\udfff"\\'


@pytest.mark.parametrize("value", [HOSTILE, {HOSTILE: HOSTILE}, [{HOSTILE: [HOSTILE]}], {"a": {"b": {HOSTILE: 1}}}])
def test_hostile_text_is_escaped_and_stays_the_same_value(value: object) -> None:
    text = printed(value)
    assert text.encode()
    assert not [character for character in text if character != "\n" and not character.isprintable()]
    assert json.loads(text) == value


@pytest.mark.parametrize("value", [float("nan"), [{"x": float("inf")}]])
def test_a_number_without_a_word_in_json_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="JSON"):
        printed(value)


def test_an_object_without_a_word_in_json_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        printed({"x": {1, 2}})
