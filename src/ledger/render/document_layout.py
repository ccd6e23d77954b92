"""The layout of an official document by GB/T 9704-2012 (党政机关公文格式): a blank page of it, with its styles.

A4; margins 37, 35, 28 and 26 mm; 22 lines of 28 characters; the title in 小标宋 22 pt, the body in 仿宋 16 pt on lines
of 28 pt; page numbers 「— 1 —」 in 宋体 14 pt, 7 mm below the text, one character in from the outer edge. Fonts are
named, with the names that other systems have for them, never shipped.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Twips

if TYPE_CHECKING:
    from docx.document import Document as Made
    from docx.section import Section
    from docx.text.paragraph import Paragraph

TITLE_FONT, BODY_FONT, BLACK, REGULAR, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_OTHER_NAMES = {
    TITLE_FONT: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋体,宋体,SimSun",
    BODY_FONT: "仿宋,FangSong,FangSong_GB2312,STFangsong",
    BLACK: "SimHei,STHeiti,Noto Sans CJK SC",
    REGULAR: "楷体,KaiTi,KaiTi_GB2312,STKaiti",
    SONG: "SimSun,STSong,Noto Serif CJK SC",
}
_LINE = '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTRED = '<w:jc w:val="center"/>'
_SMALL = '<w:spacing w:line="320" w:lineRule="exact"/>'
_CLOSE = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="exact"/>'
_FORM = '<w:spacing w:before="40" w:after="40" w:line="420" w:lineRule="exact"/>'
_INSET = '<w:ind w:left="60" w:right="60"/>'
_TINY = '<w:spacing w:line="20" w:lineRule="exact"/>'
_DATED = '<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'


def _before(lines: int) -> str:
    return f'<w:spacing w:before="{560 * lines}" w:after="0" w:line="560" w:lineRule="exact"/>'


def _heading(level: int) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f'<w:keepNext/>{numbered}{_INDENT}<w:outlineLvl w:val="{level}"/>'


# name, id, paragraph, font, size in half points, bold
STYLES: tuple[tuple[Any, ...], ...] = (
    ("heading 1", "Heading1", _heading(0), BLACK, 32, False),
    ("heading 2", "Heading2", _heading(1), REGULAR, 32, False),
    ("heading 3", "Heading3", _heading(2), BODY_FONT, 32, True),
    ("Title", "Title", f'<w:spacing w:line="700" w:lineRule="exact"/>{_CENTRED}', TITLE_FONT, 44, False),
    ("Subtitle", "Subtitle", f"<w:keepNext/>{_CENTRED}", REGULAR, 32, False),
    ("Body Text", "BodyText", _INDENT, BODY_FONT, 32, False),
    ("footer", "Footer", _SMALL, SONG, 28, False),
    ("文号", "DocumentNumber", _CENTRED, BODY_FONT, 32, False),
    ("主送", "Addressee", "", BODY_FONT, 32, False),
    ("小标题", "PlainHeading", f"<w:keepNext/>{_INDENT}", BLACK, 32, False),
    # a sentence stays on one page with its table, and what ends a document with the last of its text
    ("连下段", "KeptText", f"<w:keepNext/>{_INDENT}", BODY_FONT, 32, False),
    ("空行", "BlankLine", "<w:keepNext/>", BODY_FONT, 32, False),
    ("附件说明", "AnnexNote",
     f'<w:keepNext/>{_before(1)}<w:ind w:leftChars="500" w:left="1600" w:hangingChars="300" w:hanging="960"/>',
     BODY_FONT, 32, False),
    # centred above a date that ends four characters from the right, with room for a name of fifteen
    ("署名", "Signature", f'<w:keepNext/>{_before(2)}<w:ind w:left="3960"/>{_CENTRED}', BODY_FONT, 32, False),
    ("成文日期", "IssueDate", _DATED, BODY_FONT, 32, False),
    ("独署日期", "LoneIssueDate", f"{_before(2)}{_DATED}", BODY_FONT, 32, False),
    ("附件", "Annex", "", BLACK, 32, False),
    ("分节", "SectionEnd", _TINY, BODY_FONT, 2, False),
    ("表头", "TableHead", f"<w:keepNext/>{_SMALL}{_CENTRED}", BLACK, 21, False),
    ("表格文字", "TableText", f'{_SMALL}<w:jc w:val="left"/>', BODY_FONT, 21, False),
    # the weekly list on its sheet
    ("清单说明", "SheetLine", f'<w:spacing w:line="340" w:lineRule="exact"/>{_CENTRED}', BODY_FONT, 18, False),
    ("落款", "SheetSignature", '<w:keepLines/><w:spacing w:before="120" w:line="400" w:lineRule="exact"/>'
     '<w:jc w:val="right"/>', BODY_FONT, 24, False),
    ("清单标题", "SheetHeading", '<w:keepNext/><w:spacing w:before="120" w:line="360" w:lineRule="exact"/>'
     '<w:jc w:val="left"/>', BLACK, 21, False),
    ("清单表头", "SheetHead", f"<w:keepNext/>{_CLOSE}{_CENTRED}", BLACK, 18, False),
    ("清单栏目", "SheetBand", f'<w:keepNext/>{_CLOSE}<w:jc w:val="left"/>', BLACK, 18, False),
    ("清单文字", "SheetText", f'{_CLOSE}<w:jc w:val="left"/>', BODY_FONT, 18, False),
    # what a document ends with on its last page (版记), 四号
    ("版记", "Imprint",
     '<w:spacing w:line="480" w:lineRule="exact"/><w:ind w:leftChars="100" w:left="280" w:rightChars="100" '
     'w:right="280"/><w:jc w:val="left"/>', BODY_FONT, 28, False),
    # the head of a bulletin (简报), in red down to its line
    ("草稿", "Draft", '<w:jc w:val="right"/>', BLACK, 32, False),
    ("报头", "Masthead", f'<w:spacing w:before="120" w:line="1100" w:lineRule="exact"/>{_CENTRED}', TITLE_FONT, 96,
     False),
    ("长报头", "LongMasthead", f'<w:spacing w:before="120" w:line="880" w:lineRule="exact"/>{_CENTRED}', TITLE_FONT, 60,
     False),
    ("期号", "IssueNumber", f'<w:spacing w:before="120" w:line="560" w:lineRule="exact"/>{_CENTRED}', BODY_FONT, 32,
     False),
    ("编发", "IssuedBy",
     '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="4" w:color="FF0000"/></w:pBdr>'
     '<w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>'
     '<w:spacing w:after="360" w:line="560" w:lineRule="exact"/><w:jc w:val="left"/>', BODY_FONT, 32, False),
    # slips (督办单), one a page
    ("单据标题", "SlipTitle",
     f'<w:pageBreakBefore/><w:spacing w:after="120" w:line="700" w:lineRule="exact"/>{_CENTRED}',
     TITLE_FONT, 44, False),
    ("单据文号", "SlipNumber", f'<w:spacing w:after="120" w:line="560" w:lineRule="exact"/>{_CENTRED}',
     BODY_FONT, 32, False),
    ("单据落款", "SlipSignature", '<w:keepLines/><w:spacing w:before="120" w:line="480" w:lineRule="exact"/>'
     '<w:jc w:val="right"/>', BODY_FONT, 28, False),
    ("蓝单", "BlueSlip", _CENTRED, BLACK, 32, False),
    ("橙单", "OrangeSlip", _CENTRED, BLACK, 32, False),
    ("红单", "RedSlip", _CENTRED, BLACK, 32, False),
    ("单据栏目", "SlipLabel", f"{_FORM}{_CENTRED}", BLACK, 28, False),
    ("单据文字", "SlipText", f'{_FORM}{_INSET}<w:jc w:val="left"/>', BODY_FONT, 28, False),
    ("单据小字", "SlipSmallText", f'{_SMALL}{_INSET}<w:jc w:val="left"/>', BODY_FONT, 21, False),
    ("表格数字", "TableNumber", f'{_SMALL}<w:jc w:val="right"/>', BODY_FONT, 21, False),
)  # fmt: skip


_COLOURED = {"报头": "FF0000", "长报头": "FF0000", "蓝单": "1F4E9E", "橙单": "E36C0A", "红单": "C00000"}


def _fonts(name: str) -> str:
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _styles_xml() -> str:
    size = '<w:spacing w:val="-8"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    # The page declares the grid of the standard; lines of 28 pt and characters 0.4 pt closer keep it in every program.
    # Held to it, LibreOffice would give a digit a whole cell, and a character of 16 pt two.
    free = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
    alone = f'<w:widowControl w:val="0"/>{free}'
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
    return (
        f"<w:styles {nsdecls('w')}>"
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY_FONT)}{size}{language}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{alone}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{alone}{_LINE}<w:jc w:val='both'/></w:pPr><w:rPr>{_fonts(BODY_FONT)}{size}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        f"{''.join(_style(*spec) for spec in STYLES)}"
        '<w:style w:type="table" w:customStyle="1" w:styleId="LedgerTable"><w:name w:val="公文表格"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr></w:style>'
        "</w:styles>"
    )


def _style(name: str, id: str, paragraph: str, font: str, size: int, bold: bool) -> str:
    own = ' w:customStyle="1"' if not name.isascii() else ""
    weight = "<w:b/><w:bCs/>" if bold else ""
    colour = f'<w:color w:val="{_COLOURED[name]}"/>' if name in _COLOURED else ""
    closer = -8 if size == 32 else 0
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr>"
        f'<w:rPr>{_fonts(font)}{weight}{colour}<w:spacing w:val="{closer}"/><w:sz w:val="{size}"/>'
        f'<w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _numbering_xml() -> Iterable[str]:
    """一、 (一) 1. of the three headings."""
    shapes = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{_INDENT}</w:pPr></w:lvl>'
        for level, (format, text) in enumerate(shapes)
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    yield f'<w:abstractNum {nsdecls("w")} w:abstractNumId="0">{kind}{levels}</w:abstractNum>'
    yield f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def _font_table_xml() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in _OTHER_NAMES.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'


def blank(*, numbered: bool = True) -> "Made":
    """An upright page by the standard, with its styles and, if it is `numbered`, page numbers, and nothing on it."""
    made = Document()
    part = made.part
    part._styles_part._element = parse_xml(_styles_xml())
    numbering = part.numbering_part.element
    numbering[:] = [parse_xml(xml) for xml in _numbering_xml()]
    part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = _font_table_xml().encode()
    made.settings.odd_and_even_pages_header_footer = True
    made.core_properties.author = made.core_properties.comments = ""
    page = made.sections[0]
    set_page(page, upright=True)
    if numbered:
        _number(page.footer.paragraphs[0], "right")
        _number(page.even_page_footer.paragraphs[0], "left")
    return made


_MARGINS = (37, 35, 28, 26)
NARROW = (15, 17, 15, 15)
"""Top, bottom, left and right in mm: those of the standard, and those of a sheet that is no letter."""


def set_page(page: "Section", *, upright: bool, margins: tuple[int, int, int, int] = _MARGINS) -> None:
    """A4. Across, the page is the upright one turned: its head is where the binding is (横排表格)."""
    top, bottom, left, right = margins
    sides = margins if upright else (left, right, bottom, top)
    page.page_width, page.page_height = (Twips(11906), Twips(16838)) if upright else (Twips(16838), Twips(11906))
    page.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = (Mm(side) for side in sides)
    page.header_distance, page.footer_distance = Mm(15), Mm(sides[1] - 10)
    for old in page._sectPr.findall(qn("w:docGrid")):
        page._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    # 442.2 pt for 28 characters and 637.8 pt for 22 lines; in 4096ths of a point beside 16, and in twentieths
    shape = {"type": "linesAndChars", "linePitch": "579", "charSpace": "-849"}
    for name, value in shape.items() if upright else {"linePitch": "560"}.items():
        grid.set(qn(f"w:{name}"), value)
    page._sectPr.append(grid)


def _number(paragraph: "Paragraph", side: str) -> None:
    """「— 1 —」, one character in from the edge."""
    paragraph.style = "footer"
    indent, align = OxmlElement("w:ind"), OxmlElement("w:jc")
    indent.set(qn(f"w:{side}Chars"), "100")
    indent.set(qn(f"w:{side}"), "280")
    align.set(qn("w:val"), side)
    paragraph._p.get_or_add_pPr().extend([indent, align])
    add_run(paragraph, "— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    add_run(paragraph, " —")


def add_run(paragraph: "Paragraph", text: str) -> None:
    """A run whose quotation marks and dashes are of the Chinese font."""
    fonts = paragraph.add_run(text)._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")
