"""The floor of a writing command: the least for which Typer and SQLModel can write one validated row to a new file."""

import tempfile

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def add(title: str = "督查各专项活动方案的落实情况") -> None:
    from sqlmodel import Field, Session, SQLModel, create_engine

    class Task(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        title: str

    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/floor.db")
        SQLModel.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Task(title=title))
            session.commit()
    print("ok")


@app.command()
def nothing() -> None:
    """The second command."""


if __name__ == "__main__":
    app()
