"""Outputs never destroy: whatever a clerk's slip names, the ledger and all that is read stay as they were."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from typer.models import TyperPath

from ledger.cli.app import command
from tests.conftest import Answer, Book, Clerk

Program = Callable[..., "subprocess.CompletedProcess[str]"]

ARGUMENTS = {
    "diff": ["now"],
    "show": ["1"],
    "slip": ["1", "--kind", "交办"],
    "when": ["3月底前"],
    "evidence list": ["1"],
    "evidence get": ["1", "1"],
    "verify": ["--prove", "1"],
    "archive": ["3"],
    "publish": ["week"],
    "reprint": ["1"],
    "series show": ["1"],
    "series preview": ["1"],
}
"""What commands need beside an output."""


def commands(group: typer.core.TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The commands that write a result, each with the option that says where."""
    context = typer.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, typer.core.TyperGroup):
            yield from commands(found, (*path, name))
        elif found is not None:
            for param in found.params:
                if param.name in ("output", "report") and isinstance(param.type, TyperPath):
                    yield " ".join((*path, name)), max(param.opts, key=len)


WRITING = sorted(set(commands(command())))


def test_the_commands_that_write_are_found() -> None:
    assert len(WRITING) > 15
    assert {("list", "--output"), ("export", "--output"), ("import", "--report"), ("config template", "--output")} <= {
        *WRITING
    }


def marks(folder: Path) -> dict[str, str]:
    """What lies in a folder, to the bit."""
    found = {}
    for path in sorted(folder.rglob("*")):
        found[str(path.relative_to(folder))] = (
            os.readlink(path)
            if path.is_symlink()
            else hashlib.sha256(path.read_bytes()).hexdigest()
            if path.is_file()
            else "-"
        )
    return found


@pytest.fixture
def office(book: Book, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """The clerk before a ledger 台账.db with a series, a sheet to read and a link to the ledger."""
    book.post("add", title="制定方案", unit="综合组", on="2013-03-01", due="2013-03-20")
    book.post("add", title="上报小结", unit="宣传组", on="2013-03-01", due="每月25日")
    book.post("add", title="已办的", unit="综合组", on="2013-03-01")
    book.post("close", task="已办的")
    assert clerk("--db", str(book.location), "publish", "week").code == 0
    (tmp_path / "纪要.txt").write_text("纪要", "utf-8")
    book.post("evidence", task=1, evidence=[str(tmp_path / "纪要.txt")])
    os.rename(tmp_path / "ledger.db", tmp_path / "台账.db")
    os.rename(tmp_path / "ledger.evidence", tmp_path / "台账.evidence")
    shutil.copyfile(tmp_path / "台账.db", tmp_path / "别的台账.db")
    (tmp_path / "计划.csv").write_text("工作任务,牵头单位,完成时限\n开设专栏,宣传组,3月底前\n", "utf-8")
    (tmp_path / "下级").mkdir()
    (tmp_path / "下级" / "回").symlink_to("..")
    (tmp_path / "链接.csv").symlink_to("台账.db")
    os.link(tmp_path / "台账.db", tmp_path / "硬链接.csv")
    (tmp_path / "settings.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEDGER_DB", "台账.db")
    return clerk


def attempt(office: Clerk, name: str, option: str, target: str) -> Answer:
    words = [*name.split(), *ARGUMENTS.get(name, []), option, target]
    if name == "import":
        words += ["计划.csv", "--dry-run"]
    elif any(param.name == "format" for param in _found(name).params):
        words += ["--format", {"export": "jsonl", "slip": "docx"}.get(name, "csv")]
    return office(*words)


def _found(name: str) -> typer.core.TyperCommand:
    found = command()
    for word in name.split():
        found = found.get_command(typer.Context(found), word)  # type: ignore[assignment]
    return found  # type: ignore[return-value]


TARGETS = ["台账.db", "下级/回/台账.db", "硬链接.csv", "链接.csv", "台账.db-journal", ".台账.db.lock", "别的台账.db"]


@pytest.mark.parametrize(("name", "option"), WRITING)
def test_no_command_writes_over_a_ledger(
    office: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, option: str
) -> None:
    """No suffix stands in the way: `import --report` takes its format from there alone."""
    monkeypatch.setattr("ledger.render.output.SUFFIXES", {Path(target).suffix: "csv" for target in TARGETS})
    monkeypatch.setattr("ledger.cli.export.SUFFIXES", ())
    before = marks(tmp_path)
    for target in TARGETS:
        answer = attempt(office, name, option, target)
        assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1) or name == "backup", answer
        assert answer.err.startswith(("错误:无法写入", "错误:已经有"))  # a backup takes no name that is there
        assert marks(tmp_path) == before
    assert office("check").code == 0


