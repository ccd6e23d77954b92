"""The user's own settings, in a real file."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.base import settings
from ledger.base.errors import BadValue, StoreUnusable
from tests import devices


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


def test_of_many_who_change_at_once_each_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: settings.change(path, f"view:单{number}", "--key"), range(24)))
    assert sorted(settings.load(path)) == sorted(f"view:单{number}" for number in range(24))
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]


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
    with pytest.raises(StoreUnusable, match=r"无法写入目录.*已有同名的文件"):
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


# --- the file itself -----------------------------------------------------------------------------------------------


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_the_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{}")
    path.chmod(mode)
    settings.change(path, "actor", "张三")
    settings.change(path, "db", "台账.db")
    assert mode_of(path) == mode


@pytest.mark.parametrize("url", ["postgresql+psycopg://u:p@h/db", "postgresql://h/db?password=p"])
@pytest.mark.parametrize("before", [None, 0o644, 0o666])
def test_a_file_with_a_url_is_its_owner_s_alone(tmp_path: Path, before: int | None, url: str) -> None:
    path = tmp_path / "settings.json"
    if before is not None:
        path.write_text("{}")
        path.chmod(before)
    settings.change(path, "db", url)
    assert (mode_of(path), settings.load(path)["db"]) == (0o600, url)
    settings.change(path, "actor", "张三")
    assert mode_of(path) == 0o600


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("links", [1, 3])
def test_a_link_is_followed(tmp_path: Path, links: int, is_there: bool) -> None:
    target = tmp_path / "dotfiles" / "ledger" / "own.json"
    if is_there:
        target.parent.mkdir(parents=True)
        target.write_text('{"format": "json"}')
    for number in range(links):
        (tmp_path / f"{number}.json").symlink_to(f"{number + 1}.json" if number + 1 < links else target)
    settings.change(tmp_path / "0.json", "actor", "张三")
    assert all((tmp_path / f"{number}.json").is_symlink() for number in range(links))
    assert json.loads(target.read_text("utf-8")) == ({"format": "json"} if is_there else {}) | {"actor": "张三"}


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for step in (lambda: settings.load(tmp_path / "a"), lambda: settings.change(tmp_path / "a", "actor", "张三")):
        with pytest.raises(StoreUnusable, match="符号链接绕成了圈"):
            step()
    assert (tmp_path / "a").is_symlink()


@pytest.mark.parametrize("text", ["", " \n", "\ufeff", "{}", "\ufeff{}"])
def test_nothing_in_the_file_is_no_settings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    assert settings.load(path) == {}
    settings.change(path, "actor", "张三")
    assert settings.load(path) == {"actor": "张三"}


def test_a_mark_of_byte_order_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"actor": "张三"}', "utf-8-sig")
    assert settings.load(path) == {"actor": "张三"}
    settings.change(path, "format", "json")
    assert settings.load(path) == {"actor": "张三", "format": "json"}


@pytest.mark.parametrize("kind", ["folder", "device"])
def test_what_is_no_file_is_left_alone(tmp_path: Path, kind: str) -> None:
    """`LEDGER_CONFIG=/dev/null` is a way to have no settings: the device must survive an attempt to keep one there."""
    path = tmp_path / "settings.json"
    if kind == "folder":
        path.mkdir()
    else:
        devices.null(path)
        assert settings.load(path) == {}
    before = path.lstat()
    with pytest.raises(StoreUnusable, match=r"设备|目录"):
        settings.change(path, "actor", "张三")
    assert (path.lstat().st_ino, path.lstat().st_mode) == (before.st_ino, before.st_mode)
    assert os.listdir(tmp_path) == ["settings.json"]


def test_drafts_left_behind_never_block(tmp_path: Path) -> None:
    for name in (f".settings.json.{os.getpid()}", ".ledger-000000000000.tmp"):
        (tmp_path / name).mkdir()
    settings.change(tmp_path / "settings.json", "actor", "张三")
    assert settings.load(tmp_path / "settings.json") == {"actor": "张三"}


def test_a_failure_leaves_the_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"actor": "张三"}', "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreUnusable, match="没有空间"):
        settings.change(path, "actor", "李四")
    assert (settings.load(path), os.listdir(tmp_path)) == ({"actor": "张三"}, ["settings.json"])


# --- paths ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("台账.db", "{}/台账.db"),
        ("./下/台账.db", "{}/下/台账.db"),
        ("../台账.db", "{}/../台账.db"),
        ("~/台账.db", "/home/clerk/台账.db"),
        ("/srv/台账.db", "/srv/台账.db"),
        ("a:b.db", "{}/a:b.db"),
        ("sqlite:///台账.db", "sqlite:///{}/台账.db"),
        ("SQLITE:///~/台账.db", "sqlite:////home/clerk/台账.db"),
        ("sqlite:////srv/台账.db", "sqlite:////srv/台账.db"),
        ("postgresql://u:p@h/db", "postgresql://u:p@h/db"),
        ("postgresql+psycopg:///db?host=run", "postgresql+psycopg:///db?host=run"),
    ],
)
def test_a_place_is_kept_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, kept: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/clerk")
    settings.change(tmp_path / "settings.json", "db", typed)
    assert settings.load(tmp_path / "settings.json")["db"] == kept.format(tmp_path)


@pytest.mark.parametrize("name", ["db", "docx_template"])
def test_nobody_s_home_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadValue, match="主目录"):
        settings.change(tmp_path / "settings.json", name, "~nobody-of-that-name/x")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["db", "docx_template"])
def test_a_folder_that_is_gone(tmp_path: Path, name: str) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    before = os.getcwd()
    os.chdir(gone)
    gone.rmdir()
    try:
        with pytest.raises(StoreUnusable, match="当前目录"):
            settings.change(tmp_path / "settings.json", name, "x")
    finally:
        os.chdir(before)


@pytest.mark.parametrize("home", ["", " ", None])
def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    """No HOME and an account that the system does not know; or one that is empty."""

    def unknown(_: object) -> None:
        raise KeyError("uid not found")

    for name in ("LEDGER_CONFIG", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    if home is None:
        monkeypatch.delenv("HOME", raising=False)
        monkeypatch.setattr("pwd.getpwuid", unknown)
    else:
        monkeypatch.setenv("HOME", home)
    assert settings.of_user() == {}
    with pytest.raises(StoreUnusable, match="找不到用户的主目录") as failed:
        settings.settings_path()
    assert "LEDGER_CONFIG" in failed.value.hint
    with pytest.raises(StoreUnusable, match="找不到用户的主目录") as failed:
        settings.default_store()
    assert "--db" in failed.value.hint


@pytest.mark.parametrize("failure", [RuntimeError, KeyError, OSError])
def test_a_home_that_cannot_be_told(monkeypatch: pytest.MonkeyPatch, failure: type[Exception]) -> None:
    def fail(_: str) -> Path:
        raise failure

    monkeypatch.delenv("LEDGER_CONFIG", raising=False)
    monkeypatch.setattr("platformdirs.user_config_path", fail)
    assert settings.of_user() == {}


def test_settings_named_in_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/clerk")
    monkeypatch.setenv("LEDGER_CONFIG", "~/own.json")
    assert settings.settings_path() == Path("/home/clerk/own.json")
    monkeypatch.setenv("LEDGER_CONFIG", "~nobody-of-that-name/own.json")
    with pytest.raises(BadValue, match="主目录"):
        settings.of_user()


def test_a_password_is_not_shown() -> None:
    assert settings.shown("db", "postgresql://u:secret@h/db") == "postgresql://u:***@h/db"
    assert (settings.shown("db", "/srv/台账.db"), settings.shown("db", None)) == ("/srv/台账.db", None)
