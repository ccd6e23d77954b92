"""Archives: the same bytes of the same content, with sums that `sha256sum -c` accepts."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from ledger.render.package import Package


def packed(today: date = date(2013, 3, 19)) -> bytes:
    file = BytesIO()
    with Package(file, today) as package:
        package.add("甲/乙.txt", iter([b"a", b"b"]), 2)
        package.add("丙", [], 0)
        package.finish()
    return file.getvalue()


def test_the_same_content_makes_the_same_bytes() -> None:
    assert packed() == packed() != packed(date(2013, 3, 20))


def test_sums_are_last_and_name_every_file() -> None:
    with ZipFile(BytesIO(packed())) as archive:
        assert archive.namelist() == ["甲/乙.txt", "丙", "SHA256SUMS"]
        assert archive.read("SHA256SUMS").decode() == (
            f"{sha256(b'ab').hexdigest()}  甲/乙.txt\n{sha256(b'').hexdigest()}  丙\n"
        )


@pytest.mark.parametrize("today", [date.min, date.max])
def test_days_beyond_those_of_an_archive(today: date) -> None:
    with ZipFile(BytesIO(packed(today))) as archive:
        assert archive.infolist()[0].date_time[0] in (1980, 2107)
