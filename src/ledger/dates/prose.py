"""What stands around a deadline: leads up to it, follows it, and holds no time of its own. Grammar in `grammar.py`.

A text is taken apart from the left into deadlines and prose. A deadline begins where a clause does (at the start,
after a comma or a bracket) or with a word of time. Prose may hold no word of time but in ordinary words (前期, 每村,
3个项目). A span within a clause that work is about (报送上半年工作总结) is *aside*: a deadline only where no other is.
"""

from typing import NamedTuple

from ledger.dates.cursor import Cursor, Stumble
from ledger.dates.durations import duration, ordinal
from ledger.dates.lexer import Token
from ledger.dates.meaning import Deadline, Quota
from ledger.dates.numerals import CHINESE
from ledger.dates.quotas import quota
from ledger.dates.terms import asks, clause
from ledger.dates.words import ABOUT, HAPPENS

SILENT = frozenset(("tail", "done", "lead", "by", "和", "/", "(", ")", ":", "的"))
"""Words that mean nothing beside a deadline, so that nothing need be told of them."""

_PAUSES = ("和", "(", ")", ":", "/")
_UNITS = ("年", "月", "日", "天", "周", "季度", "旬", "小时", "分钟", "工作日", "学期", "半", "点")
_COUNTS = ("number", "第", "上", "下", "本", "每", "隔", "半", "个")
_ORDINARY = ("?", "lead", "done", "tail", "open", "plain", "according", "state", "counter", "约", "含")
_PROSE = (
    *_ORDINARY,
    *_PAUSES,
    "规划",
    "至少",
    "以上",
    "个",
    "的",
    "限期",
    "第",
    "by",
    "festival",
    "event",
    "放假",
    ".",
    "分",
)
_BOUNDS = ("内", "前", "后", "起", "左右")
_TIMES = (
    *("number", "year", "years", "half", "quarter", "part", "weekday", "relative", "now", "plan", "festival", "pair"),
    *("上", "本", "下", "次月", "次年", "全年", "年", "月", "周", "季度", "半", "前", "每", "隔", "by", "第", "限期"),
)

_NAMING = (*_ORDINARY, "放假", "节")
_AFTER = ("前", "后", "期间", "之日", "起", "内")  # what an event goes by
_ITS_DAY = ("当天", "当日", "次日", "翌日", "第二天")
_OLDEST = 20  # years: of a plan that is named by them
_RELATIVE = ("上", "本", "下", "次月", "次年", "years", "half", "全年")
_PARTS = ("期", "批", "轮", "部")  # of one work, where they are not said to be a quota
_PAIRING = ("和", "及", "与", "以及")
_NUMBERS = {"number", "至", "和", "日"}
_VAGUE = ("个", "某", "数", "几", "多")
_BEGINNINGS = ("至", "event", "节", "clock", "T", "约")  # of a clause alone


class Piece(NamedTuple):
    """The tokens from `first` up to `last`: the deadlines that they are, or how many are wanted, or prose. `aside`: a
    deadline only where no other is."""

    first: int
    last: int
    found: list[Deadline]
    aside: bool = False
    counts: bool = False
    quota: Quota | None = None
    notes: tuple[str, ...] = ()  # an aside's are not among the setting's


def pieces(cursor: Cursor) -> list[Piece]:
    """The text taken apart, prose token by token. Stumble where it cannot be."""
    found: list[Piece] = []
    fresh, dated = True, False  # whether a clause begins here, whether a deadline ended here
    since = cursor.at  # where the clause began
    while kind := cursor.kind():
        mark = cursor.at
        if (dated or kind in ("至少", "分")) and (counted := _counted(cursor, found)):
            found.append(counted)
            fresh = False
            continue
        if dated:
            _require_joint(cursor)
        if not fresh and _names_event(cursor, since, any(one.found for one in found)):
            found = [one for one in found if one.first < since]
            noted = len(cursor.setting.notes)
            asked = asks(cursor, cursor.typed(since))
            piece = Piece(since, cursor.at, [asked], notes=tuple(cursor.setting.notes[noted:]))
        else:
            piece = _deadline(cursor, since, fresh, any(one.found for one in found)) or Piece(mark, cursor.at, [])
        found.append(piece)
        if piece.found and piece.found[0].due_on:  # what follows is of the same year
            cursor.setting = cursor.setting._replace(year=piece.found[0].due_on.year)
        dated = bool(piece.found) and not piece.aside
        leads = not piece.found and kind == "lead"
        fresh = dated or (not piece.found and kind in _PAUSES) or (fresh and leads)
        if not leads and fresh:
            since = cursor.at
    return found


