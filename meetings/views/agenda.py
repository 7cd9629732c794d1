"""Agenda items: one item, and the acts on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView

from accounts.models import User
from charters.answers import Link
from charters.models import Committee, Duty
from charters.registry import sits_on
from meetings import services
from meetings.enums import ItemKind, Removal
from meetings.forms.agenda import EmptyForm, ItemForm, MoveForm, RemovalForm
from meetings.models import AgendaItem
from meetings.reports.agenda import agenda
from meetings.reports.items import facts, papers
from meetings.views.base import (
    MAY_CHANGE,
    ItemActView,
    MeetingActView,
    denial_of_recused,
    items_known_to,
    may_be_recused,
)
from records.confirm import Detail
from records.views.base import PageView

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from records.models import Company


class ItemView(PageView, DetailView):  # type: ignore[type-arg]
    """One item: what is asked, who presents it, its papers, and the responsibilities it serves."""

    permission_required = "meetings.view_meeting"
    template_name = "meetings/item_detail.html"
    context_object_name = "item"

    def get_queryset(self) -> QuerySet[AgendaItem]:
        return items_known_to(self.user, self.today)

    def get_denial(self) -> str | None:
        return denial_of_recused(self.user, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts = self.acts()
        return super().get_context_data(
            meeting=self.object.meeting,
            facts=facts(self.object),
            papers=papers(
                self.object, may_change=self.may_change, prepares=self.user.has_perm(MAY_CHANGE)
            ),
            first=acts[0] if acts else None,
            acts=acts[1:],
            **kwargs,
        )

    @property
    def may_change(self) -> bool:
        meeting = self.object.meeting
        is_open = meeting.is_open or (meeting.is_convened and not meeting.concluded_at)
        may = self.user.has_perm(MAY_CHANGE) and is_open
        return may and self.object.is_standing and not self.object.outcome

    def acts(self) -> list[Link]:
        args = [self.object.pk]
        recusal = Link(_("Record a recusal"), reverse("item_recuse", args=args))
        recusals = [recusal] if may_be_recused(self.user, self.object) else []
        discuss = Link(_("Discuss this item"), reverse("agenda_item_discuss", args=args))
        asked = [discuss] if self.may_discuss else []
        if not self.may_change:
            return [*asked, *recusals]
        return [
            Link(_("Add paper"), reverse("paper_add", args=args)),
            Link(_("Change item"), reverse("agenda_item_change", args=args)),
            Link(_("Move item"), reverse("agenda_item_move", args=args)),
            Link(_("Remove from agenda"), reverse("agenda_item_remove", args=args)),
            *asked,
            *recusals,
        ]

    @property
    def may_discuss(self) -> bool:
        """Until the group's vote."""
        item = self.object
        is_open = item.in_consent_group and item.is_standing and not item.outcome
        return is_open and denial_of_discussion(self.user, item, self.today) is None


def item_choices(body: Committee, company: Company, today: date) -> dict[str, Any]:
    """What the form of an item offers: the body's duties in force, secretaries, fiscal years."""
    calendar = company.calendar
    this = calendar.year_of(today)
    years = (calendar.year_before(this), this, calendar.year_after(this))
    return {
        "duties": Duty.objects.filter(committee=body).in_force(today),
        "preparers": User.objects.able_to(MAY_CHANGE, today),
        "years": [(year.last.isoformat(), year.key) for year in years],
    }


def served(given: dict[str, Any]) -> dict[str, Any]:
    """The form's values as the service takes them."""
    year = given["serves_year"]
    return given | {
        "kind": ItemKind(given["kind"]),
        "serves_year": date.fromisoformat(year) if year else None,
    }


class ItemAddView(MeetingActView):
    form_class = ItemForm
    changes_object = False
    title = lazy("Add item")
    why = lazy("It goes after the last item. Move it where it belongs afterwards.")
    submit_label = lazy("Add item")

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (a meeting has a company)
        choices = item_choices(self.object.body, self.company, self.today)
        return super().get_form_kwargs() | choices

    def act(self, **given: Any) -> tuple[str, str]:
        services.add_item(self.object, **served(given), **self.signed)
        return self.done(_("The item was added."))


class ItemChangeView(ItemActView):
    form_class = ItemForm
    title = lazy("Change item")
    why = lazy("What the agenda says of it. Its number stays.")
    submit_label = lazy("Save changes")

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (a meeting has a company)
        choices = item_choices(self.object.meeting.body, self.company, self.today)
        return super().get_form_kwargs() | choices

    def get_initial(self) -> dict[str, Any]:
        names = ItemForm.base_fields.keys() - {"duties", "serves_year"}
        year = self.object.serves_year
        return {name: getattr(self.object, name) for name in names} | {
            "duties": self.object.duties.all(),
            "serves_year": year.isoformat() if year else "",
        }

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_item(self.object, **served(given), **self.signed)
        return self.done(_("The item was changed."))


class ItemMoveView(ItemActView):
    form_class = MoveForm
    title = lazy("Move item")
    why = lazy("Numbers that were sent stay; only the order changes.")
    submit_label = lazy("Move item")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"places": self.places()}

    def places(self) -> list[tuple[int, str]]:
        """Before each of the others, or at the end. A restricted item is named as such."""
        item = self.object
        rows = [*item.meeting.items.order_by("place", "pk").values_list("pk", flat=True)]
        lines = agenda(item.meeting, self.user, self.today)
        others = [line for pk, line in zip(rows, lines, strict=True) if pk != item.pk]
        before = [
            (place, _("Before %(item)s") % {"item": f"{line.label} {line.title}".strip()})
            for place, line in enumerate(others, start=1)
        ]
        return [*before, (len(others) + 1, _("At the end"))]

    def get_initial(self) -> dict[str, Any]:
        rows = [*self.object.meeting.items.order_by("place", "pk").values_list("pk", flat=True)]
        return {"place": rows.index(self.object.pk) + 1}

    def get_cancel_url(self) -> str:
        return str(self.object.meeting.get_absolute_url())

    def get_records(self) -> list[Any]:
        return [self.object.meeting]

    def act(self, place: int) -> tuple[str, str]:
        services.move_item(self.object, place=place, **self.signed)
        return self.done(_("The item was moved."))


def denial_of_discussion(user: User, item: AgendaItem, today: date) -> str | None:
    """The members ask for it; the secretary does it for them."""
    body = item.meeting.body
    if user.has_perm(MAY_CHANGE) or sits_on(body, user, today):
        return None
    return _("Only a member of the %(body)s or the corporate secretary can ask for this.") % {
        "body": body
    }


class ItemDiscussView(ItemActView):
    permission_required = "meetings.discuss_item"
    form_class = EmptyForm
    is_reviewed = True
    title = lazy("Discuss this item")
    submit_label = lazy("Discuss this item")

    def get_denial(self) -> str | None:
        return super().get_denial() or denial_of_discussion(self.user, self.object, self.today)

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [Detail(_("Item"), str(self.object))]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("It leaves the consent group and keeps its number. No reason is needed.")

    def act(self) -> tuple[str, str]:
        services.discuss_item(self.object, **self.signed)
        return self.done(_("The item will be discussed."))


class ItemRemoveView(ItemActView):
    form_class = RemovalForm
    title = lazy("Remove from agenda")
    why = lazy("The item stays on record with your reason, and its number is not used again.")
    submit_label = lazy("Remove from agenda")
    stored_as = {"reason": "removal_reason"}

    def act(self, removal: str, reason: str) -> tuple[str, str]:
        services.remove_item(self.object, removal=Removal(removal), reason=reason, **self.signed)
        return self.done(_("The item was removed from the agenda."))
