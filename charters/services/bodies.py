"""The Board and its committees, as bodies that act."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.enums import CommitteeKind
from charters.models import Committee
from records import ledger
from records.acts import act
from records.ledger import Actor

COMMITTEE_ESTABLISHED = ledger.action("committee.established", lazy("established the %(record)s"))

ONCE = (CommitteeKind.BOARD, CommitteeKind.AUDIT)


def the_board(*, by: Actor, at: datetime) -> Committee:
    """The Board; established where it is missing."""
    found = Committee.objects.board()
    return found or establish(name=_("Board of Directors"), kind=CommitteeKind.BOARD, by=by, at=at)


@act
def establish(*, name: str, kind: CommitteeKind, by: Actor, at: datetime) -> Committee:
    """Set up a committee of the Board, or the Board itself."""
    if kind in ONCE and Committee.objects.filter(kind=kind).exists():
        raise ValidationError({"kind": _("There is already one of this kind.")})
    try:
        with transaction.atomic():
            committee = Committee.objects.create(name=name, kind=kind)
    except IntegrityError as taken:
        raise ValidationError(
            {"name": _("There is already a committee with this name.")}
        ) from taken
    ledger.record(COMMITTEE_ESTABLISHED, subject=committee, by=by, at=at, kind=kind)
    return committee
