"""What is compared: an issued report with its own figures, units that only the earlier state knows."""

import json

import pytest

from tests.conftest import Book, Clerk


@pytest.fixture
def office(book: Book, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """The clerk before a ledger with issued reports of which every one was changed since."""
    monkeypatch.setenv("LEDGER_DB", str(book.location))
    for title, due in (("甲", "2013-03-10"), ("乙", "2013-03-20"), ("丙", "2013-04-10")):
        book.post("add", title=title, unit="综合组", on="2013-03-01", due=due)
    book.post("close", task="1", on="2013-03-12")
    for kind in ("week", "month", "quarter", "half", "year", "rank", "week 2013-W11", "overdue"):
        assert clerk("publish", *kind.split()).code == 0
    book.post("reopen", task="1", on="2013-03-19", reason="没有办好")
    for number in (1, 2, 3):
        book.post("edit", task=number, unit="新组", on="2013-03-01")
    return clerk


def answered(office: Clerk, *words: str) -> dict[str, dict[str, object]]:
    answer = office(*words, "-f", "json")
    assert answer.code == 0, answer
    found: dict[str, dict[str, object]] = json.loads(answer.out)
    return found


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "5", "6", "7"])
def test_an_issued_report_is_compared_by_the_figures_that_were_issued(
    office: Clerk, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setenv("LEDGER_TODAY", "2013-04-05")
    issued, found = answered(office, "reprint", number), answered(office, "diff", number)
    now = answered(office, str(found["period"]["kind"]), str(found["period"]["label"]))
    assert found["period"] == issued["period"]
    for end, totals in (("before", issued["totals"]), ("after", now["totals"])):
        told = {name: value[end] for name, value in found["figures"].items()}  # type: ignore[index]
        assert {name: one["share"] if isinstance(one, dict) else one for name, one in told.items()} == totals


def test_what_is_of_no_period_is_compared_in_the_week_of_the_end(office: Clerk) -> None:
    assert answered(office, "diff", "8")["period"]["label"] == "2013-W12"


def test_a_unit_that_only_the_earlier_state_knows_is_known(office: Clerk) -> None:
    found = answered(office, "diff", "1", "--unit", "综合组")
    assert len(found["tasks"]["edited"]) == 3  # type: ignore[arg-type]
    assert found["figures"]["opening"]["after"] == 0  # type: ignore[index]
    assert office("diff", "1", "--unit", "没有的").code == 4
