"""`manage.py deadlines`: everything that falls due and will be reminded, by person, with its reason."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from charters.management.commands.standing import a_day
from charters.models import Committee
from charters.reminders import Reminder, Reminders
from charters.standing import Docket
from records import clock, dates
from records.models import Company


class Command(BaseCommand):
    help = (
        "Print every deadline, and who is reminded of it, when and why: each reminder from "
        "the date up to the due date, or the next one if the due date has passed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=a_day, metavar="DATE", help="YYYY-MM-DD; default: today")
        parser.add_argument(
            "--json", action="store_true", help="a JSON array, one object per person and reminder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        company, committee = Company.objects.current(), Committee.objects.audit()
        if company is None or committee is None:
            raise CommandError(
                "No charter is on record yet. Import one: manage.py import_charter FILE"
            )
        with dates.written_for(company):
            docket = Docket(committee, options["on"] or clock.today(company), company)
            found = Reminders(docket).ahead()
            if options["json"]:
                self.stdout.write(json.dumps([as_json(each) for each in found], indent=2))
                return
            self.stdout.write(f"Deadlines of the {committee} on {dates.long_day(docket.day)}\n\n")
            for each in found:
                self.stdout.write(as_text(each))


def as_json(reminder: Reminder) -> dict[str, Any]:
    """`person` is the e-mail address, which is one person's alone; empty where nobody is."""
    return {
        "on": reminder.on.isoformat(),
        "due_on": reminder.due_on.isoformat(),
        "person": reminder.person.email if reminder.person else "",
        "what": reminder.deadline.what,
        "because": reminder.because,
        "url": reminder.deadline.url,
    }


def as_text(reminder: Reminder) -> str:
    person = reminder.person or "nobody"
    due = "was due" if reminder.due_on < reminder.on else "due"
    head = f"{reminder.on}  {person}: {reminder.deadline.what}, {due} {reminder.due_on}"
    return f"{head}\n{'':12}{reminder.because}"
