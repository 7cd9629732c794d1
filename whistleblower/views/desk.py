"""The desk behind its passphrase: the door, and the list of cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from records import clock
from records.views.base import PageView
from whistleblower import registers, tickets
from whistleblower.crypto.keys import WrongPassphraseError
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.enums import EntryKind
from whistleblower.forms import desk as desk_forms
from whistleblower.rules import conflicts
from whistleblower.services import desk as desks
from whistleblower.services import keeping
from whistleblower.services.desk import Desk, Token
from whistleblower.services.steps import GoneError, OvertakenError
from whistleblower.services.writing import OpenCase
from whistleblower.state import State
from whistleblower.views import dues
from whistleblower.views.base import HEADERS
from whistleblower.views.channel import cookie

DESK = "desk"


class DeskPage(PageView):
    """A page of the open desk. Where it is closed the passphrase is asked for, and what was typed is
    kept meanwhile."""

    permission_required = "whistleblower.open_desk"
    token: Token | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        for name in ("Cross-Origin-Embedder-Policy", "Cross-Origin-Resource-Policy"):
            response.headers[name] = HEADERS[name]
        if self.desk is not None and self.token is not None:
            value = tickets.issue(DESK, clock.now(), row=self.token.row, key=self.token.key.hex())
            response.set_cookie(DESK, value, path="/desk/", **cookie())
        return response

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    @cached_property
    def desk(self) -> Desk | None:
        """This person's open desk, from the cookie."""
        if not self.request.user.is_authenticated:
            return None
        text = self.request.COOKIES.get(DESK, "")
        held = tickets.read(DESK, text, clock.now(), tickets.DESK_LASTS)
        if held is None:
            return None
        self.token = Token(held["row"], bytes.fromhex(held["key"]))
        return desks.find(self.token, self.request.user)

    @property
    def is_ready(self) -> bool:
        return self.desk is not None or self.try_to_open()

    def try_to_open(self) -> bool:
        """With the passphrase that came with what was typed."""
        request = self.request
        if request.method != "POST" or "passphrase" not in request.POST:
            return False
        if not self.access.may(self.permission_required):
            return False
        try:
            token = desks.open_desk(self.user, request.POST["passphrase"], at=self.at)
        except (WrongPassphraseError, UnicodeEncodeError):
            self.problem = _("This passphrase does not open your desk.")
            return False
        except SealBrokenError:
            self.problem = _(
                "Your keys on record are not those of your passphrase. Tell the other readers and "
                "independent counsel; do not use the channel until this is explained."
            )
            return False
        self.token = token
        self.desk = desks.find(token, self.user)
        return self.desk is not None

    problem = ""

    def instead(self) -> HttpResponseBase:
        """The door, with what was typed in hidden fields."""
        posted = self.request.POST
        form = desk_forms.PassphraseForm(posted if self.problem else None)
        if self.problem:
            form.is_valid()
            form.errors.clear()
            form.add_error("passphrase", self.problem)
        left_out = ("csrfmiddlewaretoken", "passphrase", "typed")
        kept = [(k, v) for k, vs in posted.lists() if k not in left_out for v in vs]
        return TemplateResponse(
            self.request,
            "desk/door.html",
            {"form": form, "kept": kept, "fingerprint": fingerprint(), "demo_keys": settings.DEMO},
        )

    @cached_property
    def meetings(self) -> list[date]:
        return dues.meetings_of_the_committee()

    @cached_property
    def officers(self) -> frozenset[str]:
        return registers.officers_ever()

    def row_of(self, found: OpenCase) -> CaseRow:
        return case_row(found, self.today, self.meetings, self.officers)

    @property
    def own(self) -> Desk:
        assert self.desk is not None  # noqa: S101  (`is_ready` has seen to it)
        return self.desk

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"demo_keys": settings.DEMO, "fingerprint": fingerprint(), "desk": self.own}
        return super().get_context_data(**words | kwargs)  # type: ignore[misc, no-any-return]


def fingerprint() -> str:
    """The six words of the first list in force, to be compared with the recovery sheet."""
    from whistleblower.crypto import roster
    from whistleblower.models import RosterList

    first = RosterList.objects.exclude(in_force_on=None).first()
    return roster.fingerprint(first.text) if first else ""


class DeskView(DeskPage, TemplateView):
    """The cases of this reader, by next date. No totals, nothing of what the keys do not open."""

    template_name = "desk/list.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Several cases of a flood become line tests in one act: those that are marked. One that
        somebody wrote to since the list was shown stays as it is."""
        for each in request.POST.getlist("test"):
            case, __, seen = each.partition(":")
            with suppress(GoneError, OvertakenError):
                keeping.mark_as_line_test(
                    self.own, case, seen=int(seen) if seen.isdecimal() else -1, at=self.at
                )
        return HttpResponseRedirect(reverse("desk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, broken = desks.open_cases(self.own, at=self.at)
        rows = [self.row_of(each) for each in found]
        rows.sort(
            key=lambda row: (row.is_closed, row.next_on or date.max, row.received_on, row.case)
        )
        boxes = [row for row in rows if row.box]
        return super().get_context_data(rows=rows, boxes=boxes, broken=broken, **kwargs)


class DeskCloseView(DeskPage):
    """Close the desk."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("desk"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.token is not None:
            desks.close(self.token)
            self.token = None
        response = HttpResponseRedirect(reverse("home"))
        response.delete_cookie(DESK, path="/desk/", samesite="Strict")
        return response


@dataclass(frozen=True)
class CaseRow:
    """A case in the list."""

    case: str
    url: str
    received_on: date
    category: str
    status: str
    next_on: date | None
    next_what: str
    is_closed: bool
    marks: tuple[str | Promise, ...] = ()
    due: tuple[str, ...] = ()
    # What its box says, where it may be one of a flood that was practice.
    box: str = ""


def case_row(
    found: OpenCase, today: date, meetings: Sequence[date], officers: Collection[str]
) -> CaseRow:
    state = found.state
    marks: list[str | Promise] = []
    if state.is_urgent:
        marks.append(_("Urgent"))
    if state.is_line_test:
        marks.append(_("Line test"))
    if found.case.is_quarantined:
        marks.append(_("Quarantine: arrived in a flood or looks machine-made"))
    if state.is_held:
        is_known = any(each.kind is EntryKind.HOLD for each in found.entries)
        marks.append(
            _("Legal hold")
            if is_known or not state.is_partial
            else _("Counts as held: earlier notes do not open for you")
        )
    if state.is_to_be_deleted:
        marks.append(
            _("Deletion approved. The next nightly run deletes it. A legal hold stops that.")
        )
    if state.closed_on is None and len(state.holders) < conflicts.ENOUGH:
        marks.append(_("Only one reader. Give the case to another whom it does not concern."))
    if state.awaiting:
        marks.append(_("A message waits to be released"))
    return CaseRow(
        found.case.pk,
        reverse("desk_case", args=[found.case.pk]),
        state.received_on,
        category_of(state),
        str(state.status.label),
        dues.next_of(state),
        state.next_what,
        state.closed_on is not None,
        tuple(marks),
        tuple(dues.due_of(state, today, meetings, officers)),
        f"{found.case.pk}:{found.last}" if may_be_practice(found) else "",
    )


def category_of(state: State) -> str:
    if state.category:
        return str(state.category.label)
    return _("No category that you can see") if state.is_partial else _("No category yet")


def may_be_practice(found: OpenCase) -> bool:
    state = found.state
    is_open = state.closed_on is None and not state.is_line_test
    return found.case.is_quarantined and is_open
