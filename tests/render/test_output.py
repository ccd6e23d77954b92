import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.base.errors import BadValue, StoreUnusable
from ledger.render.output import choose_format, emit, on_terminal
from ledger.reports.report import Column, Report, Section
from tests.children import all_heard


@pytest.mark.parametrize(
    ("format", "output", "isatty", "chosen"),
    [
        (None, None, True, "table"),
        (None, None, False, "plain"),
        (None, "-", True, "table"),
        (None, "-", False, "plain"),
        ("json", None, True, "json"),
        ("plain", "x.csv", True, "plain"),
        ("md", "x", False, "md"),
        (None, "x.csv", True, "csv"),
        (None, "x.CSV", True, "csv"),
        (None, "x.json", False, "json"),
        (None, "x.md", True, "md"),
        (None, "x.markdown", True, "md"),
        (None, "周.txt", True, "plain"),
        (None, "周.html", True, "html"),
        (None, "周.xlsx", True, "xlsx"),
        ("docx", None, False, "docx"),
    ],
)
def test_the_format_asked_for_then_the_suffix_then_the_terminal(
    format: str | None, output: str | None, isatty: bool, chosen: str
) -> None:
    assert choose_format(format, Path(output) if output else None, isatty) == chosen


@pytest.mark.parametrize(
    ("format", "output", "what", "hint"),
    [
        ("yaml", None, "没有名为“yaml”的格式", "table、plain、json、csv、md、html、xlsx、docx"),
        ("xlsx", None, "xlsx 不能显示在终端上", "-o 清单.xlsx"),
        ("docx", "-", "docx 不能显示在终端上", "-o 清单.docx"),
        (None, "周.ofd", "看不出文件“周.ofd”要用哪种格式", ".txt .markdown .htm .json .csv .md .html .xlsx .docx .pdf"),
        (None, "周", "看不出文件“周”要用哪种格式", ".txt .markdown .htm .json .csv .md .html .xlsx .docx .pdf"),
    ],
)
def test_a_format_that_cannot_be_written(format: str | None, output: str | None, what: str, hint: str) -> None:
    with pytest.raises(BadValue, match=what) as failed:
        choose_format(format, Path(output) if output else None, isatty=True)
    assert hint in failed.value.hint


def unasked() -> Report:
    raise AssertionError("only what is printed is computed")


@pytest.fixture
def put(listing: Callable[..., Report]) -> Callable[..., None]:
    """Writes a small list as plain text, or in another format, to a file."""
    report = listing(("=召开会议",), columns=(Column("工作任务"),))

    def write(path: Path, format: str = "plain") -> None:
        emit(format, path, lambda: report, unasked)

    return write


@pytest.mark.parametrize("format", ["table", "plain", "md", "csv"])
def test_a_file_holds_utf8_without_colours_and_csv_a_mark_for_excel(
    tmp_path: Path, put: Callable[..., None], format: str
) -> None:
    put(tmp_path / "周", format)
    data = (tmp_path / "周").read_bytes()
    assert "召开会议" in data.decode()
    assert b"\x1b" not in data
    assert data.startswith(b"\xef\xbb\xbf") == (format == "csv")
    assert (data.count(b"\r\n") == data.count(b"\n")) == (format == "csv")
    assert os.listdir(tmp_path) == ["周"]


def test_json_asks_for_the_value_alone(tmp_path: Path) -> None:
    emit("json", tmp_path / "x", unasked, lambda: [{"id": 1}])
    assert json.loads((tmp_path / "x").read_text()) == [{"id": 1}]


@pytest.mark.parametrize("output", [None, Path("-")])
def test_stdout_has_no_mark_and_keeps_crlf(
    output: Path | None, listing: Callable[..., Report], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    emit("csv", output, lambda: listing(("会议",), columns=(Column("任务"),)), unasked)
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == "任务\r\n会议\r\n".encode()
    assert not Path("-").exists()


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path, put: Callable[..., None]) -> None:
    path = tmp_path / "周.txt"
    path.write_text("old")
    path.chmod(0o640)
    put(path)
    assert "召开会议" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_gets_the_permissions_of_the_umask(tmp_path: Path, put: Callable[..., None]) -> None:
    before = os.umask(0o027)
    try:
        put(tmp_path / "x")
    finally:
        os.umask(before)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


