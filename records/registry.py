"""The registry: what each app adds to the portal, and how it is found.

An extension point is declared once, in the layer that uses it, with the module in which apps add
to it:

    EVIDENCE: ExtensionPoint[EvidenceSource] = ExtensionPoint("evidence", module="duties")

Every app adds to it in its module of that name, which is imported when Django starts:

    EVIDENCE.add(EvidenceSource("meetings.minutes", minutes, keys={"review-the-plan"}))

A name is `<app>.<name>`. A second entry of the same name is refused. CONTRIBUTING has the table of
extension points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from typing import Generic, Protocol, TypeVar

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

NAME = re.compile(r"[a-z][a-z_]*\.(\*|[A-Za-z][\w-]*)")
# Where extension points are declared: in a module of this name, and in these of this layer.
POINTS_MODULE = "registry"
OWN_POINTS = (
    "demo",
    "document_kinds",
    "ledger_words",
    "navigation",
    "notice_kinds",
    "schedule",
    "wsgi",
)


class Named(Protocol):
    @property
    def name(self) -> str: ...


E = TypeVar("E", bound=Named)


class ExtensionPoint(Generic[E]):
    """What apps have added of one sort, by name, in the order in which they were found."""

    declared: dict[str, ExtensionPoint[Named]] = {}

    def __init__(self, title: str, *, module: str) -> None:
        if title in self.declared:
            raise ValueError(f"There is an extension point {title!r} already.")
        self.title, self.module = title, module
        self._entries: dict[str, E] = {}
        self.declared[title] = self  # type: ignore[assignment]

    def add(self, entry: E) -> E:
        """Add one entry and return it. Raises ValueError for a malformed or a known name."""
        if not NAME.fullmatch(entry.name):
            raise ValueError(f"{entry.name!r} is no name: write it like meetings.minutes.")
        if entry.name in self._entries:
            raise ValueError(f"{self.title}: {entry.name} is registered already.")
        self._entries[entry.name] = entry
        return entry

    def add_all(self, *entries: E) -> None:
        for entry in entries:
            self.add(entry)

    def get(self, name: str) -> E:
        """The entry of a name. Raises LookupError where no app has registered it."""
        try:
            return self._entries[name]
        except KeyError:
            raise LookupError(f"{self.title}: no app has registered {name!r}.") from None

    def find(self, name: str) -> E | None:
        return self._entries.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[E]:
        return iter(tuple(self._entries.values()))

    def __len__(self) -> int:
        return len(self._entries)

    def remove(self, name: str) -> None:
        """For tests that add an entry of their own."""
        del self._entries[name]

    @contextmanager
    def temporarily(self, *entries: E) -> Iterator[None]:
        """For tests: with these entries as well, until the block ends."""
        before = dict(self._entries)
        try:
            self.add_all(*entries)
            yield
        finally:
            self._entries = before


class PortalApp(AppConfig):
    """An app of the portal's own: its modules are searched for what it registers, its `urls.py`
    for its addresses.

    In an `apps.py` write `registry.PortalApp`: Django takes an imported class for a configuration.
    """

    def has(self, module: str) -> bool:
        return self.module is not None and module_has_submodule(self.module, module)


def portal_apps() -> list[PortalApp]:
    """The portal's own apps, the lowest layer first."""
    return [app for app in reversed(list(apps.get_app_configs())) if isinstance(app, PortalApp)]


def discover() -> None:
    """Import every module in which an app of the portal registers something."""
    for module in OWN_POINTS:
        import_module(f"records.{module}")
    import_from_apps(POINTS_MODULE)
    for module in dict.fromkeys(point.module for point in ExtensionPoint.declared.values()):
        import_from_apps(module)


def import_from_apps(module: str) -> None:
    """Import a module of every app and, where it is a package, the modules in it."""
    for app in portal_apps():
        if app.has(module):
            found = import_module(f"{app.name}.{module}")
            for each in iter_modules(getattr(found, "__path__", ())):
                import_module(f"{found.__name__}.{each.name}")
