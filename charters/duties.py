"""What this app shows and finds: recorded completions, and past periods without a record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from charters.answers import OpenItem
from charters.docket import AsOf
from charters.models import Completion, Duty
from charters.registry import EVIDENCE, OPEN_ITEMS, Asked, EvidenceSource, OpenItemSource
from charters.rules.terms import Evidence, Gap
from charters.sentences import period_name
from charters.standing import GAP, Docket, subject_of
from charters.values import COMPLETION, DutyRecord
from records.dates import long_day


def completions(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Completions that count, whenever they were recorded."""
    unsaid = _("Recorded as completed")
    zone, page = as_of.company.zone, reverse("completion", args=[0]).removesuffix("0/")
    rows = (
        Completion.objects.standing()
        .filter(duty__in=duties, performed_on__lte=as_of.day)
        .values_list("pk", "duty_id", "performed_on", "serves", "note", "recorded_at")
    )
    for pk, duty, on, serves, note, recorded_at in rows:
        yield (
            duty,
            Evidence(
                on=on,
                serves=serves,
                label=Truncator(note).chars(160) if note else unsaid,
                url=f"{page}{pk}/",
                recorded_on=recorded_at.astimezone(zone).date(),
            ),
        )


EVIDENCE.add(EvidenceSource(COMPLETION, completions))


def gaps(as_of: AsOf, asked: Asked = None) -> Iterable[OpenItem]:
    """Closed periods on record without evidence in time, of every duty or of the one asked for."""
    docket = Docket.of(as_of)
    if asked is not None:
        duty = asked[0].removeprefix(subject_of(None))
        docket = docket.of_duties(lambda: [int(duty)] if duty.isdecimal() else [])
    for judged in docket.standings.duties.values():
        if asked is None or asked[0] == subject_of(judged.duty):
            for gap in docket.gaps(judged.duty):
                yield _item(judged.duty, gap)


def _item(duty: DutyRecord, gap: Gap) -> OpenItem:
    return OpenItem(
        subject=subject_of(duty),
        period=gap.key,
        title=duty.title,
        because=_gap_sentence(gap, gap.late),
        said=partial(_gap_sentence, replace(gap, late=())),
        layer=duty.layer,
        on=gap.due_on,
        url=duty.get_absolute_url(),
        duty=duty,
        late=gap.late,
        serves=gap.period,
    )


def _gap_sentence(gap: Gap, late: tuple[Evidence, ...]) -> str:
    period = period_name(gap.period) if gap.key.startswith("FY") else long_day(gap.due_on)
    if late:
        return _("Completed for %(period)s on %(late)s. It was due on %(last)s.") % {
            "period": period,
            "late": long_day(late[-1].on),
            "last": long_day(gap.period.last),
        }
    if gap.count:
        return _("%(count)s of %(wanted)s on record for %(period)s, due by %(due)s.") % {
            "count": gap.count,
            "wanted": gap.wanted,
            "period": period,
            "due": long_day(gap.due_on),
        }
    return _("No record for %(period)s was on file by %(due)s.") % {
        "period": period,
        "due": long_day(gap.due_on),
    }


OPEN_ITEMS.add(OpenItemSource(GAP, gaps))
