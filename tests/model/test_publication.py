"""What an entry that issues a report may say, and what it froze."""

from datetime import date
from typing import Any

import pytest

from ledger.model import publication
from ledger.model.entry import Entry
from ledger.model.entry_rules import nonsense
from ledger.model.publication import packed, unpacked

CONTENT, DIGEST = packed({"value": {"ledger": "台账"}, "reports": [["Report", "周"]], "formats": {"json": 0}})
SOUND: dict[str, Any] = {
    "number": 3, "kind": "week", "period": "2013-W12", "document": "学创办〔2013〕12号", "corrects": 1,
    "content": CONTENT, "digest": DIGEST, "root": "a" * 64,
}  # fmt: skip


def entry(changes: dict[str, Any], action: str = "publish", note: str | None = "week 2013-W12") -> Entry:
    pairs = {name: [None, value] for name, value in changes.items()}
    moment = "2013-03-19T01:00:00.000000Z"
    return Entry(9, None, action, date(2013, 3, 19), moment, "张三", "root", note, pairs, None, 9)


def test_what_is_packed_is_had_again() -> None:
    assert unpacked(CONTENT, DIGEST)["value"] == {"ledger": "台账"}
    assert packed(unpacked(CONTENT, DIGEST)) == (CONTENT, DIGEST)


@pytest.mark.parametrize("wrong", ["", "!", CONTENT[:-8], CONTENT + CONTENT, CONTENT.swapcase()])
def test_what_is_not_what_was_frozen(wrong: str) -> None:
    with pytest.raises(ValueError):
        unpacked(wrong, DIGEST)
    assert nonsense(entry(SOUND | {"content": wrong})) != ""


def test_content_that_unfolds_without_end_is_not_read_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text, digest = packed(["0" * 5000])
    monkeypatch.setattr(publication, "LARGEST", 1000)
    with pytest.raises(ValueError):
        unpacked(text, digest)


def test_a_sound_entry() -> None:
    assert nonsense(entry(SOUND)) == ""
    assert nonsense(entry({name: value for name, value in SOUND.items() if name not in ("document", "corrects")})) == ""
    assert nonsense(entry({"number": 3}, "withdraw", "数字有误")) == ""


@pytest.mark.parametrize(
    "other",
    [
        {"number": 0}, {"number": 10}, {"number": True}, {"kind": "day"}, {"period": "2013-W13"}, {"document": ""},
        {"document": "长" * 101}, {"corrects": -1}, {"digest": "b" * 64}, {"root": "A" * 64}, {"root": "a"},
    ],
    ids=str,
)  # fmt: skip
def test_an_entry_that_makes_no_sense(other: dict[str, Any]) -> None:
    assert nonsense(entry(SOUND | other)) != ""


def test_what_is_missing_or_too_much() -> None:
    for name in ("number", "kind", "period", "content", "digest", "root"):
        assert nonsense(entry({key: value for key, value in SOUND.items() if key != name})) != ""
    assert nonsense(entry(SOUND | {"unit": "综合组"})) != ""
    assert nonsense(entry(SOUND, note=None)) != ""
    assert nonsense(entry({"number": 3, "kind": "week"}, "withdraw")) != ""
    assert nonsense(entry({"number": "3"}, "withdraw")) != ""
