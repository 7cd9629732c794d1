"""End, as the operator, that new accounts wait for a second person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from records import clock
from records.enums import SystemActor
from records.models import Company
from records.services.company import open_accounts_at_once


class Command(BaseCommand):
    help = (
        "Let new accounts open without a second person. For a company that has only one secretary "
        "and no administrator: otherwise two of them do this on the page Company."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        company = Company.objects.current()
        if company is None:
            raise CommandError("No company is set up yet.")
        open_accounts_at_once(company, by=SystemActor.OPERATOR, at=clock.now())
        self.stdout.write("New accounts open at once.")
