"""What a command is in doubt of, and what its clerk answered.

A doubt is put to the clerk where one can answer; everywhere else it is told, and the cautious course is taken. Nobody
is waited for while the ledger is locked: the work goes on as if the answer were no, is given up, and is done anew with
the answers (`cli.context.Context.asking`).
"""

from typing import NamedTuple

from ledger.base.errors import BadValue


class Question(NamedTuple):
    """A doubt (「没有单位“县水务局”,已有“县水利局”」), what is asked of it (「改为“县水利局”吗?」), and what is done
    where the answer is no, or nobody answers (「照写登记」)."""

    doubt: str
    asked: str
    otherwise: str


class Answers:
    """The answers so far. `strict`: a doubt is refused; `waiting`: a clerk is there to answer what is `open`."""

    def __init__(self, *, strict: bool = False, waiting: bool = False) -> None:
        self.strict, self.waiting = strict, waiting
        self.open: list[Question] = []
        self.given: dict[Question, bool] = {}

    def to(self, question: Question) -> bool | None:
        """What was answered; None where it was not, nor will be: the cautious course is to be told then.

        Raises `BadValue` for any doubt under `strict`.
        """
        if self.strict:
            raise BadValue(question.doubt, "请写准确后重试;确实无误的,去掉 --strict")
        if question in self.given:
            return self.given[question]
        if not self.waiting:
            return None
        if question not in self.open:
            self.open.append(question)
        return False
