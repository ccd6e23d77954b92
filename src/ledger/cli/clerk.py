"""What is said to the clerk beside the result, and what is asked at the terminal."""

import sys
from collections.abc import Collection, Iterable
from itertools import islice
from pathlib import Path

import typer

from ledger.base.asking import Question
from ledger.base.text import fold_width, visible

MOST_REMARKS = 20
_ANSWERS = {
    "": False,
    "n": False,
    "no": False,
    "否": False,
    "不": False,
    "y": True,
    "yes": True,
    "是": True,
    "对": True,
}


def tell(remarks: Collection[str]) -> None:
    """Say beside the result what is to be known of it; of very many only the first are read."""
    for remark in islice(remarks, MOST_REMARKS):
        typer.echo(remark, err=True)
    if len(remarks) > MOST_REMARKS:
        typer.echo(f"另有 {len(remarks) - MOST_REMARKS} 条提示", err=True)


def tell_written(output: Path | None) -> None:
    """Say that the result is in its file, if it went to one: nothing else shows that anything was done."""
    from ledger.render.output import STDOUT

    if output is not None and output != STDOUT:
        typer.echo(f"已写出 {visible(str(output))}", err=True)


def can_ask() -> bool:
    """Whether somebody sits there: questions are read where they are typed, and shown where messages go."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def answered(questions: Iterable[Question]) -> dict[Question, bool]:
    """What the clerk says to each. Raises `KeyboardInterrupt` where the input ends instead: nothing is written then."""
    return {question: _answer(question) for question in questions}


def _answer(question: Question) -> bool:
    prompt = f"{question.doubt}。{question.asked}(y 是,回车 否:{question.otherwise})"
    while True:
        typer.echo(prompt, err=True, nl=False)
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        if (answer := meant(line)) is not None:
            return answer


def meant(line: str) -> bool | None:
    """What a clerk who typed this says to a question: yes, no, or nothing that can be understood."""
    return _ANSWERS.get(fold_width(line).strip().lower())
