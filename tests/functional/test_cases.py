"""The functional cases: one readable text file each, `*.test`, run as a clerk or a script would run `ledger`.

A case is a text of three kinds of blocks::

    ; a comment
    <<< 操作.jsonl                  a file of the case's own fresh directory, up to the line <<<
    {"op": "close", "task": 1}
    <<<
    $ ledger batch 操作.jsonl        a line for `sh`, then exactly what came of it:
    已办理 1 项操作                   stdout,
    2> 已建立台账 ledger.db          stderr,
    >>>= 5                          the exit code when it is not 0

A file may name its encoding (`<<< 表.csv gb18030`). The environment is bare but for PATH, HOME, FIXTURES (the
folder `tests/fixtures`) and the ledger's own variables, today is 2013-03-19. The moments of the real clock, hashes, the
OS account and the directory are masked; what cannot be seen is shown as Python escapes it. A case passes when running
it gives back its text to the letter; `pytest --update-golden` writes that text.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CASES = sorted(Path(__file__).parent.glob("*.test"))
_STARTS = ("$ ", "; ", "<<< ")
_MASKS = (
    (re.compile(r"\b20(?:2[5-9]|[3-9]\d)-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?"), "<时刻>"),
    (re.compile(r"\b20(?:2[5-9]|[3-9]\d)\d{4}-\d{6}(-\d+)?\b"), "<时刻>"),  # numbered within one second
    (re.compile(r"\b[0-9a-f]{64}\b|(?<=封印 )[0-9a-f]{12}\b|(?<=校验码 )[0-9a-f]{12}\b"), "<印>"),
    (re.compile(r'"account": "[^"]*"'), '"account": "<账号>"'),
)


@pytest.mark.cases
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    written = case.read_text("utf-8")
    found = "\n".join(_run(written.splitlines(), tmp_path)).rstrip("\n") + "\n"
    if pytestconfig.getoption("--update-golden"):
        case.write_text(found, "utf-8")
    assert found == case.read_text("utf-8")


def _run(lines: list[str], directory: Path) -> Iterator[str]:
    """The case as it should be written: its own lines, and what its commands print now."""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        yield line
        if line.startswith("<<< "):
            end = lines.index("<<<", at)
            _write(directory, line, lines[at:end])
            yield from lines[at : end + 1]
            at = end + 1
        elif line.startswith("$ "):
            yield from _outcome(line.removeprefix("$ "), directory)
            yield ""
            while at < len(lines) and not lines[at].startswith(_STARTS):
                at += 1
        else:
            assert not line or line.startswith("; "), f"neither comment, file nor command: {line}"


def _write(directory: Path, line: str, content: list[str]) -> None:
    name, _, encoding = line.removeprefix("<<< ").partition(" ")
    (directory / name).write_bytes("".join(f"{text}\n" for text in content).encode(encoding or "utf-8"))


def _outcome(command: str, directory: Path) -> Iterator[str]:
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
        "HOME": str(directory),
        "FIXTURES": str(Path(__file__).parents[1] / "fixtures"),
        "LEDGER_DB": "ledger.db",
        "LEDGER_CONFIG": "settings.json",
        "LEDGER_TODAY": "2013-03-19",
        "LEDGER_ACTOR": "张三",
    }
    ended = subprocess.run(
        ["/bin/sh", "-c", command], cwd=directory, env=environment, capture_output=True, check=False, timeout=60
    )
    for output, prefix in ((ended.stdout, ""), (ended.stderr, "2> ")):
        yield from _shown(output.replace(bytes(directory) + b"/", "<目录>/".encode()), prefix)
    if ended.returncode:
        yield f">>>= {ended.returncode}"


def _shown(output: bytes, prefix: str) -> Iterator[str]:
    text = output.decode("utf-8", "backslashreplace")
    for mask, instead in _MASKS:
        text = mask.sub(instead, text)
    for line in text.split("\n")[: -1 if text.endswith("\n") or not text else None]:
        yield prefix + "".join(c if c.isprintable() or c == "\u3000" else ascii(c)[1:-1] for c in line)
    if text and not text.endswith("\n"):
        yield f"{prefix}\\ 末行没有换行"
