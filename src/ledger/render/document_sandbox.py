"""Where what a template says in braces is worked out: names, `if` and `for`, a handful of filters, and nothing else.

A template may come by mail. So only the forms of Jinja named here are let through, which leaves nothing that keeps a
value to build on (`set`, macros, blocks, `~`); the rest is held to two budgets, shared by all parts of a document:
the *characters* that come out, and the *steps* taken, a round of a loop counting as much as stands in the loop.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

FILTERS = ("default", "first", "join", "last", "length")
"""The filters that a template may use."""

_TESTS = ("defined", "undefined", "none", "odd", "even")
_FORMS = frozenset(
    (
        "Template", "Output", "TemplateData", "Name", "Getattr", "Getitem", "Const", "List", "If", "For", "CondExpr",
        "Filter", "Test", "Keyword", "Compare", "Operand", "And", "Or", "Not", "Neg", "Add", "Sub", "Div", "FloorDiv",
    )
)  # fmt: skip
_COMPARISONS = ("eq", "ne", "lt", "lteq", "gt", "gteq")
_DEEPEST = 50
"""How deep forms may stand in one another; a chain of fifty sums counts as that deep."""

_STEPS = 2_000_000
_COUNTED = "counted round"
"""The filter that counts the rounds of a loop; no template can write a name with a blank."""

_LARGEST = 2**63


class Excess(TemplateError):
    """A template asks for more than any document is."""


class Sandbox(SandboxedEnvironment):
    """Fills in names; calls nothing. `room` is how many characters may come out of it, all in all."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "**", "%"))

    def __init__(self, room: int) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self._room, self._steps = room, _STEPS
        self.globals.clear()
        self.tests = {name: self.tests[name] for name in _TESTS}
        plain = {name: self.filters[name] for name in FILTERS}
        self.filters = {**plain, "join": self._joined, _COUNTED: self._counted}

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers are added and divided; texts are not, and nothing is multiplied."""
        if operator in ("*", "**", "%") or not (_is_number(left) and _is_number(right)):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def compile(self, source: Any, *more: Any, **named: Any) -> Any:
        """Every part of a document passes here before it is run. Raises `SecurityError` for a form not allowed."""
        tree = self.parse(source) if isinstance(source, str) else source
        _require_allowed(tree, 0)
        for loop in tree.find_all(nodes.For):
            weight = sum(1 for _ in loop.find_all(nodes.Node))
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [nodes.Const(weight)], [], None, None, lineno=loop.lineno)
        tree.set_environment(self)
        return super().compile(tree, *more, **named)

    def concat(self, pieces: Iterable[str]) -> str:
        """The text of a part, its characters counted as they come."""
        return "".join(map(self._spent, pieces))

    def _spent(self, piece: str) -> str:
        self._room -= len(piece)
        if self._room < 0:
            raise Excess
        return piece

    def _counted(self, items: Iterable[Any], weight: int) -> Iterator[Any]:
        for item in items:
            self._steps -= weight
            if self._steps < 0:
                raise Excess
            yield item

    def _joined(self, items: Any, between: Any = "") -> Markup:
        """A list as one text. Not a text: its letters joined by it, and those by it again, have no end."""
        if not isinstance(items, list):
            raise SecurityError("join")
        mark = escape(between)
        self._room -= len(mark) * len(items)
        return mark.join(self._spent(escape(item)) for item in items)


def _require_allowed(node: nodes.Node, depth: int) -> None:
    allowed = type(node).__name__ in _FORMS and depth <= _DEEPEST
    if isinstance(node, nodes.Filter):
        allowed &= node.node is not None and node.dyn_args is None and node.dyn_kwargs is None
    elif isinstance(node, nodes.Operand):
        allowed &= node.op in _COMPARISONS
    elif isinstance(node, nodes.For):
        allowed &= not node.recursive
    if not allowed:
        raise SecurityError(type(node).__name__)
    for child in node.iter_child_nodes():
        _require_allowed(child, depth + 1)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < _LARGEST
