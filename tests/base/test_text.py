import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ledger.base.errors import BadValue
from ledger.base.text import (
    clean,
    clip,
    fold_width,
    guarded,
    listed,
    masked,
    pad,
    quote,
    says_none,
    unguarded,
    visible,
    width,
    wrap,
)

HARMFUL = [
    *("\x00", "\x01", "\x07", "\x1b", "\x7f", "\x80", "\x9b", "\xad", "\u061c", "\u200b", "\u200e", "\u200f"),
    *("\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\ufeff", "\ufffe", "\uffff", "\ufdd0"),
    *("\ud800", "\udcff", "\U0001ffff", "\U000e0041", "\ufffb"),
]
KEPT = [
    *("学创", "[red]", "\\u{1b}", "👨\u200d👩\u200d👧", "می\u200cخواهم", "e\u0301"),
    *("甲\u3000乙", "\ue000", "１２", "\U00020000", "⭐\ufe0f"),
]
CLOSING = "，。、；：？！）》」』】〕”’…—％,.;:?!)]}%"
OPENING = "（《「『【〔“‘([{"


@pytest.mark.parametrize("text", KEPT)
def test_clean_changes_nothing_but_the_blanks_around(text: str) -> None:
    assert clean(f" \u3000{text}\n", "工作任务") == text
    assert visible(text) == text


@pytest.mark.parametrize("character", HARMFUL)
def test_harmful_characters_are_refused_by_name_and_shown_as_escapes(character: str) -> None:
    for multiline in (False, True):
        with pytest.raises(BadValue) as caught:
            clean(f"工作{character}任务", "工作任务", multiline=multiline)
        assert caught.value.what.startswith("工作任务里有")
        assert f"U+{ord(character):04X}" in caught.value.what
        assert caught.value.what.isprintable()
    for single_line in (False, True):
        assert visible(f"工作{character}任务", single_line=single_line) == f"工作\\u{{{ord(character):x}}}任务"


@pytest.mark.parametrize("character", ["\n", "\t", "\r\n"])
def test_newlines_and_tabs_are_for_multiline_alone(character: str) -> None:
    text = f"第一行{character}第二行"
    with pytest.raises(BadValue, match=r"备注里有(换行|制表符) U\+000"):
        clean(text, "备注")
    assert clean(text, "备注", multiline=True) == text.replace("\r", "")
    assert visible(text) == "第一行 第二行"
    assert visible(text, single_line=False) == text.replace("\r", "").replace("\t", " ")


def test_a_bare_carriage_return_is_harmful() -> None:
    with pytest.raises(BadValue, match=r"U\+000D"):
        clean("甲\r乙", "备注", multiline=True)
    assert visible("甲\r乙") == "甲\\u{d}乙"


@pytest.mark.parametrize("text", ["", " ", "\u3000\n\t"])
def test_clean_refuses_the_empty(text: str) -> None:
    with pytest.raises(BadValue, match="责任人不能为空"):
        clean(text, "责任人")


def test_clean_counts_characters_after_the_blanks_are_gone() -> None:
    assert clean(" " + "字" * 500 + " ", "工作任务") == "字" * 500
    with pytest.raises(BadValue, match="工作任务有501个字,最多500个字"):
        clean("字" * 501, "工作任务")
    with pytest.raises(BadValue, match="编号有9个字,最多8个字"):
        clean("123456789", "编号", limit=8)


@given(text=st.text(alphabet=st.characters(exclude_categories=())))
def test_what_clean_lets_through_is_shown_as_it_is(text: str) -> None:
    try:
        cleaned = clean(text, "备注", multiline=True)
    except BadValue:
        return
    assert cleaned == text.strip().replace("\r\n", "\n")
    assert visible(cleaned, single_line=False) == cleaned.replace("\t", " ")


@given(text=st.text(alphabet=st.characters(exclude_categories=())), single_line=st.booleans())
def test_visible_leaves_nothing_alive(text: str, single_line: bool) -> None:
    shown = visible(text, single_line=single_line)
    categories = {unicodedata.category(c) for c in shown if c not in "\n\u200c\u200d"}
    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    shown.encode()  # no surrogate is left
    assert not (single_line and "\n" in shown)


def test_quote_is_short_and_harmless() -> None:
    assert quote("适时") == "“适时”"
    assert quote("甲" * 31) == "“" + "甲" * 29 + "…”"
    assert quote("\x1b[31m\n") == "“\\u{1b}[31m ”"
    assert width(quote("\u202e字" * 100_000)) <= 62


def test_fold_width_is_for_ascii_forms_only() -> None:
    wide = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
    assert fold_width(wide) == "".join(chr(code) for code in range(0x21, 0x7F))
    assert fold_width("甲\u3000①ﬁ。") == "甲 ①ﬁ。"


