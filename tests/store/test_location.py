"""Where a ledger is kept, as it is typed and as it is shown."""

from pathlib import Path

import pytest

from ledger.base.errors import BadValue
from ledger.store.location import Location, location_of


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("ledger.db", "ledger.db"),
        ("/srv/台账 2013?#%.db", "/srv/台账 2013?#%.db"),
        ("sqlite:////srv/ledger.db", "/srv/ledger.db"),
        ("sqlite:///ledger.db", "ledger.db"),
        ("a:b.db", "a:b.db"),
    ],
)
def test_paths(typed: str, path: str) -> None:
    assert location_of(typed) == Location(Path(path))
    assert str(location_of(typed)) == path


def test_the_home_directory_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/clerk")
    assert location_of("~/ledger.db").path == Path("/home/clerk/ledger.db")


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
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
