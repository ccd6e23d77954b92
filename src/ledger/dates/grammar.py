"""The grammar of deadlines, by recursive descent over the tokens of `lexer.py`; rules take tokens from the left.

    text      = {PROSE} {deadline {PROSE}}        one deadline; several ask for several tasks
    deadline  = 限期 [once] | cycle | turn | [约] once
    once      = event | duration (内 | 后 | )      counted from the day after the task was given out
              | [截至 | 至] limit [至 limit | limit]  3月初至11月底; 3月底4月初
              | limit 后 [duration | ordinal]        a day; by itself open
              | limit 起 [,] [duration | 至 limit | limit 前 | cycle]  likewise
              | limit [,] cycle                      2013年每月5日前: the cycle within the span
    event     = EVENT [前 | 后 | 起 | 期间] [duration] [内]  会后三日内, 开学前: open, asks for the date;
              | PROSE (前 | 后 | 起 | 期间) [duration] [内] | PROSE 当天  so does 验收合格后10日内
    limit     = moment [weekday] [clock] [(含)] [左右] [内] [前 [(含)]] [clock]
    moment    = day | week | month | block | year | holiday
    day       = 今天 | 明天 | … | 20130320 | 2013-03-20 | 2013/3/20 | 3.20 | numbers 日 | weekday
    week      = (上 | 本 | 下 {下}) 周 [底 | weekday | ordinal] | [year] 第 NUMBER 周 | 周 (底 | 内)
    month     = [year] numbers 月 [edge] | 2013-03 | (上 | 本 | 下 {下}) [个] 月 [edge] | 月 edge | 旬
    edge      = 底 | 初 | 中 | 旬 | numbers 日 | ordinal
    旬        = 上旬 | 中旬 | 下旬 | 上中旬 | 中下旬 | 上半月 | 下半月
    block     = [year] ([第] numbers 季度 | Q1 | 前 NUMBER 季度 | 上半年 | 下半年) [part]
              | (上 | 本 | 下 {下}) 季度 [part] | (季度 | 半年) part
    part      = 底 | 初 | (首月 | 末月) [edge] | ordinal [edge]
    year      = (NUMBER 年 | 今年 | 明年 | 次年 | …) [底 | 初 | 中] | NUMBER 至 NUMBER [年] | 全年 | 年度
              | 年 (底 | 初 | 中 | 内 | 前 | 后) | PLAN [规划] (期间 | 期内 | 末)
    holiday   = [year] (HOLIDAY {HOLIDAY} [[和] HOLIDAY 期间] | 两节 | 双节 | 节) [放假] [前 [duration] | 期间]
    numbers   = NUMBER {(至 | 和) NUMBER}            4-5月 is a span, so is 2、3月; 5、9月 are two moments
    duration  = 半 年 | 半 [个] 月 | [NUMBER 至] NUMBER 日
              | [NUMBER 至] NUMBER [个] [半] (天 | 周 | 月 | 季度 | 年 | 工作日 | 小时)
    ordinal   = (第 | 最后 | 倒数 [第]) NUMBER [个] (工作日 | weekday | 天 | 月)
    clock     = time [至 time]
    time      = [下午] 下班 | [上午 | 下午 | 晚上 …] NUMBER (: NUMBER [: NUMBER] | 点 [NUMBER [分] | 半])
    cycle     = (each | NUMBER [个] unit quota) [clock] [左右] [内] [前] [至 limit]
    each      = (每 | 隔) [NUMBER] [个] unit [due {和 due}]
    unit      = 日 | 工作日 | 周 | 双周 | 旬 | 半月 | 月 | 双月 | 季度 | 学期 | 半年 | 年
    due       = weekday | ordinal | 后 NUMBER (日 | 工作日) 内 | HOLIDAY 前
              | [首月 | 末月 | 次月 | [NUMBER 至] NUMBER 月] (底 | 初 | 中 | 旬 | 前 NUMBER 日 | NUMBER 日 | ordinal)
    turn      = (上 | 前 一) [个] (期 | 次 | 轮 | 回 | 批) [任务] 销号 [后 | 起] [的] [满] length    上次办结后一周内
    length    = duration | 第 NUMBER (天 | 工作日) | (当天 | 次日) [起 duration]
    quota     = [分] [至少] NUMBER [至 NUMBER] COUNTER [以上] | 一 PROSE      每月一调度

NUMBER is in ASCII or Chinese digits. Synonyms stand under one kind in `words.py`. 的 may stand before what narrows a
moment (每月的1日). A span is due on its last day; 前 includes a day or an end itself, but of a bare week, month,
quarter or year (8月前) it is the day before that begins, unless (含) stands behind; 左右 gives grace, a missing year is
chosen by `expression.Setting`. A plan (十四五) is due on its last day. A quota may stand behind the deadline.

PROSE is what holds no time of its own; `prose.py` says what that is. It leads up to the deadline (务于, 争取), says
完成 or 报送, or anything else, which is noted. It may hold a span that work is about (报送上半年工作总结), the title of
a document, and numbers of things (3号楼). Prose alone is no deadline: open where a word says so (适时, 已完成) or it
begins as 按要求 and 根据安排 do; else nothing can be read. Adjacent spans (6月、7月) are one; a deadline told again is
not another; an event in brackets beside a date gives way to it; 4月开始,12月底结束 is a span.

Each rule is a function over a `Cursor`, in modules by subject: durations, festivals, months, years, moments, cycles
(with due), quotas, terms, prose, and here the text as a whole.

Conventions of this module where practice is divided: 10 days of grace for 左右 on a month or more, else 5; 周末 is
Saturday and Sunday; 24小时 is a day; 30日 without 内 is a day of the month, 30天 a duration; 节后 and other 后 without
a number have no end; a holiday's 期间 are its days off in a row; 1-5日内 is the longest of them; 月底完成 is one day as
月底前 is; 每年5月至9月 is due at the end of September; terms (每学期) are February to July and August to January.
"""

