"""What a document says: the Word templates that come with the program, and which of them a report is set in.

The files in `templates/` are made from this text by `python -m ledger.render.document_templates`. What the text in
braces may say is in `docs/templates.md`; the layout is that of `document_layout`.
"""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ledger.model.slips import SLIPS
from ledger.render.document_slips import TEXTS

if TYPE_CHECKING:
    from docx.document import Document as Made

FOLDER = Path(__file__).parent / "templates"

SECTIONS = {
    "closed_before": "上期销号",
    "carried": "上期结转",
    "due": "本期到期",
    "added": "本期新增",
    "closed": "本期销号",
    "cancelled": "本期撤销",
    "next": "下期到期",
    "undated": "无明确时限",
    "undone": "到期未销号清单",
    "not_due": "在办未到期",
    "nil": "未报送",
    "remarks": "领导批示",
    "by_unit": "分单位情况",
    "by_activity": "分活动情况",
    "trend": "走势",
    "compare": "环比同比",
    "ranking": "名次",
    "red": "红榜",
    "black": "黑榜",
    "overdue": "逾期事项",
    "overview": "概况",
    "achieved": "工作进展",
    "pressed": "督办事项",
    "troubles": "问题",
    "ahead": "工作打算",
    "satisfaction": "满意度",
}
"""What a template calls the sections of a report."""


GROUPS = "分组情况"
"""What it calls the tables by group, one for each set of groups."""

SHEET = "总表"
"""What it calls the report as one table."""

PAGES = "各单"
"""What it calls the slips, one a page."""


class Template(NamedTuple):
    """`file` is its name in an office's folder, `text` what it says, `annex` what follows on a page across; a `sheet`
    has the margins of one. A `form` takes a page each, which bears no number."""

    file: str
    text: str
    annex: str = ""
    sheet: bool = False
    form: bool = False


class Document(NamedTuple):
    """How reports of a kind are set: in which template, and under which title, {} being the period, `lead` what stands
    before the ledger's name."""

    template: str
    title: str
    lead: str = ""


DOCUMENTS = {
    "week": Document("week", "周工作清单"),
    "month": Document("summary", "{}工作小结"),
    "quarter": Document("summary", "{}阶段性小结"),
    "half": Document("summary", "{}阶段性小结"),
    "year": Document("summary", "{}度工作总结"),
    "rank": Document("rank", "{}销号情况的通报", "关于"),
    "bulletin": Document("bulletin", "{}工作情况"),
    **{kind.document: Document(kind.document, kind.word) for kind in SLIPS.values()},
}
"""The documents by the kind of their report; any other is a plain list."""

LIST = "list"
"""The template of a plain list."""

_HEAD = """\
{%p if 文号 %}
文号| {{ 文号 }}
Normal|\x20
{%p endif %}
"""
_FOOT = """\
{%p if 署名 %}
署名| {{ 署名 }}
{%p endif %}
{%p if 成文日期 and 署名 %}
成文日期| {{ 成文日期 }}
{%p elif 成文日期 %}
独署日期| {{ 成文日期 }}
{%p endif %}
"""
"""Two lines below the text, room that the styles leave: LibreOffice keeps blank lines with what follows them only
sometimes, and a date would stand on a page of its own."""

_SIGNED = "{%p if 署名 or 成文日期 %}\n落款| {{ 署名 }}　{{ 成文日期 }}\n{%p endif %}\n"
_IMPRINT = "{%p if 版记 %}\n空行|\x20\n{{p 版记 }}\n分节|\x20\n{%p endif %}\n"
_PROBLEMS = """\
heading 1| 突出问题
{%p for 问题 in 突出问题 %}
{{ 问题 }}
{%p else %}
{{ 本期 }}没有需要协调解决的突出问题。
{%p endfor %}
"""
_IF_ANY = "{{%p if {name}.件数 %}}\nheading 1| {heading}\n{{{{p {name}.表 }}}}\n{{%p endif %}}\n"
_TITLE = "Title| {{ 题目 }}\n"

_SHEET = """\
清单说明| {{ 台账 }}　{{ 时段 }}　（{{ 截至 }}）
{%p for 行 in 摘要 %}
清单说明| {{ 行 }}
{%p endfor %}
{{p 总表 }}
"""
_FIGURE = "{{%p if {name}.件数 %}}\n清单标题| {{{{ {name}.标题 }}}}\n{{{{p {name}.表 }}}}\n{{%p endif %}}\n"
_GROUPED = "{%p for 节 in 分组情况 %}\n清单标题| {{ 节.标题 }}\n{{p 节.表 }}\n{%p endfor %}\n"
_FIGURES = (
    _FIGURE.format(name="分单位情况")
    + _GROUPED
    + "".join(_FIGURE.format(name=name) for name in ("分活动情况", "走势", "环比同比", "满意度"))
)
_BY_GROUP = """\
{%p if 分组情况 %}
heading 1| 分组情况
{%p for 节 in 分组情况 %}
连下段| {{ 本期 }}{{ 节.名称 }}如下表。
{{p 节.表 }}
{%p endfor %}
{%p endif %}
"""