INPUTS = [
    ("import 计划.csv --dry-run --report 计划.csv", "计划.csv"),
    ("import 计划.csv --dry-run --report ./下级/回/计划.csv", "计划.csv"),
    ("import 计划.csv --report 计划.csv", "计划.csv"),
    ("--db 新.csv import 计划.csv --dry-run --report 新.csv", "新.csv"),
    ("--db 新.csv import 计划.csv --report ./下级/../新.csv", "新.csv"),
    ("import 甲.xlsx --dry-run --report 甲.xlsx", "甲.xlsx"),
    ("import 计划.csv 甲.xlsx --expect --report 甲.xlsx", "甲.xlsx"),
    ("week -f docx --template 模板/周工作清单.docx -o 模板/周工作清单.docx", "模板"),
    ("week -f docx --template 模板 -o 模板/周工作清单.docx", "模板"),
    ("week -f csv --template 模板 -o 模板/小结.docx", "模板"),
    ("list -f csv -o settings.json", "settings.json"),
    ("config show -f csv -o 下级/回/settings.json", "settings.json"),
    ("export --template --unit 综合组 -o 链接.xlsx", "甲.xlsx"),
]


@pytest.mark.parametrize(("line", "kept"), INPUTS)
def test_what_is_read_is_not_written_over(office: Clerk, tmp_path: Path, line: str, kept: str) -> None:
    assert office("export", "--template", "--unit", "综合组", "-o", "甲.xlsx").code == 0
    assert office("config", "template", "-o", "模板").code == 0
    (tmp_path / "链接.xlsx").symlink_to("甲.xlsx")
    before = marks(tmp_path)
    code, _, err = office(*line.split())
    assert code in (2, 7) and err.splitlines()[-1].startswith("错误:"), err
    assert marks(tmp_path) == before


def test_the_folder_of_templates_in_the_settings(office: Clerk, tmp_path: Path) -> None:
    assert office("config", "template", "-o", "模板").code == 0
    assert office("config", "set", "docx_template", "模板").code == 0
    before = marks(tmp_path)
    for name in ("清单", "小结", "通报", "周工作清单"):
        answer = office("list", "-o", f"模板/{name}.docx")
        assert (answer.code, "它是正在读取的文件" in answer.err) == (7, True)
    assert marks(tmp_path) == before
    assert office("list", "-o", "模板/三月清单.docx").code == 0


@pytest.mark.parametrize("target", ["台账.db", "计划.csv", "链接.csv", "没有/填报", "下级/" + "长" * 90])
def test_a_folder_of_forms_that_cannot_be(office: Clerk, tmp_path: Path, target: str) -> None:
    before = marks(tmp_path)
    answer = office("export", "--template", "--split", "-o", target)
    if target == "没有/填报":
        assert (answer.code, len(list((tmp_path / target).iterdir()))) == (0, 2)
        return
    assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1)
    assert marks(tmp_path) == before


