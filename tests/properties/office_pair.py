"""The program whole, from its arguments to its JSON, and the oracle of supervision, side by side: a state machine
without rules."""

import json
import re
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import event
from hypothesis.stateful import RuleBasedStateMachine

from ledger.cli.app import command
from ledger.cli.run import run
from tests.properties.naive import Card, Forbidden
from tests.properties.naive_office import Office, pieces
from tests.properties.naive_report import comparable, is_overdue, report, task_object
from tests.properties.pair import ORDER

REASONS = {
    "status": "事项 .* 现为“.*”,不能",
    "to come": "晚于今天",
    "before it was given out": "早于事项 .* 的交办日期",
    "before the last step": "早于事项 .* 上一次状态变动",
    "not submitted": "销号须经审核",
    "own submission": "不能由本人审核",
    "result": "办理结果.*要求至少",
    "no evidence": "没有佐证",
    "the same deadline": "时限本来就是",
    "too often": "最多延",
    "urged that day": "已经催办过",
    "not flagged": "没有挂牌",
    "nothing to resolve": "没有未解决的问题",
    "nothing to take back": "没有可以撤回的操作",
    "voided": "已被第.*冲销",
    "steps before": "晚于已有的状态变动",
    "parts": "分解",
    "builds on it": "以它为依据|后来又改过",
    "lasting": "是(冲销|建账),不能冲销",
    "no such": "没有(序号|第)",
    "no reason": "缺少选项",
}
"""The oracle's reason → how the program tells it."""
CODES = {"no such": 4, "no reason": 2}
"""Reason → exit code, where it is not that of a refusal."""

REASONED = ("return", "pause", "reopen", "cancel")
LONG_ENOUGH = "方案已印发各单位"

SETTINGS: dict[str, dict[Any, str]] = {
    "review": {True: "是", False: "否", None: ""},
    "result_length": {6: "6", None: ""},
    "evidence_required": {True: "是", None: ""},
    "extension_times": {1: "1", None: ""},
}
"""Setting → the values that it is given, as they are typed; None puts it back to its default."""

Options = dict[str, str | bool | None]
Post = Callable[[Office, int], None]
"""Records on the oracle's ledger what a command does; the number is that of its first entry."""


