"""Proving the record to somebody who trusts neither this program nor its clerk."""

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from ledger.base import verifier
from ledger.base.errors import BadValue, CheckFailed, opening
from ledger.base.text import quote, visible
from ledger.base.verifier import Anchor, Found
from ledger.cli import options, values
from ledger.cli.clerk import tell_written
from ledger.cli.context import Context
from ledger.cli.progress import progress
from ledger.render.json_text import compact, summed
from ledger.render.output import STDOUT, emit_lines, write_bytes
from ledger.services import proving, stamping
from ledger.store import naming, queries

_LONGEST = 16 << 20
"""Bytes of a file of anchors: a hundred thousand of them."""


def verify(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件", help="export 导出的整本台账、--prove 写出的证明或 archive 写出的案卷", show_default="台账"
        ),
    ] = None,
    anchor: Annotated[
        list[str] | None, typer.Option("--anchor", metavar="序号:封印", help="与印发件上的锚点核对,可写多次")
    ] = None,
    anchors: Annotated[
        Path | None, typer.Option("--anchors", metavar="文件", help="与另处保存的锚点逐个核对,一行一个")
    ] = None,
    anchor_out: Annotated[
        Path | None, typer.Option("--anchor-out", metavar="文件", help="把现在的锚点记到文件末尾")
    ] = None,
    prove: Annotated[
        str | None,
        typer.Option("--prove", metavar="事项", help="写出一件事项的证明,-o 为文件", autocompletion=values.tasks),
    ] = None,
    output: options.Output = None,
    stamp_query: Annotated[
        Path | None, typer.Option("--stamp-query", metavar="文件", help="为末条记录写一份时间戳请求(RFC 3161)")
    ] = None,
    stamp: Annotated[Path | None, typer.Option("--stamp", metavar="文件", help="核对时间戳机构的应答")] = None,
    ca: Annotated[Path | None, typer.Option("--ca", metavar="证书", help="时间戳机构的证书(PEM)")] = None,
    script: Annotated[
        Path | None, typer.Option("--script", metavar="文件", help="写出独立的核验程序,只要有 Python 就能用")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="以 JSON 输出核验的结果")] = False,
) -> None:
    """核验:从第一条记录起逐条核对封印,证明记录没有被改动、插入、删除或调换。

    末尾被整段截去、或整本重新做过,只有另处保存的锚点能看出来:印发件上的锚点用 --anchor,平时用 --anchor-out 记到别处
    保存的文件里,再用 --anchors 一并核对。相符以 0 退出,不符以 6 退出。

    例:
        ledger verify
        ledger verify --anchor-out /media/优盘/锚点.txt
        ledger verify --anchors /media/优盘/锚点.txt
        ledger verify 台账.jsonl --anchor 1234:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        ledger verify --prove 12 -o 证明.json
    """
    context = Context.of(ctx)
    of_ledger = {"--anchor-out": anchor_out, "--prove": prove, "--stamp-query": stamp_query, "--stamp": stamp}
    if script is not None:
        given = {"文件": file, "--anchor": anchor or None, "--anchors": anchors, **of_ledger, "-o": output, "--ca": ca}
        _require_none(given, "--script 只写出核验程序,不能同时用{}", "请分两次办")
        write_bytes(script, lambda out: out.write(proving.verifier_source()), context.kept)
        tell_written(script)
        return
    if output is not None and prove is None:
        raise BadValue("-o 写出的是一件事项的证明", "请加上 --prove 事项")
    if ca is not None and stamp is None:
        raise BadValue("--ca 是核对时间戳用的", "请加上 --stamp 应答.tsr")
    is_proof_told = prove is not None and output in (None, STDOUT)
    if is_proof_told and json:
        raise BadValue("证明与核验的结果不能都写到标准输出", "请加上 -o 证明.json")
    wanted = [*map(_anchor, anchor or ()), *(_kept(anchors) if anchors is not None else ())]
    if file is not None:
        _require_none(of_ledger, "{} 是对台账的,不能用于文件", "请去掉文件名,用 --db 指明台账")
        from ledger.services import filed

        if filed.is_archive(file):
            _check_archive(context, file, wanted, json)
            return
        found = _check_file(file, wanted)
    else:
        found, wanted = _check_ledger(context, wanted, _stamped(stamp, ca), prove, output)
        if stamp_query is not None:
            asked = stamping.query(found.anchor.hash, found.hash)
            write_bytes(stamp_query, lambda out: out.write(asked), context.kept)
            tell_written(stamp_query)
        if anchor_out is not None:
            _keep(context, found, anchor_out, anchors)
    if json:
        context.print_json({**found._asdict(), "anchor": str(found.anchor), "anchors": len(wanted)})
    else:
        told = "\n".join(filter(None, (visible(str(found)), found.held_against(len(wanted)))))
        typer.echo(told, err=is_proof_told)


