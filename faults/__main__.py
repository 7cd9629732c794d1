"""`make faults`: the concerns channel is killed at every step, and flooded.

Never a confirmation without a case, never two cases; sending again gives the confirmation. Runs on
SQLite, and on PostgreSQL where DATABASE_URL names one. Says what it did and ends with 1 at a fault.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

OWN = "charter_portal_faults"


def main() -> int:
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        with own_database(url) as own:
            return run(own)
    with tempfile.TemporaryDirectory(prefix="charter-portal-faults-") as folder:
        return run(f"sqlite:///{folder}/portal.sqlite3")


def run(url: str) -> int:
    with tempfile.TemporaryDirectory(prefix="charter-portal-faults-") as folder:
        prepare(url, Path(folder))
        from faults import channel

        began, faults, on = time.monotonic(), [], urlsplit(url).scheme
        for title, check in channel.CHECKS.items():
            found = check()
            # Two databases are tried at the same time: each line says which one it is about.
            print(f"{on}: {title}: {'; '.join(found) if found else 'no fault'}", flush=True)
            faults += found
        print(f"{on}: {time.monotonic() - began:.0f} s", flush=True)
        from django.db import connections

        connections.close_all()
        return 1 if faults else 0


def prepare(url: str, var: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "charter_portal.settings",
        "DEMO": "1",
        "VAR_DIR": str(var),
        "DATABASE_URL": url,
        "REDIS_URL": "",
        "ALLOWED_HOSTS": "localhost,testserver",
    }
    import django
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    # No files are gathered: no page is looked at.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    # From the models, as the tests' tables: that takes a tenth of the time of the migrations.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)


@contextmanager
def own_database(url: str) -> Iterator[str]:
    """A database of its own on the server, dropped afterwards."""
    import psycopg2

    parts = urlsplit(url)
    server = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
    server.autocommit = True
    cursor = server.cursor()
    cursor.execute(f"DROP DATABASE IF EXISTS {OWN} WITH (FORCE)")
    cursor.execute(f"CREATE DATABASE {OWN}")
    try:
        yield urlunsplit(parts._replace(path=f"/{OWN}"))
    finally:
        cursor.execute(f"DROP DATABASE IF EXISTS {OWN} WITH (FORCE)")
        server.close()


if __name__ == "__main__":
    sys.exit(main())
