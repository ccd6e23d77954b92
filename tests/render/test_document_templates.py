"""The templates in the package are those that their text makes."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ledger.base.errors import Refused
from ledger.render.document_files import NAMES, built_in, write_out
from ledger.render.document_templates import TEMPLATES, built
from tests.documents.xml import lines


def whole(document: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(document)) as archive:
        return {
            name: lines(archive.read(name)) if name.endswith((".xml", ".rels")) else archive.read(name).hex()
            for name in archive.namelist()
        }


@pytest.mark.parametrize("kind", NAMES)
def test_the_script_makes_what_is_shipped(kind: str) -> None:
    """If not, run `python -m ledger.render.document_templates` and look at what it made."""
    assert whole(built_in(kind)) == whole(built(kind))


def test_there_are_as_many_as_there_are_names() -> None:
    assert list(TEMPLATES) == list(NAMES)


def test_they_are_written_out_once(tmp_path: Path) -> None:
    folder = tmp_path / "新" / "模板"
    paths = write_out(folder)
    assert [path.stem for path in paths] == list(NAMES.values())
    assert [path.read_bytes() for path in paths] == [built_in(kind) for kind in NAMES]
    for path in paths[:3]:
        path.unlink()
    with pytest.raises(Refused, match=r"已有文件.*不覆盖"):
        write_out(folder)
    assert list(folder.iterdir()) == paths[3:]
