"""The walk line by line, for terminals that draw nothing and for screen readers: the same keys, by letter or word."""

import shutil
import sys

import typer

from ledger.base.errors import BadValue, LedgerError
from ledger.cli.combing import card
from ledger.cli.combing.keys import Targets, found
from ledger.cli.combing.talk import Talk
from ledger.cli.combing.walk import Walk

_CLEARED = "清空"
"""What is typed where a line that holds something is to be empty."""


def run(walk: Walk) -> None:
    """Ask until the clerk leaves, or the input ends."""
    shown: object = None
    while not walk.over:
        if walk.shown is not shown or shown is None:
            _tell(walk)
            shown = walk.shown
        try:
            if not _once(walk):
                return
        except LedgerError as error:
            walk.say(error.sentence(), is_error=True)
        if walk.message:
            typer.echo(walk.message)
            walk.say("")


def _cells() -> int:
    return min(shutil.get_terminal_size().columns, 100)


def _tell(walk: Walk) -> None:
    cells = _cells()
    lines = [*card.heading(walk, cells)[:1], *card.here(walk, cells)]
    typer.echo("\n" + "\n".join(card.plain(lines)))


def _once(walk: Walk) -> bool:
    """One key or word, and what may follow it on its line answers the first that it asks; False at the input's end."""
    targets = Targets(walk.targeted(), bool(walk.marked))
    chosen = [f"下面各键办选中的 {len(targets.tasks)} 件"] if targets.marked else []
    typed = _line("\n".join([*chosen, *card.hints(targets, _cells()), "键或词:"]))
    if typed is None:
        return False
    word, _, rest = typed.strip().partition(" ")
    key = found(word or " ", targets)
    if key is None:
        raise BadValue(f"没有“{word[:20]}”这个键", "请写上面列出的键或词")
    result = key.calls(walk)
    if result is None:
        return True
    talk = Talk(walk, result)
    if rest.strip() and not talk.over:
        talk.enter(rest)
    return _talk(walk, talk)


def _talk(walk: Walk, talk: Talk) -> bool:
    while not talk.over:
        if walk.message:
            typer.echo(walk.message)
        held = f"〔现为 {talk.text};回车不改,写{_CLEARED}即清空〕" if talk.text else ""
        chosen = f"可选:{offered}\n" if (offered := card.offers(talk.offers)) else ""
        typed = _line(f"{chosen}{talk.label}{held}:")
        if typed is None:
            return False
        text = typed.strip()
        if echo := talk.echo(text):
            typer.echo(echo)
        talk.enter(talk.text if not text else "" if text == _CLEARED and talk.text else text)
    return True


def _line(prompt: str) -> str | None:
    """What is typed, None at the input's end."""
    typer.echo(prompt, nl=False)
    sys.stdout.flush()
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        raise BadValue("输入里有无法解码的字节", "请检查终端的字符编码") from None
    return line if line else None
