"""How the cells of a workbook look: traits, each a few properties of xlsxwriter, added up to styles.

The fonts are those that every office in China has; a machine without them takes its own. The fills of the lights are
light enough for black text, and the word of the light always stands in the cell: a printout in black and white can be
read. Days are ISO days: they stand under each other, fit a narrow column and say the year.
"""

from functools import cache
from typing import Any

from xlsxwriter import Workbook

FONT: dict[str, Any] = {"font_name": "宋体", "font_size": 11}
TITLE_SIZE = 18
INK, RULE = "#262626", "#A6A6A6"

_TRAITS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": TITLE_SIZE, "align": "center_across"},
    "across": {"align": "center_across", "font_color": INK},
    "left": {"align": "left"},
    "heading": {"font_name": "黑体", "font_size": 12, "align": "left"},
    "cell": {"border": 1, "border_color": RULE},
    "head": {"font_name": "黑体", "bg_color": "#E7EBF0", "align": "center", "text_wrap": True},
    "band": {"font_name": "黑体", "bg_color": "#E7EBF0", "align": "left"},
    "open": {"bottom": 1, "bottom_color": RULE, "top": 1, "top_color": RULE, "indent": 1},
    "end": {"right": 1, "right_color": RULE},
    "wrap": {"text_wrap": True, "align": "left", "indent": 1},
    "centre": {"text_wrap": True, "align": "center"},
    "number": {"align": "right"},
    "total": {"bold": True, "top": 2, "top_color": INK},
    "date": {"num_format": "yyyy-mm-dd"},
    "red": {"bg_color": "#F8CFCB"},
    "yellow": {"bg_color": "#FFF0B3"},
    "blue": {"bg_color": "#D0E3F7"},
    "green": {"bg_color": "#D8EDD3"},
    "grey": {"bg_color": "#E9E9E9"},
    "done": {"font_color": "#4D4D4D"},
    "cancelled": {"font_color": "#4D4D4D", "font_strikeout": True},
}

KINDS = {"number": "number", "bar": "number", "code": "centre", "date": "centre"}
"""The trait of a column by its kind; the others wrap."""


class Styles:
    """The styles of one workbook, each made when it is first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.number = cache(self._number)

    def _number(self, *traits: str) -> int:
        """The number of the style with these traits; one that is not known is a format of numbers."""
        properties: dict[str, Any] = {"valign": "vcenter"}
        for trait in traits:
            properties |= _TRAITS.get(trait) or {"num_format": trait}
        return int(self._book.add_format(properties)._get_xf_index())
