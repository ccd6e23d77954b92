"""Where a ledger is kept: an SQLite file, or a PostgreSQL database."""

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from ledger.base.errors import BadValue, StoreUnusable, reason
from ledger.base.files import expanded
from ledger.base.text import masked

_POSTGRES = "postgresql+psycopg"
_SERVERS = (_POSTGRES, "postgresql", "postgres")
_PORT = re.compile(r":[0-9]*(?=,|$)")


class Location(NamedTuple):
    """Either `path` (SQLite) or `url` (PostgreSQL) is set."""

    path: Path | None
    url: str | None = None

    def __str__(self) -> str:
        """The place as it may be shown: of a URL the servers and the database, no user, password or option."""
        if self.url is None:
            return masked(str(self.path))
        scheme, _, rest = self.url.partition("://")
        host, slash, name = rest.partition("?")[0].rpartition("@")[2].partition("/")
        return f"{scheme}://{_PORT.sub('', host)}{slash}{name}"

    def looked_up(self) -> "Location":
        """This place, if the system lets one look for it: a file that is there, or none. Raises `StoreUnusable`."""
        try:
            if self.path is not None:
                self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            raise StoreUnusable(f"台账 {self} 打不开({reason(error)})", "请核对路径和权限") from error
        return self


def location_of(text: str) -> Location:
    """Read a path, `sqlite:///PATH` or `postgresql+psycopg://…`. Raises `BadValue` for any other URL."""
    scheme, mark, rest = text.partition("://")
    scheme = scheme.strip().lower()
    if mark and scheme in _SERVERS:
        return Location(None, _server(rest.strip()))
    if mark and scheme == "sqlite" and rest.startswith("/"):
        text = rest[1:]
    elif mark:
        raise BadValue(
            f"台账地址“{masked(text)[:80]}”不认识", "请写文件路径、sqlite:///路径 或 postgresql+psycopg://地址"
        )
    if not text.strip() or "\0" in text:
        raise BadValue("台账地址是空的或含有空字符", "请写文件路径")
    return Location(expanded(text))


def _server(rest: str) -> str:
    """The URL with the password written so that no driver takes a part of it for the host, and tells it."""
    account, at, place = rest.rpartition("@")
    user, colon, password = account.partition(":")
    url = f"{_POSTGRES}://{user}{colon}{quote(unquote(password), safe='')}{at}{place}"
    try:
        _ = urlsplit(url).port
    except ValueError:
        raise BadValue("数据库的地址写得不对", f"请写如 {_POSTGRES}://用户名:密码@主机:端口/库名") from None
    return url
