import pytest

from ledger.dates.lexer import LONGEST, lex
from ledger.dates.words import SPELLINGS, words


def kinds(text: str) -> list[str]:
    return [token.kind for token in lex(text)[:-1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月底前", "number 月 底 前"),
        ("\uff13月底之前。", "number 月 底 前"),
        ("“五一”前", "festival 前"),
        ("五一个", "? 个"),
        ("十一月", "number 月"),
        ("十一前", "festival 前"),
        ("十一至十二月", "number 至 number 月"),
        ("五一至十一", "festival 至 festival"),
        ("二十一日", "number 日"),
        ("每周一", "每 weekday"),
        ("每周一次", "每 周 number counter"),
        ("每周一至两次", "每 周 number 至 number counter"),
        ("每周二十次", "每 周 number counter"),
        ("每周五一次", "每 weekday number counter"),
        ("周五5点", "weekday number 点"),
        ("周17", "周 number"),
        ("星期天", "weekday"),
        ("三个星期五日内", "number 个 weekday 日 内"),
        ("上中旬", "part"),
        ("长期坚持", "open"),
        ("3个工作日", "number 工作日"),
        ("十十日", "? 日"),
        ("3 月 x", "number 月 ?"),
        ("", ""),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert kinds(text) == expected.split()


def test_places_are_those_of_the_text_without_the_blanks_around_it() -> None:
    text = "  三月“底” 前 "
    tokens = lex(text)
    assert [text.strip()[token.at : token.end] for token in tokens] == ["三", "月", "底", "前", ""]
    assert tokens[0].value == 3


def test_what_is_too_long_is_no_deadline() -> None:
    assert kinds("月" * LONGEST) == ["月"] * LONGEST
    assert kinds("月" * (LONGEST + 1)) == ["?"]


def test_no_word_has_two_kinds() -> None:
    spelled = [word for line in SPELLINGS.values() for word in line.split()]
    assert len(spelled) == len(set(spelled))
    assert all(words()[word] == kind for kind, line in SPELLINGS.items() for word in line.split())
