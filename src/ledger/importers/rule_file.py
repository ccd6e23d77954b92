"""Scoring rule files: TOML of the keys that `docs/scoring.md` tells, under their names or the office's words in quotes.

Read within bounds (64 KB, numbers of two decimals) and never carried out. What is misspelt, repeated, out of bounds or
of the wrong sign is refused with its key and line: a rule that is half understood judges units wrongly.
"""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from ledger.base.errors import BadValue, opening
from ledger.base.text import clean, quote
from ledger.model.scoring import EVENTS, UNNAMED, Rule

LIMIT = 64 * 1024
LARGEST = 1000
_MANUAL = "写法见 docs/scoring.md"
KEYS = {
    "name": "名称",
    "base": "基础分",
    "cap": "最高分",
    "floor": "最低分",
    "min_items": "最少件数",
    "listed": "红黑榜名数",
    "early_days": "提前天数",
    "exclude": "不参加的单位",
    "by_group": "分组",
    "points": "分值",
}
_POINTS = {name: event.label for name, event in EVENTS.items()}
_WHOLE = {"min_items": (1, LARGEST), "listed": (1, 100), "early_days": (1, 366)}
_NUMBERS = ("base", "cap", "floor")


class _Text(NamedTuple):
    """The text of a rule file, to find where something stands."""

    path: Path
    text: str

    def refuse(self, key: str, what: str, hint: str = _MANUAL) -> NoReturn:
        raise BadValue(f"打分规则 {self.path} {self._line(key)}{quote(key)}{what}", hint)

    def _line(self, key: str) -> str:
        spelled = rf"""(?:^|[\s{{,.\[])["']?{re.escape(key)}["']?\s*[=\].]"""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if re.search(spelled, line):
                return f"第{number}行的"
        return "里的"


def read_rule(path: Path) -> Rule:
    """The rule of a file. Raises `NotFound`, `StoreUnusable` where it cannot be read, `BadValue` for what it says."""
    with opening(path), path.open("rb") as file:
        content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise BadValue(f"打分规则 {path} 超过 {LIMIT // 1024} KB", "请核对是不是这个文件")
    try:
        text = _Text(path, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadValue(f"打分规则 {path} 不是 UTF-8 文字", "请另存为 UTF-8") from None
    try:
        said = tomllib.loads(text.text, parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise BadValue(f"打分规则 {path} {_place(str(error))}不合 TOML 的写法", _advice(text, str(error))) from None
    return _rule(text, _named(text, said, KEYS))


def _place(error: str) -> str:
    """Where the reader stopped."""
    found = re.search(r"at line (\d+), column (\d+)", error)
    return f"第{found[1]}行第{found[2]}个字符" if found else "末尾" if "end of document" in error else ""


def _advice(text: _Text, error: str) -> str:
    """A key in Chinese without quotes is what a clerk writes first."""
    found = re.search(r"at line (\d+)", error)
    line = text.text.splitlines()[int(found[1]) - 1] if found else ""
    bare = not line.lstrip("[ ")[:1].isascii()
    return f'键名写中文的要加引号,如 "主办办结" = 2;{_MANUAL}' if bare else _MANUAL


def _named(text: _Text, said: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """What is said under the keys' own names; the office's words stand for them."""
    words = {word: name for name, word in known.items()}
    found: dict[str, Any] = {}
    for key, value in said.items():
        name = words.get(key, key)
        if name in found:
            text.refuse(key, f"和 {name} 是同一项,写了两次", "请去掉一个")
        if name not in known:
            _refuse_unknown(text, key, known)
        found[name] = value
    return found


def _refuse_unknown(text: _Text, key: str, known: Mapping[str, str]) -> NoReturn:
    near = get_close_matches(key, [*known, *known.values()], 1, 0.5)
    hint = f"相近的有 {near[0]}" if near else f"可写 {'、'.join(known)}"
    text.refuse(key[:40], "不认识", f"{hint};{_MANUAL}")


def _rule(text: _Text, said: dict[str, Any]) -> Rule:
    for name in ("base", "points"):
        if name not in said:
            raise BadValue(f"打分规则 {text.path} 没有写 {name}({KEYS[name]})", _MANUAL)
    bounds = {name: _number(text, name, said[name]) for name in _NUMBERS if name in said}
    low, base, high = bounds.get("floor"), bounds["base"], bounds.get("cap")
    if high is not None and base > high:
        text.refuse("cap", f"比基础分 {base} 还低", "最高分不能低于基础分")
    if low is not None and low > base:
        text.refuse("floor", f"比基础分 {base} 还高", "最低分不能高于基础分")
    return Rule(
        _words(text, "name", said.get("name", UNNAMED), 100),
        base,
        _points(text, said["points"]),
        high,
        low,
        **{name: _whole(text, name, said[name]) for name in _WHOLE if name in said},
        exclude=_names(text, said.get("exclude", [])),
        by_group=None if "by_group" not in said else _words(text, "by_group", said["by_group"], 100),
    )


def _points(text: _Text, said: Any) -> dict[str, Decimal]:
    if not isinstance(said, dict) or not said:
        text.refuse("points", "要写成一组分值", "如 [points] 下面一行 lead = 2")
    points = {name: _number(text, name, value) for name, value in _named(text, said, _POINTS).items()}
    for name, value in points.items():
        if value * EVENTS[name].sign < 0:
            right = "加分,写正数" if EVENTS[name].sign > 0 else "扣分,写负数"
            text.refuse(_as_said(said, name), f"是{right}", f"如 {name} = {-value}")
    return {name: points[name] for name in EVENTS if name in points}


def _as_said(said: Mapping[str, Any], name: str) -> str:
    return name if name in said else EVENTS[name].label


def _number(text: _Text, name: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        text.refuse(name, "的值不是数", "请写数,如 2 或 -2.5")
    found = Decimal(value)
    if not found.is_finite() or abs(found) > LARGEST:
        text.refuse(name, f"的值超出了 -{LARGEST} 到 {LARGEST}")
    if found != found.quantize(Decimal("0.01")):
        text.refuse(name, "的值多于两位小数", "最多写两位小数")
    return found + 0


def _whole(text: _Text, name: str, value: Any) -> int:
    low, high = _WHOLE[name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        text.refuse(name, "的值不对", f"请写{low}到{high}的整数")
    return value


def _words(text: _Text, name: str, value: Any, limit: int) -> str:
    if not isinstance(value, str):
        text.refuse(name, "的值要写成文字", "文字写在引号里")
    return clean(value, KEYS[name], limit=limit)


def _names(text: _Text, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > LARGEST:
        text.refuse("exclude", "要写成单位的名单", '如 exclude = ["督查室"]')
    return tuple(_words(text, "exclude", one, 100) for one in value)
