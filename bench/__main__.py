"""`make bench`: pages, standing and the Board report, each compared with a baseline.

Once on the example company, once with sixty duties and twenty years of history, and at the end the
ledger with a million entries, which take a minute to write. Between them, on the same twenty years,
sixteen clients of the served portal, and what a process holds after many pages. A page's baseline is its own queries,
asked and fetched without the application; the Board report's is WeasyPrint on the same HTML. One
process, one core. Every page has its budget, and so has the first after an act (`measures.BUDGETS`).
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from bench.timing import Measurement

TABLE = "{:<16}{:>9}{:>9}{:>9}{:>10}{:>10}   {}"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="charter-portal-bench-") as folder:
        prepare(Path(folder))
        from bench import ledger, measures
        from bench.history import DUTIES, YEARS, grow_old
        from records import clock

        show("The example company", measures.measures(clock.today()))
        grow_old(clock.today(), at=clock.now())
        show(f"{DUTIES} duties, {YEARS} years of history", measures.measures(clock.today()))
        show_served(measures.secretary())
        show_memory(measures.secretary(), measures.composing(clock.today()))
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


def show_served(reader: "User") -> None:
    from bench import served

    print(f"\nServed by two processes, {served.CLIENTS} clients")
    print("{:<16}{:>12}{:>9}{:>9}".format("", "a second", "p50 ms", "p95 ms"))
    for line in served.measures(reader):
        words = f"{line.timing.p50 * 1000:>9.0f}{line.timing.p95 * 1000:>9.0f}"
        kept = "kept" if line.is_met else "MISSED"
        goal = f"   {served.RATE_GOAL} a second, 300 ms: {kept}"
        print(f"{line.name:<16}{line.rate:>12.0f}{words}{goal}", flush=True)


def show_memory(reader: "User", composed: "Callable[[], object]") -> None:
    from bench import memory
    from charter_portal.reports import render
    from records import pdf

    print("\nMegabytes in memory")
    steps = [memory.after_views(reader)]
    if pdf.is_available():
        steps.append(memory.after_reports(lambda: render(composed())))
    for found in steps:
        before = now = 0.0
        for name, megabytes in found:
            before, now = now, megabytes
            print(f"{name:<24}{now:>8.0f}", flush=True)
        kept = "kept" if now <= before * memory.LEVEL else "MISSED"
        print(f"{'levels off':<24}{kept:>8}")


if __name__ == "__main__":
    main()
