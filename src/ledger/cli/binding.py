"""One task's file (案卷) bound: its documents made, written into the archive in their order, tested, and told of."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

from ledger.base import verifier
from ledger.base.errors import CheckFailed
from ledger.base.file_names import file_name
from ledger.base.formats import DOCX, PDF
from ledger.base.text import visible
from ledger.cli.issue import Sending, sent
from ledger.cli.issuing import copy_of
from ledger.model.publication import Publication
from ledger.model.rules import Rules
from ledger.model.slips import CLOSING, SLIPS, URGING, issued
from ledger.render.json_text import compact, summed
from ledger.render.output import Extras, made
from ledger.render.package import Package
from ledger.reports import case as paper
from ledger.reports.case import Item, Tested
from ledger.reports.history import task_report
from ledger.reports.report import Report
from ledger.reports.slips import Paper, slips_report
from ledger.services.archiving import Case, Cases
from ledger.services.proving import verifier_source
from ledger.store.blobs import Vault
from ledger.store.counts import Scope
from ledger.store.evidence import File
from ledger.store.vault import verified

_TEXTS, _OFFICES = "txt csv xml json eml html htm", "docx xlsx pptx odt ods ofd"
_MEDIA = "jpg jpeg png tif tiff bmp gif mp3 wav mp4 avi"
_LASTING = frozenset(f"pdf doc xls ppt wps et {_OFFICES} {_TEXTS} {_MEDIA}".split())
"""Ends of names of what an office can open for years."""
_BEGINNINGS = {
    **dict.fromkeys(_OFFICES.split(), b"PK"),
    PDF.name: b"%PDF-",
    "png": b"\x89PNG",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
}
_PACKED = frozenset(f"{_OFFICES} jpg jpeg png mp3 mp4 mov avi zip rar 7z".split())
"""What would not get smaller."""
_ACTIVE = {
    *("exe", "com", "bat", "cmd", "msi", "scr", "js", "vbs", "ps1", "sh", "jar", "lnk", "docm", "xlsm", "pptm", "hta")
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


class Office(NamedTuple):
    """By whom, when and how documents are made; with an `archival` extra as PDF too."""

    rules: Rules
    today: date
    zone: tzinfo
    actor: str
    extras: Extras


class Seen(NamedTuple):
    """What was noticed of evidence while it was written."""

    unusual: list[str]
    active: list[str]


class Binder:
    """Writes the files of tasks into a package, each in a folder of its own."""

    def __init__(self, package: Package, cases: Cases, vault: Vault, office: Office) -> None:
        self._package, self._cases, self._vault, self._office = package, cases, vault, office
        self._copies: dict[int, list[tuple[str, bytes]]] = {}

    def bind(self, case: Case, folder: str) -> None:
        """Raises `StoreUnusable` where evidence is not as it was recorded, `CheckFailed` where a test fails."""
        task, rules, today = case.task, self._office.rules, self._office.today
        seen = Seen([], [])
        items = list(self._items(case, folder, seen))
        proof = self._prove(case, folder)
        items.append(
            Item(
                None,
                rules.office or rules.name,
                "办理记录的证明",
                today,
                f"用 {paper.VERIFIER} 核验",
                None,
                (paper.PROOF,),
            )
        )
        self._put(folder, paper.CONTENTS, paper.contents(task, items, today, rules))
        xml = paper.contents_xml(task, items, today, rules)
        self._package.add(f"{folder}/{paper.CONTENTS_FILE}", [xml], len(xml))
        self._put(folder, paper.COVER, paper.cover(task, items, str(proof.anchor), today, rules))
        tested = self._tested(case, proof, items, seen)
        self._put(folder, paper.LAST, paper.last_page(task, items, tested, self._office.actor, today, rules))

    def _items(self, case: Case, folder: str, seen: Seen) -> Iterator[Item]:
        """The documents, written as they are named: what closes it, what was done, how it was given out, the rest."""
        number = 0
        receipts = {one.seq: one for one in issued(logged.entry for logged in case.entries if not logged.voided_by)}
        for kinds in ((CLOSING,), None, (URGING,), (), ("交办",)):
            if kinds is None:
                number += 1
                yield self._history(case, folder, number)
            elif not kinds:
                for file in case.evidence:
                    number += 1
                    yield self._evidence(file, folder, number, seen)
            else:
                for slip in (one for one in case.slips if one.kind in kinds):
                    number += 1
                    receipt = receipts[slip.seq or 0]
                    signed = f"{receipt.received_on} {receipt.received_by}签收" if receipt.received_on else ""
                    yield self._slip(slip, signed, folder, number)
        for one in case.publications:
            number += 1
            yield self._publication(one, folder, number)

    def _history(self, case: Case, folder: str, number: int) -> Item:
        rules, today = self._office.rules._replace(copies=None, printer=None), self._office.today
        report = task_report(case.task, case.entries, today, rules, None, self._office.zone, case.parts)
        report = sent(report, Sending().issue(DOCX.name, today, rules), Scope())
        files, pages = self._put(folder, f"{number:02} 办理经过", report)
        last = max(logged.entry.on for logged in case.entries)
        return Item(None, rules.office or rules.name, f"{case.task.title}办理经过", last, "", pages, files)

    def _slip(self, slip: Paper, signed: str, folder: str, number: int) -> Item:
        rules, word = self._office.rules, SLIPS[slip.kind].word
        files, pages = self._put(folder, f"{number:02} {word}", slips_report([slip], slip.on, rules))
        return Item(
            slip.number, rules.office or rules.name, f"{word}({slip.task.title})", slip.on, signed, pages, files
        )

    def _publication(self, one: Publication, folder: str, number: int) -> Item:
        if one.number not in self._copies:
            report = copy_of(self._cases.contents[one.number], one, DOCX.name, self._office.zone)
            self._copies[one.number] = self._made(report)
        stem = f"{number:02} 第{one.number}号印发 {one.title}"
        files, pages = self._written(folder, stem, self._copies[one.number])
        became = f"已撤回:{one.withdrawn}" if one.withdrawn is not None else ""
        became = became or (f"已由第{one.corrected_by}号更正" if one.corrected_by else "")
        office = self._office.rules.office or self._office.rules.name
        return Item(one.document, office, one.title, date.fromisoformat(one.on), became, pages, files)

    def _evidence(self, file: File, folder: str, number: int, seen: Seen) -> Item:
        name = file_name(f"{number:02} {file.name}")
        first: list[bytes] = []

        def chunks() -> Iterator[bytes]:
            for chunk in verified(self._vault, file.blob):
                first[:] = first or [chunk[:8]]
                yield chunk

        ending = name.rpartition(".")[2].lower()
        self._package.add(f"{folder}/{name}", chunks(), file.blob.size, is_packed=ending in _PACKED)
        begins = b"".join(first)
        if ending not in _LASTING or not begins.startswith(_BEGINNINGS.get(ending, b"")):
            seen.unusual.append(name)
        if ending in _ACTIVE or begins.startswith(_PROGRAMS):
            seen.active.append(name)
        remark = "佐证" + (f":{file.note}" if file.note else "")
        return Item(None, file.actor, file.name, file.on, remark, None, (name,))

    # --- writing -----------------------------------------------------------------------------------------------------

    def _put(self, folder: str, stem: str, report: Report) -> tuple[tuple[str, ...], int | None]:
        return self._written(folder, stem, self._made(report))

    def _made(self, report: Report) -> list[tuple[str, bytes]]:
        """A document in each format that was asked for, by its end, opened again to see that it can be."""
        formats = (DOCX.name, PDF.name) if self._office.extras.archival else (DOCX.name,)
        found = [(ending, made(ending, report, self._office.extras)) for ending in formats]
        for ending, content in found:
            if not _opens(ending, content):
                raise CheckFailed(f"写出的 {ending}《{visible(report.title)}》打不开", "请换一个模板再试")
        return found

    def _written(
        self, folder: str, stem: str, contents: Sequence[tuple[str, bytes]]
    ) -> tuple[tuple[str, ...], int | None]:
        names, pages = [], None
        for ending, content in contents:
            name = file_name(f"{stem}.{ending}")
            self._package.add(f"{folder}/{name}", [content], len(content))
            names.append(name)
            pages = _pages(content) if ending == PDF.name else pages
        return tuple(names), pages

    def _prove(self, case: Case, folder: str) -> verifier.Found:
        """The proof beside the program that checks it, checked by that."""
        content = "".join(summed(compact(line) + "\n" for line in case.proof)).encode()
        self._package.add(f"{folder}/{paper.PROOF}", [content], len(content))
        program = verifier_source()
        self._package.add(f"{folder}/{paper.VERIFIER}", [program], len(program))
        try:
            return verifier.check_file(BytesIO(content), [self._cases.found.anchor])
        except verifier.Broken as error:
            raise CheckFailed(f"事项 {case.task.code} 的证明核验不了:{error}", "请先用 ledger check 核对台账") from None

    def _tested(self, case: Case, proof: verifier.Found, items: Sequence[Item], seen: Seen) -> list[Tested]:
        """四性: what is wrong was raised before; what an archivist should know is told."""
        kinds = {slip.kind for slip in case.slips}
        lacking = [f"没有{SLIPS[kind].word}" for kind in ("交办", CLOSING) if kind not in kinds]
        lacking += [] if case.evidence else ["没有佐证"]
        anchor = self._cases.found.anchor
        return [
            Tested(
                "真实性",
                "台账的封印从第一条起逐条核对;本件的记录逐条通向树根;佐证与登记的 SHA-256 相符",
                f"合格:台账 {anchor.seq} 条、本件 {proof.entries} 条封印完好,佐证 {len(case.evidence)} 件相符",
            ),
            Tested(
                "完整性",
                "登记到销号的记录齐全;卷内目录与卷内文件逐件对应;应有的材料是否都有",
                _judged(f"卷内 {len(items)} 件齐全", lacking),
            ),
            Tested(
                "可用性",
                "写出的公文逐件打开;佐证的后缀与内容相符,是通行的格式",
                _judged(
                    "均可打开" if not seen.unusual else "公文均可打开", [f"请另行查看 {one}" for one in seen.unusual]
                ),
            ),
            Tested(
                "安全性",
                "每个文件记有 SHA-256;文件名不越出目录;不含程序和宏;未作病毒检测",
                _judged("文件名安全", [f"含有程序或宏 {one}" for one in seen.active]),
            ),
        ]


def _judged(found: str, noted: Sequence[str]) -> str:
    return f"合格:{found}" + (f";注意:{'、'.join(noted)}" if noted else "")


def _opens(ending: str, content: bytes) -> bool:
    if ending == PDF.name:
        return content.startswith(b"%PDF-") and bool(_pages(content))
    from lxml import etree

    with ZipFile(BytesIO(content)) as document:
        return document.testzip() is None and etree.fromstring(document.read("word/document.xml")) is not None


def _pages(content: bytes) -> int | None:
    """How many pages a PDF of LibreOffice has."""
    import re

    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) or None
