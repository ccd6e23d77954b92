"""Files get a name that is free, once they are whole, and never another's."""

import os
from pathlib import Path

import pytest

from ledger.base.errors import Refused
from ledger.base.placing import free_name, passing, place, require_free


def test_what_is_in_the_making_is_gone_in_the_end(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), passing(tmp_path / "a.db") as made:
        assert made.parent == tmp_path
        for name in (made, f"{made}-journal"):
            Path(name).write_bytes(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_finished_file_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    with passing(tmp_path / "a.db") as made:
        made.write_bytes(b"whole")
        place(made, tmp_path / "a.db")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.db", b"whole")]


def test_a_name_that_is_taken_stays_another_s(tmp_path: Path) -> None:
    taken = tmp_path / "a.db"
    taken.symlink_to("nowhere")
    with passing(taken) as made:
        made.write_bytes(b"whole")
        with pytest.raises(Refused, match="不会覆盖"):
            place(made, taken)
    with pytest.raises(Refused, match="不会覆盖"):
        require_free(taken)
    assert os.readlink(taken) == "nowhere"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_free_name_is_the_wanted_one_or_has_a_number(tmp_path: Path) -> None:
    wanted = tmp_path / "a.db"
    found = []
    for _ in range(3):
        found.append(free_name(wanted))
        found[-1].touch()
    assert [path.name for path in found] == ["a.db", "a-2.db", "a-3.db"]
