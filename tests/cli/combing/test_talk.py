"""What is meant by what was typed where something may be chosen."""

import pytest

from ledger.cli.combing.talk import Ask

UNITS = ("综合组", "省委 办公厅", "宣传组", "各乡(镇、街道)")
ONE, SEVERAL = Ask("甲", offers=UNITS), Ask("甲", offers=UNITS, several=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2", "省委 办公厅"), ("３", "宣传组"), ("0", "0"), ("5", "5"), ("1 3", "1 3"), ("3月底", "3月底"), ("", "")],
)
def test_one(typed: str, meant: str) -> None:
    assert ONE.meant(typed) == meant
    assert Ask("甲").meant(typed) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 3", "综合组、宣传组"),
        ("3、1", "宣传组、综合组"),
        ("综合组 3", "综合组、宣传组"),
        ("省委 办公厅", "省委 办公厅"),
        ("省委 办公厅,1", "省委 办公厅、综合组"),
        ("新的 单位、2", "新的 单位、省委 办公厅"),
        ("各乡(镇、街道)、1", "各乡(镇、街道)、综合组"),
        ("", ""),
        ("、", ""),
        ("9", "9"),
    ],
)
def test_several(typed: str, meant: str) -> None:
    assert SEVERAL.meant(typed) == meant


@pytest.mark.parametrize(
    ("stems", "ask"),
    [
        (("", "综合组", "省委 办公厅", "宣传组", "各乡(镇、街道)", "综合组"), ONE),
        (("组", "综合组", "宣传组", "综合组"), ONE),
        (("2", "省委 办公厅", "省委 办公厅"), ONE),
        (("没有", "没有"), ONE),
        (("1、宣", "1、宣传组"), SEVERAL),
        (("1 ", "1 综合组", "1 省委 办公厅"), SEVERAL),
    ],
)
def test_tab_goes_through_what_fits(stems: tuple[str, ...], ask: Ask) -> None:
    stem, *following = stems
    typed = stem
    for expected in following:
        typed = ask.following(typed, stem)
        assert typed == expected