_SUMMARY = (
    """\
Subtitle| （{{ 截至 }}）
Normal|\x20
现将{{ 题名 }}{{ 时段 }}工作任务落实情况报告如下。
heading 1| 总体情况
{%p for 段 in 总体情况 %}
{{ 段 }}
{%p endfor %}
{%p if 环比同比.件数 %}
连下段| {{ 本期 }}与上期、去年同期的比较如下表。
{{p 环比同比.表 }}
{%p endif %}
{%p if 分单位情况.件数 %}
heading 1| 各单位情况
连下段| {{ 本期 }}各单位销号情况如下表。{{ 单位说明 }}
{{p 分单位情况.表 }}
{%p endif %}
"""
    + _BY_GROUP
    + """\
{%p if 分活动情况.件数 %}
heading 1| 各专项活动情况
连下段| {{ 本期 }}各专项活动销号情况如下表。
{{p 分活动情况.表 }}
{%p endif %}
{%p if 走势.件数 %}
heading 1| 进度走势
连下段| {{ 本期 }}各时段新增、销号和在办情况如下表。
{{p 走势.表 }}
{%p endif %}
{%p if 满意度.件数 %}
heading 1| 满意度情况
连下段| {{ 本期 }}满意度评价{{ 满意度.件数 }}次，结果如下表。
{{p 满意度.表 }}
{%p endif %}
"""
)
_MORE = """\
{%p if 领导批示.件数 %}
heading 1| 领导批示
连下段| {{ 本期 }}领导对下列事项作了批示。
{{p 领导批示.表 }}
{%p endif %}
{%p if 未报送.件数 %}
heading 1| 未报送事项
下列事项{{ 本期 }}尚未报送进展：
{{p 未报送.表 }}
{%p endif %}
"""
_NEXT = """\
heading 1| 下一步工作打算
{%p if 数字.逾期在办 %}
对逾期在办的{{ 数字.逾期在办 }}件事项，由牵头单位逐件查明原因，抓紧办结销号。
{%p endif %}
{%p if 下期到期.件数 %}
连下段| {{ 下期 }}到期事项{{ 下期到期.件数 }}件，具体如下表。
{{p 下期到期.表 }}
连下段| 以上事项请牵头单位提前安排，按时办结。
{%p else %}
连下段| {{ 下期 }}没有到期事项，各牵头单位按计划推进在办事项。
{%p endif %}
"""
_ANNEX_NOTE = """\
{%p if 到期未销号清单.件数 or 在办未到期.件数 %}
附件说明| 附件：到期未销号清单
{%p endif %}
"""
_ANNEX = """\
{%p if 到期未销号清单.件数 or 在办未到期.件数 %}
附件| 附件
Title| 到期未销号清单
Subtitle| （{{ 截至 }}，到期未销号{{ 到期未销号清单.件数 }}件，在办共{{ 数字.期末在办 }}件）
{%p if 到期未销号清单.件数 %}
{{p 到期未销号清单.表 }}
{%p endif %}
{%p if 在办未到期.件数 %}
Subtitle| （另有本期到期、尚未到时限的在办事项{{ 在办未到期.件数 }}件）
{{p 在办未到期.表 }}
{%p endif %}
{%p if 版记横 %}
空行|\x20
{{p 版记横 }}
{%p endif %}
分节|\x20
{%p endif %}
"""
_IMPRINT_HERE = _IMPRINT.replace("版记 %}", "版记 and not (到期未销号清单.件数 or 在办未到期.件数) %}", 1)
"""On the last page: where there is an annex, below that."""
_END = f"{_FOOT}{_IMPRINT_HERE}"


_IN_FULL = "".join(
    _IF_ANY.format(heading=f"{{{{ 本期 }}}}{name[2:]}事项", name=name) for name in ("本期新增", "本期销号", "本期撤销")
)

