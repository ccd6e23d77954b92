"""The walk on a whole screen: one task at a time, the keys below it, a line to type in where something is asked.

prompt_toolkit reads the keys (decoded, so that Chinese arrives whole), edits the line by characters and draws; it is
imported by this module alone.
"""

from collections.abc import Callable
from contextlib import suppress

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from ledger.base.errors import LedgerError
from ledger.base.text import clip, visible, width, wrap
from ledger.cli.combing import card
from ledger.cli.combing.keys import KEYS, Key, Targets, found
from ledger.cli.combing.talk import Talk
from ledger.cli.combing.walk import Walk

_STYLE = Style.from_dict(
    {
        "title": "bold",
        "bold": "bold",
        "dim": "ansibrightblack",
        "red": "ansired",
        "yellow": "ansiyellow",
        "blue": "ansibrightblue",
        "green": "ansigreen",
        "grey": "ansibrightblack",
        "done": "ansigreen",
        "cancelled": "ansibrightblack",
        "error": "bold ansired",
        "said": "bold ansigreen",
        "label": "bold",
    }
)
_WHEEL = {MouseEventType.SCROLL_UP: "<scroll-up>", MouseEventType.SCROLL_DOWN: "<scroll-down>"}
_ESCAPE_SECONDS = 0.05
"""How long Esc may be the beginning of an arrow key."""


_OFFERED = 4
"""Lines of what may be chosen."""


class _Text(FormattedTextControl):
    """Text over which the wheel turns the pages."""

    def __init__(self, text: Callable[[], StyleAndTextTuples], turn: Callable[[str], None]) -> None:
        super().__init__(text)
        self._turn = turn

    def mouse_handler(self, mouse_event: MouseEvent) -> None:
        if mouse_event.event_type in _WHEEL:
            self._turn(_WHEEL[mouse_event.event_type])


