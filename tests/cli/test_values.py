"""What completion offers for a value, from the real store."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand

from ledger.cli import values
from ledger.cli.context import Globals
from ledger.services.groups import define
from ledger.services.own_columns import declare
from tests.conftest import Book


@pytest.fixture
def completing(book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], typer.Context]:
    """The context of a command line that is being completed."""
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "settings.json"))
    monkeypatch.setenv("LEDGER_TODAY", "2013-03-19")
    for title, unit, more in (
        ("甲", "综合组", {"owner": "李四", "activity": "学创", "stage": "推进"}),
        ("乙", "宣传组", {"owner": "王五", "code": "A%1"}),
        ("丙", "综合组", {"activity": "整改", "code": "A_2"}),
    ):
        book.post("add", title=title, unit=unit, **more)
    book.post("close", task="A_2")
    with book.journal() as journal:
        for name in ("资金来源", "投资"):
            declare(journal, name)
    book.post("edit", task="甲", tag=["路", "民生"])
    book.post("edit", task="乙", tag=["民生"])

    def context(command: str) -> typer.Context:
        return typer.Context(TyperCommand(command), info_name=command, obj=Globals(db=str(book.location.path)))

    return context


@pytest.mark.parametrize(
    ("command", "typed", "offered"),
    [
        ("close", "", [("A%1", "乙"), ("2013-001", "甲")]),
        ("close", "2013", [("2013-001", "甲")]),
        ("close", "A%", [("A%1", "乙")]),
        ("close", "A_", []),
        ("reopen", "", [("A_2", "丙")]),
        ("close", "'", []),
    ],
)
def test_tasks_in_hand_and_for_reopening_the_finished(
    completing: Callable[[str], typer.Context], command: str, typed: str, offered: values.Offers
) -> None:
    assert values.tasks(completing(command), typed) == offered


def test_what_may_be_rated_are_units_and_tasks_of_any_status(completing: Callable[[str], typer.Context]) -> None:
    assert values.rated(completing("rate"), "综") == [("综合组", "")]
    assert [name for name, _ in values.rated(completing("rate"), "")] == ["宣传组", "综合组", "A_2", "A%1", "2013-001"]


def test_occurrences_to_come_are_offered_where_their_series_is_typed(
    book: Book, completing: Callable[[str], typer.Context]
) -> None:
    book.post("add", title="月报", unit="综合组", code="2013-040", on="2013-03-01", due="每月25日前")
    book.post("add", title="下月的事", unit="综合组", code="2013-050", on="2013-04-01")
    for typed in ("", "2013", "2013-04"):
        offered = [code for code, _ in values.tasks(completing("close"), typed)]
        assert "2013-040-01" in offered
        assert "2013-040-02" not in offered
    assert ("2013-050", "下月的事") in values.tasks(completing("close"), "2013-05")
    offered = [code for code, _ in values.tasks(completing("close"), "2013-040-")]
    assert {"2013-040-01", "2013-040-02", "2013-040-03"} <= {*offered}


@pytest.mark.parametrize(
    ("offer", "typed", "names"),
    [
        (values.units, "", ["宣传组", "综合组"]),
        (values.units, "综", ["综合组"]),
        (values.owners, "", ["李四", "王五"]),
        (values.activities, "", ["学创", "整改"]),
        (values.stages, "", ["推进"]),
        (values.formats, "p", ["plain", "pdf"]),
        (values.parts, "", ["unit", "leader"]),
        (values.leaders, "", []),
        (values.slip_kinds, "", ["交办", "催办", "办结"]),
        (values.slip_kinds, "催", ["催办"]),
        (values.spans, "下", ["下周", "下月", "下季度"]),
        (values.tags, "", ["民生", "路"]),
        (values.tags, "路", ["路"]),
        (values.own_columns, "", ["资金来源=", "投资="]),
        (values.own_columns, "资", ["资金来源="]),
    ],
)
def test_names(
    completing: Callable[[str], typer.Context],
    offer: Callable[[typer.Context, str], values.Offers],
    typed: str,
    names: list[str],
) -> None:
    assert [name for name, _ in offer(completing("list"), typed)] == names


def test_a_slip_of_a_closing_is_for_what_is_struck_off(completing: Callable[[str], typer.Context]) -> None:
    ctx = completing("slip")
    assert {title for _, title in values.tasks(ctx, "")} == {"甲", "乙"}
    ctx.params["kind"] = "办结"
    assert values.tasks(ctx, "") == values.tasks(completing("archive"), "") == [("A_2", "丙")]


@pytest.mark.parametrize("db", ["none/ledger.db", "mysql://x/y", "."])
def test_without_a_store_nothing_is_offered_and_nothing_fails(tmp_path: Path, db: str) -> None:
    context = typer.Context(
        TyperCommand("close"), info_name="close", obj=Globals(db=str(tmp_path / db) if "/" in db else db)
    )
    assert values.tasks(context, "") == []
    assert values.units(context, "") == values.tags(context, "") == values.own_columns(context, "") == []


def test_saved_lists(completing: Callable[[str], typer.Context], tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(
        '{"actor": "张三", "view:我的": "--overdue", "view:组里": "--key"}', "utf-8"
    )
    assert values.views(completing("list"), "") == [("我的", "--overdue"), ("组里", "--key")]
    assert values.views(completing("list"), "组") == [("组里", "--key")]
    (tmp_path / "settings.json").write_text("{", "utf-8")
    assert values.views(completing("list"), "") == []


def test_groups_are_offered_with_their_set(book: Book, completing: Callable[[str], typer.Context]) -> None:
    assert values.groups(completing("list"), "") == values.group_sets(completing("rank"), "") == []
    with book.journal() as journal:
        define(journal, "东片", ["综合组"], None, "片区")
        define(journal, "西片", ["宣传组"], None, "片区")
        define(journal, "工作组", ["综合组"], None, "类别")
    assert values.groups(completing("list"), "") == [("东片", "片区"), ("西片", "片区"), ("工作组", "类别")]
    assert values.groups(completing("list"), "东") == [("东片", "片区")]
    assert values.group_sets(completing("rank"), "类") == [("类别", "")]