@pytest.mark.parametrize("harm", ["ledger", "link", "folder", "pipe"])
def test_forms_are_handed_out_all_or_none(office: Clerk, tmp_path: Path, harm: str) -> None:
    """The second of two cannot be written: the first stays as it was."""
    assert office("export", "--template", "--split", "-o", "填报").code == 0
    office("add", "又一件", "-u", "综合组")
    path = sorted((tmp_path / "填报").iterdir())[-1]
    path.unlink()
    match harm:
        case "ledger":
            os.link("台账.db", path)
        case "link":
            path.symlink_to("../计划.csv")
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
    before = marks(tmp_path)
    answer = office("export", "--template", "--split", "-o", "填报")
    assert (answer.code, answer.err.count("\n"), path.name in answer.err) == (7, 1, True)
    assert marks(tmp_path) == before


# --- the program as it is installed -------------------------------------------------------------------------------


def test_a_slip_leaves_the_store_in_use(plan: Program, tmp_path: Path) -> None:
    """`-o` named the store instead of `--db`: this once wrote the list over it and answered 0."""
    before = marks(tmp_path)
    ended = plan("list", "-f", "csv", "-o", "ledger.db")
    assert ended.stderr.startswith("错误:无法写入文件“ledger.db”:它是正在使用的台账。未写入任何内容;")
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (7, "", 1)
    assert marks(tmp_path) == before


def test_a_sheet_on_standard_input(plan: Program, tmp_path: Path) -> None:
    sheet = tmp_path / "计划.csv"
    sheet.write_text("工作任务,牵头单位\n甲,综合组\n", "utf-8")
    with sheet.open() as given:
        ended = plan("import", "-", "--dry-run", "--report", "计划.csv", stdin=given)
    assert (ended.returncode, "它是正在读取的文件" in ended.stderr) == (7, True)
    assert sheet.read_text("utf-8") == "工作任务,牵头单位\n甲,综合组\n"


