"""The parts of a workbook or document (both are zips of XML) as text that can be read and compared.

One element a line, indented by its depth, namespaces left out, attributes in alphabetical order, its text behind a
colon; line breaks in a text show as `\\n`. What differs from run to run without a change in what is meant (ids of
revisions and paragraphs) is left out.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

_VOLATILE = re.compile(r"rsid\w*|paraId|textId|docId|durableId")


def parts(document: Path | IO[bytes], *names: str) -> str:
    """The parts of those names, as `xl/workbook.xml`, in that order, each under its name; KeyError without one."""
    with zipfile.ZipFile(document) as archive:
        return "".join(f"== {name}\n{lines(archive.read(name))}" for name in names)


def lines(part: bytes) -> str:
    """One part."""
    return "".join(f"{line}\n" for line in _lines(ElementTree.fromstring(part), 0))


def _lines(element: ElementTree.Element, depth: int) -> Iterator[str]:
    attributes = sorted((_local(name), value) for name, value in element.attrib.items())
    shown = "".join(f' {name}="{_flat(value)}"' for name, value in attributes if not _VOLATILE.fullmatch(name))
    text = element.text or ""
    said = f": {_flat(text)}" if text.strip() or (text and len(element) == 0) else ""
    yield f"{'  ' * depth}{_local(element.tag)}{shown}{said}"
    for child in element:
        yield from _lines(child, depth + 1)
        if child.tail and child.tail.strip():
            yield f"{'  ' * (depth + 1)}: {_flat(child.tail)}"


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _flat(text: str) -> str:
    return text.replace("\n", "\\n")
