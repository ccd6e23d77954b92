"""A report as a document of Word, set in a template that the office can change: wording, order, fonts.

What a template says in braces is Jinja, filled in by docxtpl; what it may use is what `document_words` names, nothing
else. A template may come by mail: how it is held in bounds is told in `document_files`, as a file, and in
`document_sandbox`, as a text.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateAssertionError
from lxml import etree
from lxml.etree import LxmlError

from ledger.base.errors import BadValue
from ledger.base.text import quote, visible
from ledger.render.document_files import chosen, template_of
from ledger.render.document_form import keep_on_pages
from ledger.render.document_sandbox import Excess, Sandbox
from ledger.render.document_table import Styles
from ledger.render.document_templates import SHEET
from ledger.render.document_words import Paper, words_of
from ledger.render.output import Extras
from ledger.render.package import dated
from ledger.reports.report import Report

_ROOM = 10_000_000
"""Characters that a document may have beside its tables, each of which may stand in it four times."""

_UNSOUND = (ValueError, LookupError, AttributeError, TypeError, SyntaxError)
"""What the libraries raise over a file or an expression that is not what they take it for."""

_TWIP = 635
"""English Metric Units of a twip."""

_SPOKEN = re.compile(r"\{[{%][^{}]*[}%]\}")
_LOST = "./text()[normalize-space()] | .//w:tc/text()[normalize-space()]"
"""Text between paragraphs: Word leaves it out."""

_HINT = "请在 Word 里改正后重试,可用的名称见 docs/templates.md"


def render(report: Report, file: IO[bytes], extras: Extras) -> None:
    """Write the document to `file`. Raises `BadValue` for a template that cannot be filled in, `NotFound` without."""
    named = extras.template if report.template is None else report.template
    content, name = chosen(named, template_of(report))
    template, styles, paper = _read(content, name)
    _check_braces(template, name)
    words, upright = words_of(report, styles, paper)
    room = _ROOM + 4 * sum(map(len, (words["总表"], *(one["表"] for one in words["各节"]))))
    with _told(name, template):
        template.render(words, Sandbox(room))
    document = template.docx
    if document.element.body.xpath(".//w:t//w:tbl | .//w:p/w:tbl"):
        raise BadValue(f"{name}把表写在了文字中间", "表要独占一段,写作 {{p 名称.表 }}")
    if lost := document.element.body.xpath(_LOST):
        raise BadValue(f"{name}把文字{quote(lost[0].strip()[:20])}写成了表", "{{p }} 只用于表,文字写作 {{ 名称 }}")
    _drop_empty_end(document)
    if report.pages:
        keep_on_pages(document, styles)
    if not upright:
        _turn(document.sections[-1])
    for line in report.imprint:
        _add_imprint(document, line)
    _describe(document, report)
    made = BytesIO()
    document.save(made)
    _write_dated(made, file, report)


def _write_dated(made: IO[bytes], file: IO[bytes], report: Report) -> None:
    """The parts of the archive bear the report's day instead of the clock's: the same report makes the same bytes."""
    with ZipFile(made) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            made_on_day = dated(part.filename, report.today)
            made_on_day.external_attr = part.external_attr
            target.writestr(made_on_day, source.read(part))


class _Template(DocxTemplate):  # type: ignore[misc]  # carries no types
    """As docxtpl has it, save that what was filled in is read anew, not moved: to move a tree of Word's many name
    spaces takes lxml a time that grows by the square."""

    def map_tree(self, tree: Any) -> None:
        root = self.docx.element
        root.body.clear()
        whole = etree.tostring(root).replace(b"<w:body/>", etree.tostring(tree), 1)
        self.docx._element = self.docx.part._element = parse_xml(whole)


def _read(content: bytes, name: str) -> tuple[DocxTemplate, Styles, Paper]:
    """The template, the ids of its styles, the page it begins with. Raises `BadValue` when Word's parts are not what
    they should be."""
    try:
        template = _Template(BytesIO(content))
        styles = {style.name or "": style.style_id for style in template.get_docx().styles}
        return template, styles, _paper(template)
    except (LxmlError, *_UNSOUND) as error:
        raise BadValue(f"{name}不是完好的 Word 文档", "请用 Word 打开并另存为 docx") from error


def _paper(template: DocxTemplate) -> Paper:
    """The page that the template begins with: upright, and as it would be turned."""
    page = template.docx.sections[0]
    used = any(SHEET in _text(paragraph) for paragraph in template.docx.element.body.iter(qn("w:p")))
    sides = (
        page.page_width,
        page.left_margin,
        page.right_margin,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
    )
    wide, left, right, high, top, bottom = (int(side or 0) // _TWIP for side in sides)
    return Paper(max(wide - left - right, 4000), max(high - top - bottom, 4000), used)


def _check_braces(template: DocxTemplate, name: str) -> None:
    """A brace left open would take all up to the next one that closes, whole paragraphs, without a word."""
    for place, paragraph in enumerate(template.docx.element.iter(qn("w:p")), start=1):
        text = _text(paragraph)
        if any(text.count(opened) != text.count(closed) for opened, closed in (("{{", "}}"), ("{%", "%}"))):
            raise BadValue(f"{name}的花括号写得不对,在第{place}段{quote(text)}", "请补全这一段的括号,再重试")


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


@contextmanager
def _told(name: str, template: DocxTemplate) -> Iterator[None]:
    """Say in one sentence what is wrong with what a template says, and where."""
    try:
        yield
    except UndefinedError as error:
        quoted = str(error.message).split("'")
        called = quoted[-2] if len(quoted) > 2 else ""
        unknown = f"名称{quote(called)}{_where(template, called)}" if called else "内容"
        raise BadValue(f"{name}用了没有的{unknown}", _HINT) from None
    except TemplateAssertionError as error:
        called = str(error.message).split("'")[1]
        raise BadValue(f"{name}用了没有的写法{quote(called)}{_where(template, called)}", _HINT) from None
    except TemplateSyntaxError as error:
        raise BadValue(f"{name}的花括号写得不对{_line(error)}", "请核对括号和 if、for 是否成对,再重试") from None
    except Excess:
        raise BadValue(
            f"{name}填出的内容多得反常,没有写出", "请核对其中的 for:不要套得太深,也不要反复填同一张表"
        ) from None
    except SecurityError:
        raise BadValue(f"{name}用了不许用的写法", "模板里只能填名称、写 if 和 for,不能调用函数,不能做乘法") from None
    except (TemplateError, *_UNSOUND, ArithmeticError, RecursionError) as error:
        raise BadValue(f"{name}填不成:其中的写法不成立", _HINT) from error


def _where(template: DocxTemplate, called: str) -> str:
    """The first paragraph of the body that holds the text in braces, as a place to look at."""
    for place, paragraph in enumerate(template.docx.element.body.iter(qn("w:p")), start=1):
        text = _text(paragraph)
        if called and any(called in spoken for spoken in _SPOKEN.findall(text)):
            return f",在第{place}段{quote(text)}"
    return ""


def _line(error: TemplateSyntaxError) -> str:
    """The paragraph that the parser stumbled at; docxtpl gives the lines around it, three before at most."""
    near = list(getattr(error, "docx_context", ()))
    at = min(error.lineno - 1, 3)
    return f",在{quote(near[at].strip())}附近" if at < len(near) and near[at].strip() else ""


def _drop_empty_end(document: Any) -> None:
    """A last section in which nothing is left (no annex) goes, and the one before it becomes the last."""
    body = document.element.body
    if len(body) < 2 or body[-2].tag != qn("w:p"):
        return
    end = body[-2].find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if end is not None:
        body.remove(body[-2])
        body.replace(body[-1], end)


def _add_imprint(document: Any, line: str) -> None:
    """At the end of the document, whatever the template: small, in one column with the text."""
    paragraph = document.add_paragraph(visible(line))
    paragraph.paragraph_format.line_spacing = Pt(14)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # a line of sixty-four digits would be spread
    for run in paragraph.runs:
        run.font.size = Pt(9)


def _turn(section: Any) -> None:
    """Set the page across: its head comes to be where the binding is."""
    section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = WD_ORIENT.LANDSCAPE
    sides = (section.left_margin, section.right_margin, section.bottom_margin, section.top_margin)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = sides


def _describe(document: Any, report: Report) -> None:
    """The properties that a list of files shows; the day is the business day, as everything here."""
    told = document.core_properties
    told.title = visible(f"{report.ledger} {report.title} {report.period}".strip())[:255]
    told.created = told.modified = datetime.combine(report.today, time())
