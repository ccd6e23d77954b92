"""`python -m benchmarks`: what the commands cost beside their floors, each figure with the bound it is held to.

CPU time, median of runs made in turn with those of the floor, which prints as many rows as the command. `--quick`
leaves out the large ledgers; `--tasks` sets their size; with `--folder` they are kept, and found again.
"""

import argparse
import csv
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from benchmarks import generate
from benchmarks.combing import combed
from benchmarks.measure import LEDGER, ROOM, Case, in_turn, output, run, run_apart
from benchmarks.recording import record

READING = (["week"], ["list"], ["list", "--status", "all"], ["overdue"], ["show", "id:500"], ["month"])
SCORED = ["rank", "--rule", "examples/scoring/整改办.toml"]
LARGE = [
    (["week"], 2.0),
    (["year"], 6.0),
    (["month"], None),
    (["year", "-1"], None),
    (["overdue"], None),
    (SCORED, 3.0),
]
FED_BACK = [(["overdue", "--feedback"], 2.0), (["overdue"], None), (["week"], 2.0)]
START, WRITE = 1.4, 1.25
KEPT, ARREARS = 0.99, 0.8
COMBED, FIRST_SCREEN, KEY = 10_000, 0.5, 0.05
BATCH_SECONDS, CHAIN = 20, 200_000
VERIFIED, ALONE = 200_000, 100_000
NOTES, PAST, PAST_MEMORY = 3, 3, 100
EXPORT_SECONDS, EXPORT_MEMORY = 15, 400


def _line(what: str, figure: str, bound: str = "", ok: bool | None = None) -> None:
    verdict = "" if ok is None else "ok" if ok else "OVER"
    print(f"{what:44} {figure:>40} {bound:>10} {verdict:>5}", flush=True)


def _ratio(what: str, cost: float, floor: float, rows: str, bound: float | None) -> None:
    figure = f"{cost * 1000:.0f} ms / {floor * 1000:.0f} ms{rows} = {cost / floor:.2f}"
    _line(what, figure, f"< {bound}" if bound else "", None if bound is None else cost < bound * floor)


def _ledger(db: Path, *words: str) -> list[str]:
    return [*LEDGER, "--db", str(db), "--today", generate.TODAY.isoformat(), *words]


def _rows(db: Path, words: Sequence[str]) -> int:
    """The rows that a command prints, in all of its tables."""
    return sum(1 for _ in csv.reader(output(_ledger(db, *words, "--format", "csv")).splitlines())) - 1


def _built(folder: Path, tasks: int, years: int, closed: float, *, asked: bool = False) -> Path:
    db = folder / f"{tasks}-{closed}{'-asked' if asked else ''}.db"
    if not db.exists():
        made = generate.asked if asked else generate.history
        batch = generate.write(folder / "batch.jsonl", made(tasks, years, closed))
        run(_ledger(db, "batch", str(batch)))
    return db


def _reading(db: Path, commands: Sequence[tuple[list[str], float | None]], runs: int) -> None:
    cases: dict[str, Case] = {}
    lines: list[tuple[str, str, str, int, float | None]] = []
    for words, bound in commands:
        rows = _rows(db, words)
        floor = f"floor {rows}"
        cases[floor] = Case([sys.executable, str(ROOM / "floor_read.py"), "week", "--rows", str(rows)])
        for format in ("table", "plain"):
            name = f"{' '.join(words)} ({format})"
            cases[name] = Case(_ledger(db, *words, "--format", format))
            lines.append((name, name, floor, rows, bound))
    found = in_turn(cases, runs)
    for what, name, floor, rows, bound in lines:
        _ratio(f"  {what}", found[name], found[floor], f" ({rows} rows)", bound)


def _writing(folder: Path, db: Path, runs: int) -> None:
    copy = folder / "copy.db"
    code = output(_ledger(db, "list", "--limit", "1", "--format", "csv")).splitlines()[1].partition(",")[0]
    add = ("add", "督查各专项活动方案的落实情况", "--unit", "督导组", "--due", "2023-06-20")

    def fresh() -> None:
        shutil.copy(db, copy)

    found = in_turn(
        {
            "floor": Case([sys.executable, str(ROOM / "floor_write.py"), "add"]),
            "add": Case(_ledger(copy, *add), fresh),
            "close": Case(_ledger(copy, "close", code), fresh),
            "import typer": Case([sys.executable, "-c", "import typer"]),
            "week --help": Case(_ledger(db, "week", "--help")),
            "add --help": Case(_ledger(db, "add", "--help")),
            "--help": Case(_ledger(db, "--help")),
        },
        runs,
    )
    for name in ("add", "close"):
        _ratio(f"  {name}", found[name], found["floor"], "", WRITE)
    for name in ("week --help", "add --help", "--help"):
        _ratio(f"  {name} / import typer", found[name], found["import typer"], "", None)


def _combing(folder: Path) -> None:
    """The first screen of `comb`, and its dearest key, on 10,000 tasks of which a fifth, and all, are unfinished."""
    for closed in (ARREARS, 0.0):
        db, copy = _built(folder, COMBED, 1, closed), folder / "combed.db"
        shutil.copy(db, copy)
        cost = combed(_ledger(copy, "comb"))
        what = f"  comb, {closed:.0%} struck off: first screen"
        _line(what, f"{cost.first:.2f} s", f"< {FIRST_SCREEN} s", cost.first < FIRST_SCREEN)
        _line(
            f"  its dearest key ({cost.dearest})", f"{cost.key * 1000:.0f} ms", f"< {KEY * 1000:.0f} ms", cost.key < KEY
        )


