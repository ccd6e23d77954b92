"""Where a ledger is kept, as it is typed and as it is shown."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from ledger.base.errors import BadValue, StoreUnusable
from ledger.store.location import Location, location_of


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("ledger.db", "ledger.db"),
        ("/srv/台账 2013?#%.db", "/srv/台账 2013?#%.db"),
        ("sqlite:////srv/ledger.db", "/srv/ledger.db"),
        ("sqlite:///ledger.db", "ledger.db"),
        ("SQLite:///ledger.db", "ledger.db"),
        ("a:b.db", "a:b.db"),
    ],
)
def test_paths(typed: str, path: str) -> None:
    assert location_of(typed) == Location(Path(path))
    assert str(location_of(typed)) == path


def test_the_home_directory_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/clerk")
    assert location_of("~/ledger.db").path == Path("/home/clerk/ledger.db")


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgres", "PostgreSQL", " postgresql"])
def test_a_server_is_shown_without_its_password(scheme: str) -> None:
    found = location_of(f"{scheme}://clerk:secret@db.local:5433/ledger?sslmode=require")
    assert found == Location(None, "postgresql+psycopg://clerk:secret@db.local:5433/ledger?sslmode=require")
    assert str(found) == "postgresql+psycopg://db.local/ledger"


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("mysql://host/db", "不认识"),
        ("sqlite://ledger.db", "不认识"),
        ("http://host/x.db", "不认识"),
        ("", "空"),
        ("  ", "空"),
        ("sqlite:///", "空"),
        ("a\0b", "空字符"),
        ("postgresql://host:port/db", "地址写得不对"),
        ("postgresql://[::1/db", "地址写得不对"),
    ],
)
def test_what_names_no_place(typed: str, what: str) -> None:
    with pytest.raises(BadValue, match=what) as caught:
        location_of(typed)
    assert "\n" not in caught.value.sentence()


SECRET = "tOp5ecret"


@pytest.mark.parametrize(
    ("typed", "shown", "parsed"),
    [
        ("postgresql://u:p@{}@h/db", "postgresql+psycopg://h/db", "p@tOp5ecret"),
        ("postgresql://u:p:{}@h:5432/db", "postgresql+psycopg://h/db", "p:tOp5ecret"),
        ("postgresql://u:p%40{}@h/db", "postgresql+psycopg://h/db", "p@tOp5ecret"),
        ("postgresql://u:100%{}@h/db", "postgresql+psycopg://h/db", "100%tOp5ecret"),
        ("postgresql://u:a {}@h/db", "postgresql+psycopg://h/db", "a tOp5ecret"),
        ("postgresql://u:1/{}@h/db", "postgresql+psycopg://h/db", "1/tOp5ecret"),
        ("postgresql://u:a/{}#?@h/db", "postgresql+psycopg://h/db", "a/tOp5ecret#?"),
        ("postgresql://u:{}@/db?host=/run", "postgresql+psycopg:///db", SECRET),
        ("postgresql://u:{}@[::1]:5432/db", "postgresql+psycopg://[::1]/db", SECRET),
        ("postgresql://h:5432/db?user=u&password={}", "postgresql+psycopg://h/db", None),
    ],
)
def test_the_driver_sees_the_password_as_it_was_meant(typed: str, shown: str, parsed: str | None) -> None:
    found = location_of(typed.format(SECRET))
    assert str(found) == shown
    assert make_url(str(found.url)).password == parsed


@pytest.mark.parametrize(
    "typed",
    [
        "mysql://u:{}@h/db",
        "postgresql://u:{}",
        "postgresql://u:p@h:{}/db",
        "http://u:{}@h/x.db",
        "postgres+asyncpg://u:a{}@b@h/x" + "x" * 200,
        "oracle://" + "u" * 75 + ":{}@h/db",
        "sqlite://u:{}@h",
    ],
)
def test_no_error_tells_a_password(typed: str) -> None:
    with pytest.raises(BadValue) as caught:
        location_of(typed.format(SECRET))
    assert SECRET not in caught.value.sentence() and SECRET[:3] not in caught.value.sentence()


def test_an_address_taken_for_a_path_is_masked_too() -> None:
    assert str(location_of("postgresql:/u:secret@h/db")) == "postgresql:/u:***@h/db"


@pytest.mark.parametrize("typed", ["~nobody-of-that-name/x.db", "sqlite:///~nobody-of-that-name/x.db"])
def test_nobody_s_home(typed: str) -> None:
    with pytest.raises(BadValue, match="主目录"):
        location_of(typed)


def test_a_place_that_cannot_be_looked_for(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "round").symlink_to("round")
    for free in ("none.db", "none/none.db", "file/none.db", "file"):
        place = Location(tmp_path / free)
        assert place.looked_up() is place
    assert Location(None, "postgresql+psycopg://h/db").looked_up().path is None
    for name, why in (("长" * 90, "文件名太长"), ("round", "符号链接绕成了圈"), ("x/" * 3000, "文件名太长")):
        with pytest.raises(StoreUnusable, match=why):
            Location(tmp_path / name).looked_up()
