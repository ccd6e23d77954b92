"""How a command line is parsed: as Typer does, save that what may be misread is refused with the sentence that helps.

- `-1` is an argument (last week), never an option: no option of this program is a digit.
- An option whose dashes or letters a Chinese input method made full-width (——unit, －－unit, —u) is no argument.
- A value that an option takes but once is not given twice: Typer would take the last without a word.
- A word behind the value of an option, where a command takes any number of tasks, may be the rest of that value, whose
  blank nobody quoted: it is no task.
"""

import re
from difflib import get_close_matches
from typing import Any

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.cli.typer_seam import Context, OptionParser, Parameter, ParsingState, UsageError

TYPED = "ledger.typed"  # the key of `Context.meta` under which the parser leaves what was typed, by parameter name
_BEFORE = "ledger.before"  # under which it leaves each argument with the word before it

TASKS = "事项"
"""How the metavar of an argument that names tasks begins."""
_PROSE = ("文字", "理由", "任务", "措施", "来源")
"""The metavars of options whose values are sentences."""
_DASHES = "-－﹣‐‑‒–—―−ー"
_LOOKS_LIKE_A_CODE = re.compile(r"(?i)[\w.〔〕()\[\]-]*[0-9]+号?")


class Parser(OptionParser):
    """The parser of one command or group."""

    def parse_args(self, args: list[str]) -> tuple[dict[str, Any], list[str], list[Parameter]]:
        words = list(args)
        self._before: list[tuple[str, str]] = []
        self._last = ""
        self._value_of: Parameter | None = None
        try:
            typed, rest, order = super().parse_args(args)
        except UsageError as error:
            error.ctx = self.ctx  # Typer forgets it where an option lacks its value
            raise
        if self.ctx is not None:
            self.ctx.meta[TYPED], self.ctx.meta[_BEFORE] = typed, self._before
            if not self.ctx.resilient_parsing:
                _require_once(order, words)
        return typed, rest, order

    def _process_args_for_options(self, state: ParsingState) -> None:
        """As Typer's, with a look at each word that is to be an argument."""
        while state.rargs:
            word = state.rargs.pop(0)
            if word == "--":
                return
            if word[:1] == "-" and len(word) > 1 and not re.fullmatch(r"-\d+", word):
                self._take_option(word, state)
                continue
            self._require_argument(word, bool(state.largs))
            if not self.allow_interspersed_args:
                state.rargs.insert(0, word)
                return
            self._before.append((self._last, word))
            state.largs.append(word)
            self._last, self._value_of = word, None

    def _take_option(self, word: str, state: ParsingState) -> None:
        if word.split("=")[0] not in self._long_opt:
            self._require_half_width(word)
        left = list(state.rargs)
        self._process_opts(word, state)
        taken, option = len(left) - len(state.rargs), state.order[-1]
        self._last = left[taken - 1] if taken else word
        self._value_of = None if getattr(option, "is_flag", False) else option

    def _require_half_width(self, word: str) -> None:
        """Raises `BadValue` for an option that is one but for the width of its signs."""
        if self.ctx is None or self.ctx.resilient_parsing:
            return
        dashes = re.match(f"[{_DASHES}]+", word)
        name = fold_width(word[dashes.end() :]).partition("=")[0] if dashes else ""
        known = [*self._long_opt, *self._short_opt]
        meant = f"-{name}" if len(name) == 1 else f"--{name}"
        if not re.fullmatch("[A-Za-z][A-Za-z-]*", name) or re.match("-+[A-Za-z-]+(?:=|$)", word):
            return
        close = [meant] if meant in known else get_close_matches(meant, self._long_opt, n=1)
        if close:
            what = f"选项{quote(word)}的横线、字母或等号不是半角的"
            raise BadValue(what, f"请写作 {close[0]},值写在它的后面,隔一个空格")

    def _require_argument(self, word: str, others: bool) -> None:
        """Raises `BadValue` for a word that is hardly meant as an argument; `others` came before."""
        self._require_half_width(word)
        option = self._value_of
        names = any(str(getattr(one.obj, "metavar", "")).startswith(TASKS) and one.nargs == -1 for one in self._args)
        if option is None or not names or not others or self.ctx is None or self.ctx.resilient_parsing:
            return
        prose = str(getattr(option, "metavar", "")).endswith(_PROSE)
        if prose or not _LOOKS_LIKE_A_CODE.fullmatch(fold_width(word)):
            what = f"{quote(word)}跟在选项 {max(option.opts, key=len)} 的值后面,说不准是值的一部分还是另一件事项"
            raise BadValue(what, f"值里有空格要加引号,如 {_quoted(self._last, word)};事项请写在选项之前")


def _require_once(order: list[Parameter], words: list[str]) -> None:
    """Raises `BadValue` for an option with one value that was given twice, or given and denied."""
    seen: set[str] = set()
    for option in order:
        name, denial = option.name or "", getattr(option, "secondary_opts", [])
        if option.param_type_name != "option" or option.multiple:
            continue
        flag = getattr(option, "is_flag", False)
        if (name in seen and not flag) or (denial and {*option.opts} & {*words} and {*denial} & {*words}):
            named = max(option.opts, key=len)
            what = f"选项“{named}”与“{denial[0]}”同时写了" if flag else f"选项“{named}”写了两次"
            raise BadValue(what, "它只取一个值,请只留一个")
        seen.add(name)


def too_many(ctx: Context, left: list[str]) -> BadValue:
    """The error for arguments that nothing takes: most often a text whose blanks nobody quoted."""
    what = f"多出了参数{quote(' '.join(left))}"
    before = ctx.meta.get(_BEFORE, [])[-len(left) :]
    last = next((one for one in reversed(ctx.command.params) if one.param_type_name == "argument"), None)
    metavar = str(getattr(last, "metavar", ""))
    usage = f"用 {ctx.command_path} --help 查看用法"
    if not before or not before[0][0] or (last is None and before[0][0].startswith("-")):
        return BadValue(what, usage)
    if last is None:
        return BadValue(what, f"选项的值里有空格要加引号,如 {_quoted(before[0][0], *left)};{usage}")
    if metavar.startswith(TASKS) and before[0][0] == ctx.params.get(last.name or ""):
        return BadValue(what, f"这条命令一次办一件事项,请分几次;{usage}")
    hint = f"一段文字里有空格要加引号,如 {_quoted(before[0][0], *left)}"
    if any(str(getattr(one, "metavar", "")) == TASKS for one in ctx.command.params) and metavar == "文字":
        hint += ";几件事项用顿号连写,如 12、13"
    return BadValue(what, hint)


def unquoted(ctx: Context, word: str) -> BadValue | None:
    """The error for an argument that is nothing by itself and stands behind the value of an option, whose rest it is;
    None where it does not stand so."""
    before = next((last for last, one in ctx.meta.get(_BEFORE, []) if one == word), "")
    if not before or before.startswith("-"):
        return None
    hint = f"选项的值里有空格要加引号,如 {_quoted(before, word)};用 {ctx.command_path} --help 查看用法"
    return BadValue(f"多出了参数{quote(word)}", hint)


def _quoted(*words: str) -> str:
    return '"' + quote(" ".join(words))[1:-1].replace('"', '\\"') + '"'