_RANK = (
    """\
Title| {{ 题目 }}
Normal|\x20
主送| 各责任单位：
现将{{ 题名 }}{{ 时段 }}销号情况通报如下。
heading 1| 总体情况
{%p for 段 in 总体情况 %}
{{ 段 }}
{%p endfor %}
{%p if 名次.件数 %}
heading 1| 各单位名次
{{ 排名办法 }}{{ 单位说明 }}
{{p 名次.表 }}
{%p endif %}
{%p if 红榜.件数 %}
heading 1| 红黑榜
heading 2| 红榜
{{p 红榜.表 }}
heading 2| 黑榜
{{p 黑榜.表 }}
{%p endif %}
"""
    + _BY_GROUP
    + """\
heading 1| 逾期事项
{%p if 逾期事项.件数 %}
连下段| {{ 截至 }}，逾期在办事项{{ 逾期事项.件数 }}件，具体如下表。
{{p 逾期事项.表 }}
{%p else %}
{{ 截至 }}，没有逾期在办事项。
{%p endif %}
heading 1| 有关要求
连下段| 各牵头单位要对照时限逐件推进在办事项；对逾期事项查明原因，抓紧办理，办结后及时销号；确需延期的，在到期前提出。
"""
)


_BULLETIN = """\
{%p if 草稿 %}
草稿| （草稿）
{%p endif %}
{%p if 简报名称|length > 9 %}
长报头| {{ 简报名称 }}
{%p else %}
报头| {{ 简报名称 }}
{%p endif %}
期号| {{ 期号 }}
编发| {% if 署名 %}{{ 署名 }}编{% endif %}\t{{ 成文日期 }}
Title| {{ 题目 }}
Normal|\x20
{%p for 节 in 各节 %}
heading 1| {{ 节.名称 }}
{%p for 段 in 节.段 %}
{{ 段 }}
{%p endfor %}
{%p endfor %}
"""


_LIST = """\
Title| {{ 标题 }}
Subtitle| {{ 台账 }}{% if 时段 %}　{{ 时段 }}{% endif %}
Subtitle| （{{ 截至 }}）
{%p for 段 in 摘要 %}
{{ 段 }}
{%p endfor %}
{%p for 节 in 各节 %}
{%p if 节.标题 %}
小标题| {{ 节.标题 }}
{%p else %}
分节|\x20
{%p endif %}
{%p if 节.件数 %}
{{p 节.表 }}
{%p else %}
{{ 节.空 }}
{%p endif %}
{%p endfor %}
"""

TEMPLATES = {
    "week": Template("周工作清单", f"{_HEAD}{_TITLE}{_SHEET}{_FIGURES}{_SIGNED}", sheet=True),
    "summary": Template(
        "小结",
        f"{_HEAD}{_TITLE}{_SUMMARY}{_IN_FULL}{_MORE}{_PROBLEMS}{_NEXT}{_ANNEX_NOTE}{_FOOT}{_IMPRINT_HERE}",
        _ANNEX,
    ),
    "rank": Template("通报", f"{_HEAD}{_RANK}{_FOOT}{_IMPRINT}"),
    "bulletin": Template("简报", f"{_BULLETIN}{_IMPRINT}"),
    **{SLIPS[kind].document: Template(SLIPS[kind].word, text, form=True) for kind, text in TEXTS.items()},
    LIST: Template("清单", f"{_HEAD}{_LIST}{_FOOT}{_IMPRINT}"),
}


def write(made: "Made", text: str) -> None:
    """A line is a paragraph, `style| text`; without a style it is body text. Lines that begin with | are the rows of a
    form, with || those of a field that has much to say."""
    from ledger.render.document_form import add_form
    from ledger.render.document_layout import add_run

    form: list[tuple[bool, list[str]]] = []
    for line in text.strip().splitlines():
        if line.startswith("|"):
            form.append((line.startswith("||"), [cell.strip() for cell in line.lstrip("|").split("|")]))
            continue
        if form:
            add_form(made, form)
            form = []
        style, bar, said = line.partition("| ")
        paragraph = made.add_paragraph(style=style if bar else "Body Text")
        if said or not bar:
            add_run(paragraph, said if bar else line)


def built(template: Template) -> bytes:
    """The template as a file of Word."""
    from docx.enum.section import WD_SECTION

    from ledger.render.document_layout import NARROW, blank, set_page

    made = blank(numbered=not template.form)
    if template.sheet:
        set_page(made.sections[0], upright=True, margins=NARROW)
    write(made, template.text)
    if template.annex:
        page = made.add_section(WD_SECTION.NEW_PAGE)
        made.paragraphs[-1].style = "分节"
        set_page(page, upright=False)
        write(made, template.annex)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


if __name__ == "__main__":
    for name, template in TEMPLATES.items():
        (FOLDER / f"{name}.docx").write_bytes(built(template))
