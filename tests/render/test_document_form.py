"""Forms of fields: made, and kept on their page."""

from docx import Document
from docx.document import Document as Made
from docx.oxml import OxmlElement

from ledger.render.document_form import SMALL, TEXT, add_form, keep_on_pages
from ledger.render.document_layout import blank


def form(*texts: str) -> Made:
    made = blank(numbered=False)
    add_form(made, [(True, ["督办内容", text]) for text in texts])
    return made


def styles_of(made: Made) -> list[str]:
    """The styles of the fields, after they were held to their page."""
    keep_on_pages(made, {style.name or "": style.style_id for style in made.styles})
    rows = made.tables[0].rows
    return [row.cells[1].paragraphs[0].style.name or "" for row in rows if row.cells[1].paragraphs[0].style]


def test_a_field_takes_the_line_or_shares_it() -> None:
    made = blank()
    add_form(made, [(False, ["依据", "会议"]), (True, ["联系人", "王芳", "电话", ""])])
    (table,) = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["依据", "会议", "会议", "会议"],
        ["联系人", "王芳", "电话", ""],
    ]
    assert [row.height and row.height.twips for row in table.rows] == [560, 1500]


def test_letters_are_small_only_where_the_page_would_not_do() -> None:
    assert styles_of(form("细则" * 60, "已印发")) == [TEXT, TEXT]
    assert styles_of(form("细则" * 300, "已印发")) == [SMALL, SMALL]


def test_what_is_left_empty_takes_one_line() -> None:
    made = blank()
    add_form(made, [(False, ["配合单位", ""])] * 16)
    for row in made.tables[0].rows:
        row.cells[1].paragraphs[0].add_run()._r.append(OxmlElement("w:t"))  # what filling in leaves of nothing
    assert set(styles_of(made)) == {TEXT}


def test_a_template_without_those_styles_stays_as_it_is() -> None:
    made = form("细则" * 300)
    keep_on_pages(made, {})
    assert made.tables[0].rows[0].cells[1].paragraphs[0].style.name == TEXT


def test_a_form_bears_no_page_number() -> None:
    assert isinstance(form("甲"), type(Document()))
    assert "PAGE" not in form("甲").sections[0].footer.paragraphs[0]._p.xml
    assert "PAGE" in blank().sections[0].footer.paragraphs[0]._p.xml
