"""One run of the command line, from the arguments to the exit code; nothing escapes it as a traceback.

Every way to end has its code (see `ledger.base.errors`) and, unless all went well, one Chinese line on stderr. A reader
that stops reading (`| head`) is no error. Output is UTF-8 wherever it is not a terminal.
"""

import errno
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

import typer

from ledger.base.errors import BadValue, LedgerError, StoreUnusable, reason
from ledger.base.text import decoded, visible
from ledger.cli.names import COMPLETE, PROGRAM, TRACEBACK
from ledger.cli.typer_seam import ClickException, Command

INTERRUPTED = 130
_OUTPUT_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def run(command: Command, argv: Sequence[str]) -> int:
    """Carry out `command` with the arguments after the program's name; gives the exit code."""
    _settle_encoding()
    try:
        code = _obey(command, argv)
    except (KeyboardInterrupt, typer.Abort):
        _say("已中断:没有完成的操作不会写入台账。")
        code = INTERRUPTED
    except Exception as error:
        code = _explain(error)
    return _flush(code)


def _obey(command: Command, argv: Sequence[str]) -> int:
    if instruction := os.environ.get(COMPLETE):
        from ledger.cli.completion import complete

        return complete(command, COMPLETE, instruction, argv)
    words = [_decoded(word, place) for place, word in enumerate(argv, start=1)]
    try:
        with command.make_context(PROGRAM, words) as ctx:
            command.invoke(ctx)
    except typer.Exit as leave:
        return leave.exit_code
    return 0


def _decoded(word: str, place: int) -> str:
    try:
        return decoded(word)
    except UnicodeError as error:
        raise BadValue(f"第 {place} 个参数不是有效的 UTF-8 文字", "请检查终端或脚本的字符编码") from error


def _explain(error: Exception) -> int:
    """Say in one line what went wrong; gives the exit code."""
    if os.environ.get(TRACEBACK) == "1":
        import traceback

        traceback.print_exception(error)
    if isinstance(error, ClickException):
        from ledger.cli.usage import in_chinese

        error = in_chinese(error)
    if isinstance(error, LedgerError):
        _say(error.sentence())
        return error.exit_code
    if isinstance(error, UnicodeEncodeError) and sys.getfilesystemencoding() != "utf-8":
        _say(BadValue("当前语言环境写不出文件名里的汉字", "请设置 LC_ALL=C.UTF-8 后重试").sentence())
        return BadValue.exit_code
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        return 0
    if isinstance(error, OSError) and error.errno in _OUTPUT_FAULTS:
        return _output_failed(error)
    detail = " ".join(str(error).split())[:500]
    _say(f"内部错误({type(error).__name__}: {detail})。这是程序的缺陷,请连同所用的命令报告给维护者。")
    return 1


def _flush(code: int) -> int:
    """Write out what is left for stdout, so that a full disk is noticed while it can still be said."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as fault:
        _silence(sys.stdout)
        if fault.errno != errno.EPIPE and code == 0:
            return _output_failed(fault)
    return code


def _output_failed(fault: OSError) -> int:
    _say(
        f"错误:输出写不进去({reason(fault)}),显示的结果不全。台账中已经登记的不受影响;请换一个地方输出,再运行一次查询。"
    )
    return StoreUnusable.exit_code


def _silence(stream: TextIO) -> None:
    """Point a broken stream at nothing, or the interpreter would try it again at exit, and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say(sentence: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(visible(sentence) + "\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _settle_encoding() -> None:
    """UTF-8 off a terminal; on one its own encoding, with escapes for what that cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
