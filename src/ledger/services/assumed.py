"""What an import assumed where its rows said nothing of it, counted, for the clerk to look over."""

from dataclasses import dataclass
from datetime import date

from ledger.services.course import BY_DEADLINE, Closing
from ledger.store.journal import Journal


@dataclass
class Assumed:
    """`undated` is the day of what is done without a 销号日期, as `course.undated_day` gives it."""

    undated: str | None
    early: int = 0
    stopped: int = 0
    blank: int = 0
    closed: int = 0
    dateless: int = 0
    late: int = 0

    def close(self, closing: Closing, last_day: date | None) -> None:
        """Count the closing that a row states of a task to be done by `last_day`."""
        self.closed += 1
        if not closing.dated:
            self.dateless += 1
            self.late += last_day is not None and closing.on > last_day

    def tell(self, journal: Journal) -> None:
        if self.stopped:
            what = f"{self.stopped} 件在表中已取消或中止,照登为在办,只记入进展情况"
            journal.remark(f"{what}:请用 ledger cancel 或 pause 办理")
        if self.blank:
            journal.remark(f"{self.blank} 件时限空着(上一行有时限),登记为无期限")
        if self.early:
            journal.remark(f"{self.early} 件没有交办日期而销号较早,以销号日期为交办日期")
        if self.dateless:
            days = "各自的时限(没到的按今天)" if self.undated in BY_DEADLINE else f"{self.undated or journal.today}"
            day = days if self.undated else f"今天({days})"
            late = f",其中 {self.late} 件因此算作超期,另有日期的可用 --closed-on 指明" if self.late else ""
            journal.remark(
                f"{self.dateless} 件已办结而没有销号日期,按{day}{'申请' if journal.rules.review else ''}销号{late}"
            )
