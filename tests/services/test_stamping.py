"""Time stamps, by an authority of our own: OpenSSL's."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.base.errors import CheckFailed, StoreUnusable
from ledger.services import stamping
from tests.children import LIMIT, started

HASH = "ab" * 32
CONFIG = """
[tsa]
default_tsa = ours
[ours]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sm3
accuracy = secs:1
"""


def openssl(folder: Path, *words: str) -> bytes:
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": folder}
    with started(["openssl", *words], **pipes) as child:
        out, err = child.communicate(timeout=LIMIT)
    assert child.returncode == 0, err.decode()
    return bytes(out)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the certificates of an authority (ca.pem) and its signer."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(CONFIG)
    (folder / "usage").write_text("extendedKeyUsage=critical,timeStamping\n")
    (folder / "serial").write_text("01\n")
    for name, more in (("ca", ["-x509", "-days", "30"]), ("tsa", [])):
        made = ["-out", f"{name}.pem" if more else "tsa.csr", "-subj", f"/CN={name}"]
        openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", *made, *more)
    openssl(
        folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-out", "tsa.pem", "-days", "30", "-extfile", "usage",
    )  # fmt: skip
    return folder


@pytest.fixture
def answer(authority: Path, tmp_path: Path) -> Callable[[bytes], Path]:
    """What the authority answers to a query."""

    def answered(query: bytes) -> Path:
        (authority / "query.tsq").write_bytes(query)
        path = tmp_path / "answer.tsr"
        signed = ["-signer", "tsa.pem", "-inkey", "tsa.key", "-config", "tsa.cnf", "-out", str(path)]
        openssl(authority, "ts", "-reply", "-queryfile", "query.tsq", *signed)
        return path

    return answered


@pytest.mark.parametrize("hash", ["sha256", "sm3"])
def test_what_an_authority_stamped_is_read_and_its_signature_checked(
    hash: str, authority: Path, answer: Callable[[bytes], Path]
) -> None:
    got = answer(stamping.query(HASH, hash))
    assert stamping.stamped(got, authority / "ca.pem").hash == HASH
    assert stamping.stamped(got, authority / "ca.pem").moment.endswith("GMT")


def test_the_answer_of_another_is_none(authority: Path, answer: Callable[[bytes], Path], tmp_path: Path) -> None:
    got = answer(stamping.query(HASH, "sha256"))
    openssl(
        tmp_path, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "ca.pem", "-subj", "/CN=x"
    )
    with pytest.raises(CheckFailed, match="签名不是这个机构的"):
        stamping.stamped(got, tmp_path / "ca.pem")
    altered = bytearray(got.read_bytes())
    altered[altered.index(bytes.fromhex(HASH))] ^= 1
    (tmp_path / "altered.tsr").write_bytes(altered)
    with pytest.raises(CheckFailed, match="签名不是这个机构的"):
        stamping.stamped(tmp_path / "altered.tsr", authority / "ca.pem")
    for wrong in (b"", b"no answer", stamping.query(HASH, "sha256")):
        (tmp_path / "wrong.tsr").write_bytes(wrong)
        with pytest.raises(CheckFailed, match="不是时间戳的应答"):
            stamping.stamped(tmp_path / "wrong.tsr", authority / "ca.pem")


def test_without_openssl_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamping, "which", lambda _: None)
    with pytest.raises(StoreUnusable, match="没有 openssl"):
        stamping.query(HASH, "sha256")
