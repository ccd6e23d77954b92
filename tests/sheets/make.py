"""Makes the sheets beside it, such as units send them in: `python tests/sheets/make.py`. People's names are invented.

Each is small and unlike the others; what must be read of them stands in `tests/golden/sheets.txt`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent


@contextmanager
def workbook(path: Path, **options: Any) -> Iterator[Any]:
    """A workbook whose bytes depend on its content alone."""
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": datetime(2013, 3, 1)})  # noqa: DTZ001 - xlsxwriter takes naive times
    yield book
    book.close()


def put(book: Any, sheet: Any, rows: list[Any], first: int = 0) -> None:
    """Write rows below each other from the line `first`, counted from 0; None leaves a cell empty."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for line, row in enumerate(rows, first):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif value is not None:
                sheet.write(line, column, value)


def save(path: Path, rows: list[str], encoding: str) -> None:
    path.write_bytes("\r\n".join([*rows, ""]).encode(encoding))


def whole_line(path: Path) -> None:
    """The 17 columns of the practice below a title, headings with remarks and line breaks, a total and a foot."""
    heads = "序号 编号 任务来源 *工作任务 具体措施 牵头单位 责任(配合)单位 责任领导 责任人 交办日期 完成时限(必填)"
    heads += " 进展情况 存在问题 完成情况 销号日期 佐证 备注"
    source, given = "领导小组第1次会议", date(2013, 2, 1)
    with workbook(path) as book:
        sheet = book.add_worksheet("工作台账")
        sheet.merge_range(0, 0, 0, 16, "“学创”活动工作任务台账")
        sheet.merge_range(1, 0, 1, 16, "填报单位:省“学创”办综合组        2013年3月19日")
        begin = [1, "学创-001", source, "制定活动总体方案", "起草;征求意见", "综合组", "宣传组、督导组", "赵某", "李某"]
        again = [2, "学创-002", source, "召开动员会", None, "综合组", "各地\n各单位", "赵某", "王某", given, "3月底前"]
        rows = [
            [name.replace("完成时限", "完成\n时限").replace("进展情况", "进 展 情 况") for name in heads.split()],
            [*begin, given, date(2013, 2, 5), "已印发", None, "已完成", date(2013, 2, 5), "文件1份"],
            [*again, "正在准备", "会场未定", None, None, None, "电视电话会议"],
        ]
        put(book, sheet, rows, 2)
        sheet.merge_range(5, 0, 5, 4, "合 计")
        sheet.write(5, 13, "已完成1件")
        sheet.merge_range(6, 0, 6, 16, "填表人:李某    审核:赵某    联系电话:8765")


def two_rows_of_headings(path: Path) -> None:
    """责任单位 over 牵头 and 配合, 时间 over 交办 and 完成; the other headings merged over both rows."""
    with workbook(path) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range(0, 0, 0, 6, "督办事项一览表")
        for column, name in ((0, "序号"), (1, "督办事项"), (6, "备 注")):
            sheet.merge_range(1, column, 2, column, name)
        sheet.merge_range(1, 2, 1, 3, "责任单位")
        sheet.merge_range(1, 4, 1, 5, "时间")
        put(book, sheet, [[None, None, "牵头", "配合", "交办", "完成"]], 2)
        rows: list[Any] = [
            [1, "清理超期未结信访件", "信访处", "法规处，督查室", date(2013, 3, 1), "3月下旬"],
            [2, "通报一季度督查情况", "督查室", None, date(2013, 3, 11), date(2013, 4, 10), "分两批"],
        ]
        put(book, sheet, rows, 3)


def serials(path: Path) -> None:
    """Days as bare serial numbers, as they come out of other systems, and one as 20130331; a share as percentage."""
    with workbook(path) as book:
        sheet = book.add_worksheet("导出结果")
        percent = book.add_format({"num_format": "0%"})
        rows = [
            ["任务编号", "任务名称", "主办单位", "协办单位", "立项时间", "办理时限", "完成进度"],
            ["0012", "修订督查工作规则", "督查室", "法规处;秘书处", 41316, 41364],
            ["1-2", "编印工作动态", "秘书处", None, 41320, 20130331],
        ]
        put(book, sheet, rows)
        sheet.write(1, 6, 0.6, percent)
        sheet.write(2, 6, "约三分之一")


def epoch_1904(path: Path) -> None:
    """From a Mac: days counted from 1904, some without a format; codes as padded numbers, a mark for what is key."""
    with workbook(path, date_1904=True) as book:
        sheet = book.add_worksheet("重点工作")
        code = book.add_format({"num_format": '"督-"000'})
        rows: list[Any] = [
            ["事项编号", "工作事项", "承办单位", "承办人", "启动时间", "截止日期", "重点"],
            [None, "筹备半年工作会议", "办公室", "周某", date(2013, 5, 2), 39993, "√"],
            [None, "汇编制度文件", "办公室", "吴某", None, date(2013, 6, 28), None],
        ]
        put(book, sheet, rows)
        sheet.write(1, 0, 7, code)
        sheet.write(2, 0, 12, code)