@given(text=st.text() | st.text(alphabet="学创a1，。“”—…·\u3000（）é⭐\ufe0f\u200d👨\n\t"))
def test_width_is_that_of_rich(text: str) -> None:
    assert width(text) == cell_len(text)


def test_every_character_is_as_wide_as_rich_says() -> None:
    assert [c for c in map(chr, range(0x20000)) if width(c) != cell_len(c)] == []


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [("学创", "学创  ", "  学创"), ("学创台账", "学创台账", "学创台账"), ("", "      ", "      ")],
)
def test_pad_fills_and_never_cuts(text: str, left: str, right: str) -> None:
    assert (pad(text, 6), pad(text, 6, right=True)) == (left, right)


@pytest.mark.parametrize(
    ("text", "cells", "clipped"),
    [
        *[("学创台账", 8, "学创台账"), ("学创台账", 7, "学创台…"), ("学创台账", 6, "学创…"), ("abc", 2, "a…")],
        *[("学创", 1, "…"), ("学创", 0, ""), ("", 0, ""), ("e\u0301e\u0301e\u0301", 2, "e\u0301…")],
    ],
)
def test_clip(text: str, cells: int, clipped: str) -> None:
    assert clip(text, cells) == clipped


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 10, [""]),
        ("学创台账", 8, ["学创台账"]),
        ("学创台账", 7, ["学创台", "账"]),
        ("第一行\n\n第二行", 10, ["第一行", "", "第二行"]),
        ("制定方案，报审定", 8, ["制定方", "案，报审", "定"]),
        ("制定方案,报审定", 8, ["制定方", "案,报审", "定"]),
        ("召开《方案》会议", 8, ["召开《方", "案》会议"]),
        ("召开会《方案》", 8, ["召开会", "《方案》"]),
        ("他说：“好”。完", 6, ["他说：", "“好”。", "完"]),
        ("完成率达到25%以上", 12, ["完成率达到", "25%以上"]),
        ("学习ledger手册", 10, ["学习ledger", "手册"]),
        ("学习ledger手册", 9, ["学习", "ledger手", "册"]),
        ("read the manual first", 10, ["read the", "manual", "first"]),
        ("甲  乙丙", 4, ["甲", "乙丙"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("abcd。", 4, ["abc", "d。"]),
        ("甲——乙", 4, ["甲——", "乙"]),
        ("don’t go", 5, ["don’t", "go"]),
        ("，，，，", 4, ["，，", "，，"]),
        ("学创", 1, ["学", "创"]),
        ("学创", 0, ["学", "创"]),
        ("e\u0301" * 3, 2, ["e\u0301" * 2, "e\u0301"]),
        ("👨\u200d👩\u200d👧学", 2, ["👨\u200d👩\u200d👧", "学"]),
        ("    学创台账", 4, ["学创", "台账"]),
        ("学创 ，台账", 6, ["学", "创 ，", "台账"]),
        ("学《  创》", 8, ["学", "《  创》"]),
        ("平台Digital-Twin-Infrastructure", 16, ["平台", "Digital-Twin-", "Infrastructure"]),
        ("A/BBBBBBBBBBBBBBBBBB", 10, ["A/", "BBBBBBBBBB", "BBBBBBBB"]),
    ],
)
def test_wrap(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


MIXED = st.text(alphabet="学创台账方案ab12 \n" + CLOSING + OPENING, max_size=60)


@given(text=MIXED | st.text(max_size=40), cells=st.integers(2, 30))
def test_wrap_loses_nothing_and_keeps_to_the_width(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    blankless = str.maketrans("", "", " \t\u3000\n")
    assert "".join(lines).translate(blankless) == text.translate(blankless)
    for line in lines:
        assert width(line) <= cells
        assert "\n" not in line


@given(
    phrases=st.lists(
        st.builds(
            "{}{}{}".format,
            st.text(alphabet=OPENING, max_size=2),
            st.sampled_from(["学", "创台账", "2013", "工作 清单"]),
            st.text(alphabet=CLOSING, max_size=2),
        )
    )
)
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(phrases: list[str]) -> None:
    lines = wrap("起".join(["", *phrases, "止"]), 16)
    assert not [line for line in lines if line[0] in CLOSING or line[-1] in OPENING]


@given(words=st.lists(st.text(alphabet="abc123-/.", min_size=1, max_size=12), min_size=1))
def test_words_stay_whole(words: list[str]) -> None:
    text = "起" + "学".join(words)
    assert {word for line in wrap(text, 30) for word in line.replace("起", "学").split("学")} >= set(words) - {""}


@pytest.mark.parametrize("unit", ["(", ")", "a", "a ", " ", "学", "，", "\u0301", "\u200d", "《a"])
def test_wrap_of_long_monotony_ends(unit: str) -> None:
    lines = wrap(unit * 100_000, 40)
    assert sum(line.count(unit[0]) for line in lines) == (0 if unit == " " else 100_000)


@pytest.mark.parametrize("text", ["=1", " =1", "\u3000@x", "-3", "'=1", "''+1", "' =1", "＝1", "\n+1"])
def test_what_a_spreadsheet_would_run_is_led_by_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["1-2", "'引'", "a=1", "", "'", "—"])
def test_other_texts_need_no_apostrophe(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(st.text(alphabet="'=+ -@＝ax\t"))
def test_unguarded_gives_back_every_text(text: str) -> None:
    assert unguarded(guarded(text)) == text


SECRET = "tOp5ecret"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://u:{}@h/db",
        "postgresql+psycopg://u:{}@h:5432/db?sslmode=require",
        "POSTGRESQL://U:{}@H/DB",
        "postgres://u:{}@h",
        "mysql://u:{}@h/",
        "https://u:{}@h/x",
        "postgresql://u:a@{}@h/db",
        "postgresql://u:{}@ss@h/db",
        "postgresql+psycopg://u:p:{}@h:port/x",
        "postgresql://u:{}/w@h/db",
        "postgresql://u:12/{}@h/db",
        "postgresql://u:{}?x#y@h/db",
        "postgresql://u:a b {}@h/db",
        "postgresql://我 的:{}@h/db",
        "postgresql://u@home:{}@h/db",
        "postgresql://u%40x:{}%3A%2F@h/db",
        "postgresql://:{}@h/db",
        "postgresql://u:{}@/db",
        "postgresql://u:{}@",
        "postgresql://u:{}",
        "postgresql://u:{}@[::1]:5432/db",
        "postgresql://u:{}@h1:1,h2:2/db",
        "postgresql:/u:{}@h/db",
        "postgresql:u:{}@h/db",
        "  postgresql://u:{}@h/db",
        "postgresql://u:a\n{}@h/db",
        "postgresql://h/db?password={}",
        "postgresql://h/db?PASSWORD={}&sslpassword={}",
        "postgresql://h/db?user=u&password=a {}&sslmode=require",
        "postgresql://u:{}@h/db?password={}",
        "host=h password={} dbname=d",
        "host=h password='a \\' {}' dbname=d",
        "missing host in postgresql://u:{}@:/db, see postgresql://v:{}@h/x",
        "{{'user': 'u', 'password': '{}', 'host': 'h'}}",
        'invalid dsn: passfile "x" password = "{}"',
        "打不开(postgresql://u:{}@h/db)。请核对地址",
    ],
)
def test_no_password_is_shown(text: str) -> None:
    shown = masked(text.format(SECRET, SECRET))
    assert SECRET not in shown and "***" in shown
    assert masked(shown) == shown
    assert masked(f"台账 {shown} 打不开,请找 a@b.cn") == f"台账 {shown} 打不开,请找 a@b.cn"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有台账 /srv/台账:2013@甲.db",
        "sqlite:////srv/a:b@c.db",
        "postgresql+psycopg://127.0.0.1:5432/ledger",
        "postgresql://[::1]:5432/db",
        "postgresql+psycopg://用户名:密码@主机:端口/库名",
        "会议 10:30 开始,联系 a@b.cn",
        "密码=见通知",
        "错误:第3行:见 http://oa.cn/a?b=1。",
    ],
)
def test_what_holds_no_password_is_shown_as_it_is(text: str) -> None:
    assert masked(text) == text


