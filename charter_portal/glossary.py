"""The portal's words, each explained in a sentence or two for a new director."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    word: str | Promise
    meaning: str | Promise


@dataclass(frozen=True)
class Section:
    title: str | Promise
    terms: tuple[Term, ...]


GLOSSARY = (
    Section(
        _("Status"),
        (
            Term(_("on file"), _("A record shows that the responsibility was completed.")),
            Term(_("due"), _("The due date is in the future, and no record is on file yet.")),
            Term(_("not on file"), _("The due date has passed, and no record is on file.")),
            Term(_("open"), _("A condition, such as the number of members, does not hold today.")),
            Term(_("not applicable"), _("The responsibility does not apply, for a stated reason.")),
            Term(
                _("before records begin"),
                _("The due date is before the date from which the company keeps its records here."),
            ),
        ),
    ),
    Section(
        _("Charter and work"),
        (
            Term(
                _("charter"),
                _("The document in which the Board states what the committee is asked to do."),
            ),
            Term(
                _("responsibility"),
                _("What a clause of the charter, or the law, asks the committee to do."),
            ),
            Term(
                _("practice"),
                _(
                    "What a committee chooses to do beyond the charter and the law. The portal "
                    "sends reminders and shows no status."
                ),
            ),
            Term(
                _("record"),
                _("A dated fact, often with a document, that shows what was done."),
            ),
            Term(
                _("open item"),
                _("A date without a record, or a contradiction in the records."),
            ),
            Term(
                _("closed as"),
                _(
                    "How an open item was closed: now on file, completed late, not applicable or "
                    "under review."
                ),
            ),
            Term(_("deadline"), _("A date by which something must be done.")),
            Term(
                _("event"),
                _("Something that happens outside the yearly calendar and starts deadlines."),
            ),
            Term(
                _("condition about to lapse"),
                _("A condition that holds today and, from what is recorded, will end on a date."),
            ),
            Term(
                _("decision"),
                _("An act of the Board, a committee or the stockholders, with its date."),
            ),
        ),
    ),
    Section(
        _("Meetings"),
        (
            Term(
                _("executive session"),
                _("A part of a meeting held without management, or with one guest alone."),
            ),
            Term(_("quorum"), _("The number of members who must be present to act.")),
            Term(
                _("recusal"),
                _("A member with an interest in a matter takes no part in it."),
            ),
            Term(
                _("written consent"),
                _("A decision without a meeting, signed by every member."),
            ),
            Term(
                _("ratification"),
                _("Approval after the fact, or the stockholders' vote on the auditor."),
            ),
            Term(
                _("de minimis"),
                _("A narrow exception for small services that were not pre-approved."),
            ),
        ),
    ),
    Section(
        _("Records and access"),
        (
            Term(
                _("restricted"),
                _("Not shown to some roles or people, whatever other roles they have."),
            ),
            Term(_("activity log"), _("Every action, in order, tamper-evident.")),
            Term(
                _("legal hold"),
                _("While one is open, the portal deletes nothing."),
            ),
            Term(
                _("two-step verification"),
                _("A passkey, or a code in addition to your password, when you sign in."),
            ),
            Term(
                _("as of"),
                _("The status on a date, from what had happened by that date."),
            ),
        ),
    ),
)
