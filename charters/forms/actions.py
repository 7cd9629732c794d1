"""Forms about actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from charters.models import Action
from records.forms import Day, fieldsets, only_for

LONGEST_TEXT = 2_000


class OwnerForm(forms.Form):
    """Who owes an action, and until when."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Owner"),
        required=False,
        empty_label=_("Person without an account"),
        help_text=_("Reminded 45 days and 14 days before the due date, and on the due date."),
    )
    owner_name = forms.CharField(
        label=_("Name, without an account"),
        required=False,
        max_length=Action._meta.get_field("owner_name").max_length,
        help_text=_("For example the audit partner. The corporate secretary is reminded instead."),
    )
    due_on = Day(label=_("Due date"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_for(self, {"without-owner": ("owner_name",)})


class ActionForm(OwnerForm):
    """What somebody is to do."""

    what = forms.CharField(
        label=_("What is to be done"),
        max_length=Action._meta.get_field("what").max_length,
        help_text=_("For example: Send the committee the revised cash forecast."),
    )
    agreed_on = Day(label=_("Agreed on"))
    source = forms.CharField(
        label=_("Where it came from"),
        required=False,
        max_length=Action._meta.get_field("source").max_length,
        help_text=_("For example: Audit Committee meeting of August 4, 2026, item 3."),
    )
    source_url = forms.CharField(
        label=_("Link"),
        required=False,
        max_length=Action._meta.get_field("source_url").max_length,
        help_text=_("A web address, or the path of a page of the portal."),
    )

    field_order = ("what", "owner", "owner_name", "due_on", "agreed_on", "source", "source_url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fieldsets(
            (gettext("The action"), ("what", "owner", "owner_name", "due_on")),
            (gettext("Where it came from"), ("agreed_on", "source", "source_url")),
        )


class ActionDoneForm(forms.Form):
    done_on = Day(label=_("Done on"))
    how = forms.CharField(
        label=_("Result"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The result in a neutral sentence, or where it can be found."),
    )


class ActionReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
