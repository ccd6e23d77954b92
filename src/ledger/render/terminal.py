"""Reports on a terminal, printed by rich from the lines of `layout`.

Rich gets segments, never markup strings, and lines that already fit: it decides only how the terminal shows a style.
Its own table would wrap a Chinese sentence as one word, and costs three times as much per row.
"""

from typing import IO, TYPE_CHECKING

from ledger.render.layout import lines
from ledger.reports.report import Report

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


class Sheet:
    """A report as rich prints it."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        from rich.segment import Segment
        from rich.style import Style

        end = Segment.line()
        for line in lines(self.report, options.max_width):
            for text, style in line:
                yield Segment(text, Style.parse(style) if style else None)
            yield end


def render(report: Report, width: int, colour: bool, file: IO[str]) -> None:
    """Print the report on `file`, `width` cells across; without `colour` no escape sequence at all is written."""
    from rich.console import Console

    console = Console(
        file=file, width=width, force_terminal=colour, no_color=not colour, color_system="auto" if colour else None
    )
    console.print(Sheet(report), end="", soft_wrap=True)
