"""The archives for machines without a network: whole, fitting their systems, installed with the network cut off."""

import hashlib
import os
import re
import shutil
import sys
import tomllib
from pathlib import Path
from subprocess import CompletedProcess, run

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from release import bundle
from release.bundle import PYTHONS, TARGETS, WINDOWS, Target

ROOT = Path(__file__).parents[2]


def test_the_lock_file_names_what_the_program_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    locked = {canonicalize_name(one.name): one for one, _ in bundle.locked()}
    for one in map(Requirement, needed):
        (pin,) = locked[canonicalize_name(one.name)].specifier
        assert pin.operator == "==" and one.specifier.contains(pin.version), one
    assert all(hashes and all(each.startswith("sha256:") for each in hashes) for _, hashes in bundle.locked())


def test_each_system_gets_what_its_markers_say() -> None:
    assert "colorama" in bundle.requirements(WINDOWS, (3, 11))
    assert "colorama" not in bundle.requirements(TARGETS[0], (3, 11))


def test_the_manual_comes_with_all_that_it_links_to() -> None:
    members = bundle.manual()
    links = [
        os.path.normpath(Path(name).parent / target)
        for name, content in members.items()
        if name.endswith(".md")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", content.decode())
    ]
    assert len(links) > 30
    assert [link for link in links if not any(Path(name).is_relative_to(link) for name in members)] == []


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Target → its archive, unpacked, made out of a wheel of the sources here."""
    dist = tmp_path_factory.mktemp("dist")
    made = run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", dist, ROOT],
        check=False,
        capture_output=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr.decode()
    (own,) = dist.glob("*.whl")
    found = {}
    for target in TARGETS:
        archive, folder = bundle.build(target, own, dist), dist / target.name
        shutil.unpack_archive(archive, folder)
        (found[target.name],) = folder.iterdir()
    return found


@pytest.mark.bundle
@pytest.mark.parametrize("target", TARGETS, ids=[one.name for one in TARGETS])
def test_every_requirement_has_a_wheel_that_fits_and_is_what_it_was_locked_to(
    archives: dict[str, Path], target: Target
) -> None:
    top = archives[target.name]
    wheels = {path.name: path for path in (top / "wheels").iterdir()}
    for python in PYTHONS:
        fitting = bundle.tags(target, python)
        for line in (top / "requirements-{}.{}.txt".format(*python)).read_text("utf-8").splitlines():
            named, *hashes = line.split(" --hash=sha256:")
            name = canonicalize_name(Requirement(named.split(";")[0]).name)
            fits = [
                path
                for wheel, path in wheels.items()
                if parse_wheel_filename(wheel)[0] == name and parse_wheel_filename(wheel)[3] & fitting
            ]
            assert [one for one in fits if hashlib.sha256(one.read_bytes()).hexdigest() in hashes], (name, python)
    sums = {line[66:]: line[:64] for line in (top / "SHA256SUMS").read_text("utf-8").splitlines()}
    members = {str(path.relative_to(top)) for path in top.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert sums.keys() == members
    assert all(hashlib.sha256((top / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())
    assert members >= {"install.py", "安装说明.txt", "ledger.1", "completion/ledger.bash", "completion/ledger.fish"}
    assert members >= {"README.zh-CN.md", "docs/zh/README.md", "docs/zh/img/周清单.svg", "examples/plan-2013/week.sh"}


class Machine:
    """A machine like this one without a network and with an empty home."""

    def __init__(self, home: Path, top: Path) -> None:
        self.home, self.top = home, top

    def run(self, *command: object) -> CompletedProcess[str]:
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        return run(
            ["unshare", "--map-root-user", "--net", *map(str, command)],
            check=False, capture_output=True, text=True, env=environment, cwd=self.home, timeout=300,
        )  # fmt: skip

    def install(self, *options: object) -> CompletedProcess[str]:
        return self.run(sys.executable, self.top / "install.py", *options)

    def ledger(self, *words: object) -> str:
        ended = self.run(self.home / ".local/bin/ledger", *words)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


@pytest.fixture
def machine(archives: dict[str, Path], tmp_path: Path) -> Machine:
    shutil.copytree(archives["linux-x86_64"], tmp_path / "包")
    (tmp_path / "home").mkdir()
    return Machine(tmp_path / "home", tmp_path / "包")


@pytest.mark.bundle
def test_it_is_installed_and_works_with_the_network_cut_off_twice_over(machine: Machine) -> None:
    for _ in range(2):
        ended = machine.install()
        assert (ended.returncode, ended.stderr) == (0, "")
        assert f"已安装 {machine.home}/.local/bin/ledger" in ended.stdout
        assert machine.ledger("--version") == "ledger 0.1.0\n"
    machine.ledger("add", "召开推进会", "--unit", "综合组", "--due", "3月底前")
    assert "召开推进会" in machine.ledger("list")
    machine.ledger("week", "-o", machine.home / "清单.docx")
    machine.ledger("week", "-o", machine.home / "清单.xlsx")
    assert machine.run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", machine.top / "ledger.1").stderr == ""


@pytest.mark.bundle
def test_what_was_altered_or_lost_on_the_way_is_named_and_nothing_installed(machine: Machine) -> None:
    wheel = next((machine.top / "wheels").glob("rich-*.whl"))
    wheel.write_bytes(wheel.read_bytes() + b"!")
    assert f"wheels/{wheel.name} 与校验码不符" in machine.install().stderr
    wheel.unlink()
    assert f"缺少 wheels/{wheel.name}" in machine.install().stderr
    assert list(machine.home.iterdir()) == []


@pytest.mark.bundle
def test_what_is_somebody_s_stays(machine: Machine) -> None:
    theirs = machine.home / "项目"
    theirs.mkdir()
    (theirs / "文件").write_text("别人的")
    ended = machine.install("--prefix", theirs)
    assert (ended.returncode, "没有动它" in ended.stderr) == (1, True)
    (machine.home / "bin").mkdir()
    (machine.home / "bin/ledger").write_text("别人的")
    ended = machine.install("--bin", machine.home / "bin")
    assert (ended.returncode, "没有动它" in ended.stderr) == (1, True)
    assert (theirs / "文件").read_text() == (machine.home / "bin/ledger").read_text() == "别人的"