def _anchor(text: str) -> Anchor:
    try:
        return verifier.anchor_of(text)
    except ValueError:
        raise BadValue(f"锚点{quote(text, 40)}写得不对", "请照印发件上的写:序号:封印,封印是 64 位十六进制数") from None


def _kept(path: Path) -> list[Anchor]:
    """The anchors that were collected in a file."""
    return _anchors_in(path)[1]


def _anchors_in(path: Path) -> tuple[list[str], list[Anchor]]:
    """The lines of a file of anchors, and what they say. Of one without an end no more is read than it may have."""
    called = visible(str(path))
    with opening(path), path.open("rb") as file:
        content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise BadValue(f"{called} 大得反常,不是锚点的文件", "请核对路径")
    try:
        lines = content.decode("utf-8-sig").splitlines()
        return lines, verifier.anchors_in(lines)
    except ValueError:
        advice = "一行一个锚点:序号:封印:树根,编码为 UTF-8;请核对路径"
        raise BadValue(f"{called} 不是锚点的文件", advice) from None


def _keep(context: Context, found: Found, path: Path, read: Path | None) -> None:
    """Add the anchor to a file of anchors, begun if need be; what is there stays. It may be the one that was `read`."""
    moment = context.now.astimezone(context.zone).isoformat(timespec="minutes")
    lines = _anchors_in(path)[0] if path.exists() else []
    lines.append(f"{found.anchor} {moment} {visible(found.ledger)}")
    kept = [one for one in context.kept if one.path != read]
    write_bytes(path, lambda out: out.write("".join(f"{line}\n" for line in lines).encode()), kept)
    tell_written(path)


def _require_none(given: Mapping[str, object], what: str, advice: str) -> None:
    """Nothing that was given is passed over in silence: it would be taken for checked."""
    if other := next((name for name, value in given.items() if value is not None), None):
        raise BadValue(what.format(other), advice)


def _check_file(path: Path, wanted: list[Anchor]) -> Found:
    with opening(path), path.open("rb") as file, progress("核验") as advance:
        try:
            return verifier.check_file(file, wanted, advance)
        except verifier.Broken as error:
            raise CheckFailed(f"{visible(str(path))} {error}", "请向给出文件的一方核对,或重新导出") from None


def _check_archive(context: Context, path: Path, wanted: list[Anchor], json: bool) -> None:
    """An archive of tasks, each of which is told."""
    from ledger.services import filed

    with progress("核验") as advance:
        found = filed.check(path, wanted, advance)
    if json:
        cases = [{**one._asdict(), "anchor": str(one.anchor)} for one in found.cases]
        context.print_json({"cases": cases, "files": found.files, "sums": found.sums, "anchors": len(wanted)})
        return
    typer.echo("\n".join(visible(str(one)) for one in found.cases))
    typer.echo(f"案卷 {len(found.cases)} 卷、文件 {found.files} 个完好,校验码 {found.sums}")
    typer.echo(found.cases[0].held_against(len(wanted)))


def _check_ledger(
    context: Context, wanted: list[Anchor], stamped: stamping.Stamped | None, prove: str | None, output: Path | None
) -> tuple[Found, list[Anchor]]:
    """Follow the chain, hold it against the anchors and against what was stamped, and write the proof of a task."""
    with context.opened(older=prove is None) as reader, progress("核验") as advance:
        name = str(queries.settings(reader).get("name", ""))
        wanted = wanted if stamped is None else [*wanted, proving.sealed_by(reader, stamped.hash)]
        found = proving.verify(reader, name, wanted, advance)
        if prove is None:
            return found, wanted
        task = naming.find(reader, prove, context.today, naming.ANY)
        proof = [compact(line) + "\n" for line in proving.proof(reader, found, task)]
    emit_lines(output, nullcontext(summed(proof)), context.kept)
    tell_written(output)
    return found, wanted


def _stamped(answer: Path | None, authority: Path | None) -> stamping.Stamped | None:
    """What an authority has stamped, its signature checked; None where no answer is to be checked."""
    if answer is None:
        return None
    if authority is None:
        raise BadValue("没有写明时间戳机构的证书", "请加上 --ca 证书.pem")
    for path in (answer, authority):
        with opening(path), path.open("rb"):
            pass
    found = stamping.stamped(answer, authority)
    typer.echo(f"时间戳 {found.moment}:末条封印为 {found.hash} 的记录此前已经有了", err=True)
    return found
