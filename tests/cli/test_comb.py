"""The command: at a terminal alone."""

from tests.conftest import Book, Clerk


def test_off_a_terminal_it_is_one_sentence(clerk: Clerk, book: Book) -> None:
    book.post("add", title="甲", unit="综合组", due="2013-03-01", on="2013-02-01")
    for words in (("comb",), ("梳理",), ("comb", "--plain")):
        assert clerk("--db", str(book.location), *words) == (
            2,
            "",
            "错误:梳理要在终端里进行。未写入任何内容;查看清单请用 ledger week,成批登记请用 ledger batch。\n",
        )
    assert len(book.rows("SELECT 1 FROM entry")) == 2


def test_so_many_weeks(clerk: Clerk) -> None:
    assert clerk("comb", "--stale", "0").code == 2
