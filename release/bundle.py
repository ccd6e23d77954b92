"""Archives of the program with all that it needs, for machines without a network: `python release/bundle.py DIST`.

One a system: the wheels of every dependency as `requirements.lock` names them, each held to its hash, for every Python
in `PYTHONS`; the program's own wheel and pip's; the install script, which needs Python alone; completion, the man page
and the manual.
"""

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

HERE = Path(__file__).parent
ROOT = HERE.parent
MANUAL = (
    "README.zh-CN.md",
    "docs/commands.md",
    "docs/templates.md",
    "docs/scoring.md",
    "docs/zh/**/*",
    "examples/plan-2013/*",
    "examples/scoring/*",
)
"""What a clerk reads, and what is done over while reading it."""
PYTHONS = ((3, 11), (3, 12), (3, 13))
PIP = "pip==25.3 --hash=sha256:9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd"
"""Brought along, because a system's Python may come without it (Debian's does)."""


class Target(NamedTuple):
    """A system: its name, the platforms of wheels that it takes, and what tells it in the markers of requirements."""

    name: str
    platforms: tuple[str, ...]
    markers: dict[str, str]


def _linux(machine: str) -> Target:
    platforms = tuple(f"{name}_{machine}" for name in ("manylinux_2_28", "manylinux_2_17", "manylinux2014"))
    markers = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine}
    return Target(f"linux-{machine}", platforms, markers)


WINDOWS = Target(
    "windows-x86_64",
    ("win_amd64",),
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
)
TARGETS = (_linux("x86_64"), _linux("aarch64"), WINDOWS)


def locked() -> Iterator[tuple[Requirement, tuple[str, ...]]]:
    """The requirements of the lock file, each with the hashes of its files."""
    text = (HERE / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            named, *hashes = line.split(" --hash=")
            yield Requirement(named.strip()), tuple(one.strip() for one in hashes)


def requirements(target: Target, python: tuple[int, int]) -> str:
    """What `target` needs under this Python, as pip reads it."""
    version = ".".join(map(str, python))
    where = {**target.markers, "python_version": version, "python_full_version": f"{version}.0"}
    where |= {"implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""}
    lines = []
    for one, hashes in locked():
        if one.marker is None or one.marker.evaluate(where):
            one.marker = None
            lines.append(" ".join([str(one), *(f"--hash={each}" for each in hashes)]))
    return "\n".join([*lines, ""])


def tags(target: Target, python: tuple[int, int]) -> set[Tag]:
    """The tags of the wheels that this Python takes on this system."""
    interpreter = f"cp{python[0]}{python[1]}"
    return {
        *cpython_tags(python, platforms=target.platforms),
        *compatible_tags(python, interpreter, target.platforms),
    }


def fetch(target: Target, python: tuple[int, int], folder: Path) -> None:
    """Download the wheels into `folder`; pip holds each to its hash. Raises `ValueError` for one that does not fit."""
    version = ".".join(map(str, python))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(requirements(target, python) + PIP + "\n")
        file.flush()
        platforms = [word for name in target.platforms for word in ("--platform", name)]
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
             "--only-binary=:all:", "--require-hashes", "--implementation", "cp", "--python-version", version,
             *platforms, "--dest", folder, "--requirement", file.name],
            check=True, timeout=1800,
        )  # fmt: skip
    fitting = {tag for each in PYTHONS for tag in tags(target, each)}
    for wheel in folder.glob("*.whl"):
        if not fitting & parse_wheel_filename(wheel.name)[3]:
            raise ValueError(f"{wheel.name} does not fit {target.name}")


def build(target: Target, own: Path, target_folder: Path) -> Path:
    """The archive of one system in `target_folder`; `own` is the program's wheel."""
    version = str(parse_wheel_filename(own.name)[1])
    top = f"ledger-{version}-{target.name}"
    with tempfile.TemporaryDirectory() as scratch:
        wheels = Path(scratch)
        for python in PYTHONS:
            fetch(target, python, wheels)
        members = {f"wheels/{path.name}": path.read_bytes() for path in sorted([*wheels.glob("*.whl"), own])}
    for python in PYTHONS:
        name = f"requirements-{python[0]}.{python[1]}.txt"
        mine = f"ledger=={version} --hash=sha256:{hashlib.sha256(own.read_bytes()).hexdigest()}\n"
        members[name] = (requirements(target, python) + mine).encode()
    members |= _beside(own) | manual()
    members["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items())
    ).encode()
    archive = target_folder / f"{top}.{'zip' if target is WINDOWS else 'tar.gz'}"
    _pack(archive, {f"{top}/{name}": content for name, content in members.items()})
    return archive


def _beside(own: Path) -> dict[str, bytes]:
    """What is neither a wheel nor a list of them: the install script, completion out of the wheel, the man page."""
    found = {"install.py": (HERE / "install.py").read_bytes(), "安装说明.txt": (HERE / "安装说明.txt").read_bytes()}
    with zipfile.ZipFile(own) as wheel:
        for name in wheel.namelist():
            if name.startswith("ledger/cli/shells/ledger."):
                found[f"completion/{Path(name).name}"] = wheel.read(name)
    page = subprocess.run(
        [sys.executable, "-m", "ledger.cli.reference", "--man"], check=True, capture_output=True, timeout=60
    )
    return found | {"ledger.1": page.stdout}


def manual() -> dict[str, bytes]:
    """The files of the manual, named as they link to each other."""
    paths = [path for pattern in MANUAL for path in sorted(ROOT.glob(pattern)) if path.is_file()]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}


def _pack(archive: Path, members: dict[str, bytes]) -> None:
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in members.items():
                packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return
    with tarfile.open(archive, "w:gz") as packed:
        for name, content in members.items():
            told = tarfile.TarInfo(name)
            told.size = len(content)
            told.mode = 0o644
            packed.addfile(told, io.BytesIO(content))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dist", type=Path, help="the folder with the program's wheel, where the archives go")
    parser.add_argument("--target", action="append", help="only this system", choices=[one.name for one in TARGETS])
    given = parser.parse_args()
    (own,) = given.dist.glob("ledger-*.whl")
    for target in TARGETS:
        if given.target is None or target.name in given.target:
            print(build(target, own, given.dist))


if __name__ == "__main__":
    main()
