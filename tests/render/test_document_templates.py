"""The templates in the package are those that their text makes."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ledger.base.errors import Refused
from ledger.render.document_files import built_in, write_out
from ledger.render.document_templates import DOCUMENTS, FOLDER, LIST, SECTIONS, TEMPLATES, built
from tests.documents.xml import lines


def whole(document: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(document)) as archive:
        return {
            name: lines(archive.read(name)) if name.endswith((".xml", ".rels")) else archive.read(name).hex()
            for name in archive.namelist()
        }


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_script_makes_what_is_shipped(name: str) -> None:
    """If not, run `python -m ledger.render.document_templates` and look at what it made."""
    assert whole(built_in(name)) == whole(built(TEMPLATES[name]))


def test_every_document_has_its_template_and_no_other_is_shipped() -> None:
    assert {document.template for document in DOCUMENTS.values()} | {LIST} == set(TEMPLATES)
    assert {path.stem for path in FOLDER.iterdir()} == set(TEMPLATES)


def test_templates_speak_of_the_sections_that_there_are() -> None:
    spoken = {name for one in TEMPLATES.values() for name in re.findall(r"(\S+?)\.表", one.text + one.annex)}
    assert spoken <= set(SECTIONS.values()) | {"节"}


def test_they_are_written_out_once(tmp_path: Path) -> None:
    folder = tmp_path / "新" / "模板"
    paths = write_out(folder, ())
    assert [path.stem for path in paths] == [template.file for template in TEMPLATES.values()]
    assert [path.read_bytes() for path in paths] == [built_in(name) for name in TEMPLATES]
    for path in paths[:3]:
        path.unlink()
    with pytest.raises(Refused, match=r"已有文件.*不覆盖"):
        write_out(folder, ())
    assert sorted(folder.iterdir()) == sorted(paths[3:])
