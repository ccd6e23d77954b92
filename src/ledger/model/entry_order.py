"""How entries may follow one another: their moments and commands, and what may be voided.

What is wrong is given as a clause in Chinese, "" for nothing; what an entry may say by itself is for `entry_rules`.
"""

from array import array
from bisect import bisect_left
from typing import Any

from ledger.model.actions import ACTIONS
from ledger.model.soundness import LARGEST, is_counted


class Sequence:
    """Entries told one by one from the first: their moments and commands, and what a void may void. (That their numbers
    follow one another the seals tell.)"""

    def __init__(self) -> None:
        self._seqs, self._tasks = array("q"), array("q")  # of the entries so far; 0 for the ledger's own
        self._lasting: set[int] = set()  # those that nothing voids: the founding, voids, and what was voided once
        self._command = 0
        self._moment = ""

    def wrong(self, seq: int, task: Any, action: str, recorded_at: str, voids: Any, command: Any) -> str:
        """What is wrong with the place of the next entry."""
        found = self._found(seq, task, action, recorded_at, voids, command)
        self._seqs.append(seq)
        self._tasks.append(task if is_counted(task, LARGEST) else 0 if task is None else -1)
        if (known := ACTIONS.get(action)) is not None and known.lasting:
            self._lasting.add(seq)
        if action == "void" and type(voids) is int:
            self._lasting.add(voids)
        self._command = command
        self._moment = max(self._moment, str(recorded_at))
        return found

    def _found(self, seq: int, task: Any, action: str, recorded_at: str, voids: Any, command: Any) -> str:
        if (action == "init") != (seq == 1):
            return "第一条不是建账" if seq == 1 else "建账只能是第一条"
        if str(recorded_at) < self._moment:
            return "时刻早于前一条"
        if type(command) is not int or command not in (seq, self._command):
            return "不在一次操作里"
        return self._voided(task, voids) if action == "void" else ""

    def _voided(self, task: Any, voids: Any) -> str:
        at = bisect_left(self._seqs, voids) if is_counted(voids, LARGEST) else len(self._seqs)
        if at == len(self._seqs) or self._seqs[at] != voids:
            return "冲销的不是先前的记录"
        if self._tasks[at] != (task or 0):
            return "冲销的是别的事项的记录"
        return f"第{voids}号记录不能冲销,或已冲销过" if voids in self._lasting else ""