from datetime import date
from itertools import pairwise

from ledger.dates.cursor import Cursor
from ledger.dates.lexer import Token
from ledger.dates.meaning import Deadline
from ledger.dates.prose import SILENT, Piece, pieces
from ledger.dates.spans import later
from ledger.dates.terms import OPEN


def deadlines(cursor: Cursor) -> list[Deadline]:
    """The whole text: one deadline, or each of several. Stumble where the grammar does not take it.

    What is left over is noted, and what has no date at all (按省厅要求).
    """
    parts = pieces(cursor)
    dated = _explained(cursor, [part for part in parts if part.found and not part.aside])
    if not dated:
        dated = [part for part in parts if part.aside]
        cursor.setting.note(*(note for part in dated for note in part.notes))
    wanted = next((part.quota for part in parts if part.quota), None)
    found = _one_by_one(cursor, [part for part in dated if part.found])
    if found:
        _tell(cursor, parts, dated, found[0])
    else:
        found = [_undated(cursor, parts)]
    return [deadline._replace(quota=wanted) for deadline in found]


def _explained(cursor: Cursor, dated: list[Piece]) -> list[Piece]:
    """Without an event whose date stands in brackets or that stands in brackets beside it (汛期前(5月底)); a beginning
    (4月开始,12月底结束) with the end that is named after it."""
    days = [part for part in dated if part.found[0].due_on and not part.found[0].recurrence]
    if len(dated) != 2 or len(days) != 1:
        return dated
    day, other = days[0], next(part for part in dated if part not in days)
    first, reading = other.found[0], day.found[0]
    joints = [token.kind for token in cursor.tokens[dated[0].last : dated[1].first]]
    if first.due_on is None and first.start_on and dated[1] is day and first.start_on <= (reading.due_on or date.min):
        day = day._replace(found=[reading._replace(start_on=first.start_on, kind="range")])
    elif first.due_on or not ("(" in joints or first.start_on):
        return dated
    cursor.setting.unnote(*other.notes)
    return [day] if dated[0] is days[0] or "(" in joints else [other._replace(found=[]), day]


def _one_by_one(cursor: Cursor, dated: list[Piece]) -> list[Deadline]:
    """The deadlines: one that is told again (上半年,即6月底前) once, and adjacent months (6月、7月) as one span."""
    found = list(dated[0].found) if dated else []
    for before, part in pairwise(dated):
        joints = {token.kind for token in cursor.tokens[before.last : part.first]}
        spans = {token.kind for token in cursor.tokens[before.first : part.last]} & {"至"}
        each = any(word in cursor.source for word in ("各", "分别", "下半年"))  # 上半年、下半年 is twice
        if (
            joints <= {"和", "/"}
            and not spans
            and not each
            and len(part.found) == 1
            and _follows(found[-1], part.found[0])
        ):
            text = f"{found[-1].text}、{part.found[0].text}"
            found[-1] = part.found[0]._replace(start_on=found[-1].start_on, text=text)
        else:
            known = {one.due_on for one in found if one.recurrence is None}
            found += [one for one in part.found if one.recurrence or one.due_on not in known]
    return found


def _follows(first: Deadline, second: Deadline) -> bool:
    """Whether one span goes on in the other without a gap."""
    spans = first.kind == second.kind == "range"
    return spans and first.due_on is not None and later(first.due_on, 1) == second.start_on


def _tell(cursor: Cursor, parts: list[Piece], dated: list[Piece], found: Deadline) -> None:
    """Note the words that the deadline does not go by."""
    read = {part.first for part in dated}
    left = _left(cursor, [part for part in parts if part.first not in read])
    if left:
        words = found.text if found.recurrence is None else cursor.typed(dated[0].first, dated[0].last)
        cursor.setting.note(f"时限按“{words}”,{''.join(f'“{one}”' for one in left)}不影响日期")


def _left(cursor: Cursor, prose: list[Piece], silent: frozenset[str] = SILENT) -> list[str]:
    """The stretches of prose that say something, each in one."""
    runs: list[list[int]] = []
    for part in prose:
        if not part.counts:
            if runs and runs[-1][1] == part.first:
                runs[-1][1] = part.last
            else:
                runs.append([part.first, part.last])
    said = [run for run in runs if any(token.kind not in silent for token in cursor.tokens[slice(*run)])]
    return [cursor.written(*run) for run in said]


def _undated(cursor: Cursor, parts: list[Piece]) -> Deadline:
    """No deadline: 适时, 长期坚持, 分二次, 按方案要求; noted where that is only taken so. Stumble on anything else."""
    tokens = [token for part in parts for token in cursor.tokens[part.first : part.last]]
    says = [token for token in tokens if token.kind not in SILENT]
    stated = next((token.text for token in says if token.kind == "state"), None)
    if stated:
        cursor.setting.note(f"“{stated}”是办理情况,不是时限,按无期限")
    elif not (any(token.kind == "open" for token in says) or any(part.counts for part in parts) or _is_by_plan(says)):
        raise cursor.stumble(cursor.tokens.index(says[0]) if says else None)
    if not stated and (left := _left(cursor, parts, SILENT | {"open"})):
        cursor.setting.note(f"{''.join(f'“{one}”' for one in left)}没有写明日期,按无期限")
    return OPEN


def _is_by_plan(says: list[Token]) -> bool:
    """按方案要求, 根据安排."""
    return bool(says) and (says[0].kind == "according" or says[0].text == "按")
