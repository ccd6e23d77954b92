"""Where a ledger is kept: an SQLite file, or a PostgreSQL database."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from ledger.base.errors import BadValue

_POSTGRES = "postgresql+psycopg"


class Location(NamedTuple):
    """Either `path` (SQLite) or `url` (PostgreSQL) is set."""

    path: Path | None
    url: str | None = None

    def __str__(self) -> str:
        """The place as it may be shown: a password in a URL is left out."""
        if self.path is not None:
            return str(self.path)
        parts = urlsplit(str(self.url))
        return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def location_of(text: str) -> Location:
    """Read a path, `sqlite:///PATH` or `postgresql+psycopg://…`. Raises `BadValue` for any other URL."""
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
    scheme, mark, _ = text.partition("://")
    if mark and scheme in (_POSTGRES, "postgresql"):
        return Location(None, _server(f"{_POSTGRES}://{text.partition('://')[2]}"))
    if mark:
        raise BadValue(f"台账地址“{text[:80]}”不认识", "请写文件路径、sqlite:///路径 或 postgresql+psycopg://地址")
    if not text.strip() or "\0" in text:
        raise BadValue("台账地址是空的或含有空字符", "请写文件路径")
    return Location(Path(text).expanduser())


def _server(url: str) -> str:
    try:
        _ = urlsplit(url).port
    except ValueError:
        raise BadValue("数据库的地址写得不对", f"请写如 {_POSTGRES}://用户名:密码@主机:端口/库名") from None
    return url
