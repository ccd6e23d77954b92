"""A connection to a server that breaks when COMMIT is sent, by a relay between the program and a real PostgreSQL."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, unquote, urlsplit

from ledger.store.location import Location

LATER, NEVER = "COMMIT reaches the server, its answer is lost", "COMMIT is lost"


class Relay:
    """Passes bytes on between its port on loopback and a server's socket, until a COMMIT comes by.

    `deaf` relays take no new connection after that.
    """

    def __init__(self, server: str, breaks: str, *, deaf: bool) -> None:
        self.server, self.breaks, self.deaf = server, breaks, deaf
        self.broken = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self.server)
                for source, target, seen in ((client, server, self._asked), (server, client, self._passed)):
                    threading.Thread(target=self._pump, args=(source, target, seen), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, seen: Callable[..., bool]) -> None:
        with suppress(OSError), source, target:
            while data := source.recv(65536):
                if not seen(data, source, target):
                    return
                target.sendall(data)

    def _passed(self, data: bytes, source: socket.socket, target: socket.socket) -> bool:
        return True

    def _asked(self, data: bytes, source: socket.socket, target: socket.socket) -> bool:
        if b"COMMIT" not in data or self.broken.is_set():
            return True
        self.broken.set()
        if self.deaf:
            self.listening.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept; close alone does not
            self.listening.close()
        if self.breaks == LATER:
            source.shutdown(socket.SHUT_WR)  # its answer goes nowhere
            target.sendall(data)
            target.settimeout(10)
            with suppress(OSError):
                target.recv(65536)  # until it has happened
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        return False


@contextmanager
def relayed(database: Location, breaks: str, *, deaf: bool = False) -> Iterator[Location]:
    """The database through a relay."""
    parts = urlsplit(str(database.url))
    folder = unquote(parse_qs(parts.query)["host"][0])
    relay = Relay(f"{folder}/.s.PGSQL.{parse_qs(parts.query).get('port', ['5432'])[0]}", breaks, deaf=deaf)
    user = parts.username or "postgres"
    url = f"postgresql+psycopg://{user}:secret@127.0.0.1:{relay.port}{parts.path}?sslmode=disable&gssencmode=disable"
    try:
        yield Location(None, url)
    finally:
        relay.listening.close()
