"""How the acts of this app read in the activity log, and who may see what they were done to."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _now

from accounts.models import User
from charters.ledger_lines import quoted
from meetings.models import AgendaItem, FeedAddress, Minutes, Pack, Paper, Paragraph, Recusal, Vote
from meetings.permissions import consents_open_to, items_open_to, recommendations_open_to
from records import clock
from records.ledger_words import SUBJECTS, Subject


def reads_meetings(user: User) -> bool:
    return user.has_perm("meetings.view_meeting")


def items(user: User) -> QuerySet[AgendaItem]:
    return items_open_to(user)


def papers(user: User) -> QuerySet[Paper]:
    return Paper.objects.visible_to(user, on=clock.today())


def pack(row: Pack) -> str:
    said = {"meeting": row.meeting, "version": row.version}
    return _now("%(meeting)s, version %(version)s") % said


def recusals(user: User) -> QuerySet[Recusal]:
    return Recusal.objects.visible_to(user, on=clock.today())


def votes(user: User) -> QuerySet[Vote]:
    return Vote.objects.visible_to(user, on=clock.today())


def minutes(user: User) -> QuerySet[Minutes]:
    return Minutes.objects.visible_to(user)


def paragraphs(user: User) -> QuerySet[Paragraph]:
    return Paragraph.objects.visible_to(user, on=clock.today())


def own_address(user: User) -> QuerySet[FeedAddress]:
    return FeedAddress.objects.visible_to(user)


SUBJECTS.add_all(
    Subject("meetings.*", reads_meetings),
    Subject("meetings.Meeting", title=str, related=("body",)),
    Subject("meetings.BodyRules", title=str, related=("body",)),
    Subject("meetings.AgendaItem", items, title=quoted),
    Subject("meetings.Paper", papers, title=quoted),
    Subject("meetings.Pack", title=pack, related=("meeting__body",)),
    Subject("meetings.FeedAddress", own_address, title=str, related=("person",)),
    Subject("meetings.Recommendation", recommendations_open_to, title=quoted),
    Subject("meetings.WrittenConsent", consents_open_to, title=quoted),
    Subject("meetings.Recusal", recusals),
    Subject("meetings.Vote", votes, title=str, related=("meeting__body",)),
    Subject("meetings.SessionCard", title=str, related=("meeting__body",)),
    Subject("meetings.Minutes", minutes, title=str, related=("meeting__body",)),
    Subject("meetings.Paragraph", paragraphs, title=quoted),
)
