"""Time stamps of an authority (RFC 3161): that an anchor was there at a moment which the office did not choose itself.

OpenSSL's `ts` writes the query and checks the answer, for offices have an authority of their own and its certificates.
"""

import re
import subprocess
from pathlib import Path
from shutil import which
from typing import NamedTuple

from ledger.base.errors import CheckFailed, StoreUnusable
from ledger.base.text import visible

LIMIT = 60
"""Seconds."""

_IMPRINT = re.compile(r"^ {4}[0-9a-f]{4} - ((?:[0-9a-f]{2}[ -])+)", re.M)
_MOMENT = re.compile("^Time stamp: (.+)$", re.M)


class Stamped(NamedTuple):
    """The hash that an authority has stamped, and when, as it says."""

    hash: str
    moment: str


def query(hash: str, name: str) -> bytes:
    """What asks for a stamp of an entry's hash, made by the algorithm of this `name`. Raises `StoreUnusable`."""
    return _openssl("-query", "-digest", hash, f"-{name}", "-cert").stdout


def stamped(answer: Path, authority: Path) -> Stamped:
    """What an answer says, signed by this authority. Raises `CheckFailed` for what is no answer or another's,
    `StoreUnusable`."""
    said = _openssl("-reply", "-in", str(answer), "-text").stdout.decode(errors="replace")
    imprint = "".join(re.sub("[ -]", "", line) for line in _IMPRINT.findall(said))
    moment = _MOMENT.search(said)
    if len(imprint) != 64 or moment is None:
        raise CheckFailed(f"{visible(str(answer))} 不是时间戳的应答", "请核对文件")
    if _openssl("-verify", "-digest", imprint, "-in", str(answer), "-CAfile", str(authority)).returncode:
        raise CheckFailed(f"时间戳 {visible(str(answer))} 的签名不是这个机构的", "请核对时间戳和签发机构的证书")
    return Stamped(imprint, moment[1])


def _openssl(*words: str) -> "subprocess.CompletedProcess[bytes]":
    program = which("openssl")
    if program is None:
        raise StoreUnusable("这台机器上没有 openssl,做不了时间戳", "请装上 OpenSSL 再试")
    try:
        return subprocess.run(  # noqa: S603 - its words are ours, and no shell reads them
            [program, "ts", *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise StoreUnusable("openssl 没有运行成功", "请核对 OpenSSL 再试") from None
