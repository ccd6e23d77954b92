"""Files of evidence in a table of the ledger's database: in parts, each a row, so that none is in memory whole."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from ledger.base.errors import StoreUnusable
from ledger.store.blobs import Blob, Chunks, Draft, Summed, blob_of
from ledger.store.location import Location
from ledger.store.reader import Reader, Writer

_PART = "SELECT data FROM evidence WHERE sha256 = :digest AND part = :part"
_PUT = "INSERT INTO evidence (sha256, part, data) VALUES (:digest, :part, :data) ON CONFLICT DO NOTHING"


class Table:
    """Files in the table `evidence`, each brought in a transaction of its own that takes no writer's turn; of a ledger
    whose tables are not there yet, by the `writer` that makes them. Many are read by one `reader`."""

    def __init__(self, location: Location, writer: Writer | None = None, reader: Reader | None = None) -> None:
        self._location, self._writer, self._reader = location, writer, reader or writer

    def bring(self, chunks: Chunks, known: Blob | None = None) -> Draft:
        """Read twice where it is not known what it will be called by."""
        blob = known or blob_of(chunks())
        with self._writing() as writer:
            if blob.size and not writer.rows(_PART, {"digest": blob.sha256, "part": 0}):
                passing = Summed(chunks())
                for part, chunk in enumerate(passing):
                    writer.execute(_PUT, {"digest": blob.sha256, "part": part, "data": chunk})
                if passing.blob != blob:
                    raise StoreUnusable("佐证文件在存入时被改动了", "请关闭正在编辑它的程序,再试一次")
        return Draft(blob, _nothing, _nothing)

    def chunks(self, digest: str) -> Iterator[bytes]:
        with self._reading() as reader:
            part = 0
            while found := reader.rows(_PART, {"digest": digest, "part": part}):
                yield bytes(found[0][0])
                part += 1

    def names(self) -> Iterator[str]:
        with self._reading() as reader:
            yield from (name for (name,) in reader.rows("SELECT sha256 FROM evidence WHERE part = 0 ORDER BY sha256"))

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        if self._writer is not None:
            yield self._writer
            return
        from ledger.store.server import apart

        with apart(self._location) as writer:
            yield writer

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        if self._reader is not None:
            yield self._reader
            return
        from ledger.store.server import open_reader

        with closing(open_reader(self._location)) as reader:
            yield reader


def _nothing() -> None:
    """A row has its place at once, and stays: another command may have begun to name it."""
