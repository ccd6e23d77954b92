"""What a command is in doubt of: told, asked or refused."""

import pytest

from ledger.base.asking import Answers, Question
from ledger.base.errors import BadValue

NEAR = Question("没有单位“县水务局”,已有“县水利局”", "改为“县水利局”吗?", "照写登记")


def test_where_nobody_can_be_asked_there_is_no_answer() -> None:
    answers = Answers()
    assert answers.to(NEAR) is None
    assert not answers.open


def test_a_clerk_who_is_there_is_asked_once_and_answers() -> None:
    answers = Answers(waiting=True)
    assert answers.to(NEAR) is False
    assert answers.to(NEAR) is False
    assert answers.open == [NEAR]
    answers.given[NEAR] = True
    assert answers.to(NEAR) is True


def test_strict_refuses_a_doubt_even_where_a_clerk_is_there() -> None:
    with pytest.raises(BadValue, match="县水务局"):
        Answers(strict=True, waiting=True).to(NEAR)
