"""A portal of its own to measure: the example company, and then sixty duties over twenty years."""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db.models import Max
from django.utils.translation import gettext_lazy as lazy

from charters.enums import Cadence
from charters.models import Committee, Completion, Duty
from records import ledger
from records.acts import act
from records.enums import SystemActor
from records.models import Company

DUTIES = 60
YEARS = 20


HISTORY_GROWN = ledger.action("bench.history_grown", lazy("added years of history to %(record)s"))


@act
def grow_old(today: date, *, at: datetime) -> None:
    """Fill up the duties and give each its evidence for every period of the years before.

    Written past the services, for it is reading that is measured; but with an entry in the ledger,
    whose head moves as with every other writer.
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
            recorded_at=at,
        )
        for duty in duties
        for year in past
        for period in (calendar.quarters_of(year) if duty.cadence == Cadence.QUARTERLY else [year])
    )

    ledger.record(
        HISTORY_GROWN, subject=committee, by=SystemActor.OPERATOR, at=at, years=YEARS, duties=DUTIES
    )


def copy_of(duty: Duty) -> Duty:
    clauses = list(duty.clauses.all())
    duty.pk, duty._state.adding, duty.title = None, True, f"{duty.title}, again"
    duty.catalogue_key = f"{duty.catalogue_key}-{Duty.objects.aggregate(n=Max('pk'))['n']}"
    duty.save()
    duty.clauses.set(clauses)
    return duty
