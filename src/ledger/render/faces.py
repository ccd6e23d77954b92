"""How a cell looks on a terminal: its text with the sign of a light, its style, its lines in a given width.

A style is in rich's words (`bold red`), empty for none. The word of a light always stands beside its colour.
"""

from ledger.base.text import visible, width, wrap
from ledger.render.cells import Day, words
from ledger.reports.report import Bar, Cell, State

LIGHTS = {
    "red": ("●", "red"),
    "yellow": ("●", "yellow"),
    "blue": ("●", "bright_blue"),
    "green": ("●", "green"),
    "grey": ("○", "dim"),
    "done": ("✓", "green"),
    "cancelled": ("✗", "dim"),
}
HANG = 2  # the rest of a state hangs below its word, past the sign
WIDOW = 4  # a last line as short as this leaves a word alone
LONGEST_PART = 30
BAR = "cyan"
_EIGHTHS = " ▏▎▍▌▋▊▉"


def face(cell: Cell, day: Day) -> tuple[str, str]:
    """The cell in one line, and its style."""
    if isinstance(cell, State):
        sign, style = LIGHTS[cell.light]
        return f"{sign} {words(cell)}", style
    if isinstance(cell, Bar):
        return str(cell.value), BAR if cell.value else "dim"
    return words(cell, day), "dim" if cell == 0 else ""


def fitted(cell: Cell, text: str, cells: int) -> list[str]:
    """The cell, whose face is `text`, in lines of at most `cells` display cells, unless a word alone is wider."""
    if isinstance(cell, Bar):
        return [drawn(cell, cells)]
    if width(text) <= cells:
        return [text]
    return _hanging(cell, cells) if isinstance(cell, State) else _filled(text, cells)


def least(cell: State) -> int:
    """The fewest cells in which a state breaks between its parts only: sign, word and first part stay together."""
    first, *rest = _parts(cell)
    return min(max([width(first), *(HANG + width(part) for part in rest)]), LONGEST_PART)


def drawn(bar: Bar, cells: int) -> str:
    """The bar in blocks, its number behind it; anything above zero shows at least an eighth of a block."""
    if bar.value <= 0 or bar.scale <= 0:
        return str(bar.value)
    room = cells - len(str(bar.scale)) - 1
    eighths = max(1, round(8 * room * bar.value / bar.scale))
    return f"{'█' * (eighths // 8)}{_EIGHTHS[eighths % 8].strip()} {bar.value}"


def _parts(cell: State) -> list[str]:
    """`● 红 逾期19天`, `结转3次`: its sign goes with two parts."""
    first, second, *rest = (*map(visible, cell.parts), "", "")
    sign, _ = LIGHTS[cell.light]
    return [f"{sign} {first} {second}".rstrip(), *filter(None, rest)]


def _filled(text: str, cells: int) -> list[str]:
    """The lines of `text`, the measure narrowed a little where that keeps a lone word off the last of a few lines."""
    lines = wrap(text, cells)
    narrower = cells - 2
    while width(lines[-1]) <= WIDOW and len(lines) <= 5 and narrower >= cells - 2 * WIDOW and narrower > WIDOW:
        tried = wrap(text, narrower)
        if len(tried) > len(lines):
            break
        lines, narrower = tried, narrower - 2
    return lines


def _hanging(cell: State, cells: int) -> list[str]:
    lines: list[str] = []
    for part in _parts(cell):
        if lines and width(lines[-1]) + 1 + width(part) <= cells:
            lines[-1] += f" {part}"
        else:
            lines += wrap(part, cells) if not lines else [" " * HANG + line for line in wrap(part, cells - HANG)]
    return lines
