"""Archives say nothing of when they were packed."""

import io
import time
from zipfile import ZipFile

from records.archives import EPOCH, packed, undated

PARTS = [("b.txt", b"two"), ("a/a.txt", b"one" * 100)]


def test_same_parts_are_the_same_bytes_in_the_order_given() -> None:
    assert packed(PARTS) == packed(iter(PARTS))
    with ZipFile(io.BytesIO(packed(PARTS))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == PARTS
        assert {each.date_time for each in archive.infolist()} == {EPOCH}


def test_archive_of_a_library_loses_its_time_and_keeps_its_parts() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in PARTS:
            archive.writestr(name, content)
    with ZipFile(file) as archive:
        assert archive.infolist()[0].date_time[0] == time.localtime().tm_year
    assert undated(file.getvalue()) == packed(PARTS)
