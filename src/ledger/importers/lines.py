"""What the text of a line of a sheet tells by itself: a total, a foot, a numeral and how fine it is."""

import re

from ledger.base.text import fold_width, says_none
from ledger.importers.cells import Cells, Fault, Number, Value, shown

_LONGEST_NONE = 6
NONE_BEGINS = frozenset("无暂没尚空nN-—–―─−－/／\\＼·~～_(（")

_TOTAL_WORDS = ("合计", "总计", "小计", "共计", "累计")
_TOTAL_BEGINS = frozenset("合总小共累本分")
_TOTAL = re.compile(rf"(本页|本类|分类)?({'|'.join(_TOTAL_WORDS)})(\W.*|\d.*|共.*)?", re.DOTALL)
_WHO = (
    r"(填表|制表|填报|审核|审批|审定|复核|核稿|校对|经办|报送|签发|批准|备注|备考|附注|注|说明|联系|联络|单位负责|主要负责|主要领导|分管领导"
    r"|单位领导|领导签|负责人签|签字|签名|盖章|公章|打印|抄送|抄报|印发|电话|手机|传真|邮箱|日期)"
)
_FOOT = re.compile(
    rf"\(?{_WHO}[^:。,;]{{0,8}}:|{_WHO}[^:。,;\d]{{0,5}}(签字|签名|盖章|意见)|注\d|\(?(盖章|公章|签字)\)?"
)
_LABEL = re.compile(r"[^:]{2,10}:")
_BARE = re.compile(r"(填表|制表|填报|审核|联系|报送|经办)人\s+\S+")
_PAGE = re.compile(
    r"\d{4}年\d{1,2}月(\d{1,2}日)?|[-—–―─~·]+\d+[-—–―─~·]+|第?\d+/\d+页?|(第\d+页)?[,/]?共\d+页(第\d+页)?|第\d+页|page\d+(of\d+)?|[(]?(续表|以下空白|此页无正文|本页无正文)[)]?",
    re.IGNORECASE,
)
_CHINESE = "一二三四五六七八九十百"
_LEVELS = (
    re.compile(rf"第[{_CHINESE}\d]+(部分|篇|章|节|类|阶段|季度|批)[、:：.\s]*"),
    re.compile(rf"[{_CHINESE}]+(?:[、.,\s]|(?=\Z))"),
    re.compile(rf"\([{_CHINESE}]+\)[、.]?"),
    re.compile(r"\d+(?:[、.](?!\d)|(?=\Z))"),
    re.compile(r"\d+[.-]\d+(?:[、.\s](?!\d)|(?=\Z))"),
    re.compile(r"\d+(?:[.-]\d+){2,}(?:[、.\s](?!\d)|(?=\Z))|\(\d+\)[、.]?|\d+\)|[\u2460-\u2473]"),
)
"""The numerals of headings, from the coarsest to the finest: 第一部分, 一、, (一), 1., 1.1, (1)."""

_STEMS = "甲乙丙丁戊己庚辛"
_FEWEST_COLUMNS = 3

SPOKEN = 2
"""The finest level whose numerals are written out: numbers of groups rather than of tasks."""

UNNUMBERED = len(_LEVELS)


def holds_nothing(value: Value) -> bool:
    """Whether a cell is filled with a mark for none."""
    return isinstance(value, str) and len(value) <= _LONGEST_NONE and value[0] in NONE_BEGINS and says_none(value)


def squeezed(value: Value | None) -> str:
    """A text half-width and without blanks; empty for what is none."""
    return "".join(fold_width(value).split()) if isinstance(value, str) else ""


def is_total(value: Value | None, *, alone: bool = False) -> bool:
    """Whether a cell begins a line of totals; `alone` where it must say nothing else."""
    if not isinstance(value, str) or value.lstrip()[:1] not in _TOTAL_BEGINS:
        return False
    text = squeezed(value)
    return text in _TOTAL_WORDS if alone else bool(_TOTAL.fullmatch(text))


def numbers_columns(cells: Cells) -> bool:
    """Whether a line numbers the columns below the headings: 1, 2, 3, 4 or 甲, 1, 2, 3."""
    first = cells[min(cells)]
    if len(cells) < _FEWEST_COLUMNS or isinstance(first, Fault) or (isinstance(first, str) and len(first) > 1):
        return False
    texts = [shown(value) if isinstance(value, Number) else squeezed(value) for _, value in sorted(cells.items())]
    stems = next((place for place, text in enumerate(texts) if text != _STEMS[place : place + 1]), len(texts))
    return texts[stems:] == [str(number) for number in range(1, len(texts) - stems + 1)] and len(texts) - stems > 1


def is_page(text: str) -> bool:
    """Whether a squeezed text is the number of a page, the date of the sheet, or says that the page ends."""
    return bool(_PAGE.fullmatch(text))


def is_foot(value: str) -> bool:
    """Whether a text belongs below a table: who filled it in, who is to sign, a remark on the whole."""
    return bool(_FOOT.match(squeezed(value)) or _BARE.match(fold_width(value).strip()))


def is_label(value: Value | None) -> bool:
    """Whether a cell is a label, with what it is of or without."""
    return bool(_LABEL.match(squeezed(value)))


def level_of(text: str) -> int | None:
    """How coarse the numeral is that begins a text, from 0; None without one."""
    text = fold_width(text).strip()
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(text)), None)


def number_level(value: Value | None) -> int | None:
    """How coarse a numeral is that fills its cell; None for anything else."""
    if isinstance(value, Number):
        return 3 if value.value == int(value.value) else 4
    text = squeezed(value)
    for level, pattern in enumerate(_LEVELS):
        if text and pattern.fullmatch(text):
            return level
    return None


def without_numeral(text: str) -> str:
    """A heading without the numeral in front, where that leaves something; 第一阶段 is its own name."""
    bare = text.strip()
    for pattern in _LEVELS[1:]:
        if found := pattern.match(fold_width(bare)):
            return bare[found.end() :].strip(" \t\n、.．:：") or bare
    return bare
