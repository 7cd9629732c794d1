"""`manage.py standing`: where every duty in force stands, for a person or for another program."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from charters.models import Committee
from charters.standing import Docket
from charters.values import DutyStanding
from records import clock, dates
from records.models import Company
from records.services.company import FIRST_DAY, LAST_DAY


def a_day(text: str) -> date:
    """A day as ISO 8601 writes it; argparse says which argument was wrong."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a valid date. Write it as 2026-11-20") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        years = f"{FIRST_DAY.year} to {LAST_DAY.year}"
        raise ArgumentTypeError(f"{text!r} is outside the years {years}")
    return day


class Command(BaseCommand):
    help = (
        "Print the status of every responsibility in effect, with its reason. The portal's "
        "reading of its records, not a legal determination."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of", type=a_day, metavar="DATE", help="YYYY-MM-DD; default: today"
        )
        parser.add_argument(
            "--json", action="store_true", help=("a JSON array, one object per responsibility")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        company, committee = Company.objects.current(), Committee.objects.audit()
        if company is None or committee is None:
            raise CommandError(
                "No charter is on record yet. Import one: manage.py import_charter FILE"
            )
        with dates.written_for(company):
            docket = Docket(committee, options["as_of"] or clock.today(company), company)
            rows = docket.reading().duties
            if options["json"]:
                self.stdout.write(json.dumps([as_json(row) for row in rows], indent=2))
                return
            self.stdout.write(f"{committee}, as of {dates.long_day(docket.day)}\n\n")
            for row in rows:
                self.stdout.write(as_text(row))


def as_json(row: DutyStanding) -> dict[str, Any]:
    return {
        "clause": row.clause.reference,
        "duty": row.duty.title,
        "layer": row.duty.layer,
        "standing": row.standing.value,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "because": row.because,
        "evidence": [
            {
                "on": piece.on.isoformat(),
                "label": piece.label,
                "url": piece.url,
                "source": piece.source,
            }
            for piece in row.evidence
        ],
    }


def as_text(row: DutyStanding) -> str:
    head = f"{row.clause.reference:6} {row.standing.label:16} {row.duty.title} [{row.duty.layer}]"
    return f"{head}\n{'':24}{row.because}"