class Both(RuleBasedStateMachine):
    """One ledger of the program's, and the oracle's of the same commands."""

    def __init__(self, template: Path, today: date) -> None:
        super().__init__()
        self.room = TemporaryDirectory(dir=template.parent)
        self.path = Path(self.room.name) / "ledger.db"
        shutil.copy(template, self.path)
        self.naive, self.today = Office(2), today
        self.compared = False  # since anything was written or a day passed

    def teardown(self) -> None:
        try:
            code, _, err = self.program("check")
            assert code == 0, err
        finally:
            self.room.cleanup()

    def program(self, *argv: str, actor: str = "张三") -> tuple[int, str, str]:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(command(), ("--db", str(self.path), "--today", str(self.today), "--actor", actor, *argv))
        return code, out.getvalue(), err.getvalue()

    def ask(self, *argv: str) -> Any:
        code, out, err = self.program(*argv, "--format", "json")
        assert code == 0, err
        return json.loads(out)

    def chosen(self, which: int) -> tuple[int, Card | None]:
        """A number that was ever given, and the task of it, if that was not undone."""
        numbers = self.naive.numbers()
        number = numbers[which % len(numbers)]
        return number, self.naive.card(number)

    def known(self, unit: str | None) -> str | None:
        """The unit, if any task is led by it: no other may be asked for."""
        return unit if unit in {card.unit for card in self.naive.cards()} else None

    def live(self, actor: str, argv: tuple[str, ...], forbidden: set[str], post: Post) -> Any:
        """Carry out a command on both; None where both refuse it, else what the program answered."""
        foreseen = self.naive.copy()
        try:
            if not forbidden:
                start = foreseen.head + 1
                post(foreseen, start)
                foreseen.hold_wholes_to_their_parts(start)
        except Forbidden:
            forbidden = {"builds on it", "parts"}
        before = self.path.read_bytes()
        code, out, err = self.program(*argv, actor=actor)
        event(f"{argv[0]} {code}")
        if not forbidden:
            assert code == 0, f"{argv}: {err}"
            self.naive, self.compared = foreseen, False
            return json.loads(out) if "--json" in argv else out
        told = [name for name in forbidden if re.search(REASONS[name], err)]
        assert told and code == CODES.get(told[0], 5), f"{argv}: {code} {err}; {forbidden}"
        assert err.count("\n") == 1 and "未写入任何内容" in err and out == "" and self.path.read_bytes() == before
        return None

    def act(
        self,
        action: str,
        which: int,
        actor: str,
        back: int,
        options: Options,
        against: Callable[[Card], set[str]] = lambda card: set(),
        what: Callable[[Card], dict[str, Any] | None] = lambda card: {},
        meant: str | None = None,
    ) -> None:
        """A command on one task, `back` days ago: `against` is what forbids it beside its day, `what` the change that
        it writes (None: nothing is written), as the action `meant`."""
        number, card = self.chosen(which)
        on = self.today - timedelta(days=back)
        text = next((options[name] for name in ("note", "reason", "text") if options.get(name)), None)
        words = [str(options["text"])] if "text" in options else []
        words += [f"--{name}" for name, value in options.items() if value is True]
        words += [f"--{name}={value}" for name, value in options.items() if isinstance(value, str) and name != "text"]
        words += [f"--on={on}"] if back else []
        forbidden = {"no such"} if card is None else self.naive.against_day(card, on, self.today) | against(card)
        if "reason" in options and not options["reason"]:
            forbidden = {"no reason"}

        def post(office: Office, command: int) -> None:
            change = None if card is None else what(card)
            if change is not None:
                office.record(actor, command, number, meant or action, on, text=text, **change)

        told = self.live(actor, (action, f"id:{number}", *words, "--json"), forbidden, post)
        if told is not None:
            self.same_task(told[0] if isinstance(told, list) else told)

    def batch(self, steps: list[tuple[str, int]], on: date) -> tuple[str, ...]:
        path = self.path.with_name("batch.jsonl")
        told = [{"op": op, "task": number, "on": str(on), asked(op): LONG_ENOUGH} for op, number in steps]
        path.write_text("".join(f"{json.dumps(one)}\n" for one in told))
        return ("batch", str(path))

    # --- what must be alike ------------------------------------------------------------------------------------------

    def same_ledger(self) -> None:
        found = self.ask("list", "--status=all", "--ahead")
        assert sorted(task["id"] for task in found) == [card.id for card in self.naive.cards()]
        for task in found:
            self.same_task(task)
        flagged = [task["flagged"] for task in found]
        assert flagged == sorted(flagged, reverse=True)
        yesterday = self.today - timedelta(days=1)
        given_out = [card for card in self.naive.cards() if card.assigned_on <= self.today]
        late = {card.id for card in given_out if is_overdue(card, date.max, yesterday)}
        assert {task["id"] for task in self.ask("overdue")} == late
        for kind in ("week", "month"):
            self.same_report(kind, self.today)

    def same_task(self, told: dict[str, Any]) -> None:
        (card,) = (card for card in self.naive.cards() if card.id == told["id"])
        wanted = _plain(task_object(card, "week", date.min, date.max, self.today))
        assert {name: told.get(name) for name in wanted} == wanted
        assert told["evidence"] == pieces(card)

    def same_report(self, kind: str, day: date, unit: str | None = None) -> None:
        named = self.known(unit)
        found = self.ask(kind, str(day), *((f"--unit={named}",) if named else ()))
        assert comparable(found) == _plain(report(self.naive, kind, day, self.today, ORDER, unit=named))


def _plain(value: Any) -> Any:
    """As it is in JSON."""
    return json.loads(json.dumps(value, default=str))


def together(steps: list[tuple[str, int]], on: date) -> tuple[str, ...]:
    action = steps[0][0]
    return (action, *(f"id:{number}" for _, number in steps), f"--{asked(action)}={LONG_ENOUGH}", f"--on={on}")


def asked(action: str) -> str:
    return "reason" if action in REASONED else "note"
