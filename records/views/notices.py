"""The secretary's page of notices: what was owed to whom, why, and what became of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import ListView, View

from records import clock, outbox
from records.confirm import ConfirmView, Line
from records.models import Hold, Notice
from records.models.notices import NoticeQuerySet
from records.rules.notices import KEPT_FOR
from records.services import notices as services
from records.services.purges import is_nightly

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django_stubs_ext import StrOrPromise

    Filter = tuple[str, StrOrPromise, Callable[[NoticeQuerySet], NoticeQuerySet]]

ROWS = 50
FILTERS: tuple[Filter, ...] = (
    ("", lazy("All"), NoticeQuerySet.all),
    ("way", lazy("On the way"), NoticeQuerySet.on_the_way),
    ("person", lazy("For you to judge"), NoticeQuerySet.for_a_person),
    ("delivered", lazy("Delivered"), NoticeQuerySet.delivered),
    ("nothing", lazy("Come to nothing"), NoticeQuerySet.come_to_nothing),
)


class NoticeMixin(PermissionRequiredMixin, View):
    """A page of notices, of which a reader sees those whose existence they may know."""

    permission_required = "records.change_notice"
    permission_denied_message: StrOrPromise = lazy(
        "The corporate secretary looks after the portal's mail."
    )

    @cached_property
    def notices(self) -> NoticeQuerySet:
        """Every kind is asked once."""
        return Notice.objects.visible_to(self.request.user)

    def over(self) -> NoticeQuerySet:
        """Of these, the ones that are kept no longer."""
        return self.notices.over(clock.now())

    def get_cancel_url(self) -> str:
        return reverse("notices")


class NoticesView(NoticeMixin, ListView):  # type: ignore[type-arg]
    permission_required = "records.view_notice"
    template_name = "records/notices.html"
    paginate_by = ROWS

    @property
    def chosen(self) -> Filter:
        asked = self.request.GET.get("state", "")
        return next((one for one in FILTERS if one[0] == asked), FILTERS[0])

    def get_queryset(self) -> NoticeQuerySet:
        return self.chosen[2](self.notices).with_people()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, over = super().get_context_data(**kwargs), self.over().count()
        return context | {
            "rows": outbox.lines(context["object_list"], self.request.user),
            "filters": [
                {
                    "label": label,
                    "url": f"{reverse('notices')}?state={name}" if name else reverse("notices"),
                    "is_current": name == self.chosen[0],
                }
                for name, label, _rows in FILTERS
            ],
            "may_change": self.request.user.has_perm(NoticeMixin.permission_required),
            "over": over,
            "is_nightly": bool(over) and is_nightly(),
        }


class OneNoticeMixin(NoticeMixin):
    @cached_property
    def object(self) -> Notice:
        notice = self.notices.with_people().filter(pk=self.kwargs["pk"]).first()
        if notice is None:
            raise Http404
        return notice

    @cached_property
    def line(self) -> outbox.NoticeLine:
        return outbox.lines([self.object], self.request.user)[0]

    def has_permission(self) -> bool:
        """Asked before anything else of the view runs: what is not there is not found."""
        return super().has_permission() and self.object is not None

    def stands(self) -> list[Line]:
        """What the notice is, as the page of notices has it."""
        return [
            Line(_("Notice"), self.line.why, (self.line.about,) if self.line.about else ()),
            Line(_("To"), self.line.to),
            Line(_("Owed"), self.line.owed_on, (self.line.owed_time,)),
        ]


class NoticeSendAgainView(OneNoticeMixin, ConfirmView):
    form_class = forms.Form
    title = lazy("Send again")
    submit_label = lazy("Send it again")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [*self.stands(), Line(_("So far"), self.line.state, (self.line.detail,))]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "The mail is composed anew and goes out within a minute, with whatever else it "
            "carries. If it did arrive before, it arrives twice."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        delivery = self.object.delivery
        if delivery is None:
            raise forms.ValidationError(_("It is in no mail yet."))
        services.send_again(delivery, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: it is sent again.")


class CancelForm(forms.Form):
    because = forms.CharField(
        label=lazy("Why"),
        max_length=300,
        help_text=lazy("Stands on the page of notices until the notice is purged."),
    )


class NoticeCancelView(OneNoticeMixin, ConfirmView):
    form_class = CancelForm
    title = lazy("Cancel a notice")
    why = lazy("For what the person need not be told any more. Nothing else changes by it.")
    submit_label = lazy("Cancel the notice")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [*self.stands(), Line(_("Cancelled because"), given["because"])]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("The person is not told, and this notice is never owed again.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.cancel(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the notice is cancelled.")


class NoticesPurgeView(NoticeMixin, ConfirmView):
    form_class = forms.Form
    title = lazy("Purge old notices")
    submit_label = lazy("Purge them")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        until = outbox.instant(clock.now() - KEPT_FOR)
        return [
            Line(_("Notices purged"), str(self.over().count())),
            Line(_("Delivered, or come to nothing, until"), until),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if Hold.objects.open().exists():
            return _("A hold is open. Nothing is purged until it is lifted.")
        return _("Who was told of what then leaves the portal for good. The ledger keeps a count.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.purge(by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: old notices are purged.")
