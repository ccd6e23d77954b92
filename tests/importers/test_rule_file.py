"""Scoring rule files: what they may say, and that anything else is refused with its key and line."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue, LedgerError, NotFound
from ledger.importers.rule_file import LIMIT, read_rule
from ledger.model.scoring import EVENTS, UNNAMED, Rule

BASE = "base = 100\n[points]\n"


def of(folder: Path, text: str) -> Rule:
    path = folder / "办法.toml"
    path.write_text(text, "utf-8")
    return read_rule(path)


def test_all_keys(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        'name = "考核办法"\nbase = 80.5\ncap = 100\nfloor = 0\nmin_items = 3\nlisted = 2\nearly_days = 5\n'
        'exclude = ["督查室", "办公室"]\nby_group = "片区"\npoints = { late = -2.50, lead = 2 }\n',
    )
    points = {"lead": Decimal(2), "late": Decimal("-2.5")}
    out = ("督查室", "办公室")
    assert found == Rule("考核办法", Decimal("80.5"), points, Decimal(100), Decimal(0), 3, 2, 5, out, "片区")
    assert [*found.points] == ["lead", "late"]


def test_the_offices_words_stand_for_the_keys(tmp_path: Path) -> None:
    assert of(tmp_path, '"基础分" = 60\n["分值"]\n"主办办结" = 3\nlate = -1\n') == Rule(
        UNNAMED, Decimal(60), {"lead": Decimal(3), "late": Decimal(-1)}
    )
    said = "".join(f'"{event.label}" = {event.sign}\n' for event in EVENTS.values())
    assert [*of(tmp_path, BASE + said).points] == [*EVENTS]


REFUSED = [
    ("bsae = 1\n", "第1行的“bsae”不认识", "相近的有 base"),
    (BASE + "\n# lead = 1\nlaed = 2\n", "第5行的“laed”不认识", "相近的有 lead"),
    (BASE + '"主办办完" = 2\n', "第3行的“主办办完”不认识", "相近的有 主办办结"),
    (BASE + "甲 = 2\n", "第3行第1个字符不合 TOML 的写法", "键名写中文的要加引号"),
    (BASE + "late = 5\n", "第3行的“late”是扣分,写负数", "如 late = -5"),
    (BASE + '"主办办结" = -2\n', "第3行的“主办办结”是加分,写正数", "如 lead = 2"),
    (BASE + "lead = 1001\n", "第3行的“lead”的值超出了", ""),
    (BASE + "lead = inf\n", "第3行的“lead”的值超出了", ""),
    (BASE + "late = 1e-99999999\n", "第3行的“late”的值多于两位小数", ""),
    (BASE + "lead = 0.125\n", "多于两位小数", ""),
    (BASE + "lead = true\n", "第3行的“lead”的值不是数", ""),
    (BASE + 'lead = "2"\n', "第3行的“lead”的值不是数", ""),
    (BASE + "lead = 2013-03-01\n", "第3行的“lead”的值不是数", ""),
    (BASE, "points", "如 [points] 下面一行"),
    ("base = 1\npoints = 3\n", "第2行的“points”要写成一组分值", ""),
    ("base = 1\n", "没有写 points(分值)", ""),
    ("[points]\nlead = 1\n", "没有写 base(基础分)", ""),
    ("cap = 90\n" + BASE + "lead = 1\n", "第1行的“cap”比基础分 100 还低", ""),
    ("floor = 101\n" + BASE + "lead = 1\n", "第1行的“floor”比基础分 100 还高", ""),
    ("min_items = 0\n" + BASE + "lead = 1\n", "第1行的“min_items”的值不对", "请写1到1000的整数"),
    ("listed = 2.0\n" + BASE + "lead = 1\n", "第1行的“listed”的值不对", ""),
    ('exclude = "甲局"\n' + BASE + "lead = 1\n", "第1行的“exclude”要写成单位的名单", ""),
    ("exclude = [1]\n" + BASE + "lead = 1\n", "第1行的“exclude”的值要写成文字", ""),
    ("name = 3\n" + BASE + "lead = 1\n", "第1行的“name”的值要写成文字", ""),
    ('"基础分" = 1\n' + BASE + "lead = 1\n", "写了两次", "请去掉一个"),
    (BASE + "lead = 1\nlead = 2\n", "第4行", ""),
    ("base = " + "[" * 9000, "不合 TOML 的写法", ""),
    ("base = " + "9" * 9000, "不合 TOML 的写法", ""),
    ("#" * (LIMIT + 1), "超过 64 KB", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what", "hint"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, what: str, hint: str) -> None:
    with pytest.raises(BadValue) as caught:
        of(tmp_path, text)
    assert what in caught.value.what and hint in caught.value.hint
    assert caught.value.exit_code == 2 and "\n" not in caught.value.sentence()


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_rule(tmp_path / "无.toml")
    with pytest.raises(NotFound):
        read_rule(tmp_path)
    (tmp_path / "国标.toml").write_bytes("name = '办法'".encode("gb18030"))
    with pytest.raises(BadValue, match="不是 UTF-8"):
        read_rule(tmp_path / "国标.toml")


@given(text=st.text(alphabet='base=[]{}".#\n -1e9_lcapointsd\\主', max_size=60) | st.text(max_size=30))
def test_any_text_is_a_rule_or_is_refused(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "任意.toml"
    path.write_text(text, "utf-8", "surrogateescape")
    try:
        assert read_rule(path).points
    except LedgerError as error:
        assert error.exit_code == 2
