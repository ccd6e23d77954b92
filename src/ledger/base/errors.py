"""Every way in which a command can fail, each with its exit code.

An error knows what went wrong and what to do next, in Chinese; `LedgerError.sentence` puts them in the one line
that `cli.app.main` prints on stderr. The exit codes are those of the interface contract:

====  =========================================================================================
code  meaning
====  =========================================================================================
2     wrong usage or unreadable value
4     no such task, unit or file
5     refused by a rule of the ledger
6     the ledger's own check failed
7     the store cannot be used, or an output cannot be written
====  =========================================================================================
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_REASONS = {
    errno.ENOENT: "所在目录不存在",
    errno.ENOTDIR: "所在目录不存在",
    errno.EISDIR: "它是目录",
    errno.EEXIST: "已有同名的文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘只读",
    errno.ENOSPC: "设备上没有空间",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件太大",
    errno.EIO: "设备出错",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EBADF: "它已关闭",
    errno.EAGAIN: "对方来不及接收",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
}


def reason(error: OSError) -> str:
    """What the system objects to, in Chinese where it is known."""
    return _REASONS.get(error.errno or 0) or f"系统报告 {error.strerror or type(error).__name__}"


class LedgerError(Exception):
    """Something that the user can be told in one sentence.

    `what` says what failed and `hint` what to do next, both without closing punctuation. `option` names the option
    that could not be read, if it was one; `where` is set by a batch to the place that failed ("第3行 due"),
    and `unwritten` says what was not written by a run that had written something before.
    """

    exit_code = 1

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.option = ""
        self.where = ""
        self.unwritten = "任何内容"

    def sentence(self) -> str:
        """The whole error in one line: what failed, that nothing was written, what to do next."""
        where = f"{self.where}:" if self.where else ""
        return f"错误:{where}{self.what}。未写入{self.unwritten};{self.hint or '请改正后重试'}。"


class BadValue(LedgerError):
    """A value that cannot be read, or a command used wrongly."""

    exit_code = 2


class NotFound(LedgerError):
    """No such task, unit or file."""

    exit_code = 4


class Refused(LedgerError):
    """A rule of the ledger forbids the step."""

    exit_code = 5


class CheckFailed(LedgerError):
    """What is recorded, or was kept of it elsewhere, is not what it should be."""

    exit_code = 6


class StoreUnusable(LedgerError):
    """The store is missing, locked, read-only, full, damaged or too new; or an output cannot be written."""

    exit_code = 7


class Unconfirmed(StoreUnusable):
    """Whether it was written is not known: the one error that does not say that nothing was."""

    def sentence(self) -> str:
        return f"错误:{self.what};{self.hint}。"


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Say in Chinese why a file given by the user cannot be read: `NotFound`, `StoreUnusable`."""
    try:
        yield
    except FileNotFoundError:
        raise NotFound(f"没有文件 {path}", "请核对路径") from None
    except IsADirectoryError:
        raise NotFound(f"{path} 是目录,不是文件", "请核对路径") from None
    except OSError as error:
        raise StoreUnusable(f"文件 {path} 读不了({reason(error)})", "请核对路径和权限") from error
