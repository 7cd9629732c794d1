"""What happened at a meeting: entered on one page, concluded; and meetings of earlier years."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee, Duty
from charters.permissions import possible_owners
from charters.services.uploads import Upload
from charters.views.base import audit_committee, has_committee
from meetings import services
from meetings.agenda_templates import SESSIONS
from meetings.enums import ItemKind, ItemOutcome, MeetingKind
from meetings.forms.attendance import Sheet
from meetings.forms.backfill import PastMeetingForm
from meetings.forms.entry import OUTCOMES, VOTE, EntryForm
from meetings.models.attendance import GROUPS
from meetings.presence import members_on
from meetings.reports import entered
from meetings.reports.held import agenda_labels
from meetings.reports.recording import chairs_on
from meetings.services.concluding import what_is_missing
from meetings.services.holding import TakenUp
from meetings.services.minutes import approved_at
from meetings.views.base import MeetingActView, nothing_yet
from records import clock
from records.confirm import ActView, Detail
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.models import Meeting
    from records.models import Versioned

ENTER = "meetings.enter_meeting"


def sessions_without_card(meeting: Meeting) -> list[tuple[str, Any]]:
    """The groups whose executive session can still be recorded."""
    recorded = set(meeting.sessions.values_list("held_with", flat=True))
    return [(group, words) for group, words in GROUPS[1:] if group not in recorded]


class MeetingEnterView(MeetingActView):
    """Everything on one page. What is left for later, or for somebody else, is entered later."""

    permission_required = ENTER
    form_class = EntryForm
    template_name = "meetings/entry.html"
    is_reviewed = True
    title = lazy("Enter what happened")
    why = lazy(
        "Everything is filled in as if all members were present throughout and in favor. Change "
        "what was different."
    )
    submit_label = lazy("Enter what happened")

    @cached_property
    def sheet(self) -> Sheet:
        meeting = self.object
        items = agenda_labels(meeting, self.user, self.today)
        members = members_on(meeting)
        is_first = not meeting.attendees.exists()
        if not is_first:
            rows = meeting.attendees.members().select_related("director")
            members = [row.director for row in rows]
        chairs = chairs_on(meeting)
        return Sheet(
            members=members,
            chair=next((each for each in members if each.pk in chairs), None),
            items=items,
            open_items=[
                item
                for item, __ in items
                if not item.outcome and not item.restriction.bars(self.user, on=self.today)
            ],
            owners=list(possible_owners(self.today)),
            is_first=is_first,
            sessions=sessions_without_card(meeting),
            on_agenda={
                SESSIONS[item.source_key] for item, __ in items if item.source_key in SESSIONS
            },
        )

    def is_only_reviewed(self) -> bool:
        """Its fields are made for the meeting."""
        return False

    def get_records(self) -> Sequence[Versioned]:
        return [self.object, *self.sheet.open_items]

    def get_stored(self) -> dict[str, Any]:
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"sheet": self.sheet}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        barred = [
            label
            for item, label in self.sheet.items
            if not item.outcome and item.restriction.bars(self.user, on=self.today)
        ]
        return super().get_context_data(meeting=self.object, barred=barred, **kwargs)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        lines = [Detail(_("Meeting"), str(self.object))]
        if held := given["held"]:
            lines += entered.there(held, self.sheet.number)
        lines += [self.told(each) for each in given["items"]]
        return lines + [entered.session(each) for each in given["sessions"]]

    def told(self, taken: TakenUp) -> Detail:
        outcome = OUTCOMES[taken.outcome or VOTE]
        return Detail(self.sheet.label(taken.item), outcome, tuple(entered.taken_up(taken)))

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "Votes and resolutions stay as they are recorded. A recusal restricts its item from "
            "the person at once."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        meeting = services.enter_meeting(self.object, **given, **self.signed)
        for minutes in approved_at(meeting):
            services.file_approved_minutes(minutes, **self.signed)
        return self.done(_("What happened was recorded."))


class MeetingConcludeView(MeetingActView):
    """The last act on a meeting. What it decided and served counts from here on."""

    permission_required = ENTER
    form_class = forms.Form
    is_reviewed = True
    title = lazy("Review: conclude the meeting")
    submit_label = lazy("Conclude meeting")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        labels = agenda_labels(self.object, self.user, self.today)
        lines = [Detail(_("Meeting"), str(self.object))]
        for item, label in labels:
            if not item.restriction.bars(self.user, on=self.today):
                outcome = str(ItemOutcome(item.outcome).label) if item.outcome else _("no outcome")
                decided = (str(item.decision),) if item.decision else ()
                lines.append(Detail(label, outcome.capitalize(), decided))
        return [*lines, self.sessions()]

    def sessions(self) -> Detail:
        """Those with a card: an item on the agenda alone shows no session with a group."""
        cards = [
            str(card.get_held_with_display()).capitalize() for card in self.object.sessions.all()
        ]
        term = _("Executive sessions on record")
        held = [
            item
            for item, __ in agenda_labels(self.object, self.user, self.today)
            if item.kind == ItemKind.EXECUTIVE_SESSION
            and item.outcome == ItemOutcome.HELD
            and not item.restriction.bars(self.user, on=self.today)
        ]
        if len(held) <= len(cards):
            return Detail(term, "; ".join(cards) or _("None"))
        hint = _(
            "The agenda has more sessions that were held. Enter with whom under Enter what happened, "
            "or they do not count."
        )
        return Detail(term, "; ".join(cards) or _("None"), (hint,))

    def get_consequence(self, given: dict[str, Any]) -> str:
        missing = what_is_missing(self.object, self.user, clock.now())
        if missing:
            return " ".join(missing)
        return _(
            "The minutes are drafted, and the responsibilities it served are on file. Nothing more "
            "is entered afterwards."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        meeting = services.conclude_meeting(self.object, **self.signed)
        return meeting.minutes.get_absolute_url(), _(
            "The meeting is concluded. Its minutes are drafted."
        )


class PastMeetingView(ActView):
    """A meeting of the years before the portal. One step: a browser does not send a file twice."""

    permission_required = ENTER
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet
    form_class = PastMeetingForm
    title = lazy("Enter a past meeting")
    why = lazy("A meeting that was not planned here, with the responsibilities it served.")
    submit_label = lazy("Enter meeting")

    def get_initial(self) -> dict[str, Any]:
        return {"body": self.committee, "kind": MeetingKind.REGULAR}

    def get_form_kwargs(self) -> dict[str, Any]:
        duties: QuerySet[Duty] = Duty.objects.filter(committee=self.committee).in_force(self.today)
        return super().get_form_kwargs() | {"duties": duties, "today": self.today}

    def get_cancel_url(self) -> str:
        return reverse("meetings")

    def act(self, body: Committee, kind: str, minutes: Any = None, **given: Any) -> tuple[str, str]:
        upload = Upload(minutes, minutes.name) if minutes else None
        meeting = services.backfill_meeting(
            body, kind=MeetingKind(kind), minutes=upload, **given, **self.signed
        )
        said = {"day": long_day(meeting.on)}
        return meeting.get_absolute_url(), _("The meeting of %(day)s was entered.") % said