def test_what_is_left_of_an_address() -> None:
    assert masked("postgresql://u:p@ss@h:1/db?x=1") == "postgresql://u:***@h:1/db?x=1"
    assert masked("postgresql://h/db?password=p&x=1") == "postgresql://h/db?password=***&x=1"
    assert masked("host=h password=p dbname=d") == "host=h password=*** dbname=d"


@pytest.mark.parametrize(
    "text", ["a.", "a:/", "a://b:", "a://u:***@", "postgres:", 'password="', "?password=", "pwd  "]
)
def test_a_long_text_is_looked_through_once(text: str) -> None:
    """Patterns that go back and forth would take minutes over this, and the suite its patience."""
    assert len(masked(text * 100_000 + "@" + text * 100_000)) > 0


def test_marks_for_none_hold_in_any_column() -> None:
    assert [says_none(text) for text in ("", "无", "／", "—", "暂无", "无问题", "无锡市", "0")] == [True] * 5 + [
        False
    ] * 3


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("甲", ["甲"]),
        ("甲、乙,丙，丁", ["甲", "乙", "丙", "丁"]),
        (" 甲 、、 乙, ", ["甲", "乙"]),
        ("各乡(镇、街道)党委,“一办、两组”", ["各乡(镇、街道)党委", "“一办、两组”"]),
        ("甲)、乙(、丙", ["甲)", "乙(、丙"]),
        ("", []),
        ("、", []),
    ],
)
def test_a_list_is_parted_outside_brackets(typed: str, parts: list[str]) -> None:
    assert listed(typed) == parts