def _counted(cursor: Cursor, before: list[Piece]) -> Piece | None:
    """A quota here, or a plain 一次, which asks for nothing. 二期 is a part of one work, of a duty so many issues."""
    mark = cursor.at
    cursor.take("和")
    at = cursor.at
    wanted = quota(cursor)
    tokens = cursor.tokens[at : cursor.at]
    recurs = any(part.found and part.found[0].recurrence for part in before)
    if recurs and not tokens and at == mark and cursor.text == "一" and cursor.kind(1) in ("?", "tail", "plain"):
        return Piece(mark, mark + 1, [], counts=True) if cursor.take("number") else None  # 每月一调度
    is_part = not recurs and any(token.text in _PARTS for token in tokens)
    if tokens and not (is_part and not {"分", "至少", "以上"} & {token.kind for token in tokens}):
        return Piece(mark, cursor.at, [], counts=True, quota=wanted)
    cursor.at = mark
    return None


def _require_joint(cursor: Cursor) -> None:
    """Stumble on what may not stand right behind a deadline: 3月底前前, 3月20, 2022年或更长时间."""
    kind, before = cursor.kind(), cursor.tokens[cursor.at - 1].kind
    if kind == "和" and cursor.text.startswith("或") and not _offers(cursor):
        raise cursor.stumble()
    if kind == "/" and before != "number":
        return
    if (kind == "number" and before not in _BOUNDS) or cursor.text == "外":
        raise cursor.stumble()
    if kind == "起" and before in ("前", "内"):
        return
    if kind not in (*_PROSE, *_TIMES) or kind in ("个", ".", "/", "以上", "前") or kind == "第":
        raise cursor.stumble()


def _offers(cursor: Cursor) -> bool:
    """Whether 或 is followed by a deadline."""
    mark, noted = cursor.at, list(cursor.setting.notes)
    cursor.at += 1
    found = cursor.tried(clause)
    cursor.at = mark
    cursor.setting.notes[:] = noted
    return found is not None


def _deadline(cursor: Cursor, since: int, fresh: bool, dated: bool) -> Piece | None:
    """The deadline that begins here; None where it is prose, of which a token is taken. `since` is where the clause
    began that this is in, here if it is `fresh`; `dated`: there is a deadline already."""
    mark, kind, noted = cursor.at, cursor.kind(), list(cursor.setting.notes)
    stumble = cursor.stumble()
    if kind in _UNITS and mark and _is_vague(cursor.tokens[mark - 1]):  # 几个月内
        raise cursor.stumble(since)
    counted = kind == "number" and mark and cursor.tokens[mark - 1].kind == "第"  # 第1-2周
    if (fresh and kind in _BEGINNINGS) or (not counted and kind in _TIMES and (fresh or not _is_figure(cursor))):
        try:
            found = clause(cursor)
            last = cursor.tokens[cursor.at - 1].text
            if kind != "event" or not dated or (last.endswith(_AFTER) and last != "提前"):
                piece = _weighed(cursor, since, fresh, dated, found, mark)
                said = tuple(cursor.setting.notes[len(noted) :])
                if piece.aside or not piece.found:
                    cursor.setting.notes[:] = noted
                return piece._replace(notes=said)
        except Stumble as one:
            stumble = one
        cursor.at = mark
        cursor.setting.notes[:] = noted
        cursor.others.clear()
    if not _is_prose(cursor):
        raise stumble if fresh or dated else cursor.stumble(since)
    cursor.at = mark + 1
    return None


def _weighed(cursor: Cursor, since: int, fresh: bool, dated: bool, found: list[Deadline], mark: int) -> Piece:
    """The deadline as one, or as an aside: what work is about, or lasts, within a clause. A duration counts from a day
    that must be known: 急件5日内 and 作出决定10日内 are not."""
    first, last = cursor.tokens[mark].kind, cursor.tokens[cursor.at - 1].kind
    about = found[0].kind == "range" and cursor.follows(ABOUT)
    if about and dated and first in _RELATIVE and cursor.tokens[mark - 1].text in _PAIRING:
        return Piece(mark, cursor.at, found, aside=True)  # 本周总结和下周计划
    if _is_house_number(cursor, mark) and (dated or not fresh):
        return Piece(mark, cursor.at, [])
    if fresh or found[0].recurrence:
        return Piece(mark, cursor.at, found)
    if first == "第" and last == "周":  # 攻坚第二周
        raise cursor.stumble(since)
    bound, length = last in _BOUNDS, _is_duration(cursor, mark)
    if length and any(token.kind == "?" for token in cursor.tokens[since:mark]):
        if bound:
            raise cursor.stumble(since)
        return Piece(mark, cursor.at, [])
    named = first == "plan" and last in ("plan", "规划")  # 编制十五五规划
    aside = about or named or first == "上" or (not bound and (length or first == "festival"))
    return Piece(mark, cursor.at, found, aside)


