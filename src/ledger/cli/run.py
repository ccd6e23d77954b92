"""One run of the command line, from the arguments to the exit code; nothing escapes it as a traceback.

Every way to end has its code (see `ledger.base.errors`) and, unless all went well, one Chinese line on stderr. A reader
that stops reading (`| head`) is no error. Output is UTF-8 wherever it is not a terminal.
"""

import errno
import os
import sys
from collections.abc import Sequence

import typer

from ledger.base.errors import BadValue, LedgerError, StoreUnusable, reason
from ledger.base.text import decoded, masked
from ledger.cli.ending import ending_tidily
from ledger.cli.names import COMPLETE, PROGRAM, TRACEBACK
from ledger.cli.streams import is_attended, is_stalled, say, settle, silence
from ledger.cli.typer_seam import ClickException, Command

INTERRUPTED = 130
_OUTPUT_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EAGAIN, errno.ECONNRESET)


def run(command: Command, argv: Sequence[str]) -> int:
    """Carry out `command` with the arguments after the program's name; gives the exit code."""
    settle()
    with ending_tidily():
        try:
            return _flush(_carry_out(command, argv))
        except (KeyboardInterrupt, typer.Abort):
            return _break_off()


def _carry_out(command: Command, argv: Sequence[str]) -> int:
    try:
        return _obey(command, argv)
    except typer.Abort:
        raise
    except Exception as error:
        return _explain(error)


def _break_off() -> int:
    """What stdout still holds is let go, and the sentence too if stderr takes nothing: a stalled reader must not keep
    a program that was told to end."""
    silence(sys.stdout)
    if not is_stalled(sys.stderr):
        say("已中断:没有完成的操作不会写入台账。")
    return INTERRUPTED


def _obey(command: Command, argv: Sequence[str]) -> int:
    if instruction := os.environ.get(COMPLETE):
        from ledger.cli.completion import complete

        return complete(command, COMPLETE, instruction, argv)
    words = [_decoded(word, place) for place, word in enumerate(argv, start=1)]
    try:
        with command.make_context(PROGRAM, words) as ctx:
            command.invoke(ctx)
            if is_attended():
                from ledger.cli.hints import hint

                hint(ctx)
    except typer.Exit as leave:
        return leave.exit_code
    return 0


def _decoded(word: str, place: int) -> str:
    if "\0" in word:  # no system hands one over, but this is asked in process as well
        raise BadValue(f"第 {place} 个参数里有空字符", "请去掉它再试")
    try:
        return decoded(word)
    except UnicodeError as error:
        raise BadValue(f"第 {place} 个参数不是有效的 UTF-8 文字", "请检查终端或脚本的字符编码") from error


def _explain(error: Exception) -> int:
    """Say in one line what went wrong; gives the exit code."""
    if os.environ.get(TRACEBACK) == "1" and sys.stderr is not None:
        import traceback

        sys.stderr.write(masked("".join(traceback.format_exception(error))))
    if isinstance(error, ClickException):
        from ledger.cli.usage import in_chinese

        error = in_chinese(error)
    if isinstance(error, LedgerError):
        say(error.sentence())
        return error.exit_code
    if isinstance(error, UnicodeEncodeError) and sys.getfilesystemencoding() != "utf-8":
        say(BadValue("当前语言环境写不出文件名里的汉字", "请设置 LC_ALL=C.UTF-8 后重试").sentence())
        return BadValue.exit_code
    if isinstance(error, OSError):
        return _explain_system(error)
    if isinstance(error, MemoryError):
        return _system_failed("内存不足")
    detail = masked(" ".join(str(error).split()))[:500]
    say(f"内部错误({type(error).__name__}: {detail})。这是程序的缺陷,请连同所用的命令报告给维护者。")
    return 1


def _explain_system(error: OSError) -> int:
    """What names no file was met on stdout; the rest is what the system withholds from any program."""
    if error.errno == errno.EPIPE:
        return 0
    if error.errno in _OUTPUT_FAULTS and not error.filename:
        return _output_failed(error)
    named = f"{error.filename}:"[-100:] if error.filename else ""
    return _system_failed(f"{named}{reason(error)}")


def _flush(code: int) -> int:
    """Write out what is left for stdout, so that a full disk is noticed while it can still be said."""
    try:
        sys.stdout.flush()
    except OSError as fault:
        silence(sys.stdout)
        if fault.errno != errno.EPIPE and code == 0:
            return _output_failed(fault)
    return code


def _output_failed(fault: OSError) -> int:
    why = "标准输出已关闭" if fault.errno == errno.EBADF else reason(fault)
    say(f"错误:输出写不进去({why}),显示的结果不全。台账中已经登记的不受影响;请换一个地方输出,再运行一次查询。")
    return StoreUnusable.exit_code


def _system_failed(what: str) -> int:
    say(f"错误:系统不让程序继续({what})。台账中已经登记的不受影响;请排除后重试。")
    return StoreUnusable.exit_code