def link(path: Path) -> None:
    target = path.with_name("target")
    target.write_text("old")
    path.symlink_to(target)


@pytest.mark.parametrize(("make", "kind"), [(link, "符号链接"), (Path.mkdir, "目录"), (os.mkfifo, "设备或管道")])
def test_only_a_file_is_replaced(
    tmp_path: Path, put: Callable[..., None], make: Callable[[Path], None], kind: str
) -> None:
    path = tmp_path / "周.txt"
    make(path)
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(StoreUnusable, match="无法写入文件“.*周.txt”:它是" + kind):
        put(path)
    assert sorted(os.listdir(tmp_path)) == before
    assert not path.is_symlink() or path.read_text() == "old"


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("old")
    with pytest.raises(TypeError):
        emit("json", path, unasked, lambda: [{"id": 1}, {"id": {1}}])
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["x.json"]


@pytest.mark.parametrize(
    ("name", "reason"), [("没有/x", "所在目录不存在"), ("file/x", "所在目录不存在"), ("x" * 300, "文件名太长")]
)
def test_what_the_system_refuses_is_told_in_chinese(
    tmp_path: Path, put: Callable[..., None], name: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match=reason) as failed:
        put(tmp_path / name)
    assert failed.value.exit_code == 7
    assert os.listdir(tmp_path) == ["file"]


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: it fails in the midst of writing, as a full disk does."""
    path = tmp_path / "x.json"
    path.write_text("old")
    program = (
        "import resource, signal, sys; from pathlib import Path; from ledger.render.output import emit\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: emit('json', Path(sys.argv[1]), None, lambda: ['x' * 100_000])\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, path], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("StoreUnusable 无法写入文件") and "文件太大" in done.stdout
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["x.json"]


@pytest.mark.parametrize(
    ("columns", "width"), [("100", 100), ("0", 80), ("-5", 80), ("nonsense", 80), ("", 80), (None, 80)]
)
def test_the_width_of_the_console(columns: str | None, width: int) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    environment |= {} if columns is None else {"COLUMNS": columns}
    program = "from ledger.render.output import console_width; print(console_width())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert int(done.stdout) == width


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_colours_on_a_real_terminal(environment: dict[str, str], coloured: bool) -> None:
    import pty

    program = (
        "import datetime; from ledger.render.output import emit; from ledger.reports.report import Report\n"
        "emit('table', None, lambda: Report('题', '账', '今', datetime.date(2013, 3, 19)), None)"
    )
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], env=environment, stdout=theirs, check=True, timeout=60
    )
    os.close(theirs)
    shown = all_heard(ours)
    os.close(ours)
    assert "题".encode() in shown
    assert (b"\x1b[" in shown) == coloured


@pytest.mark.parametrize("format", ["plain", "json", "csv", "md"])
def test_only_the_table_loads_rich_to_print(format: str) -> None:
    program = (
        "import datetime, sys; from ledger.render.output import emit\n"
        "from ledger.reports.report import Column, Report, Section\n"
        "day = datetime.date(2013, 3, 19)\n"
        "report = Report('题', '账', '今', day, sections=[Section('一', (Column('甲'),), [('乙',)])])\n"
        "emit(sys.argv[1], None, lambda: report, list)\n"
        "assert 'rich.console' not in sys.modules"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", program, format], capture_output=True, check=True, timeout=60)


def test_a_report_without_sections_is_its_heading(tmp_path: Path, listing: Callable[..., Report]) -> None:
    report = Report("题", "账", "今", listing().today, sections=[Section("", (), [])])
    for format in ("table", "plain", "md", "csv"):
        emit(format, tmp_path / format, lambda: report, unasked)
        assert ("题" in (tmp_path / format).read_text()) == (format != "csv")


@pytest.mark.parametrize("format", ["plain", "xlsx"])
def test_a_closed_stdout_is_no_terminal_and_takes_nothing(
    monkeypatch: pytest.MonkeyPatch, listing: Callable[..., Report], format: str
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert not on_terminal()
    with pytest.raises(StoreUnusable, match="标准输出:它已关闭"):
        emit(format, None, listing, dict)
