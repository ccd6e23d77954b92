"""The door that every file goes through on its way out: whole or not at all, and never over what must be kept."""

import os
import socket
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from ledger.base.errors import BadValue, StoreUnusable
from ledger.base.files import Kept, expanded, ledger_files, replaced, write_into
from tests import devices

OLD = "原来的"


def put(path: Path, kept: list[Kept] | None = None, text: str = "新的", private: bool = False) -> None:
    with replaced(path, f"文件“{path}”", "utf-8", kept or (), private=private) as file:
        file.write(text)


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """What lies in a folder: modes and contents, links and devices not opened."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        found[str(path.relative_to(folder))] = (mode, path.read_bytes() if stat.S_ISREG(mode) else b"")
    return found


def database(path: Path, application_id: int = 0x4C444752) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute("CREATE TABLE entry (seq INTEGER)")
    connection.close()
    return path


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a file that must be kept, another folder and a way back; what was there stays as it was."""
    (tmp_path / "台账").write_text(OLD)
    (tmp_path / "下级").mkdir()
    (tmp_path / "下级" / "回").symlink_to("..")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert (tmp_path / "台账").read_text() == OLD
    assert not list(tmp_path.rglob(".ledger-*"))


def hard_link(path: Path) -> None:
    os.link(path.parent / "台账", path)


SPELLINGS = ["台账", "./台账", "下级/../台账", "下级/回/台账", "下级/回/下级/回/台账", "{}/台账", "{}//台账/"]


