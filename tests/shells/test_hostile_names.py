"""Names from other people's sheets under Tab: none is run, and the one accepted reaches the program as it stands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.base.text import clean
from ledger.cli.shells.install import install
from tests.conftest import Book, examples
from tests.shells.terminal import FORMER, Terminal

pytestmark = pytest.mark.shells

SHELLS = ("bash", "zsh", "fish")
NAMES = [
    "综合 组",
    "组;touch canary;",
    "$(touch canary)组",
    "`touch canary`",
    '组"$(touch canary)"',
    "组'$(touch canary)'",
    "组\\$(touch canary)\\",
    "组\\\\\"$(touch canary)\\'",
    "组&touch canary&",
    "组|touch canary|",
    "组(touch canary)",
    "<(touch canary)",
    ">canary",
    "*(e:'touch canary':)",
    "${(e):-$(touch canary)}",
    "组!touch!!!$",
    "!touch",
    "~root",
    "~",
    "=touch",
    "*",
    "[a-z]?{x,y}^#",
    "#组",
    ".组",
    "%1 %F{red}%n",
    "甲:乙::丙",
    "a=b@c,d",
    "-x",
    "--help",
    "“组”\u3000（外联）",
    "组 \u00a0两",
    "👩\u200d💻组",
    "长 " * 49 + "尾",
]
"""Each as the only unit of a ledger."""

TITLES = [{"title": f"题目{name}", "code": f"{number}:{''.join(name.split())}"} for number, name in enumerate(NAMES)]


def offered(shell: str, opening: str, name: str) -> bool:
    """Two cannot be written so that the shell leaves them alone: `~` in front in fish, `!` in double quotes in bash.
    And fish keeps back, as it does hidden files, what begins with a dot until a dot is typed."""
    if shell == "fish":
        return not name.startswith(("~", ".")) or opening.endswith("=")
    return not (shell == "bash" and opening.endswith('"') and "!" in name)


def accepted(shell: Terminal, before: str) -> list[str]:
    """What the program receives after this was typed, Tab pressed, then Enter."""
    shell.type(f"{before}\t")
    shell.type("\r")
    return shell.received()


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("opening", ["--unit ", '--unit "', "--unit '", "--unit="])
def test_a_unit_is_one_word(
    terminal: Callable[..., Terminal], ledger: Callable[..., Book], shell: str, opening: str
) -> None:
    at = terminal(shell)
    for number, name in enumerate(NAMES):
        if not offered(shell, opening, name):
            continue
        ledger(f"{number}.db", {"unit": name})
        words = accepted(at, f"ledger --db {number}.db list {opening}")
        told = [f"--unit={name}"] if opening == "--unit=" else ["--unit", name]
        assert words == ["--db", f"{number}.db", "list", *told]
        at.wait_for("2013-001")


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("name", [".组", "..", "../组 两"])
def test_a_name_that_begins_with_a_dot(
    terminal: Callable[..., Terminal], ledger: Callable[..., Book], shell: str, name: str
) -> None:
    ledger("a.db", {"unit": name})
    assert accepted(terminal(shell), "ledger --db a.db list --unit .")[-1] == name


@pytest.mark.parametrize("shell", SHELLS)
def test_as_installed(
    terminal: Callable[..., Terminal],
    ledger: Callable[..., Book],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    shell: str,
) -> None:
    """A new shell loads the script by itself, and completes at the first Tab."""
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    install(shell)
    ledger("a.db", {"unit": NAMES[2]})
    assert accepted(terminal(shell, None), "ledger --db a.db list --unit ")[-1] == NAMES[2]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("option", ["owner", "activity", "stage"])
def test_other_names_are_too(
    terminal: Callable[..., Terminal], ledger: Callable[..., Book], shell: str, option: str
) -> None:
    name = "甲 \"'$(touch canary)`touch canary`;touch canary"
    ledger("a.db", {option: name})
    assert accepted(terminal(shell), f"ledger --db a.db list --{option} 甲") == [
        "--db",
        "a.db",
        "list",
        f"--{option}",
        name,
    ]


@pytest.mark.parametrize("shell", SHELLS)
def test_all_at_once_are_listed_and_one_is_chosen(
    terminal: Callable[..., Terminal], ledger: Callable[..., Book], shell: str
) -> None:
    ledger("a.db", *TITLES)
    at = terminal(shell)
    at.type("ledger --db a.db show \t\t")
    listed = at.wait_for("24:")
    assert "题目" in listed, "with their titles"
    if shell == "bash":
        at.type("5\\:\t\r")
        assert at.received()[-1] == TITLES[5]["code"]
        return
    at.type("\t\t\r\r")
    assert at.received()[-1] in {task["code"] for task in TITLES}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_series_with_its_title(terminal: Callable[..., Terminal], ledger: Callable[..., Book], shell: str) -> None:
    ledger("a.db", {"title": '每季"$(touch canary)`touch canary`\\', "due": "每季度", "until": "2013-12-31"})
    at = terminal(shell)
    at.type("ledger --db a.db series show \t\t\r")
    assert at.received() == ["--db", "a.db", "series", "show", "1"]


@pytest.mark.parametrize("shell", SHELLS)
def test_scripts_of_earlier_versions_run_nothing(
    terminal: Callable[..., Terminal], ledger: Callable[..., Book], shell: str
) -> None:
    ledger("a.db", *TITLES, *({"unit": name} for name in NAMES))
    ledger("b.db", {"unit": "综合组", "title": TITLES[2]["title"], "code": "甲1"})
    at = terminal(shell, FORMER)
    for words in ("list --unit ", 'list --unit "', "list --unit '", "show ", "show 5"):
        at.type(f"ledger --db a.db {words}\t\t")
        at.type("\x15\x15")
        at.type("printf 'go%s\\n' on\r")
        at.wait_for("goon")
    assert accepted(at, "ledger --db b.db list --unit ")[-1] == "综合组"
    assert accepted(at, "ledger --db b.db show ")[-1] == "甲1"


def fit(text: str) -> bool:
    try:
        return clean(text, "", limit=100) == text
    except BadValue:
        return False


@pytest.mark.parametrize("shell", SHELLS)
def test_any_name_reaches_the_program(
    terminal: Callable[..., Terminal], ledger: Callable[..., Book], shell: str
) -> None:
    at, made = terminal(shell), iter(range(1000))

    @settings(examples(25), database=None)
    @given(
        st.text(st.one_of(st.sampled_from(" !\"#$%&'()*;<=>?[\\]^`{|}~组"), st.characters()), min_size=1).filter(fit)
    )
    def holds(name: str) -> None:
        if not offered(shell, "--unit ", name):
            return
        number = next(made)
        ledger(f"{number}.db", {"unit": name})
        assert accepted(at, f"ledger --db {number}.db list --unit ")[-1] == name

    holds()
