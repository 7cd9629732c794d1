"""Typefaces and the one foreign style sheet, taken from installed packages: nothing
third-party lies in the repository, and nothing that the design does not use is served."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

# Per package: its folder, the address it is served under, its files. TrueType rather than
# OpenType/CFF: the same features (true small capitals, all kinds of figures), a fifth
# smaller once compressed, and hinted for coarse screens.
FILES = {
    "font_source_serif_pro": (
        "files",
        "fonts",
        ("SourceSerifPro-Regular.ttf", "SourceSerifPro-It.ttf", "SourceSerifPro-Semibold.ttf"),
    ),
    "font_source_sans_pro": (
        "files",
        "fonts",
        ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf"),
    ),
    # The map is named in the sheet's last line, and the manifest insists on what is named.
    "bootstrap": (
        "static/bootstrap/css",
        "bootstrap/css",
        ("bootstrap.min.css", "bootstrap.min.css.map"),
    ),
}


def folder(package: str) -> Path:
    """Where the package lies, found without importing it."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else Path(package)


class PackageFinder(BaseFinder):
    """Offers the files of the table above, and no other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.paths = {
            f"{prefix}/{name}": folder(package) / inside / name
            for package, (inside, prefix, names) in FILES.items()
            for name in names
        }
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [
            Error(
                f"{path.name} is not installed, so pages and documents would lose their look.",
                hint="Install the packages of requirements.txt.",
                id="records.E001",
            )
            for path in self.paths.values()
            if not path.is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str] | None:  # type: ignore[override]
        found = self.paths.get(path.replace("\\", "/"))
        if find_all:
            return [str(found)] if found else []
        return str(found) if found else None

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for package, (inside, prefix, names) in FILES.items():
            storage = FileSystemStorage(location=folder(package) / inside)
            storage.prefix = prefix  # type: ignore[attr-defined]
            for name in names:
                yield name, storage