def test_a_full_place(plan: Program, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk."""
    import resource

    (tmp_path / "全部.jsonl").write_text("原来的")
    before = marks(tmp_path)
    for words in (
        ("export", "-o", "全部.jsonl"),
        ("list", "-o", "清单.xlsx"),
        ("week", "-o", "周.docx"),
        ("export", "--template", "--split", "-o", "新/填报"),
        ("config", "template", "-o", "新/模板"),
    ):
        # without the cache of bytecode, which Python cuts off at the limit without a word
        ended = plan(
            *words,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500)),
        )
        assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (7, "", 1), ended.stderr
        assert "文件太大" in ended.stderr
    assert marks(tmp_path) == before


HOMELESS: list[dict[str, str | None]] = [{"HOME": ""}, {"HOME": __file__}, {"HOME": "/proc"}]


@pytest.mark.parametrize("home", HOMELESS, ids=str)
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["list"], 7),
        (["init"], 7),
        (["add", "甲", "-u", "乙"], 7),
        (["config", "set", "actor", "张三"], 7),
        (["when", "3月底前"], 0),
        (["--db", "ledger.db", "list"], 0),
        (["--db", "ledger.db", "config", "show"], 0),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_a_home_that_is_none(
    plan: Program, tmp_path: Path, home: dict[str, str | None], words: list[str], code: int
) -> None:
    before = marks(tmp_path)
    ended = plan(*words, env=home | {"LEDGER_DB": None, "LEDGER_CONFIG": None})
    assert ended.returncode == code, ended.stderr
    assert ended.stderr.count("\n") == (1 if code else 0)
    assert "内部错误" not in ended.stderr
    assert marks(tmp_path) == before


LONG, NOBODY = "长" * 90, "~nobody-of-that-name/x"
PATHS: list[tuple[list[str], dict[str, str | None], int]] = [
    (["--db", NOBODY, "list"], {}, 2),
    (["--db", NOBODY, "init"], {}, 2),
    (["list"], {"LEDGER_DB": NOBODY}, 2),
    (["list"], {"LEDGER_CONFIG": NOBODY}, 2),
    (["config", "set", "db", NOBODY], {}, 2),
    (["config", "set", "docx_template", NOBODY], {}, 2),
    (["list", "-o", f"{NOBODY}.csv"], {}, 7),
    (["--db", LONG, "list"], {}, 7),
    (["--db", LONG, "init"], {}, 7),
    (["--db", LONG, "add", "甲", "-u", "乙"], {}, 7),
    (["--db", LONG, "close", "1"], {}, 7),
    (["--db", LONG], {}, 7),
    (["--db", LONG, "config", "show"], {}, 7),
    (["--db", "绕", "list"], {}, 7),
    (["--db", "绕", "init"], {}, 7),
    (["list"], {"LEDGER_CONFIG": LONG}, 7),
    (["config", "set", "actor", "甲"], {"LEDGER_CONFIG": LONG}, 7),
    (["config", "set", "docx_template", LONG], {}, 7),
    (["import", LONG], {}, 7),
    (["week", "-o", "周.docx", "--template", LONG], {}, 7),
    (["list", "-o", f"{LONG}.csv"], {}, 7),
    (["export", "--template", "--split", "-o", LONG], {}, 7),
    (["config", "template", "-o", LONG], {}, 7),
]


@pytest.mark.parametrize(("words", "env", "code"), PATHS, ids=lambda it: str(it)[:40])
def test_paths_that_cannot_be(
    plan: Program, tmp_path: Path, words: list[str], env: dict[str, str | None], code: int
) -> None:
    (tmp_path / "绕").symlink_to("绕")
    before = marks(tmp_path)
    ended = plan(*words, env=env)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (code, "", 1), ended.stderr
    assert ended.stderr.startswith("错误:")
    assert marks(tmp_path) == before


SECRET = "tOp5ecret"
ADDRESSES = [
    f"postgresql://u:a@{SECRET}@127.0.0.1:1/db",
    f"postgresql+psycopg://u:p:{SECRET}@127.0.0.1:port/x",
    f"POSTGRES://u:{SECRET}@127.0.0.1:1/db",
    f"mysql://u:{SECRET}@h/",
    f"postgresql://127.0.0.1:1/db?user=u&password={SECRET}&sslpassword={SECRET}",
    f"postgresql://u:{SECRET}@/db?host=/nonexistent",
    f"postgresql://u:%zz{SECRET}@127.0.0.1:1/db",
    f"postgresql://u:{SECRET} x@127.0.0.1:1/db",
    f"postgresql://u:1/{SECRET}@127.0.0.1:1/db",
    f"postgresql://u:p@127.0.0.1:1/db?password={SECRET}&nonsense=1",
    f"postgresql://u:{SECRET}@127.0.0.1:1/db?connect_timeout={SECRET}@",
    f"postgresql:/u:{SECRET}@h/db",
    f"postgresql://u:{SECRET}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_password_is_told(office: Clerk, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["list"], ["init"], ["close", "1"], ["config", "show"], []):
        answer = office("--db", address, *words)
        assert SECRET not in answer.out + answer.err
        assert (answer.code in (0, 2, 7), "内部错误" in answer.err) == (True, False), answer
    monkeypatch.setenv("LEDGER_TRACEBACK", "1")
    answer = office("--db", address, "list")
    assert SECRET not in answer.out + answer.err
    (tmp_path / "settings.json").write_text(json.dumps({"db": address}))
    for words in (["config", "get", "db"], ["--db", "台账.db", "config", "show"],
                  ["--db", "台账.db", "config", "show", "-f", "json"]):  # fmt: skip
        answer = office(*words)
        assert (answer.code, SECRET in answer.out + answer.err, "***" in answer.out) == (0, False, True)


def test_a_setting_that_no_command_could_use_is_refused(office: Clerk, tmp_path: Path) -> None:
    answer = office("config", "set", "db", f"mysql://u:{SECRET}@h/db")
    assert (answer.code, SECRET in answer.err) == (2, False)
    assert (tmp_path / "settings.json").read_text() == "{}"


def test_a_setting_holds_from_any_folder(office: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEDGER_DB")
    assert office("config", "set", "db", "台账.db").code == 0
    monkeypatch.chdir(tmp_path / "下级")
    assert office("list").code == 0
    assert office("config", "get", "db").out == f"{tmp_path}/台账.db\n"