def grouped(path: Path) -> None:
    """Tasks below the name of their stage, cells merged down, subtotals, the heading again on each page."""
    heads = ["序号", "工作内容", "工作措施", "责任单位", "完成时间"]
    with workbook(path) as book:
        sheet = book.add_worksheet("分解表")
        sheet.merge_range(0, 0, 0, 4, "专项活动任务分解表")
        put(book, sheet, [heads], 1)
        sheet.merge_range(2, 0, 2, 4, "一、宣传发动阶段(2月—3月)")
        sheet.merge_range(3, 0, 4, 0, 1)
        sheet.merge_range(3, 1, 4, 1, "开设专栏")
        sheet.merge_range(3, 4, 5, 4, "2月中旬")
        put(book, sheet, [[None, None, "报纸专栏", "宣传组(牵头)、省报社"], [None, None, "网站专题", "信息中心"]], 3)
        put(book, sheet, [[2, "印发宣传提纲", None, "综合组、宣传组(牵头)"]], 5)
        sheet.merge_range(6, 0, 6, 3, "小计:2项")
        put(book, sheet, [heads], 7)
        sheet.merge_range(8, 0, 8, 4, "二、推进实施阶段")
        put(book, sheet, [[1, "开展专项督导", "分片督导", "督导组/纪检组", "每月25日前"], [2], [3]], 9)
        put(book, sheet, [["说明:1.本表由综合组汇总;2.时限均含当日。"]], 13)


def several_worksheets(path: Path) -> None:
    """A cover, a worksheet for each quarter, a hidden one of last year."""
    heads = ["编号", "事项", "牵头单位", "时限要求"]
    with workbook(path) as book:
        put(book, book.add_worksheet("封面"), [["重点工作台账"], ["2013年"]])
        put(book, book.add_worksheet("一季度"), [heads, ["13-101", "召开党组会", "办公室", "1月底"]])
        put(book, book.add_worksheet("二季度"), [heads, ["13-201", "开展回头看", "督查室", "二季度末"]])
        past = book.add_worksheet("2012年")
        put(book, past, [heads, ["12-401", "年终总结", "办公室", "年底"]])
        past.hide()


def home_made(path: Path) -> None:
    """A unit's own: its name above the table alone, 序号 that is a code, expressions as deadlines, cells with marks."""
    with workbook(path) as book:
        sheet = book.add_worksheet("我组工作")
        rows: list[Any] = [
            ["本周工作(第12周)"],
            ["报送单位:督导组", None, None, "2013年3月18日"],
            [],
            ["序号", "任务内容", "具体责任人", "时限要求", "来源", "落实情况", "困难"],
            ["督-1", "暗访服务窗口", "钱某\n孙某", "下周三前", "主任办公会", "√"],
            ["督-2", "整理暗访视频", "孙某", "20个工作日内", None, None, "=设备不足"],
            ["督-3", "起草通报", None, "适时"],
        ]
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write_string(line, column, value)


def closings(path: Path) -> None:
    """What became of the tasks: closings with their day, outcomes, problems, formulas and their results."""
    with workbook(path) as book:
        sheet = book.add_worksheet("销号情况")
        rows: list[Any] = [
            [
                "编号",
                "工作任务",
                "牵头单位",
                "截止日期",
                "完成时限",
                "办结时间",
                "办结情况",
                "存在的问题",
                "状态",
                "剩余天数",
            ],
            ["学-01", "制定方案", "综合组", date(2013, 3, 15), "3月中旬", date(2013, 3, 14), "已办结", None, "已销号"],
            ["学-02", "开设专栏", "宣传组", date(2013, 3, 29), "3月底", None, "已约稿3篇", "版面未落实", "在办", 10],
        ]
        put(book, sheet, rows)
        sheet.write_formula(1, 9, "=D2-TODAY()", None, -4)


def gbk(path: Path) -> None:
    """An old system's CSV in the national encoding, quoted cells, serial numbers, an empty column at the end."""
    rows = [
        "事项,主办单位,办理时限,交办时间,联系人,类别,",
        '起草讲话,综合组,41364,2013-3-1,"郑某,冯某",文稿,',
        '"落实""三项制度""",督导组,3月20日,41334,陈某,督查,',
        "总计,,,,,2件,",
    ]
    save(path, rows, "gb18030")


def semicolons(path: Path) -> None:
    """UTF-8 with its mark, separated by semicolons, a title line, 序号 as a count in Chinese, texts like formulas."""
    rows = [
        "2013年会议议定事项;;;;",
        "序号;议定事项;责任部门;分管领导;完成期限",
        "一;完善值班制度;办公室,机要处;赵某;4-5月",
        "二;'-核查办公用房;机关事务处;钱某;年底前",
    ]
    save(path, rows, "utf-8-sig")


