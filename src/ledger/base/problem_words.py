"""What is said of problems, whichever way it comes in: that there is none, none besides the known ones, or that one is
solved. Whatever lacks something (没有经费, 无人负责) is a problem."""

import re
from collections.abc import Iterable

from ledger.base.text import fold_width, says_none

_WHEN = "目前|暂时|当前|现在|现阶段|截至目前|本期|本周|本月|本季度|我单位|总体上?|均|都|尚|暂|[,:]"
_NEW = "其他|其它|其余|新增?的?|新出现的?|另外的?"
_ANY = f"任何|什么|明显|突出|重大|较大|特别|特殊|大|存在|需要?(?:领导|上级|办公室)?(?:协调|解决)+|的|{_NEW}"
_THINGS = r"(?:困难|问题|障碍|异常|事项|情况|及|和|与|或|、|/)+"
_SOLVED = r"(?:均|都|全部)?已经?(?:全部|均|都|得到)*(?:解决|化解|消除|整改|落实|到位)(?:到位|完成|完毕|了)*"
_NONE = re.compile(
    rf"(?:{_WHEN})*(?:(?:暂?无|没有|未发现|不存在)"
    rf"|(?:无|没有|没|未|不)(?:发现|存在|遇到|出现|有)?(?:{_ANY})*{_THINGS}"
    rf"|(?:存在|原有?|上述|以上|此前|前期|上期|上次)?的?(?:问题|困难)?{_SOLVED}"
    r"|(?:无需|不需要?)(?:领导|上级|办公室)?(?:协调|解决|帮助|支持)?"
    r"|(?:一切|各项|工作|进展|进度|推进|总体)*(?:都|均|比较|较)?(?:正常|顺利)(?:推进|进行|开展)?"
    r"|[0零](?:个|项)?(?:问题)?)"
)
"""目前没有突出问题, 未发现问题, 问题已全部解决, 一切正常, 0."""
_NOTHING_NEW = re.compile(
    rf"(?:{_WHEN})*(?:无|没有|没|未|不)(?:发现|存在|遇到|出现|有)?(?:{_ANY})*(?:{_NEW})(?:{_ANY})*(?:{_THINGS})?"
)
"""无其他问题, 暂无新增: of those known it says nothing."""
_BESIDE = re.compile(rf"(?:{_WHEN})+|下一?步.*")
"""What says nothing of problems, where another part of the text does."""
_ONE_SOLVED = re.compile(rf"([^,;。、]+?)\(?{_SOLVED}\)?")
_AS_BEFORE = re.compile(
    r"同(?:前|上)(?:一?[期次周月季年报]|季度)?|见上[期次]?(?:填报|报表)?|(?:原|上述|以上)?(?:存在)?(?:的)?(?:问题)?"
    r"(?:不变|[无没未](?:有|发生)?变化|(?:仍|还|尚|依然|仍然)(?:然|旧)?(?:存在|在|(?:未|没有?)(?:能|得到)?解决)|未解决)"
)
_LABEL = "(?:存在的?|主要)?问题:"
_NUMBER = re.compile(r"(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、)]|[①-⑳])(?!\d)")


def says_no_problem(text: str) -> bool:
    """Whether what stands under 存在问题 says that there is none, none any more or no other. It is no problem, on any
    way in."""
    parts = _parts(text)
    said = [part for part in parts if _is_none(part)]
    beside = (part for part in parts if part not in said)
    return bool(said) and all(_BESIDE.fullmatch(part) or solved(part) is not None for part in beside)


def _parts(text: str) -> list[str]:
    """The parts of a short text between its stops; a long one has too much to say."""
    if len(text) > 40:
        return [text]
    bare = re.sub(_LABEL, "", bare_line(text), count=1)
    return [bare] if _is_none(bare) else [part for part in re.split("[,;。!]", re.sub(r"[(]|[)]$", ",", bare)) if part]


def _is_none(part: str) -> bool:
    return says_none(part) or any(words.fullmatch(part) for words in (_NONE, _NOTHING_NEW))


def says_nothing_new(text: str) -> bool:
    """Whether it says that no problem was added, which leaves open what became of those known."""
    return says_no_problem(text) and any(_NOTHING_NEW.fullmatch(part) for part in _parts(text))


def says_as_before(text: str) -> bool:
    """Whether it says that the problems known are there still: 同上期, 不变, 尚未解决."""
    return _AS_BEFORE.fullmatch(bare_line(text)) is not None


def solved(line: str) -> str | None:
    """The problem, as `bare_line` has it, that a line says is solved: 缺车(已解决), 经费问题已解决. None where it says
    no such thing."""
    found = _ONE_SOLVED.fullmatch(bare_line(line))
    return found[1].rstrip("(:") if found and not re.search("未|没|尚|仍|部分|基本|但", found[1]) else None


def bare_line(text: str) -> str:
    """What two spellings of one line have in common: without width, blanks, its number and the stop at its end."""
    folded = "".join(fold_width(text).lower().split()).rstrip("。.;,!").strip("\"'“”")
    folded = _NUMBER.sub("", folded, count=1) if _NUMBER.match(folded) else folded
    return folded[1:-1] if folded.startswith("(") and folded.endswith(")") else folded


def without(text: str, known: Iterable[str]) -> str:
    """What a cell says beside the texts known already, each of which stands on lines of its own."""
    lines = text.split("\n")
    for one in sorted(known, key=len, reverse=True):
        meant = [bare_line(line) for line in one.split("\n")]
        bare = [bare_line(line) for line in lines]
        at = next((at for at in range(len(lines)) if bare[at : at + len(meant)] == meant), None)
        if at is not None:
            del lines[at : at + len(meant)]
    return "\n".join(lines).strip()
