"""Papers of agenda items: added, replaced by a later file, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.services import Upload
from meetings import services
from meetings.forms.agenda import EmptyForm, FileForm, PaperForm
from meetings.models import Paper
from meetings.reports.items import notes_of
from meetings.views.base import MAY_CHANGE, ItemActView, denial_of_recused, items_known_to
from records.confirm import ActView, Detail

if TYPE_CHECKING:
    from django.db.models import QuerySet


def with_notes(said: str, paper: Paper) -> str:
    """What was done, and what was found in the file."""
    return " ".join([said, *notes_of(paper.document)])


class PaperAddView(ItemActView):
    form_class = PaperForm
    changes_object = False
    title = lazy("Add paper")
    why = lazy("A PDF for this item. It goes into the pack behind the item's tab.")
    submit_label = lazy("Add paper")

    def act(self, file: Any, title: str = "") -> tuple[str, str]:
        upload = Upload(file, file.name, title)
        paper = services.add_paper(self.object, upload=upload, **self.signed)
        return self.done(with_notes(_("The paper was added."), paper))


class PaperActView(ActView):
    """One act on a paper, and back to its item."""

    permission_required = MAY_CHANGE

    def get_queryset(self) -> QuerySet[Paper]:
        items = items_known_to(self.user, self.today).order_by().values("pk")
        return Paper.objects.filter(item__in=items).select_related("item", "document")

    def get_denial(self) -> str | None:
        return denial_of_recused(self.user, self.object.item)

    def get_title(self) -> str:
        return f"{self.title}: {self.object}"

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())


class PaperReplaceView(PaperActView):
    form_class = FileForm
    title = lazy("Replace file")
    why = lazy("The new file becomes the next version. Packs that were sent keep the earlier one.")
    submit_label = lazy("Replace file")

    def act(self, file: Any) -> tuple[str, str]:
        upload = Upload(file, file.name)
        paper = services.replace_paper(self.object, upload=upload, **self.signed)
        return self.done(with_notes(_("The file was replaced."), paper))


class PaperRemoveView(PaperActView):
    form_class = EmptyForm
    is_reviewed = True
    title = lazy("Remove paper")
    submit_label = lazy("Remove paper")

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [Detail(_("Paper"), str(self.object)), Detail(_("Item"), str(self.object.item))]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("It is not in the next pack. Packs that were sent keep it.")

    def act(self) -> tuple[str, str]:
        services.remove_paper(self.object, **self.signed)
        return self.done(_("The paper was removed."))
