"""A place in the tokens of a deadline: looking ahead, taking, and saying where the grammar stumbled."""

from collections.abc import Callable
from typing import TypeVar

from ledger.dates.expression import Moment, Setting
from ledger.dates.lexer import Token, lex

Found = TypeVar("Found")


class Stumble(Exception):
    """The grammar does not take the text; `at` is the place of the token that it stumbled on."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class Cursor:
    """What every rule is handed: the tokens, the place reached, the setting that they are read in.

    `others` collects the further moments of a list (5、9月), of which a rule gives back the first.
    """

    def __init__(self, text: str, setting: Setting) -> None:
        self.source = text.strip()
        self.tokens = lex(text)
        self.at = 0
        self.setting = setting
        self.others: list[Moment] = []

    @property
    def text(self) -> str:
        return self.tokens[self.at].text

    def kind(self, ahead: int = 0) -> str:
        """The kind of the token so far ahead, "" at the end and beyond."""
        at = self.at + ahead
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def sees(self, *kinds: str) -> bool:
        """Whether the next tokens are of these kinds; each may be several, parted by |."""
        return all(self.kind(n) in kind.split("|") for n, kind in enumerate(kinds))

    def shared_unit(self) -> str:
        """The unit of the number here or after 第, or of the list or span of numbers that share one: 月 of 2、3月份."""
        ahead = 1 if self.sees("number") else 2
        while self.kind(ahead) in ("至", "和") and self.kind(ahead + 1) == "number":
            ahead += 2
        return self.kind(ahead)

    def take(self, *kinds: str) -> Token | None:
        """The next token if it is of one of the kinds, else None, and nothing is taken."""
        token = self.tokens[self.at]
        if token.kind not in kinds or not token.kind:
            return None
        self.at += 1
        return token

    def expect(self, *kinds: str) -> Token:
        token = self.take(*kinds)
        if token is None:
            raise self.stumble()
        return token

    def number(self, digits: int = 4, low: int = 0) -> int:
        """A number of at most so many digits and at least `low`."""
        token = self.tokens[self.at]
        if token.kind != "number" or len(token.text) > digits or token.value < low:
            raise self.stumble()
        self.at += 1
        return token.value

    def link(self, kinds: str) -> None:
        """Take a 的 before one of the kinds: 每月的1日, 本月的最后一天."""
        if self.sees("的", kinds):
            self.at += 1

    def skip(self, *kinds: str) -> None:
        while self.take(*kinds):
            pass

    def follows(self, spellings: tuple[str, ...]) -> bool:
        """Whether one of the spellings is what comes next."""
        return self.source[self.tokens[self.at].at :].startswith(spellings)

    def typed(self, first: int, last: int | None = None) -> str:
        """What was typed from the token `first` up to `last`, this one by default, without what only leads up to it."""
        tokens = self.tokens[first : self.at if last is None else last]
        while len(tokens) > 1 and tokens[0].kind in ("lead", "和", ":"):
            del tokens[0]
        return "".join(token.text for token in tokens)

    def written(self, first: int, last: int) -> str:
        """The same as it stands, without the punctuation around it."""
        while self.tokens[first].text in (*",、;/", ":", ")"):
            first += 1
        while self.tokens[last - 1].text in (*",、;/", ":", "("):
            last -= 1
        return self.source[self.tokens[first].at : self.tokens[last - 1].end]

    def tried(self, rule: Callable[["Cursor"], Found]) -> Found | None:
        """What the rule finds here; None where it stumbles, and nothing is taken or noted."""
        mark, noted, others = self.at, len(self.setting.notes), len(self.others)
        try:
            return rule(self)
        except Stumble:
            self.at = mark
            del self.setting.notes[noted:], self.others[others:]
            return None

    def stumble(self, at: int | None = None) -> Stumble:
        return Stumble(self.tokens[self.at if at is None else at].at)
