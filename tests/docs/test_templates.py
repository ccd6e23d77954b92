"""What docs/templates.md says of the templates of documents is what the program knows."""

import re
from datetime import date
from pathlib import Path

from ledger.render.document_layout import STYLES
from ledger.render.document_sandbox import FILTERS
from ledger.render.document_templates import TEMPLATES
from ledger.render.document_words import FIGURES, Paper, words_of
from ledger.reports.report import Report
from ledger.reports.slips import FIELDS

TEXT = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
NAMED = set(re.findall(r"`([^`]+)`", "\n".join(re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE))))


def test_every_name_is_documented_and_no_other() -> None:
    words, _ = words_of(Report("清单", "台账", "", date(2013, 3, 19)), {}, Paper(8844, 12755, True))
    assert set(words["数字"]) >= set(FIGURES.values())
    assert set(words) | set(words["数字"]) | set(FIELDS) == NAMED


def test_files_styles_and_filters() -> None:
    assert re.findall(r"^\| (\S+)\.docx \|", TEXT, re.MULTILINE) == [template.file for template in TEMPLATES.values()]
    assert "、".join(FILTERS) in TEXT
    inner = {"footer", "分节"}
    assert [name for name, *_ in STYLES if name not in inner and f"`{name}`" not in TEXT] == []