@pytest.mark.parametrize("kept", ["台账", "{}/台账", "下级/回/台账"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_is_kept_is_known_by_any_name(office: Path, spelling: str, kept: str) -> None:
    before = everything(office)
    with pytest.raises(StoreUnusable, match="它是正在使用的台账") as failed:
        put(Path(spelling.format(office)), [Kept(Path(kept.format(office)), "正在使用的台账")])
    assert (failed.value.exit_code, failed.value.sentence().count("\n")) == (7, 0)
    assert everything(office) == before


@pytest.mark.parametrize("links", [1, 2])
def test_a_hard_link_of_what_is_kept(office: Path, links: int) -> None:
    for number in range(links):
        hard_link(office / f"清单{number}.csv")
    with pytest.raises(StoreUnusable, match="正在读取的文件"):
        put(office / f"清单{links - 1}.csv", [Kept(office / "没有", "别的"), Kept(Path("台账"), "正在读取的文件")])


@pytest.mark.parametrize("name", ["新账", "./新账", "下级/回/新账", "新账-journal"])
def test_a_kept_name_stays_free_while_there_is_no_file_yet(office: Path, name: str) -> None:
    before = everything(office)
    with pytest.raises(StoreUnusable):
        put(Path(name), [Kept(path, "台账") for path in ledger_files(office / "新账")])
    assert everything(office) == before


@pytest.mark.parametrize("name", ["NEW.db", "new.DB", "New.Db-WAL", ".NEW.db.LOCK", "nEw.db-shm"])
def test_names_that_some_file_systems_take_for_one(office: Path, name: str) -> None:
    with pytest.raises(StoreUnusable):
        put(Path(name), [Kept(path, "台账") for path in ledger_files(Path("new.db"))])
    with pytest.raises(StoreUnusable):
        put(Path("e\u0301.csv"), [Kept(Path("\u00e9.csv"), "台账")])


def test_what_standard_input_reads(office: Path) -> None:
    saved = os.dup(0)
    try:
        with (office / "台账").open() as file:
            os.dup2(file.fileno(), 0)
        with pytest.raises(StoreUnusable, match="正在读取"):
            put(Path("台账"), [Kept(Path("-"), "正在读取的文件")])
    finally:
        os.dup2(saved, 0)
        os.close(saved)


def link(path: Path) -> None:
    path.symlink_to("台账")


def chain(path: Path) -> None:
    path.with_name("中间").symlink_to("台账")
    path.symlink_to("中间")


def dangling(path: Path) -> None:
    path.symlink_to("没有这个文件")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def unix_socket(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


KINDS = {
    link: "符号链接", chain: "符号链接", dangling: "符号链接", circle: "符号链接", Path.mkdir: "目录",
    os.mkfifo: "设备或管道", unix_socket: "设备或管道", devices.null: "设备或管道",
}  # fmt: skip


@pytest.mark.parametrize(("make", "kind"), KINDS.items(), ids=lambda it: getattr(it, "__name__", ""))
def test_what_is_no_file_stays(office: Path, make: Callable[[Path], None], kind: str) -> None:
    make(office / "周.csv")
    before = everything(office)
    with pytest.raises(StoreUnusable, match=f"它是{kind}") as failed:
        put(office / "周.csv")
    assert "标准输出用 -" in failed.value.hint and "重定向" in failed.value.hint
    assert everything(office) == before


@pytest.mark.parametrize("name", ["", ".", "..", "/", "下级", "下级/", "下级/回/.."])
def test_folders_by_all_their_names(office: Path, name: str) -> None:
    with pytest.raises(StoreUnusable, match=r"它是(目录|符号链接)"):
        put(Path(name))


@pytest.mark.parametrize(
    ("application_id", "said"), [(0x4C444752, "一本台账"), (0, "一个数据库"), (0x12345678, "一个数据库")]
)
@pytest.mark.parametrize("name", ["别的.db", "别的.csv", "别的"])
def test_no_database_is_replaced(office: Path, name: str, application_id: int, said: str) -> None:
    database(office / name, application_id)
    hard_link = office / "又一名.csv"
    os.link(office / name, hard_link)
    before = everything(office)
    for path in (office / name, hard_link):
        with pytest.raises(StoreUnusable, match=f"它是{said}"):
            put(path)
    assert everything(office) == before


@pytest.mark.parametrize("name", ["别的.db-journal", "别的.db-wal", "别的.db-shm", ".别的.db.lock", "别的.db-WAL"])
@pytest.mark.parametrize("is_there", [True, False])
def test_nor_what_belongs_to_it(office: Path, name: str, is_there: bool) -> None:
    database(office / "别的.db")
    if is_there:
        (office / name).write_bytes(b"pages")
    before = everything(office)
    with pytest.raises(StoreUnusable, match="附属文件"):
        put(office / name)
    assert everything(office) == before


@pytest.mark.parametrize(
    "name", ["周-journal", "-wal", ".周.lock", ".lock", "..lock", "SQLite format 3", "两\n行", "~x"]
)
def test_other_names_are_free(office: Path, name: str) -> None:
    (office / "周").write_text("SQLite format 2\0")
    put(office / name)
    put(office / name, text="又一次")
    assert (office / name).read_text() == "又一次"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("没有/周.csv", "所在目录不存在"),
        ("没有/..", "所在目录不存在"),
        ("台账/周.csv", "所在目录不存在"),
        ("周" * 90, "文件名太长"),
        ("x/" * 3000 + "周", "文件名太长"),
        ("/proc/周.csv", "所在目录不存在"),
    ],
)
def test_what_the_system_refuses(office: Path, name: str, reason: str) -> None:
    before = everything(office)
    with pytest.raises(StoreUnusable, match=reason) as failed:
        put(Path(name))
    assert failed.value.exit_code == 7
    assert everything(office) == before


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o400 if os.getuid() == 0 else 0o620])
def test_the_permissions_stay_and_no_draft_is_ever_more_open(office: Path, mode: int) -> None:
    path = office / "周.txt"
    path.touch()
    path.chmod(mode)
    with replaced(path, "周", "utf-8") as file:
        (draft,) = office.glob(".ledger-*")
        assert stat.S_IMODE(draft.stat().st_mode) == mode
        file.write("新的")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("新的", mode)


def test_the_owner_stays(office: Path) -> None:
    path, owner = office / "周.txt", 12345 if os.getuid() == 0 else os.getuid()
    path.touch()
    os.chown(path, owner, -1)
    put(path)
    assert path.stat().st_uid == owner