def _bulk(folder: Path, additions: int) -> Path:
    """A batch of additions and four fifths as many closings, and one a tenth its size."""
    costs = []
    for size in (additions // 10, additions):
        db = folder / f"bulk-{size}.db"
        db.unlink(missing_ok=True)
        batch = generate.write(folder / "bulk.jsonl", generate.bulk(size, size * 4 // 5))
        costs.append(run_apart(_ledger(db, "batch", str(batch))))
    small, large = costs
    figure = f"{large.wall:.1f} s (CPU {large.cpu:.1f} s)"
    _line(f"  batch of {additions} additions", figure, f"< {BATCH_SECONDS} s", large.wall < BATCH_SECONDS)
    _line("  its peak memory / that of a tenth", f"{large.peak:.0f} MB / {small.peak:.0f} MB")
    return db


def _export(folder: Path, db: Path) -> None:
    """The whole ledger as a workbook, every column of it."""
    cost = run_apart(_ledger(db, "list", "--status", "all", "-o", str(folder / "all.xlsx")))
    figure = f"{cost.wall:.1f} s (CPU {cost.cpu:.1f} s)"
    _line("  list --status all (xlsx)", figure, f"< {EXPORT_SECONDS} s", cost.wall < EXPORT_SECONDS)
    _line("  its peak memory", f"{cost.peak:.0f} MB", f"< {EXPORT_MEMORY} MB", cost.peak < EXPORT_MEMORY)


def _past(folder: Path, tasks: int, years: int, runs: int) -> None:
    """A week as it stood a month ago, and what changed within two weeks, beside that week of the ledger as it is."""
    db = folder / f"recorded-{tasks}.db"
    if not db.exists():
        record(db, generate.history(tasks, years, KEPT, notes=NOTES))
    then = (generate.TODAY - timedelta(days=30)).isoformat()
    past = _ledger(db, "week", "--as-of", then)
    ends = [(generate.TODAY - timedelta(days=days)).isoformat() for days in (28, 14)]
    cases = {"live": ["week"], "since": ["diff", ends[1]], "between": ["diff", *ends]}
    found = in_turn({"past": Case(past), **{name: Case(_ledger(db, *words)) for name, words in cases.items()}}, runs)
    _ratio("  week --as-of a month ago / week", found["past"], found["live"], "", PAST)
    _ratio("  diff, two weeks ago and now / week", found["since"], found["live"], "", PAST)
    _ratio("  diff, four and two weeks ago / week", found["between"], found["live"], "", PAST)
    peak = run_apart(past).peak
    _line("  its peak memory", f"{peak:.0f} MB", f"< {PAST_MEMORY} MB", peak < PAST_MEMORY)


def _chain(db: Path) -> None:
    from ledger.model.entry import broken_seals
    from ledger.store.head import sealed
    from ledger.store.location import Location
    from ledger.store.opening import open_reader

    reader = open_reader(Location(db))
    ((entries,),) = reader.rows("SELECT count(*) FROM entry")
    begun = time.process_time()
    findings = list(broken_seals(sealed(reader)))
    seconds = time.process_time() - begun
    reader.close()
    speed = entries / seconds
    _line("  entries a second: the chain alone", f"{speed:,.0f}", f"> {CHAIN:,}", speed > CHAIN and not findings)
    _line("  entries a second: check as a whole", f"{entries / run(_ledger(db, 'check')).cpu:,.0f}")


def _proven(folder: Path, tasks: int) -> None:
    """`verify` of a ledger, and of its export by the verifier run alone."""
    from ledger.base import verifier

    db, sent = folder / f"recorded-{tasks}.db", folder / "sent.jsonl"
    run(_ledger(db, "export", "-o", str(sent)))
    with sent.open("rb") as file:
        entries = json.loads(file.readline())["entries"]
    alone = [sys.executable, "-I", verifier.__file__, str(sent)]
    for what, argv, bound in (("verify", _ledger(db, "verify"), VERIFIED), ("the verifier alone", alone, ALONE)):
        speed = entries / run(argv).cpu
        _line(f"  entries a second: {what}", f"{speed:,.0f} of {entries:,}", f"> {bound:,}", speed > bound)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 tasks only")
    parser.add_argument("--runs", type=int, default=11, help="runs of each command (11)")
    parser.add_argument("--tasks", type=int, default=100_000, help="tasks of the large ledgers (100000)")
    parser.add_argument("--folder", type=Path, help="keep the ledgers there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print("1,000 tasks given out over a year")
        for closed in (KEPT, ARREARS):
            print(f" {closed:.0%} struck off")
            db = _built(folder, 1000, 1, closed)
            _reading(db, [(words, START) for words in READING], options.runs)
        print(f" each recorded on its day, {NOTES} notes of each")
        _past(folder, 1000, 1, options.runs)
        print(" writing, and help")
        _writing(folder, db, options.runs)
        if options.quick:
            return
        print(f"{COMBED:,} tasks, combed at a terminal")
        _combing(folder)
        print(f"{options.tasks:,} tasks given out over ten years")
        for closed in (KEPT, ARREARS):
            print(f" {closed:.0%} struck off")
            db = _built(folder, options.tasks, 10, closed)
            _reading(db, LARGE, max(options.runs // 2, 1))
            _export(folder, db)
        for closed in (KEPT, ARREARS):
            print(f" {closed:.0%} struck off, of 500 units that report on most of them")
            _reading(_built(folder, options.tasks, 10, closed, asked=True), FED_BACK, max(options.runs // 2, 1))
        print(f" each recorded on its day, {NOTES} notes of each")
        _past(folder, options.tasks, 10, max(options.runs // 2, 1))
        _proven(folder, options.tasks)
        print(" additions and closings alone")
        _chain(_bulk(folder, options.tasks))


if __name__ == "__main__":
    main()
