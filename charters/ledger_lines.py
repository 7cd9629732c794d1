"""How the acts of this app read in the ledger, and who may see what they were done to."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _now

from accounts.models import User
from accounts.withheld import unless_withheld
from charters.models import Action, CharterVersion, ClauseNote, Closing, Completion
from charters.permissions import decisions_open_to, events_open_to
from records.ledger_words import SUBJECTS, Subject


def reads_standings(user: User) -> bool:
    return user.has_perm("charters.view_standing")


_all_actions = unless_withheld(Action, reads_standings)


def versions(user: User) -> bool | QuerySet[CharterVersion]:
    """A draft is the secretary's alone until it is put before the Board, the discarded ones too."""
    if user.has_perm("charters.change_charter"):
        return True
    return CharterVersion.objects.before_the_board() if reads_standings(user) else False


def actions(user: User) -> bool | QuerySet[Action]:
    """Owners see their own."""
    return _all_actions(user) if reads_standings(user) else Action.objects.visible_to(user)


def quoted(row: object) -> str:
    return f"“{row}”"


def duty_of(completion: Completion) -> str:
    return quoted(completion.duty)


def clause_of(note: ClauseNote) -> str:
    return _now("clause %(reference)s") % {"reference": note.clause}


def rule_of(closing: Closing) -> str:
    return closing.rule.replace("_", " ")


SUBJECTS.add_all(
    Subject("charters.*", reads_standings),
    Subject("charters.CharterVersion", versions, title=quoted),
    Subject("charters.ClauseNote", title=clause_of, related=("clause",)),
    Subject("charters.Duty", title=quoted),
    Subject("charters.Completion", title=duty_of, related=("duty",)),
    Subject("charters.Closing", title=rule_of),
    Subject("charters.Event", events_open_to, title=quoted, related=("entries",)),
    Subject("charters.Action", actions, title=quoted),
    Subject("charters.Committee", title=str),
    Subject("charters.Decision", decisions_open_to, title=str, related=("body",)),
)