@pytest.mark.parametrize("before", [None, 0o644, 0o666, 0o600])
def test_a_private_file_is_its_owner_s_alone(office: Path, before: int | None) -> None:
    path = office / "密.txt"
    if before is not None:
        path.touch()
        path.chmod(before)
    put(path, private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_fails_in_the_midst_leaves_nothing(office: Path) -> None:
    before = everything(office)
    for failure in (KeyboardInterrupt, ValueError, BrokenPipeError):
        with pytest.raises((failure, StoreUnusable)), replaced(office / "台账", "台账", "utf-8") as file:
            file.write("一半")
            file.flush()
            raise failure
    assert everything(office) == before


def test_a_draft_left_behind_is_in_nobody_s_way(office: Path) -> None:
    for number in range(20):
        (office / f".ledger-{number:012x}.tmp").touch()
    put(office / "周.txt")
    assert (office / "周.txt").read_text() == "新的"
    for path in office.glob(".ledger-*"):
        path.unlink()


# --- several files at once --------------------------------------------------------------------------------------------


def text(content: str) -> Callable[[IO[bytes]], object]:
    return lambda file: file.write(content.encode())


def full(file: IO[bytes]) -> None:
    file.write(b"half")
    raise OSError(28, "No space left on device")


def test_several_files_are_all_there(office: Path) -> None:
    paths = write_into(office / "新" / "填报", [("甲", text("1")), ("乙", text("2"))])
    assert [path.read_text() for path in paths] == ["1", "2"]
    assert write_into(office / "下级" / "回", [("甲", text("3"))])[0].read_text() == "3"
    assert write_into(Path("空"), []) == [] and Path("空").is_dir()


def blocked(office: Path) -> None:
    (office / "填报" / "丙").symlink_to("../台账")


def a_folder(office: Path) -> None:
    (office / "填报" / "丙").mkdir()


def a_pipe(office: Path) -> None:
    os.mkfifo(office / "填报" / "丙")


def a_ledger(office: Path) -> None:
    database(office / "填报" / "丙")


def the_store(office: Path) -> None:
    os.link(office / "台账", office / "填报" / "丙")


@pytest.mark.parametrize("harm", [blocked, a_folder, a_pipe, a_ledger, the_store])
def test_of_several_files_all_or_none(office: Path, harm: Callable[[Path], None]) -> None:
    (office / "填报").mkdir()
    (office / "填报" / "甲").write_text(OLD)
    harm(office)
    before = everything(office)
    with pytest.raises(StoreUnusable, match="填报/丙"):
        write_into(
            Path("填报"), [(name, text("新的")) for name in ("甲", "乙", "丙", "丁")], [Kept(Path("台账"), "台账")]
        )
    assert everything(office) == before


@pytest.mark.parametrize("folder", ["下级", "新", "新/更新/再新"])
@pytest.mark.parametrize(
    "contents", [[("甲", text("1")), ("乙", full)], [("甲", full)], [("甲", text("1")), ("长" * 90, text("2"))]]
)
def test_a_disk_that_fills_leaves_neither_files_nor_folders(
    office: Path, folder: str, contents: list[tuple[str, Callable[[IO[bytes]], object]]]
) -> None:
    before = everything(office)
    with pytest.raises(StoreUnusable, match=r"没有空间|文件名太长"):
        write_into(office / folder, contents)
    assert everything(office) == before


@pytest.mark.parametrize(
    ("folder", "reason"),
    [("台账", "已有同名的文件"), ("台账/下", "所在目录不存在"), ("悬", "已有同名的文件"), ("长" * 90, "文件名太长")],
)
def test_a_folder_that_cannot_be(office: Path, folder: str, reason: str) -> None:
    (office / "悬").symlink_to("没有")
    with pytest.raises(StoreUnusable, match=reason):
        write_into(office / folder, [("甲", text("1"))])


# --- homes ------------------------------------------------------------------------------------------------------------


def test_a_home_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/clerk")
    assert expanded("~/x.db") == Path("/home/clerk/x.db")
    assert expanded("a/~/x") == Path("a/~/x")


@pytest.mark.parametrize("text", ["~nobody-of-that-name/x.db", "~nobody-of-that-name", "~没有这个人/账"])
def test_nobody_s_home(text: str) -> None:
    with pytest.raises(BadValue, match="不知是谁的主目录"):
        expanded(text)
