"""Tags and own columns after any corrections and takings back, against dictionaries; moved, and in sheets read back."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import Refused
from ledger.base.text import says_none
from ledger.importers.reading import read_sheets
from ledger.model.fields import OWN
from ledger.render.delimited import render
from ledger.reports.columns import whole
from ledger.reports.lists import Filter, list_tasks
from ledger.reports.present import list_report
from ledger.services import own_columns
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.location import Location
from tests.conftest import TODAY, Book, examples
from tests.properties.test_moving import contents, moved

COLUMNS = ("资金来源", "投资(万元)", "备注")
TEXTS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"), include_characters=" =+-@'\"<_x,"
    ),
    max_size=8,
).map(str.strip)
TAGS = st.sampled_from(("民生", "水利", "甲 乙", "#1", "(重点)"))
STEPS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"field": st.dictionaries(st.sampled_from(COLUMNS), TEXTS, min_size=1)}),
    st.fixed_dictionaries({"tag": st.lists(TAGS, min_size=1, max_size=3), "untag": st.lists(TAGS, max_size=2)}),
    st.just({}),
)
"""Options of a correction; none for taking back a correction, of which the first number says which."""


def _changed(held: dict[str, Any], options: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What a correction changes: name → before, after."""
    wanted = {name: text or None for name, text in options.get("field", {}).items()}
    if "tag" in options:
        kept = [tag for tag in held.get("tags", ()) if tag not in options["untag"]]
        wanted["tags"] = tuple(dict.fromkeys([*kept, *options["tag"]]))
    now = {"tags": (), **held}
    return {name: (now.get(name), after) for name, after in wanted.items() if now.get(name) != after}


def _held(entries: list[dict[str, tuple[Any, Any]]]) -> dict[str, Any]:
    """What the corrections in force leave. Raises `Refused` where one builds on what is no more."""
    held: dict[str, Any] = {"tags": ()}
    for changes in entries:
        for name, (before, after) in changes.items():
            if held.get(name) != before:
                raise Refused("")
            held[name] = after
    return {name: value for name, value in held.items() if value is not None}


@given(steps=st.lists(st.tuples(st.integers(0, 9), STEPS), max_size=10))
@examples(40)
def test_any_corrections(template: Path, steps: list[tuple[int, dict[str, Any]]]) -> None:
    with TemporaryDirectory(dir=template.parent) as room:
        book = Book(Location(Path(room) / "ledger.db")).found()
        with book.journal() as journal:
            for name in COLUMNS:
                own_columns.declare(journal, name)
        book.post("add", title="修路", unit="综合组")
        entries: dict[int, dict[str, tuple[Any, Any]]] = {}
        for number, options in steps:
            if not options and entries:
                _take_back(book, entries, sorted(entries)[number % len(entries)])
            elif options and (changes := _changed(_held([*entries.values()]), options)):
                book.post("edit", task=1, **options)
                ((last,),) = book.rows("SELECT max(seq) FROM entry")
                entries[last] = changes
        _compare(book, _held([*entries.values()]))


def _take_back(book: Book, entries: dict[int, dict[str, tuple[Any, Any]]], seq: int) -> None:
    """Void a correction, unless a later one builds on it: then both refuse."""
    try:
        _held([changes for number, changes in entries.items() if number != seq])
    except Refused:
        refused = True
    else:
        refused = False
    try:
        with book.journal() as journal:
            undo(journal, seq, None)
    except Refused:
        assert refused
        return
    assert not refused
    del entries[seq]


def _compare(book: Book, held: dict[str, Any]) -> None:
    task = book.task(1)
    assert {**task.own, "tags": task.tags} == held
    assert book.faults() == []
    today = date.fromisoformat(TODAY)
    with book.reading() as reader:
        rules = queries.rules(reader)
        with moved(reader, today, Path(str(book.location)).parent) as there:
            assert contents(there) == contents(reader)
        tasks = list_tasks(reader, Filter(ahead=True), today, rules)
    report = list_report("任务清单", tasks, today, rules, None, whole(rules))
    text: list[str] = []
    render(report, text.append)
    _reads_back("".join(text), held, Path(str(book.location)).with_name("表.csv"))


def _reads_back(text: str, held: dict[str, Any], path: Path) -> None:
    """What a sheet holds is what the ledger did, save that a mark for none is none."""
    path.write_text(text, "utf-8", newline="")
    ((row,),) = (sheet.rows for sheet in read_sheets(path, columns=COLUMNS))
    wanted = {OWN + name: value for name, value in held.items() if name != "tags" and not says_none(value)}
    assert {name: value for name, value in row.options.items() if name.startswith(OWN)} == wanted
    assert tuple(row.options.get("tags", ())) == held["tags"]
