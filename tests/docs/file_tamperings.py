"""Tamperings with a file that was sent out, an export or a proof, by the names that they have in docs/proof.md."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from ledger.base import verifier
from ledger.base.verifier import Anchor
from ledger.model.entry import GENESIS, Entry, canonical_form, encode, seal
from ledger.render.json_text import compact, summed

Lines = list[Any]


def said(lines: Lines) -> bytes:
    """Lines as they are written, with their sum."""
    return "".join(summed(compact(line) + "\n" for line in lines)).encode()


def sealed(lines: Lines) -> bytes:
    """The same, every entry sealed anew after the one before it."""
    previous = GENESIS
    for line in lines:
        if "seq" in line:
            entry = Entry(**{**line, "on": _Day(line["on"])})
            line["hash"] = previous = seal(previous, canonical_form(entry, encode(line["changes"])))
    lines[0]["head"] = previous
    return said(lines)


class _Day(str):
    def isoformat(self) -> str:
        return self


def noted(lines: Lines) -> Any:
    return next(line for line in lines if line.get("action") == "note")


def cut(lines: Lines, count: int) -> bytes:
    """The journal without so many entries at its end, where two came after the anchor: none registers a task."""
    last = lines[0]["entries"] + count
    kept = [line for line in lines if line.get("seq", 0) <= last]
    kept[0]["entries"] = last
    return sealed(kept)


def altered(lines: Lines) -> bytes:
    next(line for line in lines if "data" in line)["data"] = "eHg="
    return said(lines)


def one_missing(lines: Lines) -> bytes:
    at = next(at for at, line in enumerate(lines) if "data" in line)
    lines[at] = {"evidence": lines[at]["evidence"], "missing": True}
    return said(lines)


def without_evidence(lines: Lines) -> bytes:
    lines[0]["evidence"] -= 1
    return said([line for line in lines if "data" not in line or line is lines[-1]])


def more_evidence(lines: Lines) -> bytes:
    lines[0]["evidence"] += 1
    return said([*lines, {"evidence": sha256(b"x").hexdigest(), "part": 1, "data": "eA=="}])


def with_(change: Callable[[Lines], object], write: Callable[[Lines], bytes]) -> Callable[[Lines], bytes]:
    def changed(lines: Lines) -> bytes:
        change(lines)
        return write(lines)

    return changed


def root_of_its_own(lines: Lines) -> bytes:
    """A proof of other entries: a tree of one leaf, made for it."""
    place, entry = lines[2], lines[1]
    entry["seq"], entry["note"] = 1, "另一回事"
    form = canonical_form(Entry(**{**entry, "on": _Day(entry["on"])}), encode(entry["changes"]))
    entry["hash"] = seal(place["previous"], form)
    tree = verifier.Tree(sha256)
    tree.append(entry["hash"])
    header = {**lines[0], "entries": 1, "anchor": str(Anchor(1, entry["hash"], tree.root()))}
    return said([header, entry, {**place, "path": []}])


def less_of_a_proof(lines: Lines) -> bytes:
    lines[0]["entries"] -= 1
    return said([lines[0], *lines[3:]])


def raw(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Lines], bytes]:
    return lambda lines: b"".join(change(said(lines).splitlines(keepends=True)))


CHANGES: Mapping[str, Callable[[Lines], bytes]] = {
    "change a byte": lambda lines: said(lines).replace("过半".encode(), "过干".encode(), 1),
    "leave a line out": raw(lambda lines: [*lines[:-3], *lines[-2:]]),
    "swap two lines": raw(lambda lines: [*lines[:-3], lines[-2], lines[-3], lines[-1]]),
    "cut the end off": raw(lambda lines: lines[:-1]),
    "change a task, summed": with_(
        lambda lines: next(one for one in lines if "id" in one).update(title="丙", status="open"), said
    ),
    "change an entry, summed": with_(lambda lines: noted(lines).update(note="大半"), said),
    "change an entry, sealed": with_(lambda lines: noted(lines).update(note="大半"), sealed),
    "change an entry so that it makes no sense, sealed": with_(
        lambda lines: noted(lines)["changes"].update(status=["open", "closed"]), sealed
    ),
    "cut the entries behind the anchor, sealed": lambda lines: cut(lines, -2),
    "cut the entries to before the anchor, sealed": lambda lines: cut(lines, -3),
    "leave evidence out, summed": without_evidence,
    "alter evidence, summed": altered,
    "tell evidence as missing, summed": one_missing,
    "add evidence that no entry names, summed": more_evidence,
    "change an entry of a proof, summed": with_(lambda lines: lines[1].update(note="大半"), said),
    "change an entry of a proof, sealed with a root of its own": root_of_its_own,
    "leave an entry out of a proof, summed": less_of_a_proof,
}
