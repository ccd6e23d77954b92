"""The saved lists: every option of `list` is kept and used without being named here a second time."""

import inspect
import json
from pathlib import Path

import pytest

from ledger.base import settings
from ledger.cli import lists, views
from tests.conftest import Book, Clerk

VALUES = {"--status": "closed", "--due": "本周", "--stale": "4周", "--sort": "code", "--limit": "3"}
PRINTED = {"ctx", "name", "drop", "as_of", "format", "output"}


def filters() -> list[tuple[str, bool]]:
    """The options by which `list` filters, each with whether it is a flag."""
    parameters = inspect.signature(lists.list_).parameters
    found = [(name, one) for name, one in parameters.items() if name not in PRINTED]
    return [(f"--{name.strip('_').replace('_', '-')}", one.default is False) for name, one in found]


@pytest.fixture
def office(book: Book, clerk: Clerk) -> Clerk:
    """The clerk of a ledger of three tasks, who names it in the settings."""
    for title, unit, more in (
        ("甲", "综合组", {"due": "2013-03-20", "owner": "李四"}),
        ("乙", "宣传组", {"due": "2013-03-15"}),
        ("丙", "督导组", {"due": "2013-05-03"}),
    ):
        book.post("add", title=title, unit=unit, on="2013-03-01", **more)
    assert clerk("config", "set", "db", str(book.location.path)).code == 0
    return clerk


def titles(clerk: Clerk, *words: str) -> list[str]:
    answer = clerk("list", *words, "--format", "json")
    assert answer.code == 0, answer.err
    return [task["title"] for task in json.loads(answer.out)]


@pytest.mark.parametrize(("option", "is_flag"), filters(), ids=lambda one: str(one))
def test_each_option_of_list_is_kept_and_used(clerk: Clerk, tmp_path: Path, option: str, is_flag: bool) -> None:
    words = [option] if is_flag else [option, VALUES.get(option, "某某")]
    answer = clerk("config", "view", "我的", *words)
    assert (answer.code, answer.out) == (0, f"已存下常用清单“我的”:{' '.join(words)}\n")
    assert settings.load(tmp_path / "settings.json") == {"view:我的": " ".join(words)}


def test_the_options_of_both_are_the_same() -> None:
    taken = inspect.signature(views.view).parameters
    wanted = inspect.signature(lists.list_).parameters
    assert {name: wanted[name] for name in wanted if name not in PRINTED}.items() <= dict(taken).items()


def test_what_is_typed_takes_the_place_of_what_is_kept_or_narrows_it(office: Clerk) -> None:
    office("config", "view", "我的", "--unit", "综合组、宣传组", "--sort", "title")
    assert titles(office, "我的") == ["乙", "甲"]
    assert titles(office, "我的", "--unit", "督导组") == ["丙"]
    assert titles(office, "我的", "--overdue") == ["乙"]
    assert titles(office, "我的", "--owner", "李四") == ["甲"]
    assert titles(office, "我的", "--sort", "due") == ["乙", "甲"]
    assert titles(office, "我的", "--limit", "0") == []


def test_several_values_blanks_and_quotes_come_back_as_they_were_typed(office: Clerk, book: Book) -> None:
    book.post("add", title="说 'a b'\\\"", unit="综合组", on="2013-03-01")
    office("config", "view", "难", "-u", "综合组", "-u", "宣传组", "--grep", "'a b'\\\"")
    assert titles(office, "难") == ["说 'a b'\\\""]
    (kept,) = json.loads(office("config", "view", "--format", "json").out)
    assert kept == {"name": "难", "options": ["--unit", "综合组", "--unit", "宣传组", "--grep", "'a b'\\\""]}


def test_a_period_is_understood_on_the_day_of_use(office: Clerk) -> None:
    office("config", "view", "近", "--due", "本周")
    assert titles(office, "近") == ["甲"]
    answer = office("--today", "2013-04-29", "list", "近")
    assert "丙" in answer.out
    assert "2013年4月29日—5月5日到期" in answer.out


def test_units_are_looked_up_on_use(office: Clerk) -> None:
    assert office("config", "view", "新", "--unit", "县水利局").code == 0
    answer = office("list", "新")
    assert (answer.code, answer.out) == (4, "")
    assert "县水利局" in answer.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--status", "没有"), 2, "--status 没有“没有”这一项"),
        (("--sort", "没有"), 2, "--sort 没有“没有”这一项"),
        (("--due", "5月15日至5月1日"), 2, "的止期早于起期"),
        (("--stale", "很久"), 2, "读不懂"),
        (("--limit", "-3"), 2, "超出范围"),
        (("--unit", " "), 2, "是空的"),
        (("--grep", "长" * 501), 2, "最多500个字"),
        (("--foo",), 2, "没有选项“--foo”"),
        (("--as-of", "2013-03-01"), 2, "没有选项“--as-of”"),
        (("--overdue", "--format", "csv"), 2, "不带别的选项"),
        (("--overdue", "--remove"), 2, "不带别的选项"),
        (("--remove",), 4, "没有常用清单“我的”"),
        ((), 4, "没有常用清单“我的”(还没有存过)"),
    ],
)
def test_what_list_would_refuse_is_refused_when_it_is_saved(
    clerk: Clerk, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = clerk("config", "view", "我的", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--overdue",), "没有写清单的名称"),
        (("--remove",), "没有写清单的名称"),
        (("-1", "--overdue"), "以横线开头"),
        (("长" * 31, "--overdue"), "最多30个字"),
        (("", "--overdue"), "不能为空"),
        (("两\n行", "--overdue"), "名称里有"),
    ],
)
def test_a_name_that_will_not_do_is_refused(clerk: Clerk, words: tuple[str, ...], said: str) -> None:
    answer = clerk("config", "view", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_blanks_of_a_name_are_no_difference(office: Clerk, tmp_path: Path) -> None:
    assert office("config", "view", " 我的  单 ", "--overdue").out == "已存下常用清单“我的  单”:--overdue\n"
    assert titles(office, "我的 单") == titles(office, "　我的 单") == ["乙"]
    assert office("config", "view", "我的 单", "--undated").out == "已改存常用清单“我的  单”:--undated\n"
    assert list(settings.views(settings.load(tmp_path / "settings.json"))) == ["我的  单"]


def test_a_list_is_saved_anew_and_removed_in_any_width(clerk: Clerk, tmp_path: Path) -> None:
    clerk("config", "set", "actor", "李四")
    clerk("config", "view", "A1", "--overdue")
    assert clerk("config", "view", "Ａ１", "--key").out == "已改存常用清单“A1”:--key\n"
    assert clerk("config", "view", "Ａ１", "--remove").out == "已删去常用清单“A1”\n"
    assert settings.load(tmp_path / "settings.json") == {"actor": "李四"}


@pytest.mark.parametrize(
    "kept", ["--foo", "--status 没有这种", "别的 --overdue", "'没有写完", "--limit x", "--due 不知何时"]
)
def test_what_a_hand_spoilt_is_told_by_its_name(office: Clerk, tmp_path: Path, kept: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"view:坏": kept}), "utf-8")
    answer = office("list", "坏")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("错误:")
    assert office("config", "view").code == 0
    assert office("config", "view", "坏", "--key").code == 0
    assert titles(office, "坏") == []
