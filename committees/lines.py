"""How the acts of this floor read in the ledger, and who may see what they were done to."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from committees.models import (
    Attestation,
    ChairTerm,
    CharterVersion,
    ClauseNote,
    Disposition,
    Membership,
)
from committees.permissions import events_open_to
from records.narrative import register_acts, register_subject


def reads_standings(user: User) -> bool:
    return user.has_perm("committees.view_standing")


def versions(user: User) -> bool | QuerySet[CharterVersion]:
    """A draft is the secretary's alone, the discarded ones too."""
    if user.has_perm("committees.change_charter"):
        return True
    return CharterVersion.objects.adopted() if reads_standings(user) else False


def quoted(row: object) -> str:
    return f"“{row}”"


def duty_of(attestation: Attestation) -> str:
    return quoted(attestation.duty)


def clause_of(note: ClauseNote) -> str:
    return _now("clause %(reference)s") % {"reference": note.clause}


def seat(membership: Membership) -> str:
    said = {"director": membership.director, "committee": membership.committee}
    return _now("%(director)s on the %(committee)s") % said


def chair(term: ChairTerm) -> str:
    return str(term.membership.director)


def rule_of(disposition: Disposition) -> str:
    return disposition.rule.replace("_", " ")


register_subject("committees", reads_standings)
register_subject("committees.CharterVersion", versions, title=quoted)
register_subject("committees.ClauseNote", title=clause_of, related=("clause",))
register_subject("committees.Duty", title=quoted)
register_subject("committees.Attestation", title=duty_of, related=("duty",))
register_subject("committees.Disposition", title=rule_of)
register_subject("committees.EventCard", events_open_to, title=quoted, related=("entries",))
register_subject("committees.Committee", title=str)
register_subject("committees.Director", title=str)
register_subject("committees.Membership", title=seat, related=("director", "committee"))
register_subject("committees.ChairTerm", title=chair, related=("membership__director",))

register_acts(
    {
        "charter.drafted": _("drafted the charter version %(record)s"),
        "charter.adopted": _("recorded the adoption of %(record)s"),
        "charter.adoption_completed": _("added the Board's act to %(record)s"),
        "charter.draft_discarded": _("discarded the draft %(record)s"),
        "clause.noted": _("noted how %(record)s is read today"),
        "clause.note_withdrawn": _("withdrew a note on %(record)s"),
        "duty.added": _("added the duty %(record)s"),
        "duty.carried": _("carried the duty %(record)s to a later version"),
        "duty.changed": _("changed the duty %(record)s"),
        "duty.ended": _("ended the duty %(record)s"),
        "duty.declared_not_applicable": _("declared the duty %(record)s not applicable"),
        "duty.applied_again": _("declared the duty %(record)s applicable again"),
        "attestation.recorded": _("attested the duty %(record)s"),
        "attestation.corrected": _("corrected an attestation of the duty %(record)s"),
        "attestation.withdrawn": _("withdrew an attestation of the duty %(record)s"),
        "exception.disposed": _("settled an exception: %(record)s"),
        "event_card.entered": _("entered the event %(record)s"),
        "event_card.described": _("entered what is known of the event %(record)s"),
        "event_card.restricted": _("closed the event %(record)s to a role"),
        "event_card.closed": _("ended the event %(record)s"),
        "event_clock.entered": _("entered a clock of the event %(record)s"),
        "event_clock.changed": _("changed a clock of the event %(record)s"),
        "event_clock.stopped": _("stopped a clock of the event %(record)s"),
        "event_clock.withdrawn": _("withdrew a clock of the event %(record)s"),
        "committee.established": _("established the %(record)s"),
        "director.added": _("added the director %(record)s"),
        "director.changed": _("changed what is known of %(record)s"),
        "membership.begun": _("seated %(record)s"),
        "membership.corrected": _("corrected the seat of %(record)s"),
        "membership.ended": _("ended the seat of %(record)s"),
        "membership.exchange_notified": _("recorded the notice to the exchange: %(record)s"),
        "chair.designated": _("recorded the chair: %(record)s"),
        "chair.corrected": _("corrected the term of the chair %(record)s"),
        "chair.ended": _("ended the term of the chair %(record)s"),
    }
)
