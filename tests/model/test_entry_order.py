"""How entries may follow one another."""

from typing import Any

import pytest

from ledger.model.entry import Entry
from ledger.model.entry_order import Sequence
from tests.model.test_entry_rules import entry


def placed(one: Entry) -> tuple[Any, ...]:
    return one.seq, one.task, one.action, one.recorded_at, one.voids, one.command


FOUNDED = entry("init", {}, seq=1, command=1)
ADD = entry("add", {})
VOID = entry("void", {}, seq=3, voids=2, command=3, task=1)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([ADD._replace(seq=1, command=1)], "第一条不是建账"),
        ([FOUNDED, FOUNDED._replace(seq=2, command=2)], "建账只能是第一条"),
        ([FOUNDED, ADD._replace(recorded_at="2013-03-01T00:59:59.999999Z")], "时刻早于前一条"),
        ([FOUNDED, ADD._replace(command=3)], "不在一次操作里"),
        ([FOUNDED, ADD, VOID._replace(command=1)], "不在一次操作里"),
        ([FOUNDED._replace(command=True)], "不在一次操作里"),
        ([FOUNDED, ADD, VOID._replace(voids=3)], "冲销的不是先前的记录"),
        ([FOUNDED, ADD, VOID._replace(voids=2**40)], "冲销的不是先前的记录"),
        ([FOUNDED, ADD, VOID._replace(task=2)], "冲销的是别的事项的记录"),
        ([FOUNDED, ADD, VOID._replace(task=None)], "冲销的是别的事项的记录"),
        ([FOUNDED, ADD, VOID._replace(task=None, voids=1)], "第1号记录不能冲销,或已冲销过"),
        ([FOUNDED, ADD, VOID, VOID._replace(seq=4, command=4)], "第2号记录不能冲销,或已冲销过"),
        ([FOUNDED, ADD, VOID, VOID._replace(seq=4, command=3, voids=3)], "第3号记录不能冲销,或已冲销过"),
        ([FOUNDED, ADD, VOID], ""),
        ([FOUNDED, ADD._replace(command=1), VOID._replace(command=1)], ""),
    ],
)
def test_how_entries_follow_one_another(entries: list[Entry], said: str) -> None:
    order = Sequence()
    *before, found = [order.wrong(*placed(one)) for one in entries]
    assert (set(before) <= {""}, found) == (True, said)
