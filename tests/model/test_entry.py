import json
from datetime import date
from hashlib import sha256

import pytest

from ledger.model.entry import GENESIS, SEALED, Entry, broken_seals, canonical_form, encode, seal

ENTRY = Entry(7, 12, "close", date(2013, 3, 19), "2026-11-21T06:30:00.000000Z", "张三", "clerk", None, {}, None, 7)
CHANGES = '{"status":["open","closed"]}'
FORM = (
    '[7,12,"close","2013-03-19","2026-11-21T06:30:00.000000Z","张三","clerk",null,'
    '"{\\"status\\":[\\"open\\",\\"closed\\"]}",null,7]'
)


def chain(*forms: str) -> list[tuple[bytes, int, str]]:
    rows, previous = [], GENESIS
    for seq, form in enumerate(forms, start=1):
        previous = seal(previous, form)
        rows.append((form.encode(), seq, previous))
    return rows


def test_the_canonical_form_is_what_the_module_says() -> None:
    assert canonical_form(ENTRY, CHANGES) == FORM
    assert len(SEALED) == len(json.loads(FORM))


def test_a_seal_covers_the_form_and_the_one_before() -> None:
    assert seal(GENESIS, FORM) == sha256(b"0" * 64 + FORM.encode()).hexdigest()
    assert seal(seal(GENESIS, FORM), FORM) != seal(GENESIS, FORM)


@pytest.mark.parametrize("text", ["“学创”", 'a"b\\c', "\n\t\r\b\f\x01\x1f\x7f", "\u2028/\u00ad", "𠮷🚩", "\x00"])
def test_texts_stay_as_they_are_save_what_json_must_escape(text: str) -> None:
    encoded = encode([text])
    assert all(character in encoded for character in text if character >= " " and character not in '"\\')
    assert encode({"名": [None, 1, True]}) == '{"名":[null,1,true]}'


def test_a_sound_chain_has_no_breaks() -> None:
    assert list(broken_seals(chain("[1]", "[2]", "[3]"))) == []
    assert list(broken_seals([])) == []


def test_an_edited_entry_is_one_finding() -> None:
    rows = chain("[1]", "[2]", "[3]")
    rows[1] = (b"[9]", *rows[1][1:])
    assert list(broken_seals(rows)) == [(2, "内容与封印不符")]


def test_bytes_that_are_no_text_are_a_finding_too() -> None:
    rows = chain("[1]", "[2]")
    rows[0] = (b"[\xff]", *rows[0][1:])
    assert [seq for seq, _ in broken_seals(rows)] == [1]


def test_an_edited_seal_breaks_its_own_entry_and_the_next() -> None:
    rows = chain("[1]", "[2]", "[3]")
    rows[1] = (*rows[1][:2], "f" * 64)
    assert [seq for seq, _ in broken_seals(rows)] == [2, 3]


def test_a_gap_is_named() -> None:
    rows = chain("[1]", "[2]", "[3]", "[4]")
    assert list(broken_seals([rows[0], rows[3]])) == [(4, "缺少第2号至第3号记录"), (4, "内容与封印不符")]
