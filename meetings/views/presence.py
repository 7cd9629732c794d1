"""Who was at a meeting, corrected; and who takes no part in an item."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from committees.models import Director
from meetings import services
from meetings.forms.attendance import CorrectedAttendanceForm, Sheet
from meetings.forms.minutes import RecusalForm
from meetings.models import AgendaItem, Attendee, Minutes
from meetings.presence import members_on
from meetings.reports.held import agenda_labels
from meetings.services.recusals import preparers
from meetings.views.base import ItemActView, MeetingActView
from records import clock
from records.confirm import Detail
from records.ledger_rows import seen_titles

if TYPE_CHECKING:
    from collections.abc import Sequence


ENTER = "meetings.enter_meeting"


class MeetingAttendanceView(MeetingActView):
    """Who was there, corrected. Votes stay as they were counted."""

    permission_required = ENTER
    form_class = CorrectedAttendanceForm
    template_name = "meetings/entry.html"
    title = lazy("Correct attendance")
    why = lazy(
        "Also who presided and when the meeting adjourned. Votes stay as they were counted. Where a "
        "recount comes out differently, an open item says so."
    )
    submit_label = lazy("Correct attendance")

    @cached_property
    def stored(self) -> list[Attendee]:
        return list(self.object.attendees.with_stays())

    @cached_property
    def members(self) -> list[Director]:
        """Who serves on its date as the record now says: a seat may have been corrected since."""
        counted = [row.director for row in self.stored if row.served and row.director]
        return members_on(self.object) or counted

    @cached_property
    def no_members(self) -> list[Attendee]:
        """Who was counted as a member and, as the record now says, was none."""
        now = {member.pk for member in self.members}
        return [row for row in self.stored if row.served and row.director_id not in now]

    @cached_property
    def sheet(self) -> Sheet:
        no_members = [row for row in self.no_members if row.was_present]
        return Sheet(
            self.members,
            None,
            agenda_labels(self.object, self.user, self.today),
            [],
            guests=[*(row for row in self.stored if not row.served), *no_members],
            served=[row for row in self.stored if row.served],
            presided=self.object.presided_by,
        )

    def get_note(self) -> str:
        """Where the members have changed since they were counted."""
        counted = {row.director_id for row in self.stored if row.served}
        added = [each.name for each in self.members if counted and each.pk not in counted]
        said = [
            _("%(name)s was counted and was not a member on this date. Saving counts without them.")
            % {"name": row}
            for row in self.no_members
        ]
        said += [
            _("%(name)s was a member on this date and was not counted. Say whether they attended.")
            % {"name": name}
            for name in added
        ]
        return " ".join(said)

    def get_stored(self) -> dict[str, Any]:
        return self.get_initial()

    def get_initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "presided_by": self.object.presided_by_id or "",
            "adjourned_time": self.object.adjourned_time,
        }
        found |= {f"present_{member.pk}": False for member in self.members}
        guests = 0
        no_members = {row.pk for row in self.no_members}
        served = [row for row in self.stored if row.served and row.pk not in no_members]
        for row in [*served, *self.sheet.guests]:
            stays = list(row.stays.all())
            first, back = [*stays, None, None][:2]
            moves = {
                "arrives": first and first.since_id,
                "leaves": first and first.until_id,
                "arrived_at": first and first.arrived_at,
                "left_at": first and first.left_at,
            }
            if row.served and row.pk not in no_members:
                key = row.director_id
                found |= {f"{name}_{key}": value or "" for name, value in moves.items()}
                found[f"returns_{key}"] = (back and back.since_id) or ""
                found[f"present_{key}"] = row.was_present
            else:
                guests += 1
                found |= {
                    f"guest_{guests}": str(row),
                    f"capacity_{guests}": row.capacity,
                    f"group_{guests}": row.group,
                    f"guest_arrives_{guests}": moves["arrives"] or "",
                    f"guest_leaves_{guests}": moves["leaves"] or "",
                }
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"sheet": self.sheet}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(meeting=self.object, barred=[], **kwargs)

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_attendance(self.object, **given, **self.signed)
        return self.done(self.done_words())

    def done_words(self) -> str:
        """With what the minutes need, which nobody changes by themselves."""
        minutes = Minutes.objects.filter(meeting=self.object).first()
        if minutes is None:
            return _("The attendance was corrected.")
        if minutes.is_approved:
            return _(
                "The attendance was corrected. The approved minutes stay as they are. Record a "
                "correction of the minutes if they say otherwise."
            )
        return _(
            "The attendance was corrected. The draft minutes stay as they are. Change their "
            "paragraph on attendance if it says otherwise."
        )


def sources_of(item: AgendaItem, reader: User) -> list[str]:
    """What the records that an item came from are called, as far as the reader may see them."""
    return [title for __, title in sorted(seen_titles(item.source_records, reader).items())]


class ItemRecuseView(ItemActView):
    """Declared by the person, or noted by the secretary for somebody."""

    permission_required = "meetings.recuse"
    form_class = RecusalForm
    is_reviewed = True
    why = lazy("The item is restricted from the person at once, in every role they hold.")
    submit_label = lazy("Record recusal")
    review_label = lazy("Review")

    def get_title(self) -> str:
        return _("Record a recusal: %(item)s") % {"item": self.object}

    @property
    def notes_for_others(self) -> bool:
        return self.user.has_perm(ENTER)

    @cached_property
    def people(self) -> dict[str, User | Director]:
        """Directors who serve on the body, and whoever reads or keeps meetings, by a name."""
        if not self.notes_for_others:
            return {}
        directors = members_on(self.object.meeting)
        found: dict[str, User | Director] = {}
        for director in directors:
            user = director.user
            found[user.email if user else f"director-{director.pk}"] = director
        for permission in ("meetings.view_meeting", "accounts.change_user"):
            for user in User.objects.able_to(permission, self.today):
                found.setdefault(user.email, user)
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        people = [(key, str(person)) for key, person in self.people.items()]
        return super().get_form_kwargs() | {"people": people}

    def get_stored(self) -> dict[str, Any]:
        last = self.object.recusals.last()
        return {"stays": "stays" if last and last.stays else "leaves"}

    def get_cancel_url(self) -> str:
        return str(self.object.meeting.get_absolute_url())

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        person = self.people.get(given.get("person", ""), self.user)
        sources = sources_of(self.object, self.user)
        return [
            Detail(_("Item"), str(self.object)),
            Detail(_("Recused"), str(person)),
            *([Detail(_("Also restricted"), "; ".join(sources))] if sources else []),
            Detail(
                _("During this item"),
                _("Stays in the room, takes no part in the vote")
                if given["stays"]
                else _("Leaves the room"),
            ),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        said = _(
            "The person no longer sees the item, its papers, its vote or its part of the minutes. "
            "A recusal is not lifted."
        )
        return " ".join(filter(None, [said, self.source_words(), self.way_out(given)]))

    def source_words(self) -> str:
        if not self.object.has_source_record:
            return ""
        return _(
            "The record that the item came from is restricted from the person as well: its page and "
            "papers, and every list, deadline, email, report and export."
        )

    def way_out(self, given: dict[str, Any]) -> str:
        """Who takes care of it instead of a corporate secretary."""
        found = self.people.get(given.get("person", ""), self.user)
        person = found.user if isinstance(found, Director) else found
        if person is None or not person.has_perm("meetings.change_meeting"):
            return ""
        able = preparers(self.object, clock.now())
        if left := [str(each) for each in able if each != person]:
            return _("This person can take care of it instead: %(names)s.") % {
                "names": ", ".join(left)
            }
        return _(
            "No other corporate secretary can take care of it. The chair is asked for a substitute. "
            "Add one on the page People."
        )

    def act(self, stays: bool, person: str = "") -> tuple[str, str]:
        found = self.people.get(person, self.user)
        who: dict[str, Any] = (
            {"director": found} if isinstance(found, Director) else {"user": found}
        )
        services.recuse(self.object, stays=stays, **who, **self.signed)
        return self.done(_("The recusal was recorded."))