def _is_vague(token: Token) -> bool:
    """Whether the token leaves open how many: 几, 三五."""
    return token.text in _VAGUE or (token.kind == "?" and frozenset(token.text) <= CHINESE)


def _is_house_number(cursor: Cursor, mark: int) -> bool:
    """Whether what was read from `mark` as a day is a number of something: 3号楼."""
    tokens = cursor.tokens[mark : cursor.at]
    return (
        len(tokens) > 1
        and tokens[-1].text == "号"
        and {token.kind for token in tokens} <= _NUMBERS
        and cursor.sees("?")
    )


def _is_duration(cursor: Cursor, mark: int) -> bool:
    end, cursor.at = cursor.at, mark
    found = duration(cursor) is not None
    cursor.at = end
    return found


def _is_figure(cursor: Cursor) -> bool:
    """Whether a number within a clause is no day: 3.5亿元, 2/3."""
    return cursor.sees("number", ".|/", "number") and cursor.kind(3) not in ("前", ".", "/")


def _names_event(cursor: Cursor, since: int, dated: bool) -> bool:
    """Whether 前, 后, 起, 期间 or 当天 makes an event of the clause before it (验收合格后10日内), which is taken then.
    Where there is a deadline already, only with days that count from it."""
    said = [token.kind for token in cursor.tokens[since : cursor.at]]
    if cursor.sees("relative") and cursor.text in _ITS_DAY and not dated and set(said) & set(_NAMING):
        cursor.at += 1  # 会议当天
        return True
    if said and (ahead := _days_before(cursor)) and cursor.typed(since).endswith(HAPPENS):
        cursor.at += ahead  # 会议召开5日前
        return True
    after = cursor.sees("前|后|起|期间") and set(said) & set(_NAMING)
    if not after and not (
        cursor.sees("event") and (cursor.text.endswith(_AFTER) or cursor.sees("event", "前|后|起|期间"))
    ):
        return False
    mark = cursor.at
    known = bool({"event", "according"} & {*said, cursor.kind()}) or cursor.typed(since).endswith(HAPPENS)
    cursor.skip("event", "前", "后", "起", "期间", "内")
    if duration(cursor) or (cursor.sees("第") and cursor.tried(ordinal)):
        cursor.skip("内", "前", "后")
    elif dated or not known or (cursor.kind() and cursor.kind() not in (*_PAUSES, "tail", "done", "lead")):
        cursor.at = mark  # 吃饭前; 后 of 后五名
        return False
    return True


def _days_before(cursor: Cursor) -> int:
    """How many tokens make 5日前, 3个工作日前 or 1个月前 here."""
    if not cursor.sees("number"):
        return 0
    ahead = 2 if cursor.kind(1) == "个" else 1
    return ahead + 2 if cursor.kind(ahead) in _UNITS and cursor.kind(ahead + 1) == "前" else 0


def _is_prose(cursor: Cursor) -> bool:
    """Whether the token here may be part of ordinary words."""
    kind, after = cursor.kind(), cursor.kind(1)
    before = cursor.tokens[cursor.at - 1] if cursor.at else None
    if kind in _PROSE or (kind == "节" and after in ("前", "后")):
        return True
    if kind == "number":
        if cursor.sees("number", "年") and cursor.tokens[cursor.at].value < _OLDEST:  # 三年行动计划
            return cursor.kind(2) in _ORDINARY
        ahead = 1
        while cursor.kind(ahead) in ("至", "和", ".", "/", "number", "个", "分"):
            ahead += 1
        ends = (
            cursor.kind(ahead) in ("(", ")", "") and before is not None and before.kind in (*_ORDINARY, "/", ".", "(")
        )
        return ends or cursor.kind(ahead) in _ORDINARY or (cursor.kind(ahead) == "" and cursor.kind(ahead - 1) == "个")
    if kind == "年" and before is not None and before.kind == "number" and before.value < _OLDEST:
        return after in _ORDINARY
    if kind in _UNITS:
        counted = before is None or before.kind in _COUNTS or _is_vague(before)
        return after in _ORDINARY and not counted
    if kind in ("前", "后"):  # 节前检查
        named = before is not None and before.kind in (*_NAMING, "festival", "event")
        return named and after in _ORDINARY
    if kind == "起" and before is not None and before.kind in ("前", "内"):  # 6月底前起诉, 6月底前开始
        return True
    if cursor.text in ("每", "隔", "每隔") and after in ("number", *_UNITS):  # 每4小时
        return False
    return kind not in ("unclear", "T", "now") and after in (*_ORDINARY, "event", "(", "number")
