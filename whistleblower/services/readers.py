"""Readers' keys and the signed list, and the opening of the channel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from charters.models import Committee
from records import clock, ledger
from records.acts import act
from records.ledger import Actor
from whistleblower import opening, registers, texts
from whistleblower.crypto import keys as reader_keys
from whistleblower.crypto import roster as rosters
from whistleblower.crypto.roster import Entry, Roster, Terms
from whistleblower.enums import ReaderRole, Way
from whistleblower.models import Channel, ReaderKey, RosterList, RosterSignature
from whistleblower.services.desk import Desk

KEY_MADE = ledger.action("reader.key_made", lazy("made the reader's key of %(record)s"))
SHEET_VERIFIED = ledger.action(
    "reader.sheet_verified", lazy("verified the recovery sheet of %(record)s")
)
PASSPHRASE_CHANGED = ledger.action(
    "reader.passphrase_changed", lazy("made a new passphrase for the reader's key of %(record)s")
)
KEY_ENDED = ledger.action("reader.key_ended", lazy("ended the reader's key of %(record)s"))
LIST_PROPOSED = ledger.action(
    "readers.list_proposed", lazy("proposed list %(record)s of the readers")
)
LIST_SIGNED = ledger.action("readers.list_signed", lazy("signed list %(record)s of the readers"))
CHANNEL_SET = ledger.action("channel.set", lazy("chose how concerns are taken: %(record)s"))
CHANNEL_OPENED = ledger.action("channel.opened", lazy("opened the %(record)s"))


@dataclass(frozen=True)
class NewKey:
    """Shown once, and stored nowhere: the passphrase and the words of the recovery sheet."""

    key: ReaderKey
    passphrase: str
    sheet: str


def denial_of_key(user: Any, on: Any) -> str | None:
    """Why a person may not be a reader."""
    barred = opening.NO_READERS & set(user.roles(on))
    if barred:
        names = ", ".join(str(role.label) for role in Role if role in barred)
        return _("Somebody who holds one of these roles cannot be a reader: %(roles)s.") % {
            "roles": names
        }
    return None


@act
def make_key(user: Any, *, at: datetime, passphrase: str = "") -> NewKey:
    """Make a reader's key: by the reader alone, for the reader alone. The portal makes the
    passphrase; only the demonstration, which keeps it in the open, gives one."""
    on = clock.day_of(at)
    if reason := denial_of_key(user, on):
        raise ValidationError(reason)
    if ReaderKey.objects.filter(user=user, ended_on=None).exists():
        raise ValidationError(_("You have a reader's key already."))
    if passphrase and not settings.DEMO:
        raise RuntimeError("Nobody chooses a passphrase.")
    seed, passphrase = reader_keys.new_seed(), passphrase or reader_keys.new_passphrase()
    made = reader_keys.ReaderKeys(seed)
    key = ReaderKey.objects.create(
        user=user,
        made_on=on,
        sealed_seed=reader_keys.seal_seed(seed, passphrase, settings.DESK_KEY),
        opens=made.opens.hex(),
        signs=made.signs.hex(),
    )
    ledger.record(KEY_MADE, subject=key, by=user, at=at)
    return NewKey(key, passphrase, reader_keys.sheet(seed))


@act
def verify_sheet(user: Any, *, passphrase: str, sheet: str, at: datetime) -> ReaderKey:
    """Passphrase and recovery sheet as somebody typed them back give the same keys."""
    key = _key_of(user)
    try:
        by_sheet = reader_keys.from_sheet(sheet)
    except reader_keys.WrongSheetError:
        raise ValidationError(
            {"sheet": _("These are not the words of the recovery sheet. Check each one.")}
        ) from None
    if by_sheet.opens.hex() != key.opens:
        raise ValidationError({"sheet": _("These are the words of another recovery sheet.")})
    try:
        reader_keys.open_seed(key.sealed_seed, passphrase, settings.DESK_KEY)
    except reader_keys.WrongPassphraseError:
        raise ValidationError({"passphrase": _("This is not the passphrase.")}) from None
    key.sheet_verified_on = key.opened_on = clock.day_of(at)
    key.save(update_fields=["sheet_verified_on", "opened_on"])
    ledger.record(SHEET_VERIFIED, subject=key, by=user, at=at)
    return key


@act
def replace_passphrase(user: Any, *, sheet: str, at: datetime) -> NewKey:
    """A lost passphrase, or a lost desk key: the recovery sheet gives a new one."""
    key = _key_of(user)
    try:
        found = reader_keys.from_sheet(sheet)
    except reader_keys.WrongSheetError:
        raise ValidationError(
            {"sheet": _("These are not the words of the recovery sheet. Check each one.")}
        ) from None
    if found.opens.hex() != key.opens:
        raise ValidationError({"sheet": _("These are the words of another recovery sheet.")})
    passphrase = reader_keys.new_passphrase()
    key.sealed_seed = reader_keys.seal_seed(found.seed, passphrase, settings.DESK_KEY)
    key.save(update_fields=["sealed_seed"])
    ledger.record(PASSPHRASE_CHANGED, subject=key, by=user, at=at)
    return NewKey(key, passphrase, reader_keys.sheet(found.seed))


def _key_of(user: Any) -> ReaderKey:
    key = ReaderKey.objects.select_for_update().filter(user=user, ended_on=None).first()
    if key is None:
        raise ValidationError(_("You have no reader's key yet."))
    return key


@act
def give_up_key(user: Any, *, at: datetime) -> None:
    """Passphrase and recovery sheet are lost, so that a new key is made. What was sealed to the old
    one opens for the other readers alone, until they give this reader the cases again."""
    end_key(_key_of(user), by=user, at=at)


@act
def end_key(key: ReaderKey, *, by: Actor, at: datetime) -> None:
    """A reader has left, or a key was lost. A list without it has to be signed."""
    key = ReaderKey.objects.select_for_update().get(pk=key.pk)
    if key.ended_on:
        return
    key.ended_on = clock.day_of(at)
    key.save(update_fields=["ended_on"])
    ledger.record(KEY_ENDED, subject=key, by=by, at=at)


# The list.


def _refuse_approval_of_another_text(
    before: Terms, terms: Terms, approved_again: Collection[str]
) -> None:
    """Counsel approved the words of that date, not those that are proposed now, unless counsel
    approved these on the same date."""
    said = _(
        "The text in this language has changed since counsel approved it on this date. Enter the "
        "date of the new approval. If that is the same date, say so below. Leave the date empty "
        "until counsel has approved the new text."
    )
    refused = {
        f"approved_{language}": said
        for language, approved in terms.languages.items()
        if language not in approved_again
        and before.languages.get(language) == approved
        and _approved_of(before, language) != _approved_of(terms, language)
    }
    if refused:
        raise ValidationError(refused)


def _approved_of(terms: Terms, language: str) -> list[object]:
    """What counsel approves of a language: the words of its pages, of the law, of the server and of
    titles. The words alone: a browser sends other line ends."""
    server = terms.server(language)
    return [
        terms.wordings.get(language),
        terms.retaliation.get(language, "").split(),
        [server.operator, server.root, server.root_reports_to],
        dict(terms.titles.get(language, {})),
    ]


def entry_of(key: ReaderKey, role: ReaderRole, at: datetime) -> Entry:
    name = key.user.get_full_name() or str(key.user)
    person = registers.person_of(key.user_id, key.uid, name, clock.day_of(at))
    return Entry(key.uid, name, role, key.user_id, person, key.opens, key.signs)


def keys_that_may_be_listed() -> Sequence[ReaderKey]:
    """Keys whose recovery sheet was verified."""
    found = ReaderKey.objects.filter(ended_on=None, sheet_verified_on__isnull=False)
    return list(found.select_related("user").order_by("user__name", "uid"))


@act
def propose_list(
    desk: Desk,
    roles: Sequence[tuple[ReaderKey, ReaderRole]],
    terms: Terms,
    *,
    approved_again: Collection[str] = (),
    by: Any,
    at: datetime,
) -> RosterList:
    """Write the next list in the order of the roles. It is in force once it is signed. In the
    languages `approved_again` counsel approved another text on the date of the one before."""
    before = RosterList.objects.exclude(in_force_on=None).last()
    _clear_proposals()
    order = list(ReaderRole)
    entries = [entry_of(key, role, at) for key, role in roles]
    entries.sort(key=lambda each: order.index(each.role))
    if len(entries) < rosters.NEEDED:
        raise ValidationError(_("A list names two readers at least."))
    terms = replace(terms, wordings={each: texts.digest(each) for each in terms.languages})
    if before:
        _refuse_approval_of_another_text(before.roster.terms, terms, approved_again)
    _refuse_who_may_not_read(roles, clock.day_of(at))
    number = before.number + 1 if before else 1
    digest = rosters.digest_of(before.text) if before else ""
    text = Roster(number, digest, tuple(entries), terms).as_text()
    listed = RosterList.objects.create(number=number, text=text, proposed_on=clock.day_of(at))
    ledger.record(LIST_PROPOSED, subject=listed, by=by, at=at)
    return listed


def _refuse_who_may_not_read(roles: Sequence[tuple[ReaderKey, ReaderRole]], on: date) -> None:
    """Somebody may have taken a barred role since the key was made."""
    denials = {f"role_{key.uid}": denial_of_key(key.user, on) for key, __ in roles}
    if refused := {name: reason for name, reason in denials.items() if reason}:
        raise ValidationError(refused)


def _clear_proposals() -> None:
    """A proposal that is not in force is replaced by the next one."""
    RosterSignature.objects.filter(listed__in_force_on=None).delete()
    RosterList.objects.filter(in_force_on=None).delete()


@act
def sign_list(desk: Desk, *, digest: str, by: Any, at: datetime) -> RosterList:
    """Sign the list that was shown. It comes into force with the last signature it needs."""
    listed = RosterList.objects.select_for_update().filter(in_force_on=None).first()
    if listed is None or rosters.digest_of(listed.text) != digest:
        raise ValidationError(_("Another list is proposed by now. Read it and sign again."))
    if not RosterSignature.objects.filter(listed=listed, reader=desk.uid).exists():
        RosterSignature.objects.create(
            listed=listed,
            reader=desk.uid,
            signature=desk.keys.sign(rosters.signed_bytes(listed.text)),
            signed_on=clock.day_of(at),
        )
    before = RosterList.objects.exclude(in_force_on=None).last()
    if not rosters.missing(listed.as_signed(), before.roster if before else None):
        listed.in_force_on = clock.day_of(at)
        listed.save(update_fields=["in_force_on"])
        left = (before.roster.uids if before else frozenset()) - listed.roster.uids
        for key in ReaderKey.objects.filter(pk__in=left).order_by("pk"):
            end_key(key, by=by, at=at)
    ledger.record(LIST_SIGNED, subject=listed, by=by, at=at)
    return listed


# The channel.


@act
def choose_way(
    committee: Committee,
    *,
    way: Way,
    outside_name: str = "",
    outside_address: str = "",
    by: Actor,
    at: datetime,
) -> Channel:
    """The company's own channel, or the address of an outside line."""
    if way == Way.OUTSIDE:
        missing = {
            name: _("Name the outside line and its address.")
            for name, given in (
                ("outside_name", outside_name),
                ("outside_address", outside_address),
            )
            if not given.strip()
        }
        if missing:
            raise ValidationError(missing)
    else:
        outside_name = outside_address = ""
    channel = Channel.objects.select_for_update().filter(committee=committee).first()
    channel = channel or Channel(committee=committee)
    channel.way, channel.outside_name, channel.outside_address = way, outside_name, outside_address
    channel.save()
    ledger.record(
        CHANNEL_SET,
        subject=channel,
        by=by,
        at=at,
        way=way,
        outside=ledger.digest(f"{outside_name}\n{outside_address}", channel.salt),
    )
    return channel


@act
def open_channel(desk: Desk, *, by: Any, at: datetime) -> Channel:
    """Open the channel, once two readers would be left whoever is accused (K1)."""
    channel = Channel.objects.select_for_update().filter(way=Way.OWN).first()
    if channel is None:
        raise ValidationError(_("The company has not chosen its own channel."))
    roster = opening.in_force()
    if not opening.approved(roster):
        raise ValidationError(
            _(
                "The channel opens once counsel has approved its pages in one language. Propose a "
                "list with the date of the approval. Two readers sign it."
            )
        )
    if opening.failures(roster, clock.day_of(at)):
        raise ValidationError(
            _(
                "The channel opens when at least two proven readers remain for any person who is accused."
            )
        )
    channel.opened_on = clock.day_of(at)
    channel.desk_key_mark = opening.desk_key_mark(channel)
    channel.save(update_fields=["opened_on", "desk_key_mark"])
    ledger.record(CHANNEL_OPENED, subject=channel, by=by, at=at)
    return channel
