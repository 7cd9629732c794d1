"""The secretary's page of notices: what was owed to whom, why, and what became of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import ListView

from records import clock, notice_rows
from records.confirm import ActView, Detail
from records.models import Delivery, LegalHold, Notice
from records.models.notices import NoticeQuerySet
from records.rules.notices import KEPT_FOR
from records.services import notices as services
from records.services.deletions import is_nightly
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django_stubs_ext import StrOrPromise

    Filter = tuple[str, StrOrPromise, Callable[[NoticeQuerySet], NoticeQuerySet]]

ROWS = 50
FILTERS: tuple[Filter, ...] = (
    ("", lazy("All"), NoticeQuerySet.all),
    ("way", lazy("Waiting"), NoticeQuerySet.on_the_way),
    ("person", lazy("Needs attention"), NoticeQuerySet.for_a_person),
    ("delivered", lazy("Delivered"), NoticeQuerySet.delivered),
    ("folder", lazy("Written to a folder"), NoticeQuerySet.written_to_a_folder),
    ("nothing", lazy("Canceled or not sent"), NoticeQuerySet.come_to_nothing),
)


def visible_notices(view: PageView) -> NoticeQuerySet:
    """The notices whose existence the reader may know. Every kind is asked."""
    return Notice.objects.visible_to(view.user)


class NoticesView(PageView, ListView):  # type: ignore[type-arg]
    permission_required = "records.view_notice"
    template_name = "records/notices.html"
    paginate_by = ROWS
    notices = cached_property(visible_notices)

    @property
    def chosen(self) -> Filter:
        asked = self.request.GET.get("state", "")
        return next((one for one in FILTERS if one[0] == asked), FILTERS[0])

    def get_queryset(self) -> NoticeQuerySet:
        return self.chosen[2](self.notices).select_related("delivery")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        over = self.over()
        return context | {
            "rows": notice_rows.lines(context["object_list"], self.user),
            "filters": [
                {
                    "label": label,
                    "url": f"{reverse('notices')}?state={name}" if name else reverse("notices"),
                    "is_current": name == self.chosen[0],
                }
                for name, label, _rows in FILTERS
            ],
            "may_change": self.user.has_perm("records.change_notice"),
            "over": over,
            "is_nightly": bool(over) and is_nightly(),
        }

    def over(self) -> int:
        """How many are kept no longer: as a rule none, and then nobody's rights are asked for."""
        at = clock.now()
        return self.notices.over(at).count() if Notice.objects.over(at).exists() else 0


class OneNoticeView(ActView):
    """An act on one notice."""

    permission_required = "records.change_notice"
    is_reviewed = True

    def get_queryset(self) -> NoticeQuerySet:
        return visible_notices(self).select_related("delivery")

    def get_cancel_url(self) -> str:
        return reverse("notices")

    def get_version(self, *, lock: bool = False) -> str:
        """What became of it so far: a worker delivers while the page is open."""
        notice: Notice = self.object
        if lock:
            Notice.objects.select_for_update().get(pk=notice.pk)
            Delivery.objects.select_for_update().filter(notices=notice).first()
            notice = Notice.objects.select_related("delivery").get(pk=notice.pk)
        mail = notice.delivery
        return f"{notice.state}.{mail.state}.{mail.tries}" if mail else notice.state

    def get_stored(self) -> dict[str, Any]:
        return {"because": self.object.cancelled_because}

    @cached_property
    def line(self) -> notice_rows.NoticeLine:
        return notice_rows.lines([self.object], self.user)[0]

    def stands(self) -> list[Detail]:
        """What the notice is, as the page of notices has it."""
        return [
            Detail(_("Email"), self.line.why, (self.line.about,) if self.line.about else ()),
            Detail(_("To"), self.line.to),
            Detail(_("Created"), self.line.owed_on, (self.line.owed_time,)),
        ]


class NoticeSendAgainView(OneNoticeView):
    form_class = forms.Form
    title = lazy("Send again")
    submit_label = lazy("Send again")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [*self.stands(), Detail(_("Status"), self.line.state, (self.line.detail,))]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "The email is sent again within one minute. If the first one arrived, the person "
            "gets it twice."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        delivery = self.object.delivery
        if delivery is None:
            raise forms.ValidationError(_("It was not sent yet."))
        services.send_again(delivery, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The email will be sent again.")


class CancelForm(forms.Form):
    because = forms.CharField(
        label=lazy("Reason"),
        max_length=300,
        help_text=lazy("Shown on the Emails page."),
    )


class NoticeCancelView(OneNoticeView):
    form_class = CancelForm
    title = lazy("Cancel email")
    why = lazy("Use this if the person no longer needs the email. Nothing else changes.")
    submit_label = lazy("Cancel email")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [*self.stands(), Detail(_("Reason"), given["because"])]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("The person does not get this email.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.cancel(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The email was canceled.")


class NoticesDeleteView(ActView):
    permission_required = "records.change_notice"
    needs_fresh_sign_in = True
    form_class = forms.Form
    is_reviewed = True
    title = lazy("Delete old emails")
    submit_label = lazy("Delete old emails")

    def get_cancel_url(self) -> str:
        return reverse("notices")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        until = notice_rows.instant(clock.now() - KEPT_FOR)
        return [
            Detail(_("Emails to delete"), str(visible_notices(self).over(clock.now()).count())),
            Detail(_("Sent or canceled before"), until),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if LegalHold.objects.open().exists():
            return _("A legal hold is open. Nothing is deleted until it is lifted.")
        return _(
            "The records of these emails are deleted permanently. The activity log "
            "keeps their number."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        services.delete(by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The old emails were deleted.")
