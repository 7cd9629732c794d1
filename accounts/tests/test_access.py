"""The three steps of access, in their order."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.views.generic import DetailView

from accounts import typed
from accounts.access import Access
from accounts.models import User
from records.views.base import PageView

pytestmark = pytest.mark.django_db


class OfPeople(PageView, DetailView):
    """Shows everybody but the outsider, to who may see people; the member is barred."""

    permission_required = "accounts.view_user"
    bars = "Max Member"

    def get_queryset(self):
        return User.objects.exclude(name="Otto Outsider")

    def get_denial(self):
        return "You took part in this matter." if self.object.name == self.bars else None

    def get(self, request, *args, **kwargs):
        return HttpResponse(self.object.name)


def ask(user, pk, view=OfPeople):
    request = RequestFactory().get("/there/?a=b")
    request.user = user
    request.access = Access(request)
    return view.as_view()(request, pk=pk)


def test_who_passes_all_three_steps_gets_in(secretary: User, chair: User) -> None:
    assert ask(secretary, chair.pk).content == b"Clara Chair"


def test_invisible_object_is_not_found_whatever_the_permission(
    secretary: User, member: User, outsider: User
) -> None:
    for user in (secretary, member):
        with pytest.raises(Http404):
            ask(user, outsider.pk)


def test_missing_permission_names_who_holds_it(chair: User) -> None:
    class SeenByDirectors(OfPeople):
        seen_by = "records.view_company"

    with pytest.raises(PermissionDenied, match="Corporate secretary, Administrator"):
        ask(chair, chair.pk, SeenByDirectors)


def test_who_may_see_none_of_the_kind_finds_nothing_at_any_address(
    chair: User, outsider: User
) -> None:
    for pk in (chair.pk, outsider.pk, 999_999):
        with pytest.raises(Http404):
            ask(chair, pk)


def test_bar_comes_last_and_gives_its_reason(secretary: User, member: User) -> None:
    with pytest.raises(PermissionDenied, match="You took part in this matter"):
        ask(secretary, member.pk)


def test_stranger_is_sent_to_sign_in_and_back(chair: User) -> None:
    response = ask(AnonymousUser(), chair.pk)
    assert response.status_code == 302
    assert response.url == "/sign-in/?next=/there/%3Fa%3Db"


def test_view_that_names_no_permission_opens_to_nobody(secretary: User) -> None:
    class Forgotten(PageView):
        pass

    with pytest.raises(NotImplementedError, match="permission_required"):
        ask(secretary, 1, Forgotten)


def test_object_is_loaded_once(secretary: User, chair: User, django_assert_num_queries) -> None:
    secretary.has_perm("accounts.view_user")

    class Shown(OfPeople):
        def get(self, request, *args, **kwargs):
            return HttpResponse(self.get_object().name)

    with django_assert_num_queries(1):
        ask(secretary, chair.pk, Shown)


def asking(user: User | AnonymousUser, path: str = "/there/") -> Access:
    request = RequestFactory().get(path)
    request.user = user
    return Access(request)


@pytest.mark.parametrize(
    ("path", "is_withheld"),
    [("/people/{}/", True), ("/people/{}/change/", True), ("/people/", False)],
)
def test_who_is_recused_is_told_why_a_record_is_withheld_and_who_acts(
    secretary: User, chair: User, path: str, is_withheld: bool
) -> None:
    secretary.withheld_records = frozenset({f"accounts.User:{chair.pk}"})
    assert asking(secretary, "/").why_withheld(path.format(chair.pk)) == (
        "You are recused from an agenda item that came from this record. Another corporate "
        "secretary handles it. If there is none, one is added on the page People."
        if is_withheld
        else ""
    )
    assert asking(chair, "/").why_withheld(path.format(chair.pk)) == ""


def test_stranger_may_nothing_and_is_recused_from_nothing(chair: User) -> None:
    stranger = asking(AnonymousUser())
    assert stranger.may("accounts.view_user") is False
    assert stranger.why_withheld(f"/people/{chair.pk}/") == ""


def test_form_typed_while_the_sign_in_had_ended_comes_back(client: Client) -> None:
    request = RequestFactory().post("/actions/add/", {"what": "Ask counsel."})
    request.user, request.session = AnonymousUser(), client.session
    assert typed.keep(request)
    back = RequestFactory().get("/actions/add/")
    back.user, back.session = request.user, request.session
    found = Access(back).typed_before_sign_in()
    assert found is not None
    assert found["what"] == "Ask counsel."
