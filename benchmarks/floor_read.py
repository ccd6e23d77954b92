"""The floor of a reading command: the least for which Typer and rich can print a table of so many rows.

Two commands, so that Typer builds a group as the real program does; six columns of wrapping text, as a list of tasks
has; the rows come out of SQLite, which is opened but keeps nothing.
"""

import sqlite3

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def week(rows: int = 20) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n WHERE ? > 0"
    table = Table(title="周工作清单")
    for title in ("编号", "工作任务", "牵头单位", "责任人", "完成时限", "状态"):
        table.add_column(title, overflow="fold")
    for (number,) in sqlite3.connect(":memory:").execute(numbers, (rows, rows)).fetchall():
        cells = (str(number), "督查各专项活动方案的落实情况", "督导组", "李四", "2013-03-22", "在办")
        table.add_row(*(Text(cell) for cell in cells))
    Console(width=120).print(table)


@app.command()
def nothing() -> None:
    """The second command."""


if __name__ == "__main__":
    app()
