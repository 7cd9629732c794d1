"""The addresses of static files, each looked up in the manifest once per process."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Every page names the same twenty files, and the manifest does not change while a process runs."""

    def __init__(self) -> None:
        super().__init__()
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]
