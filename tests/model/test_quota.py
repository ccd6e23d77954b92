"""Quotas: kept as JSON text, met at the lower bound."""

from typing import Any

import pytest

from ledger.dates.meaning import Quota
from ledger.model.quota import demand_words, progress_words, quota_met, quota_object, quota_of, quota_text

LEAST_3 = '{"least":3,"most":null,"counter":"条"}'
ONE_OR_TWO = '{"least":1,"most":2,"counter":"次"}'


@pytest.mark.parametrize(("asked", "text"), [(Quota(3, None, "条"), LEAST_3), (Quota(1, 2, "次"), ONE_OR_TWO)])
def test_what_a_deadline_asks_for_is_kept_and_read_back(asked: Quota, text: str) -> None:
    assert quota_text(asked) == text
    assert quota_of(text) == asked


@pytest.mark.parametrize("text", ["", "3", "[]", "{}", "null", '{"least":"3","most":null,"counter":"条"}', "三条", "{"])
def test_a_text_that_is_no_quota(text: str) -> None:
    with pytest.raises(ValueError):
        quota_of(text)


@pytest.mark.parametrize(
    ("quota", "tally", "met", "words"),
    [
        (None, 0, False, ""),
        (LEAST_3, 0, False, "0/3条 差3"),
        (LEAST_3, 2, False, "2/3条 差1"),
        (LEAST_3, 3, True, "3/3条"),
        (LEAST_3, 4, True, "4/3条"),
        (ONE_OR_TWO, 0, False, "0/1-2次 差1"),
        (ONE_OR_TWO, 1, True, "1/1-2次"),
    ],
)
def test_how_far_a_quota_is_met(quota: str | None, tally: int, met: bool, words: str) -> None:
    assert (quota_met(quota, tally), progress_words(quota, tally)) == (met, words)


@pytest.mark.parametrize(("quota", "words"), [(LEAST_3, "不少于3条"), (ONE_OR_TWO, "1-2次")])
def test_what_is_asked_for_in_words(quota: str, words: str) -> None:
    assert demand_words(quota) == words


@pytest.mark.parametrize(
    ("quota", "shown"),
    [(None, None), (LEAST_3, {"least": 3, "most": None, "counter": "条", "count": 2})],
)
def test_the_object_of_the_contract(quota: str | None, shown: Any) -> None:
    assert quota_object(quota, 2) == shown
