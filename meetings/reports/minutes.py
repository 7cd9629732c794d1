"""The draft of minutes: paragraphs from what was recorded of a meeting, in neutral sentences.

Names stand only for who was there, who presented, who was recused, and who voted against or
abstained. Nothing of what was said, and of executive sessions the fact alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.dates import long_day


@dataclass(frozen=True)
class Present:
    """Somebody who was there. `moves`: sentences on when they came and went."""

    name: str
    capacity: str = ""
    moves: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}, {self.capacity}" if self.capacity else self.name


@dataclass(frozen=True)
class Recused:
    name: str
    stays: bool


@dataclass(frozen=True)
class Voted:
    """A vote as minutes tell it: names of those against, abstaining or absent from it alone."""

    is_adopted: bool
    number: str
    text: str
    in_favor: int
    against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Taken:
    """An item as it was taken up. `key` is the item's own, for the paragraph's restriction."""

    key: int
    heading: str
    materials: tuple[str, ...] = ()
    presenter: str = ""
    discussed: bool = True
    outcome: str = ""
    recused: tuple[Recused, ...] = ()
    vote: Voted | None = None
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recording:
    """What was recorded of a meeting, as plain values."""

    kind: str
    body: str
    company: str
    on: date
    starts: str
    place: str
    presided: str
    secretary: str
    quorum: str
    notice: str
    adjourned: str
    members: tuple[Present, ...] = ()
    absent: tuple[str, ...] = ()
    guests: tuple[Present, ...] = ()
    items: tuple[Taken, ...] = ()
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drafted:
    """A paragraph to be filed. `item` is the key of the item that it tells of."""

    heading: str
    text: str
    item: int | None = None


def draft(told: Recording) -> list[Drafted]:
    """The paragraphs of the draft, in their order."""
    return [
        Drafted("", opening(told)),
        Drafted(_("Attendance"), attendance(told)),
        *(Drafted(item.heading, "\n\n".join(of_item(item)), item.key) for item in told.items),
        *([Drafted(_("Executive sessions"), "\n\n".join(told.sessions))] if told.sessions else []),
        *([Drafted(_("Adjournment"), told.adjourned)] if told.adjourned else []),
    ]


def opening(told: Recording) -> str:
    words = {
        "kind": told.kind,
        "body": told.body,
        "company": told.company,
        "day": long_day(told.on),
        "time": told.starts,
    }
    first = (
        _("A %(kind)s of the %(body)s of %(company)s was held on %(day)s at %(time)s.")
        if told.starts
        else _("A %(kind)s of the %(body)s of %(company)s was held on %(day)s.")
    )
    place = _("Place: %(place)s.") % {"place": told.place.rstrip(".")} if told.place else ""
    sentences = [first % words, place, told.notice]
    if told.presided:
        sentences.append(_("%(name)s presided.") % {"name": told.presided})
    if told.secretary:
        sentences.append(_("%(name)s kept the minutes.") % {"name": told.secretary})
    return " ".join(filter(None, sentences))


def attendance(told: Recording) -> str:
    lines = [
        _("Members present: %(names)s.") % {"names": _list(told.members) or _("none")},
        _("Members absent: %(names)s.") % {"names": _("none")}
        if not told.absent
        else _("Members absent: %(names)s.") % {"names": get_text_list([*told.absent], _("and"))},
    ]
    if told.guests:
        lines.append(_("Also present: %(names)s.") % {"names": _list(told.guests, "; ")})
    lines += [move for person in (*told.members, *told.guests) for move in person.moves]
    lines.append(told.quorum)
    return "\n\n".join(filter(None, lines))


def _list(people: Sequence[Present], between: str = "") -> str:
    names = [str(person) for person in people]
    if between or any(person.capacity for person in people):
        return "; ".join(names)
    return get_text_list(names, _("and"))


def of_item(item: Taken) -> Iterator[str]:
    if item.materials:
        yield _("Materials: %(names)s.") % {"names": "; ".join(item.materials)}
    for recused in item.recused:
        yield recusal_words(recused)
    if item.presenter:
        yield _("%(name)s presented this item.") % {"name": item.presenter}
    if item.discussed:
        yield _("Members asked questions and discussed the matter.")
    if item.vote:
        yield from vote_of(item.vote)
    elif item.outcome:
        yield item.outcome
    for action in item.actions:
        yield _("Action: %(what)s") % {"what": action}


def recusal_words(recused: Recused) -> str:
    sentence = (
        _("%(name)s was recused, stayed in the room and took no part in the vote.")
        if recused.stays
        else _("%(name)s was recused and left the room for this item.")
    )
    return sentence % {"name": recused.name}


def vote_of(vote: Voted) -> Iterator[str]:
    """How they voted, then what they resolved."""
    if not vote.is_adopted:
        yield _("The proposal was not adopted. %(words)s") % {"words": vote.words}
    elif not vote.against and not vote.abstained:
        yield _("All members present and voting were in favor.")
    else:
        yield ngettext(
            "%(number)s member voted in favor.", "%(number)s members voted in favor.", vote.in_favor
        ) % {"number": vote.in_favor}
    if vote.against:
        yield _("Against: %(names)s.") % {"names": get_text_list([*vote.against], _("and"))}
    if vote.abstained:
        yield _("Abstaining: %(names)s.") % {"names": get_text_list([*vote.abstained], _("and"))}
    if vote.is_adopted and vote.text:
        yield _("Resolution %(number)s: %(text)s") % {"number": vote.number, "text": vote.text}


@dataclass(frozen=True)
class PrintedParagraph:
    """A paragraph as a reader sees it. `lines` are its text, line by line."""

    heading: str
    lines: tuple[str, ...]
    place: int
    is_restricted: bool = False


@dataclass(frozen=True)
class PrintedMinutes:
    """Minutes as one reader may see them, for page and PDF."""

    title: str
    company: str
    body: str
    day: date
    state: str
    paragraphs: tuple[PrintedParagraph, ...] = field(default_factory=tuple)
    signers: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
