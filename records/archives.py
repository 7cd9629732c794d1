"""ZIP archives that are the same bytes for the same content: no part says when it was packed."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first moment that the format can name.
EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of named parts, in the order given."""
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in parts:
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, part)
    return content.getvalue()


def undated(archive: bytes) -> bytes:
    """The same parts, without the time at which a library packed them."""
    with ZipFile(io.BytesIO(archive)) as package:
        return packed([(name, package.read(name)) for name in package.namelist()])