def unicode_text(path: Path) -> None:
    """What Excel calls Unicode text: UTF-16, separated by tabs, under a name that says xls."""
    rows = [
        "编号\t工作任务\t牵头单位\t配合单位\t责任人\t交办日期\t截止日期",
        "001\t编制预算\t财务处\t各处室\t卫某\t2013/2/1\t2013/3/31",
        '1-2\t"采购设备,\n验收入库"\t后勤处\t\t蒋某\t2013.2.4\t二季度末',
    ]
    save(path, rows, "utf-16")


def coarse_columns(path: Path) -> None:
    """一级 and 二级 columns merged down beside the tasks, units by label, the lead over several rows, page numbers."""
    with workbook(path) as book:
        sheet = book.add_worksheet("任务分解")
        sheet.merge_range(0, 0, 0, 6, "2013年优化环境行动任务分解表")
        sheet.merge_range(1, 0, 1, 6, "说明:1.排在首位的为牵头单位;2.各单位每月25日前报送进展。")
        put(
            book,
            sheet,
            [["一级任务", "二级任务", "序号", "工 作 任 务", "牵头、责任部门", "推进时限", "经费(万元)"]],
            2,
        )
        sheet.merge_range(3, 0, 5, 0, "一、简政放权")
        sheet.merge_range(3, 1, 4, 1, "1.审批")
        sheet.merge_range(3, 4, 4, 4, "牵头单位:审改办;责任部门:法制办、各市州")
        put(
            book,
            sheet,
            [[None, None, 1, "清理审批事项", None, "6月底", 3], [None, None, 2, "公布清单", None, "9月底"]],
            3,
        )
        put(book, sheet, [[None, "2.收费", 3, "清理收费", "物价局", "10月底", "—"]], 5)
        put(book, sheet, [["二、提升效能", "3.窗口", 4, "推行一站式服务", "政务中心", "12月中旬", 5]], 6)
        put(book, sheet, [["小计", None, "4项"], ["— 1 —"], ["主要领导签字:", None, None, "填表人:卫某"]], 7)


def rectification(path: Path) -> None:
    """A register of problems put right: they are the tasks, below group rows; a state, 无 where nothing is."""
    heads = ["序号", "反馈问题", "整改措施", "整改\n时限", "整改责任单位", "整改责任人", "整改情况", "是否销号"]
    with workbook(path) as book:
        sheet = book.add_worksheet("整改台账")
        put(book, sheet, [["督导反馈问题整改台账"], ["填报单位:机关党委", None, "填报日期:3月18日"], heads])
        rows = [
            ["一、学风方面"],
            [1, "集中学习不足", "每月两次", "每月底前", "组织处", "郑某", "已补学", "否"],
            ["二、作风方面"],
            [2, "文件超期流转", "限时办结", "2013-03-15 00:00:00", "办公室", "冯某", "无", "是"],
            [3, "会议偏多", "合并会议", "立行立改", "/", "陈某", "正在压减", "—"],
            ["备注:无"],
        ]
        put(book, sheet, rows, 3)


def two_tables(path: Path) -> None:
    """Two tables below each other, the second with headings of its own and one unit's; numbers as 1.1 below 1."""
    with workbook(path) as book:
        sheet = book.add_worksheet("汇总")
        rows = [
            ["序号", "工作任务", "牵头单位", "完成时限"],
            [1, "动员部署"],
            ["1.1", "召开动员会", "综合组", "3月底"],
            ["1.2", "印发方案", "综合组", "4月10日"],
            ["合计", "2项"],
            ["填报单位:", "宣传组"],
            ["序号", "重点工作", "负责人", "时间安排", "目前进展", "完成率"],
            [1, "开设专栏", "褚某", "4月底", "已约稿", 0.5],
            [2, "编印读本", "卫某", "二季度", "-", 1],
        ]
        put(book, sheet, rows)


def merged_saved_as_csv(path: Path) -> None:
    """Merged cells saved as CSV: only the first of each holds its text; codes that the spreadsheet spoilt."""
    rows = [
        "重点领域,编号,主要任务,主责单位,协办单位,时间进度",
        '民生,M-01,新建幼儿园,教育局,"财政局、住建局",8月底',
        ",M-02,改造校舍,,,",
        ",3月4日,轮岗交流,人社局,无,9月底",
        "产业,M-04,招商引资,商务局,\\,年底",
    ]
    save(path, rows, "utf-8")


SHEETS = {
    "17列台账.xlsx": whole_line,
    "两行表头.xlsx": two_rows_of_headings,
    "序列号.xlsx": serials,
    "苹果1904.xlsx": epoch_1904,
    "分阶段.xlsx": grouped,
    "分季度.xlsx": several_worksheets,
    "自制表.xlsx": home_made,
    "销号情况.xlsx": closings,
    "国标.csv": gbk,
    "分号.csv": semicolons,
    "文本.xls": unicode_text,
    "多级合并.xlsx": coarse_columns,
    "整改台账.xlsx": rectification,
    "两张表.xlsx": two_tables,
    "合并另存.csv": merged_saved_as_csv,
}

if __name__ == "__main__":
    for name, make in SHEETS.items():
        make(HERE / name)
