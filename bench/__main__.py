"""`make bench`: pages, standing and the Board report, each compared with a baseline.

Once on the example company, once with sixty duties and twenty years of history, and at the end the
ledger with a million entries, which take a minute to write. A page's baseline is its own queries,
asked and fetched without the application; the Board report's is WeasyPrint on the same HTML. One
process, one core: a page of 5 ms is 200 a second, and two processes serve 400.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.timing import Measurement

TABLE = "{:<16}{:>9}{:>9}{:>9}{:>10}{:>10}   {}"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="charter-portal-bench-") as folder:
        prepare(Path(folder))
        from bench import ledger
        from bench.history import DUTIES, YEARS, grow_old
        from bench.measures import measures
        from records import clock

        show("The example company", measures(clock.today()))
        grow_old(clock.today(), at=clock.now())
        show(f"{DUTIES} duties, {YEARS} years of history", measures(clock.today()))
        show("A million entries in the ledger", ledger.measures())


def prepare(var: Path) -> None:
    """A database of its own, filled with the example company."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "charter_portal.settings",
        "DEMO": "1",
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/portal.sqlite3",
        "REDIS_URL": "",
        "ALLOWED_HOSTS": "localhost,testserver",
    }
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "bench.urls"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", verbosity=0, stdout=(var / "demo.txt").open("w"))


def show(title: str, lines: Iterable["Measurement"]) -> None:
    print(f"\n{title}")
    print(TABLE.format("", "p50 ms", "p95 ms", "queries", "x bare", "x floor", "goal"))
    bare = None
    for line in lines:
        bare = bare or line.timing.p50
        floor = line.floor.p50
        verdict = f"{line.goal}: {'kept' if line.is_met else 'MISSED'}" if line.goal else ""
        print(
            TABLE.format(
                line.name,
                f"{line.timing.p50 * 1000:.1f}",
                f"{line.timing.p95 * 1000:.1f}",
                len(line.queries),
                f"{line.timing.p50 / bare:.1f}",
                f"{line.timing.p50 / floor:.2f}",
                verdict,
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
