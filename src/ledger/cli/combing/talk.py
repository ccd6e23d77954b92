"""What is asked before an answer can be carried out: line after line, then what is in doubt.

A dialogue is a generator: it yields what it asks, is sent what was typed, and returns the answer (None where there is
nothing to do). The screen and the line-by-line walk drive the same ones.
"""

import re
from collections.abc import Callable, Generator, Sequence
from typing import NamedTuple

from ledger.base.asking import Answers, Question
from ledger.base.errors import LedgerError, StoreUnusable
from ledger.base.text import fold_width, listed
from ledger.cli import clerk
from ledger.cli.combing.walk import Answer, Walk
from ledger.services.combing import Changed


class Ask(NamedTuple):
    """A line to be typed: what it is called, and what stands in it already. An empty one calls the answer off unless it
    `may_be_empty`. `check` is asked on Enter and raises `LedgerError` for what cannot be; `echo` says, while one types,
    what is understood. `offers` may be chosen by their numbers, 1 and on, where it asks for `several` more than one."""

    label: str
    text: str = ""
    may_be_empty: bool = False
    check: Callable[[str], object] | None = None
    echo: Callable[[str], str] | None = None
    offers: Sequence[str] = ()
    several: bool = False

    def meant(self, typed: str) -> str:
        """What was typed, each number that is one of an offer taken for it. Of several, blanks part only what is among
        the offers: a name may have blanks in it."""
        if not self.offers:
            return typed
        if not self.several:
            return self._offered(typed)
        words = [self._offered(word) for word in PARTING.split(typed) if word]
        return "、".join(words if all(word in self.offers for word in words) else map(self._offered, listed(typed)))

    def _offered(self, part: str) -> str:
        number = fold_width(part).strip()
        at = int(number) if re.fullmatch("[0-9]{1,3}", number) else 0
        return self.offers[at - 1] if 0 < at <= len(self.offers) else part

    def following(self, typed: str, stem: str) -> str:
        """What Tab makes of it: the first, or the next, of the offers in which stands what was typed by hand."""
        kept = max((one.end() for one in PARTING.finditer(stem)), default=0) if self.several else 0
        begun = self._offered(stem[kept:])
        fitting = [stem[:kept] + one for one in self.offers if fold_width(begun) in fold_width(one)]
        if not fitting:
            return typed
        return fitting[(fitting.index(typed) + 1) % len(fitting) if typed in fitting else 0]


PARTING = re.compile(r"[、,,;;\s]+")
"""What parts several names that are typed."""

Dialogue = Generator[Ask, str, Answer | None]


class Talk:
    """One dialogue under way, until it is `over`. `text` is what stands in the line to be typed."""

    def __init__(self, walk: Walk, dialogue: Dialogue | Answer | None) -> None:
        self._walk = walk
        self._dialogue = dialogue if isinstance(dialogue, Generator) else None
        self._ask: Ask | None = None
        self._answer: Answer | None = None
        self._answers = Answers(waiting=True)
        self._question: Question | None = None
        self._is_again = False
        self.over = False
        if self._dialogue is None:
            self._carry_out(dialogue if isinstance(dialogue, Answer) else None)
        else:
            self._go_on(lambda running: next(running))

    @property
    def label(self) -> str:
        if self._question is not None:
            doubt, asked, otherwise = self._question
            return f"{doubt}。{asked}(y 是,回车 否:{otherwise})"
        return self._ask.label if self._ask else ""

    @property
    def text(self) -> str:
        return self._ask.text if self._ask and self._question is None else ""

    @property
    def offers(self) -> Sequence[str]:
        """What may be chosen by its number."""
        return self._ask.offers if self._ask and self._question is None else ()

    def following(self, typed: str, stem: str) -> str:
        """What Tab makes of the line; `stem` is what of it was typed by hand."""
        return self._ask.following(typed, stem) if self._ask and self._question is None else typed

    def echo(self, typed: str) -> str:
        """What is understood of what was typed so far."""
        if self._question is not None or self._ask is None or not typed.strip():
            return ""
        meant = self._ask.meant(typed.strip())
        chosen = [f"即 {meant}"] if meant != typed.strip() else []
        return " ".join(chosen + ([said] if self._ask.echo and (said := self._ask.echo(meant)) else []))

    def enter(self, typed: str) -> None:
        """The line was typed."""
        self._walk.say("")
        if self._question is not None:
            self._reply(typed)
        elif self._ask is not None:
            self._take(self._ask, self._ask.meant(typed.strip()))

    def call_off(self) -> None:
        self._walk.say("已放弃,没有登记")
        self.over = True

    def _take(self, ask: Ask, typed: str) -> None:
        if not typed and not ask.may_be_empty:
            self.call_off()
            return
        try:
            if ask.check is not None:
                ask.check(typed)
        except LedgerError as error:
            self._walk.say(error.sentence(), is_error=True)
            self._ask = ask._replace(text=typed)
            return
        self._go_on(lambda running: running.send(typed))

    def _go_on(self, step: Callable[[Dialogue], Ask]) -> None:
        assert self._dialogue is not None  # noqa: S101 - for mypy: only a dialogue goes on
        try:
            self._ask = step(self._dialogue)
        except StopIteration as end:
            self._carry_out(end.value)
        except LedgerError as error:
            self._walk.say(error.sentence(), is_error=True)
            self.over = True

    def _carry_out(self, answer: Answer | None) -> None:
        """Do it; what comes in between is asked, and it is done anew."""
        self._answer, self._question, self._is_again = answer, None, False
        if answer is None:
            self.over = True
            return
        try:
            self._walk.carry_out(answer, self._answers)
        except Changed as changed:
            self._walk.look()
            self._is_again = True
            self._question = Question(f"{changed.what},见上", "仍然照办吗?", "不办")
            return
        except StoreUnusable as error:  # perhaps for now alone: what was typed is not lost for that
            self._is_again = True
            self._question = Question(error.what, "再试一次吗?", "放弃")
            return
        except LedgerError as error:
            self._walk.look()
            self._walk.say(error.sentence(), is_error=True)
        if self._answers.open:
            self._question = self._answers.open.pop(0)
        else:
            self.over = True

    def _reply(self, typed: str) -> None:
        assert self._question is not None  # noqa: S101 - for mypy: only a question is replied to
        if (reply := clerk.meant(typed)) is None:
            return
        if self._is_again and not reply:
            self.call_off()
            return
        if not self._is_again:
            self._answers.given[self._question] = reply
        if self._answers.open:
            self._question = self._answers.open.pop(0)
            return
        self._carry_out(self._answer)
