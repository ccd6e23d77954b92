"""The formats of results: what each is called, what it can hold, and which module of `ledger.render` writes it.

The one place that knows them: choices, help, completion, suffixes and what a command leaves out follow from it.
"""

from typing import Literal, NamedTuple

Place = Literal["screen", "pipe", "file"]


class Format(NamedTuple):
    """A format by its `name`; `help` says it to who completes a command line.

    `module` renders a report: `render(report, write)`, or `render(report, file, extras)` where it is `binary`, bytes
    that no terminal shows. `suffixes` are those of its files, the first the usual one. It is read on the `screen` where
    the command was given, goes down a `pipe`, or is made to be a `file`. Its texts start with a `mark` in a file, and
    end their lines themselves where `own_ends`. It shows the `issue` of what is sent out (文号, 署名), and is a
    `document` if it is set in a template of the office. Lists are in the `whole` line of the ledger, where so said in
    reports too; a weekly list always brings all its `figures`. One that `opens` leads from figures to what they count.
    """

    name: str
    help: str
    module: str
    suffixes: tuple[str, ...] = ()
    place: Place = "pipe"
    binary: bool = False
    mark: bool = False
    own_ends: bool = False
    issue: bool = False
    document: bool = False
    whole: Literal["never", "lists", "always"] = "never"
    figures: bool = False
    opens: bool = False

    @property
    def is_read(self) -> bool:
        """By people: what is to be kept, searched and computed with leaves no task out of its lines."""
        return self.whole == "never"


TABLE = Format("table", "带线条和颜色的表格", "terminal", place="screen")
PLAIN = Format("plain", "每行一件", "plain", (".txt",), place="screen")
JSON = Format("json", "供程序读取", "json_text", (".json",), whole="always", figures=True)
XLSX = Format("xlsx", "Excel 工作簿", "workbook", (".xlsx",), "file", binary=True, issue=True, whole="lists")

DOCX = Format("docx", "Word 公文", "document", (".docx",), "file", binary=True, issue=True, document=True)
PDF = Format("pdf", "PDF,供打印和传阅", "portable", (".pdf",), "file", binary=True, issue=True, document=True)

FORMATS = {
    format.name: format
    for format in (
        TABLE,
        PLAIN,
        JSON,
        Format("csv", "供 Excel 打开", "delimited", (".csv",), mark=True, own_ends=True, whole="always"),
        Format("md", "供邮件", "markdown", (".md", ".markdown")),
        Format("html", "网页,可排序筛选、打印", "web", (".html", ".htm"), "file", issue=True, opens=True),
        XLSX,
        DOCX,
        PDF,
    )
}
"""The formats by name, in the order in which they are listed."""

SUFFIXES = {
    suffix: format.name
    for usual in (False, True)
    for format in FORMATS.values()
    for suffix in format.suffixes
    if (suffix == f".{format.name}") is usual
}
"""Which format a file has by its suffix; those that are a format's name come last."""

USUAL = tuple(format.name for format in FORMATS.values() if format.place != "file")
"""What can be the usual format of a user."""

BEARING = tuple(sorted(format.name for format in FORMATS.values() if format.issue))
DOCUMENTS = tuple(format.name for format in FORMATS.values() if format.document)


def all_of_them() -> str:
    """Their names as a sentence lists them."""
    *names, last = FORMATS
    return f"{'、'.join(names)} 或 {last}"
