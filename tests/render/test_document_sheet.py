"""The weekly list of a document as one table."""

from datetime import date
from pathlib import Path

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from ledger.model.task import Problem
from ledger.render.document_layout import blank
from ledger.render.document_templates import write
from tests.render.documents_of import made, task, weekly

PROBLEM = Problem(1, "部分市州报送不及时,数据口径不一致", date(2013, 3, 1))


def test_one_table_with_its_sections_as_bands() -> None:
    document = made(
        weekly([task(1, "调研", with_units=("宣传组",)), task(2, "会议", note="已发通知", problems=(PROBLEM,))])
    )
    (table,) = document.tables
    head, *rows = table.rows
    assert [cell.text.replace("\n", "") for cell in head.cells] == [
        "序号", "工作任务", "牵头/配合单位", "责任人", "时限", "进展情况", "存在问题", "状态",
    ]  # fmt: skip
    bands = [row for row in rows if len({id(cell._tc) for cell in row.cells}) == 1]
    assert [row.cells[0].text for row in bands][:3] == [
        "一、上周销号（0）　无",
        "二、上周未完成结转（0）　无",
        "三、本周到期（2）",
    ]
    assert rows[3].cells[2].text == "综合组\n宣传组"


def test_the_head_is_repeated_rows_are_whole_and_bands_stay_with_what_follows() -> None:
    (table,) = made(weekly([task(1)])).tables
    assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    kept = [row.cells[0].paragraphs[0]._p.pPr.find(qn("w:keepNext")) is not None for row in table.rows]
    banded = [len({id(cell._tc) for cell in row.cells}) == 1 for row in table.rows]
    assert kept[1:] == banded[1:]


def test_the_page_is_across_only_where_it_must() -> None:
    few = made(weekly([task(1)])).sections[0]
    many = made(weekly([task(1, "组织专题调研" * 4, note="已完成初稿" * 5, problems=(PROBLEM,))])).sections[0]
    assert (few.orientation, many.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)


def test_a_template_of_before_has_the_sections_apart(tmp_path: Path) -> None:
    document = blank()
    write(document, "Title| {{ 题名 }}{{ 标题 }}\n{{p 本期到期.表 }}")
    document.save(str(tmp_path / "周工作清单.docx"))
    found = made(weekly([task(1, note="已完成初稿" * 5, problems=(PROBLEM,))]), tmp_path)
    assert found.tables[0].rows[0].cells[0].text == "编号"
    assert found.sections[0].orientation == WD_ORIENT.PORTRAIT
