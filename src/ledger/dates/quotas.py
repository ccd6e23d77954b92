"""Quotas: 每月不少于3条, 1-2次, 分二次. Grammar in `grammar.py`."""

from typing import NamedTuple

from ledger.dates.moments import Moments


class Quota(NamedTuple):
    """How many are wanted: at least `least`, at most `most` where a range was given; `counter` as typed (条).

    A range is met at its lower bound.
    """

    least: int
    most: int | None
    counter: str


class Quotas(Moments):
    def quota(self) -> Quota | None:
        """不少于3条, 1-2次, 3条以上, 分二次, if it stands here; a plain 一次 asks for nothing, and is None."""
        mark = self.at
        bound = bool(self.take("分"))
        self.skip("tail")
        bound = bool(self.take("至少")) or bound
        self.skip("tail")
        least = most = self._count()
        if least and self.kind(1) == "number" and self.take("至", "和"):
            most = self._count()
        counter = self.take("counter", "个")
        measures = counter and counter.kind == "个" and self.sees("月|季度|半|周|天|小时|工作日")  # 三个月 counts time
        if counter is None or measures or not 0 < least <= most:
            self.at = mark
            return None
        bound = bool(self.take("以上")) or bound
        self.skip("tail")
        if not bound and (least, most) == (1, 1):
            return None
        return Quota(least, most if most != least else None, counter.text)

    def _count(self) -> int:
        """A number that may count things, 0 when none stands here."""
        token = self.take("number")
        return token.value if token and len(token.text) <= 4 else 0