class Screen:
    """The walk on the terminal, until it is left."""

    def __init__(self, walk: Walk, *, colour: bool) -> None:
        self._walk = walk
        self._talk: Talk | None = None
        self._targets = Targets([])
        self._stem, self._put = "", ""  # what was typed by hand, and what Tab made of it
        self._line = Buffer(multiline=False, accept_handler=self._entered)
        asking = Condition(lambda: self._talk is not None)
        field = Window(BufferControl(self._line), height=self._lines, dont_extend_height=True, wrap_lines=True)
        body = HSplit(
            [
                Window(_Text(self._above, self._press), wrap_lines=False),
                Window(_Text(self._below, self._press), height=lambda: len(self._foot()), wrap_lines=False),
                ConditionalContainer(field, asking),
            ]
        )
        self._app: Application[None] = Application(
            Layout(body, focused_element=field),
            key_bindings=self._bindings(asking),
            style=_STYLE,
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
            full_screen=True,
            mouse_support=True,
        )
        self._app.ttimeoutlen = _ESCAPE_SECONDS
        self._refresh()

    def run(self) -> None:
        """Show it until the clerk leaves, or the terminal does. The signals that ask to end go on to raise
        `KeyboardInterrupt`."""
        with suppress(EOFError):
            self._app.run(handle_sigint=False)

    # --- keys --------------------------------------------------------------------------------------------------------

    def _bindings(self, asking: Condition) -> KeyBindings:
        bindings = KeyBindings()

        @bindings.add(Keys.Any, filter=~asking)
        def _(event: KeyPressEvent) -> None:
            self._press(event.data)

        for name in (name for one in KEYS for name in one.more if not name.startswith("<")):
            bindings.add(name, filter=~asking)(self._pressing(name))

        @bindings.add("escape", filter=asking, eager=True)
        @bindings.add("c-c", filter=asking)
        def _(event: KeyPressEvent) -> None:
            self._guarded(self._call_off)

        @bindings.add("c-z")
        def _(event: KeyPressEvent) -> None:
            event.app.suspend_to_background()

        @bindings.add("tab", filter=asking)
        def _(event: KeyPressEvent) -> None:
            if self._talk is not None and (text := self._line.text) != self._put:
                self._stem = text
            self._put = self._talk.following(self._line.text, self._stem) if self._talk else ""
            self._fill(self._put)

        return bindings

    def _pressing(self, name: str) -> Callable[[KeyPressEvent], None]:
        return lambda event: self._press(name)

    def _press(self, pressed: str) -> None:
        if self._talk is not None:
            return
        key = found(pressed, self._targets)
        if key is None:
            self._walk.say(f"没有“{visible(pressed)}”这个键" if pressed.isprintable() else "没有这个键", is_error=True)
            return
        self._walk.say("")
        self._guarded(lambda: self._call(key))

    def _call(self, key: Key) -> None:
        result = key.calls(self._walk)
        if result is not None:
            self._talk = Talk(self._walk, result)
            self._ask_on()

    def _entered(self, line: Buffer) -> bool:
        """Enter: the line is kept or emptied by what comes next."""
        self._guarded(self._enter)
        return True

    def _enter(self) -> None:
        if self._talk is not None:
            self._talk.enter(self._line.text)
            self._ask_on()

    def _call_off(self) -> None:
        if self._talk is not None:
            self._talk.call_off()
            self._ask_on()

    def _ask_on(self) -> None:
        if self._talk is not None and self._talk.over:
            self._talk = None
        self._fill(self._talk.text if self._talk else "")

    def _fill(self, text: str) -> None:
        self._line.text = text
        self._line.cursor_position = len(text)

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do what a key asks for; what fails is said on the screen, and the walk goes on."""
        try:
            work()
        except LedgerError as error:
            self._talk = None
            self._walk.say(error.sentence(), is_error=True)
        if self._walk.over:
            self._app.exit()
            return
        self._refresh()

    def _refresh(self) -> None:
        self._targets = Targets(self._walk.targeted(), bool(self._walk.marked))

    # --- what is seen ------------------------------------------------------------------------------------------------

    @property
    def _size(self) -> tuple[int, int]:
        size = self._app.output.get_size()
        return max(size.columns, 10), max(size.rows, 4)

    def _foot(self) -> list[card.Line]:
        """The message and, where nothing is asked, the keys."""
        cells, rows = self._size
        said = wrap(visible(self._walk.message), cells)[:3] if self._walk.message else []
        lines: list[card.Line] = [[("error" if self._walk.is_error else "said", line)] for line in said]
        if self._targets.marked:
            lines.append([("label", clip(f"下面各键办选中的 {len(self._targets.tasks)} 件(x 不选)", cells))])
        if self._talk is None:
            lines += [[("", line)] for line in card.hints(self._targets, cells)]
        else:
            lines += [[("label", line)] for line in wrap(visible(self._talk.label), cells)]
            for text in filter(None, (card.offers(self._talk.offers), self._talk.echo(self._line.text))):
                lines += [[("dim", line)] for line in card.few(text, cells, _OFFERED)]
        return lines[: rows - 1 - self._lines()]

    def _lines(self) -> int:
        """How many lines are left to what is typed: a long text, or one of several lines that was pasted, is seen."""
        cells, rows = self._size
        needed = sum(width(line) // cells + 1 for line in self._line.text.split("\n"))
        return min(needed, 5, max(rows // 3, 1))

    def _head(self) -> list[card.Line]:
        cells, rows = self._size
        room = rows - len(self._foot()) - (self._lines() if self._talk else 0)
        lines = [*card.heading(self._walk, cells), *card.here(self._walk, cells)]
        if len(lines) + 3 <= room:
            lines += [[], *card.coming(self._walk, cells, room - len(lines) - 1)]
        return lines[:room]

    def _above(self) -> StyleAndTextTuples:
        return _fragments(self._head())

    def _below(self) -> StyleAndTextTuples:
        return _fragments(self._foot())


def _fragments(lines: list[card.Line]) -> StyleAndTextTuples:
    found: StyleAndTextTuples = []
    for at, line in enumerate(lines):
        found += [("", "\n")] if at else []
        found += [(f"class:{style}" if style else "", text) for style, text in line]
    return found
