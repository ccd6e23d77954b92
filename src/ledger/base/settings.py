"""The user's own settings: where the store is, the time zone, who acts, the usual format and colours.

They live in `settings.json` in the user's configuration directory, apart from the ledger's rules (`model.rules`), and
need no store.
"""

import json
import os
from datetime import tzinfo
from pathlib import Path
from typing import Any

from ledger.base import strict_json
from ledger.base.errors import BadValue, NotFound, StoreUnusable, reason
from ledger.base.formats import USUAL
from ledger.base.text import clean

APPLICATION = "ledger"

LABELS = {
    "db": "台账位置",
    "timezone": "时区",
    "actor": "经办人",
    "format": "默认格式",
    "color": "颜色",
    "docx_template": "公文模板目录",
}
_CHOICES = {"format": USUAL, "color": ("auto", "never")}


def settings_path() -> Path:
    """The file of the user's settings; LEDGER_CONFIG names another."""
    if named := os.environ.get("LEDGER_CONFIG"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path(APPLICATION) / "settings.json"


def default_store() -> Path:
    """Where the ledger is kept when nothing says otherwise."""
    from platformdirs import user_data_path

    return user_data_path(APPLICATION) / "ledger.db"


def load(path: Path) -> dict[str, str]:
    """The settings in the file, none when there is no file. Raises `BadValue` when it cannot be read."""
    try:
        found: Any = strict_json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except strict_json.RepeatedKey as error:
        raise BadValue(f"用户设置 {path} 里的{error}", "请只留一项") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadValue(f"用户设置 {path} 读不懂", "请改正或删除该文件") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadValue(f"用户设置 {path} 的内容不对", "请改正或删除该文件")
    return {name: value for name, value in found.items() if name in LABELS}


def change(path: Path, name: str, value: str) -> None:
    """Set one setting, or remove it when the value is empty. Raises `BadValue`, `StoreUnusable`."""
    settings = load(path)
    if value:
        settings[name] = _checked(name, value)
    else:
        settings.pop(name, None)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(settings, ensure_ascii=False, indent=2) + "\n", "utf-8")
        draft.replace(path)
    except OSError as error:
        raise StoreUnusable(f"用户设置 {path} 写不进去({reason(error)})", "请核对目录和权限") from error


def _checked(name: str, value: str) -> str:
    value = clean(value, LABELS[name], limit=1000)
    if name in _CHOICES and value not in _CHOICES[name]:
        raise BadValue(f"设置“{LABELS[name]}”没有“{value[:30]}”这一项", f"可用的有 {'、'.join(_CHOICES[name])}")
    if name == "timezone":
        zone(value)
    if name == "docx_template":
        return _directory(value)
    return value


def _directory(value: str) -> str:
    """The whole path: the setting holds wherever a command is given. Raises `NotFound`."""
    path = Path(value).expanduser().absolute()
    if not path.is_dir():
        raise NotFound(f"没有目录“{value[:100]}”", "先用 ledger config template -o 目录 取出自带的模板")
    return str(path)


def zone(name: str) -> tzinfo:
    """The time zone of that name. Raises `BadValue`."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise BadValue(f"没有时区“{name[:50]}”", "请写如 Asia/Shanghai 的名称") from None
