"""Bad input to every form and every query of the portal: refused beside the field in plain words,
nothing recorded, what was typed kept; never an error page."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client

from accounts.tests.walk import Cast, Route
from charter_portal.tests.noting import EVERY, noted
from charter_portal.tests.walking import (
    address_of,
    collected,
    families,
    give_passwords,
    house,
    to_the_end,
    undone,
)
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

NOTHING_CHOSEN = b"---------"
# Who fills in forms, in this order.
WRITERS = ("secretary", "administrator", "company_counsel", "chair", "anonymous")
HUGE = "99999999999999999999"
CHOICES = ("0", "-1", HUGE, "1\x00", "nothing")
TEXTS = ("a\x00b", "a" * 20_000, "\ud800", " \t ")
NUMBERS = (HUGE, f"-{HUGE}", "1e999", "NaN", "1" * 5_000)
DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "08/04/2026", "-1-1-1", HUGE)
# How a view reads its address; what a filter form reads are its fields.
ASKED = re.compile(r"""GET(?:\.get\(|\[)"(\w+)"|"(\w+)" in (?:\w+\.)*GET""")
MOST = 25
# The last ones look like a record's label, by which lines of the ledger are found.
QUESTIONS = (
    *(HUGE, "-1", "\x00", "\ud800", "0001-01-01", "9999-12-31", "nothing"),
    *("records.LegalHold:abc", "records.Document:1", f"charters.Duty:{HUGE}", "no.Such:", ":"),
)


@dataclass(frozen=True)
class Place:
    """A field of a form, as it stands on a page."""

    form: forms.BaseForm
    name: str

    @property
    def field(self) -> forms.Field:
        return self.form.fields[self.name]

    @property
    def html_name(self) -> str:
        return self.form[self.name].html_name

    def bad_values(self) -> tuple[str, ...]:
        if isinstance(self.field, forms.ModelChoiceField):
            return CHOICES + foreign_keys(self.field)
        if isinstance(self.field, forms.ChoiceField):
            return CHOICES
        if isinstance(self.field, forms.DateField):
            return DAYS
        if isinstance(self.field, forms.IntegerField):
            return NUMBERS
        return TEXTS if isinstance(self.field, forms.CharField) else ()

    @property
    def is_refused_by_itself(self) -> bool:
        """Whether the field alone refuses what was sent, whatever stood in the others."""
        if not self.form.is_bound or self.name not in self.form.errors:
            return False
        try:
            self.field.clean(self.form[self.name].data)
        except ValidationError:
            return True
        return False

    @property
    def refuses_all(self) -> bool:
        """Whether none of the bad values may pass. A text may be long or strange and still one;
        a number that nobody typed only says which page was read."""
        choices = forms.ChoiceField | forms.DateField
        number = isinstance(self.field, forms.IntegerField) and self.is_typed
        return number or isinstance(self.field, choices)

    @property
    def is_typed(self) -> bool:
        return not isinstance(self.field.widget, forms.HiddenInput | forms.PasswordInput)


def foreign_keys(field: forms.ModelChoiceField) -> tuple[str, ...]:
    """Keys of two records that are there and not among the choices."""
    offered = set(field.queryset.values_list("pk", flat=True))
    every = field.queryset.model._base_manager.values_list("pk", flat=True)
    return tuple(str(key) for key in every if key not in offered)[:2]


def forms_on(response: HttpResponse) -> Iterator[forms.BaseForm]:
    """The forms of a page, those of a formset one by one."""
    for layer in getattr(response, "context", None) or ():
        dicts = getattr(layer, "dicts", ())  # none where what was rendered is no page
        for thing in (value for one in dicts for value in one.values()):
            if isinstance(thing, forms.BaseForm):
                yield thing
            elif isinstance(thing, forms.BaseFormSet):
                yield from (thing.management_form, *thing.forms)


def places_on(response: HttpResponse) -> list[Place]:
    found = {
        place.html_name: place
        for form in forms_on(response)
        for place in (Place(form, name) for name in form.fields)
    }
    return list(found.values())


def one_of_each(places: Iterable[Place]) -> list[Place]:
    """The rows of a formset are alike: the first speaks for all, and so do the first of a page that
    asks the same of every duty."""
    found: dict[tuple[type, str], Place] = {}
    for place in places:
        found.setdefault((type(place.form), place.name), place)
    return list(found.values())[:MOST]


def filled(places: Iterable[Place]) -> dict[str, Any]:
    """What the page would send if nobody changed anything."""
    values = {place.html_name: place.form[place.name].value() for place in places}
    return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Writer:
    """Somebody before a page with a form. What they post is undone."""

    client: Client
    path: str
    given: Mapping[str, Any]

    def post(self, **changed: str) -> HttpResponse:
        body = urlencode({**self.given, **changed}, doseq=True, errors="surrogatepass")
        form = "application/x-www-form-urlencoded"
        return to_the_end(self.client.post(self.path, body, form))

    def faults_of_all(self, places: Iterable[Place]) -> list[str]:
        """Every field is given a bad value at once, and another the next time. What a field does
        not refuse by itself is sent again alone: then the rest of the form is as it should be."""
        values = {place: place.bad_values() for place in places}
        rounds = max(map(len, values.values()), default=0)
        return [
            fault
            for turn in range(rounds)
            for fault in self.faults_of_turn(
                {place: bad[turn] for place, bad in values.items() if turn < len(bad)}
            )
        ]

    def faults_of_turn(self, values: Mapping[Place, str]) -> list[str]:
        before, faults = LedgerEntry.objects.count(), []
        with undone():
            response = self.post(**{place.html_name: value for place, value in values.items()})
            after = {one.html_name: one for one in places_on(response)}
            refused = {
                place: after[place.html_name]
                for place in values
                if place.html_name in after and after[place.html_name].is_refused_by_itself
            }
            if refused and LedgerEntry.objects.count() != before:
                faults.append(f"{sorted(place.html_name for place in refused)}: recorded")
        for place, value in values.items():
            if place not in refused:
                faults += self.faults_of(place, value)
            elif place.is_typed and not kept(refused[place], value):
                faults.append(f"{place.html_name}={value[:30]!r}: refused and lost")
        return faults

    def faults_of(self, place: Place, value: str) -> list[str]:
        with undone():
            before = LedgerEntry.objects.count()
            response = self.post(**{place.html_name: value})
            told = f"{place.html_name}={value[:30]!r}"
            if response.status_code >= 500:
                return [f"{told}: failed with {response.status_code}"]
            after = [one for one in places_on(response) if one.html_name == place.html_name]
            refused = [one for one in after if one.form.is_bound and one.form.errors.get(one.name)]
            if not refused:
                return [f"{told}: accepted"] if place.refuses_all and value.strip() else []
            faults = []
            if LedgerEntry.objects.count() != before:
                faults.append(f"{told}: refused and recorded")
            if place.is_typed and not kept(refused[0], value):
                faults.append(f"{told}: refused and lost")
            return faults


def kept(place: Place, value: str) -> bool:
    """Whether the field still holds what was typed, in what letters there are."""
    typed = place.form[place.name].value()
    typed = typed[0] if isinstance(typed, list) and typed else typed
    return str(typed).strip() == value.encode(errors="replace").decode().strip() or (
        "\ud800" in value
    )


@contextmanager
def before(
    name: str, cast: Cast, client_of: Callable[..., Client]
) -> Iterator[tuple[Route, str, Client]]:
    """The first person who may post at a route, at its address. What they do is undone."""
    door = collected()[name]
    writer = next((one for one in WRITERS if one in door.post | door.get), None)
    with undone():
        path = address_of(name, door, door.kwargs(cast))
        yield door, path, client_of(cast[writer or "anonymous"], raise_request_exception=False)


def with_forms(family: str) -> list[str]:
    return [name for name in families()[family] if collected()[name].post]


def with_pages(family: str) -> list[str]:
    return [name for name in families()[family] if collected()[name].get]


@pytest.mark.parametrize("family", [*filter(with_forms, families())])
def test_form_refuses_what_is_no_answer(
    family: str, cast: Cast, client_of: Callable[..., Client]
) -> None:
    give_passwords(cast)
    faults = []
    for name in with_forms(family):
        with before(name, cast, client_of) as (door, path, client):
            page = client.get(path) if door.get else HttpResponse()
            places = places_on(page)
            given = filled(places) | dict(door.data(cast))
            writer = Writer(client, path, given)
            found = writer.faults_of_all(one_of_each(places))
            found += posted_blindly(writer, given.keys() - {place.html_name for place in places})
            if not page.streaming and NOTHING_CHOSEN in page.content:
                found.append("a list says in dashes that nothing is chosen")
        faults += [f"{name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def posted_blindly(writer: Writer, names: Iterable[str]) -> list[str]:
    """What is sent without a form on the page to say what it may be."""
    faults = []
    for name in names:
        for value in (*CHOICES, *TEXTS):
            with undone():
                status = writer.post(**{name: value}).status_code
            if status >= 500:
                faults.append(f"{name}={value[:30]!r}: failed with {status}")
    return faults


def queries() -> tuple[str, ...]:
    """Every name that a page looks for in its address."""
    sources = [path.read_text() for name in house() for path in Path(name).rglob("*.py")]
    read = {name for text in sources for found in ASKED.findall(text) for name in found if name}
    return ("page", *sorted(read | {name for one in filter_forms() for name in one.base_fields}))


def filter_forms() -> list[type[forms.Form]]:
    modules = [f"{name}.filters" for name in house()]
    found = [import_module(name) for name in modules if find_spec(name)]
    things = [thing for module in found for thing in vars(module).values()]
    return [one for one in things if isinstance(one, type) and issubclass(one, forms.Form)]


QUERIES = queries()


def test_names_that_pages_look_for_are_found() -> None:
    assert {"page", "as_of", "show", "inline", "state", "standing"} <= set(QUERIES)
    assert {"since", "until", "person", "action", "subject"} <= set(QUERIES)


def asked_on(response: HttpResponse) -> Iterator[dict[str, str]]:
    """Every name at once; and each of a page's filters alone, for one that cannot be read keeps
    the others from being asked."""
    filters = [form for form in forms_on(response) if type(form) in filter_forms()]
    alone = sorted({name for form in filters for name in form.fields})
    for value in QUESTIONS:
        yield dict.fromkeys(QUERIES, value)
        yield from ({name: value} for name in alone)


@pytest.mark.parametrize("family", [*filter(with_pages, families())])
def test_page_bears_any_question(family: str, cast: Cast, client_of: Callable[..., Client]) -> None:
    give_passwords(cast)
    faults = []
    for name in with_pages(family):
        with before(name, cast, client_of) as (_, path, client):
            for query in questions(client, path):
                with undone():
                    status = to_the_end(client.get(f"{path.partition('?')[0]}?{query}")).status_code
                if status >= 500:
                    faults.append(f"{name}: ?{query[:300]}: failed with {status}")
    assert not faults, "\n".join(faults)


def questions(client: Client, path: str) -> Iterator[str]:
    """What a page is asked: one thing where it turns out to look for none of it, else all."""
    with noted() as names:
        asked = list(asked_on(to_the_end(client.get(path))))
        for one in asked:
            yield urlencode(one, errors="surrogatepass")
            if not names & {EVERY, *QUERIES}:
                break


@pytest.mark.parametrize("family", [*filter(with_forms, families())])
def test_form_sent_twice_is_no_error(
    family: str, cast: Cast, client_of: Callable[..., Client]
) -> None:
    give_passwords(cast)
    for name in with_forms(family):
        with before(name, cast, client_of) as (door, path, client):
            given = filled(places_on(client.get(path)) if door.get else []) | dict(door.data(cast))
            writer = Writer(client, path, given | {"confirmed": "1"})
            answers = [writer.post().status_code for _ in range(2)]
        assert max(answers) < 500, (name, answers)
