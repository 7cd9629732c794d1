"""A portal of its own to measure: the example company, and then sixty duties over twenty years."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from charters.enums import Cadence
from charters.models import Committee, Completion, Duty
from records.models import Company

DUTIES = 60
YEARS = 20


@transaction.atomic
def grow_old(today: date) -> None:
    """Fill up the duties and give each its evidence for every period of the years before.

    Written past the services: what is measured is reading, and the ledger is left alone.
    """
    begin = today - relativedelta(years=YEARS)
    Company.objects.update(records_begin=begin)
    committee = Committee.objects.audit()
    assert committee
    duties = list(committee.duties.unended(today))
    for number in range(DUTIES - len(duties)):
        duties.append(copy_of(duties[number]))
    committee.duties.filter(pk__in=[duty.pk for duty in duties]).update(in_force_from=begin)
    calendar = Company.objects.get().calendar
    past = [calendar.year_of(today - relativedelta(years=years)) for years in range(1, YEARS)]
    Completion.objects.bulk_create(
        Completion(
            duty=duty,
            performed_on=period.last - relativedelta(days=20),
            serves=period.last,
            recorded_at=timezone.now(),
        )
        for duty in duties
        for year in past
        for period in (calendar.quarters_of(year) if duty.cadence == Cadence.QUARTERLY else [year])
    )


def copy_of(duty: Duty) -> Duty:
    clauses = list(duty.clauses.all())
    duty.pk, duty._state.adding, duty.title = None, True, f"{duty.title}, once more"
    duty.catalogue_key = f"{duty.catalogue_key}-{Duty.objects.aggregate(n=Max('pk'))['n']}"
    duty.save()
    duty.clauses.set(clauses)
    return duty
