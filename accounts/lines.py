"""How the acts on accounts read in the ledger. Its readers know the people by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from records.narrative import register_acts, register_subject


def open_to_all(reader: Any) -> bool:
    """Who acts is named in every line, and so are those whose accounts it tells of."""
    return True


register_subject("accounts", open_to_all)
register_subject("accounts.User", title=str)

register_acts(
    {
        "person.registered": _("made an account for %(record)s"),
        "person.invited": _("invited %(record)s"),
        "invitation.accepted": _("accepted the invitation: %(record)s"),
        "account.confirmed": _("confirmed the account of %(record)s"),
        "factor_reset.asked": _("asked for a new second factor: %(record)s"),
        "factor_reset.approved": _("approved a new second factor for %(record)s"),
        "factor_reset.declined": _("declined a new second factor for %(record)s"),
        "role.given": _("gave a role to %(record)s"),
        "role.ended": _("ended a role of %(record)s"),
        "account.closed": _("closed the account of %(record)s"),
        "account.opened": _("opened the account of %(record)s again"),
        "session.ended": _("ended a session of %(record)s"),
        "sessions.ended": _("ended every session of %(record)s"),
        "factor.added": _("added a second factor for %(record)s"),
        "factor.ended": _("took away a second factor of %(record)s"),
        "password.set": _("set the password of %(record)s"),
    }
)
