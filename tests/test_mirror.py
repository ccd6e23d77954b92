"""The tests mirror the source: what lies in a room of the tests is named for a module, or for a subject listed here."""

from pathlib import Path

ROOT = Path(__file__).parent
SOURCE = ROOT.parent / "src" / "ledger"
SUBJECTS = {
    "importers/hostile_files": "what no reader of sheets may be harmed by",
    "render/document_outline": "a whole document, which several modules make",
    "render/words_of_reports": "the same words in every format",
    "store/fixtures": "stores as earlier programs wrote them",
    "store/postgres": "the whole loop on another database",
}
"""Room and name of tests of more than one module → what they try."""


def test_each_file_of_tests_is_named_for_what_it_tries() -> None:
    rooms = sorted(path.name for path in SOURCE.iterdir() if (ROOT / path.name).is_dir())
    assert len(rooms) == 9
    tests = {
        str(path.relative_to(ROOT).with_name(path.stem.removeprefix("test_")))
        for room in rooms
        for path in (ROOT / room).rglob("test_*.py")
    }
    modules = {str(path.relative_to(SOURCE).with_suffix("")) for path in SOURCE.rglob("*") if path.name[:2] != "__"}
    assert tests - modules == SUBJECTS.keys()
