#!/usr/bin/env python3
"""Install ledger on a machine without a network: `python3 install.py [--prefix FOLDER] [--bin FOLDER]`.

Needs Python alone: no network, no pip, no rights of an administrator. The program gets a folder with a virtual
environment of its own; what lies beside this script is held to its hashes.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
MARK = "ledger-program.txt"
"""In a folder that this script made and may make anew; any other folder is somebody's."""
WINDOWS = os.name == "nt"


def stop(what: str) -> NoReturn:
    sys.exit(f"错误:{what}")


def requirements() -> Path:
    """What is needed under the Python that runs this."""
    version = "{}.{}".format(*sys.version_info[:2])
    found = HERE / f"requirements-{version}.txt"
    if sys.implementation.name != "cpython" or not found.exists():
        known = "、".join(sorted((path.stem.split("-")[1] for path in HERE.glob("requirements-*.txt")), key=len))
        here = f"{sys.implementation.name} {version}"
        stop(f"安装包用于 CPython {known},现在用的是 {here}。请换一个 Python 再运行。")
    return found


def require_whole() -> None:
    """The archive as it was made: a file that was lost or altered on the way is named."""
    for line in (HERE / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        path = HERE / name
        if not path.exists():
            stop(f"安装包不全,缺少 {name}。请重新拷贝。")
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            stop(f"安装包里的 {name} 与校验码不符。请重新拷贝。")


def require_ours(prefix: Path) -> None:
    if os.path.lexists(prefix) and not (prefix.is_dir() and (not any(prefix.iterdir()) or (prefix / MARK).exists())):
        stop(f"{prefix} 已有别的内容,没有动它。请用 --prefix 另写一个目录。")


def install(wanted: Path, prefix: Path) -> Path:
    """The program, in an environment made anew."""
    shutil.rmtree(prefix, ignore_errors=True)
    prefix.mkdir(parents=True)
    (prefix / MARK).write_text("ledger 的程序目录,升级时整个换掉,请勿在里面放文件\n", "utf-8")
    venv.EnvBuilder(with_pip=False).create(prefix)
    programs = prefix / ("Scripts" if WINDOWS else "bin")
    (pip,) = (HERE / "wheels").glob("pip-*.whl")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    done = subprocess.run(
        [programs / ("python.exe" if WINDOWS else "python"), pip / "pip", "install", "--quiet", "--no-index",
         "--disable-pip-version-check", "--find-links", HERE / "wheels", "--require-hashes", "--requirement", wanted],
        env={**environment, "PIP_CONFIG_FILE": os.devnull}, check=False,
    )  # fmt: skip
    if done.returncode:
        stop(f"没有装成,原因见上。可删去 {prefix} 后重试。")
    return programs / ("ledger.exe" if WINDOWS else "ledger")


def linked(program: Path, folder: Path) -> Path:
    """The program where the shell finds it; a file of that name that is no link stays."""
    place = folder / "ledger"
    if os.path.lexists(place) and not place.is_symlink():
        stop(f"{place} 已有别的文件,没有动它。程序已装好,可直接运行 {program}。")
    folder.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(program)
    return place


def main() -> None:
    data = Path(os.environ.get("LOCALAPPDATA") or Path.home()) if WINDOWS else Path.home() / ".local" / "share"
    parser = argparse.ArgumentParser(description="安装 ledger,不需要网络和管理员权限")
    parser.add_argument("--prefix", type=Path, default=data / "ledger-program", help="程序放在哪里")
    parser.add_argument("--bin", type=Path, default=Path.home() / ".local/bin", help="命令放在哪里(Windows 不用)")
    given = parser.parse_args()
    wanted, prefix = requirements(), given.prefix.absolute()
    require_whole()
    require_ours(prefix)
    program = install(wanted, prefix)
    if not WINDOWS:
        program = linked(program, given.bin.absolute())
    print(f"已安装 {program}")
    if str(program.parent) not in os.environ.get("PATH", "").split(os.pathsep):
        print(f"请把 {program.parent} 加入 PATH,再运行 ledger --help")
    print("Tab 补全:ledger --install-completion")


if __name__ == "__main__":
    main()
