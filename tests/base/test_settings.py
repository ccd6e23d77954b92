"""The user's own settings, in a real file."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.base import settings
from ledger.base.errors import BadValue, StoreUnusable


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "settings.json") == {}


def test_a_setting_is_kept_changed_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    settings.change(path, "actor", " 张三 ")
    settings.change(path, "format", "json")
    assert settings.load(path) == {"actor": "张三", "format": "json"}
    settings.change(path, "actor", "李四")
    settings.change(path, "format", "")
    settings.change(path, "db", "")
    assert settings.load(path) == {"actor": "李四"}
    assert [found.name for found in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("format", "pdf", "默认格式.*pdf"),
        ("color", "always", "颜色.*always"),
        ("timezone", "Asia/Nowhere", "没有时区"),
        ("timezone", "../etc/passwd", "没有时区"),
        ("timezone", "a" * 300, "没有时区"),
        ("actor", "张\x1b三", "控制符"),
        ("actor", "   ", "不能为空"),
        ("db", "x" * 1001, "最多1000个字"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_written(tmp_path: Path, name: str, value: str, what: str) -> None:
    with pytest.raises(BadValue, match=what) as caught:
        settings.change(tmp_path / "settings.json", name, value)
    assert len(caught.value.sentence()) < 200
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"{", b"\xff\xfe", b"[]", b'{"actor": 3}', b"null", b"[" * 100_000], ids=lambda content: content[:8]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(BadValue, match=r"settings\.json"):
        settings.load(path)
    with pytest.raises(BadValue):
        settings.change(path, "actor", "张三")
    assert path.read_bytes() == content


def test_settings_of_a_newer_program_are_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"actor": "张三", "sound": "on"}))
    assert settings.load(path) == {"actor": "张三"}


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match="写不进去"):
        settings.change(tmp_path / "file" / "settings.json", "actor", "张三")


def test_the_file_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "x.json"))
    assert settings.settings_path() == tmp_path / "x.json"
    monkeypatch.delenv("LEDGER_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert settings.settings_path().name == "settings.json"
    assert settings.default_store().name == "ledger.db"


def test_a_zone_by_its_name() -> None:
    assert datetime(2013, 3, 19, tzinfo=UTC).astimezone(settings.zone("Asia/Shanghai")).utcoffset() == timedelta(
        hours=8
    )
