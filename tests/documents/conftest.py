"""Documents as the programs show them that people open them with: LibreOffice and poppler (`make docs-tools`).

What these tests look at, a person can too: LEDGER_PAGES names a directory that every page is drawn into.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

MISSING = "{} is not installed: run make docs-tools (as root, on Debian)"


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """`tool(name)`: where that program is; a test that needs one fails without it, it is not left out."""

    def find(name: str) -> str:
        found = shutil.which(name)
        if found is None:
            pytest.fail(MISSING.format(name), pytrace=False)
        return found

    return find


class Pdf:
    """A document printed to a file."""

    def __init__(self, path: Path, tool: Callable[[str], str]) -> None:
        self.path = path
        self._tool = tool

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of each page in points: A4 upright is (595, 842)."""
        told = self._run("pdfinfo", "-l", "9999", str(self.path)).splitlines()
        found = [line.split(":")[1].split() for line in told if line.startswith("Page ") and " size:" in line]
        return [(round(float(words[0])), round(float(words[2]))) for words in found]

    @property
    def pages(self) -> list[str]:
        """The text of each page, set as it stands there."""
        return self._run("pdftotext", "-layout", str(self.path), "-").split("\f")[:-1]

    def bbox(self, page: int) -> str:
        """XHTML that gives every word of a page (the first is 1) with its place, in points from the upper left."""
        number = str(page)
        return self._run("pdftotext", "-bbox", "-f", number, "-l", number, str(self.path), "-")

    def draw(self, directory: Path, dpi: int = 60) -> None:
        """Every page as a PNG named after the document."""
        directory.mkdir(parents=True, exist_ok=True)
        self._run("pdftoppm", "-r", str(dpi), "-png", str(self.path), str(directory / self.path.stem))

    def _run(self, name: str, *words: str) -> str:
        ended = subprocess.run([self._tool(name), *words], capture_output=True, check=True, timeout=60)
        return ended.stdout.decode()


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of LibreOffice of our own: the user's may be in use, and may be set otherwise."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def pdf_of(tool: Callable[[str], str], office_profile: Path, tmp_path: Path) -> Callable[[Path], Pdf]:
    """`pdf_of(path)`: a workbook or document as LibreOffice prints it; drawn into $LEDGER_PAGES, if that is set."""

    def convert(path: Path) -> Pdf:
        folder = tmp_path / "pdf"
        subprocess.run(
            [tool("soffice"), f"-env:UserInstallation={office_profile.as_uri()}", "--headless", "--convert-to", "pdf",
             "--outdir", str(folder), str(path)],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        made = Pdf(folder / f"{path.stem}.pdf", tool)
        assert made.path.exists(), f"LibreOffice made nothing of {path.name}"
        if pages := os.environ.get("LEDGER_PAGES"):
            made.draw(Path(pages))
        return made

    return convert
