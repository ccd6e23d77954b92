"""The user's own settings: where the store is, the time zone, who acts, the usual format, colours, pager and hints, and
the lists that a clerk asks for again and again.

They live in `settings.json` in the user's configuration directory, apart from the ledger's rules (`model.rules`), and
need no store.
"""

import json
import os
from collections.abc import Callable, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any

from ledger.base import strict_json
from ledger.base.errors import BadValue, NotFound, StoreUnusable, reason
from ledger.base.files import expanded, make_folder, replaced, told
from ledger.base.formats import USUAL
from ledger.base.text import clean, masked

APPLICATION = "ledger"

LABELS = {
    "db": "台账位置",
    "timezone": "时区",
    "actor": "经办人",
    "format": "默认格式",
    "color": "颜色",
    "pager": "分屏查看",
    "hints": "提示",
    "docx_template": "公文模板目录",
}
VIEW = "view:"
"""How the name of a saved list begins; its value is the options of `list` as they are typed."""
_LONGEST_VIEW = 30
_WORDS = {"自动": "auto", "从不": "never"}
_CHOICES = {"format": USUAL, "color": ("auto", "never"), "pager": ("auto", "never"), "hints": ("auto", "never")}


def settings_path() -> Path:
    """The file of the user's settings; LEDGER_CONFIG names another. Raises `StoreUnusable` for a user without a home,
    `BadValue` where that name cannot be read."""
    if named := os.environ.get("LEDGER_CONFIG"):
        return expanded(named)
    from platformdirs import user_config_path

    hint = "请设好环境变量 HOME,或用 LEDGER_CONFIG 指明用户设置的文件"
    return _at_home(user_config_path, "XDG_CONFIG_HOME", hint) / "settings.json"


def default_store() -> Path:
    """Where the ledger is kept when nothing says otherwise. Raises `StoreUnusable` for a user without a home."""
    from platformdirs import user_data_path

    hint = "请用 --db 或 LEDGER_DB 指明台账,或设好环境变量 HOME"
    return _at_home(user_data_path, "XDG_DATA_HOME", hint) / "ledger.db"


def _at_home(folder: Callable[[str], Path], variable: str, hint: str) -> Path:
    """The program's folder of that kind. A home that is unknown, empty or no whole path would put it wherever a
    command is given."""
    try:
        found = folder(APPLICATION)
    except (RuntimeError, KeyError, OSError):
        found = Path()
    homeless = not os.environ.get("HOME", "/").strip() and not os.environ.get(variable)
    if homeless or not found.is_absolute():
        raise StoreUnusable("找不到用户的主目录", hint)
    return found


def of_user() -> dict[str, str]:
    """The settings of this user; one without a home has none. Raises `BadValue`, `StoreUnusable`."""
    try:
        path = settings_path()
    except StoreUnusable:
        return {}
    return load(path)


def load(path: Path) -> dict[str, str]:
    """The settings in the file, none when there is no file or nothing in it.

    Raises `BadValue` when they make no sense, `StoreUnusable` when the system does not give them."""
    try:
        text = path.read_text("utf-8-sig")
        found: Any = strict_json.loads(text) if text.strip() else {}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise StoreUnusable(f"用户设置 {path} 读不了({reason(error)})", "请核对路径和权限") from error
    except strict_json.RepeatedKey as error:
        raise BadValue(f"用户设置 {path} 里的{error}", "请只留一项") from error
    except (ValueError, RecursionError) as error:
        raise BadValue(f"用户设置 {path} 读不懂", "请改正或删除该文件") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadValue(f"用户设置 {path} 的内容不对", "请改正或删除该文件")
    return {name: value for name, value in found.items() if name in LABELS or name.startswith(VIEW)}


def views(settings: Mapping[str, str]) -> dict[str, str]:
    """The saved lists by name, in the order in which they were saved."""
    return {name.removeprefix(VIEW): value for name, value in settings.items() if name.startswith(VIEW)}


def change(path: Path, name: str, value: str) -> None:
    """Set one setting, or remove it when the value is empty. The file keeps its permissions and the link that leads
    to it; one that gets a URL is its owner's alone. Raises `BadValue`, `NotFound`, `StoreUnusable`."""
    from ledger.base.turn import PATIENCE, turn

    checked = _checked(name, value) if value else ""
    load(path)  # one that makes no sense is told of before anything is made beside it
    called = f"用户设置 {path}"
    with told(called):
        target = Path(os.path.realpath(path))
    make_folder(target.parent)
    private = name == "db" and "://" in value
    with turn(target, PATIENCE):
        settings = {**load(path), name: checked}
        if not checked:
            del settings[name]
        with replaced(target, called, "utf-8", private=private) as file:
            file.write(json.dumps(settings, ensure_ascii=False, indent=2) + "\n")


def shown(name: str, value: str | None) -> str | None:
    """A setting as it may be shown: without the password of a URL."""
    return masked(value) if name == "db" and value else value


def word_of(name: str, value: str | None) -> str | None:
    """The office's word of a setting that is one of a few; any other as it may be shown."""
    words = {stored: word for word, stored in _WORDS.items()} if name in _CHOICES else {}
    return words.get(value or "") or shown(name, value)


def words_for(name: str) -> list[str]:
    """The words that may be typed for a setting that is one of a few."""
    choices = _CHOICES.get(name, ())
    return [word for word, value in _WORDS.items() if value in choices] or [*choices]


def _checked(name: str, value: str) -> str:
    if name.startswith(VIEW):
        clean(name.removeprefix(VIEW), "常用清单的名称", limit=_LONGEST_VIEW)
        return clean(value, "常用清单的条件", limit=4000)
    value = clean(value, LABELS[name], limit=1000)
    value = _WORDS.get(value, value) if name in _CHOICES else value
    if name in _CHOICES and value not in _CHOICES[name]:
        raise BadValue(f"设置“{LABELS[name]}”没有“{value[:30]}”这一项", f"可用的有 {'、'.join(words_for(name))}")
    if name == "timezone":
        zone(value)
    if name == "docx_template":
        return _directory(value)
    return _place(value) if name == "db" else value


def _place(value: str) -> str:
    """A path in full, alone or in a URL of SQLite's: the setting holds wherever a command is given. Another URL stays
    as it is."""
    scheme, mark, rest = value.partition("://")
    if not mark:
        return _whole(value)
    return f"sqlite:///{_whole(rest[1:])}" if scheme.lower() == "sqlite" and rest[:1] == "/" else value


def _directory(value: str) -> str:
    """Likewise, of a directory. Raises `NotFound`."""
    path = _whole(value)
    with told(f"用户设置(目录 {value[:100]})"):
        if Path(path).is_dir():
            return path
    raise NotFound(f"没有目录“{value[:100]}”", "先用 ledger config template -o 目录 取出自带的模板")


def _whole(value: str) -> str:
    with told("用户设置(当前目录已不在)"):
        return str(expanded(value).absolute())


def zone(name: str) -> tzinfo:
    """The time zone of that name. Raises `BadValue`."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise BadValue(f"没有时区“{name[:50]}”", "请写如 Asia/Shanghai 的名称") from None
