"""Words of bash, held against bash."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.base.text import clean
from ledger.cli.shells.quoting import Line, bash_line, bash_quoted, literal_start, plain

BREAKS = " \t\n\"'@><=;|&(:"


def fit(text: str) -> bool:
    """Whether the ledger takes it as a name."""
    try:
        return clean(text, "") == text
    except BadValue:
        return False


NAMES = st.text(st.one_of(st.sampled_from(" !\"#$%&'()*,-./:;<=>?@[\\]^_`{|}~组"), st.characters()), min_size=1)


@given(st.lists(NAMES.filter(fit), min_size=1, max_size=40))
def test_bash_reads_back_every_name(names: list[str]) -> None:
    words = [bash_quoted(name) for name in names]
    for quote in "\"'":
        inside = [bash_quoted(name, quote) for name in names]
        words += [
            bash_quoted(name) if one is None else f"{quote}{one}{'' if one.endswith(quote) else quote}"
            for name, one in zip(names, inside, strict=True)
        ]
    script = f"printf '%s\\0' {' '.join(word or '' for word in words)}"
    ended = subprocess.run(["bash", "-c", script], capture_output=True, check=True, timeout=60, cwd="/")
    assert ended.stdout.decode().split("\0")[:-1] == names * 3


@given(NAMES.filter(fit))
def test_what_was_accepted_is_read_as_the_same_word(name: str) -> None:
    line = bash_line(f"ledger list --unit {bash_quoted(name)} ", BREAKS)
    assert line == Line(["ledger", "list", "--unit", name], "", 0, "", "")


@given(NAMES.filter(fit))
def test_plain_words_need_no_quoting(name: str) -> None:
    if plain(name):
        assert bash_quoted(name) == name
        assert bash_quoted(name, '"') == name


@pytest.mark.parametrize(
    ("line", "word", "kept", "tail", "quote"),
    [
        ("x 综", "综", 0, "综", ""),
        ("x ", "", 0, "", ""),
        ('x "综合 组', "综合 组", 0, "综合 组", '"'),
        ("x '综\\", "综\\", 0, "综\\", "'"),
        ("x a'b c", "ab c", 1, "b c", "'"),
        ("x ab'cd'ef", "abcdef", 0, "ab'cd'ef", ""),
        ("x --unit=综", "--unit=综", 7, "综", ""),
        ('x --unit="综 ', "--unit=综 ", 7, "综 ", '"'),
        ("x 甲\\ 乙:丙\\:丁", "甲 乙:丙:丁", 4, "丙\\:丁", ""),
        ("x a\\", "a", 0, "a\\", ""),
        ('x "a\\', "a\\", 0, "a\\", '"'),
        ('x "a\\"b\\c', 'a"b\\c', 0, 'a\\"b\\c', '"'),
    ],
)
def test_the_word_being_typed(line: str, word: str, kept: int, tail: str, quote: str) -> None:
    assert bash_line(line, BREAKS) == Line(["x"], word, kept, tail, quote)


def test_empty_words_count() -> None:
    assert bash_line("x '' \"\" ", BREAKS).words == ["x", "", ""]


@pytest.mark.parametrize(
    "name", ["a b", "a,b", "$a", "~", "=a", "a!", "“组”", "组\u3000", "组\u00a0", "*", "a:b", "a\\"]
)
def test_words_that_are_not_plain(name: str) -> None:
    assert not plain(name)


@pytest.mark.parametrize("name", ["综合组", "2013-001", "宣传组（外联）", "a_b.c/d+5%"])
def test_plain_words(name: str) -> None:
    assert plain(name)


@pytest.mark.parametrize(
    ("token", "start"), [("综合", "综合"), ("'综合", ""), ("综\\ 合", "综"), ("--unit=$x", "--unit="), ("", "")]
)
def test_the_literal_start_of_a_token(token: str, start: str) -> None:
    assert literal_start(token) == start
