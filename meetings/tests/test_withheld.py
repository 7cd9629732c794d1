"""What an agenda item came from is withheld from whoever is recused from the item."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.withheld import withheld_from_anybody
from charters.docket import as_seen_by, as_seen_without
from charters.models import Action
from charters.reminders import Reminders
from charters.services import actions
from charters.standing import Docket
from charters.tests.charters import Stage, set_the_stage
from committees.enums import RelatedPersonBasis
from committees.models import RelatedPartyTransaction
from committees.services import people
from committees.services.related_parties import log_transaction
from committees.tests.factories import a_director, a_seat
from meetings import services
from meetings.agenda_templates import Template
from meetings.candidates import candidates
from meetings.enums import Removal
from meetings.models import AgendaItem, Meeting, Recusal
from meetings.tests.factories import AT, SIGNED, a_meeting
from records import ledger_words
from records.facts import label

pytestmark = pytest.mark.django_db

TODAY = AT.date()
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@dataclass(frozen=True)
class Scene:
    stage: Stage
    meeting: Meeting
    action: Action
    transaction: RelatedPartyTransaction

    def take(self, reader: User, meeting: Meeting | None = None) -> dict[str, AgendaItem]:
        """Everything that has a record, on the agenda; by title."""
        meeting = meeting or self.meeting
        found = candidates(meeting, reader, TODAY, Template.REGULAR)
        chosen = [each for each in found if each.records or each.carried_from]
        return {item.title: item for item in services.take(meeting, chosen, **SIGNED)}


@pytest.fixture
def scene() -> Scene:
    stage = set_the_stage()
    action = actions.add_action(
        stage.committee,
        what="Send the cash forecast",
        owner_name="The treasurer",
        due_on=date(2026, 12, 1),
        agreed_on=date(2026, 8, 4),
        **SIGNED,
    )
    transaction = log_transaction(
        stage.committee,
        person="Pat Person",
        basis=RelatedPersonBasis.FAMILY,
        terms="A lease.",
        amount=900_000,
        known_on=date(2026, 9, 1),
        signed_on=date(2026, 9, 20),
        **SIGNED,
    )
    return Scene(stage, a_meeting(stage.committee, on=date(2026, 11, 4)), action, transaction)


def stored(user: User) -> User:
    return User.objects.get(pk=user.pk)


REVIEW = "Review the transaction with Pat Person"


def test_item_names_the_record_it_came_from(scene: Scene, chair: User) -> None:
    found = {title: item.source_records for title, item in scene.take(chair).items()}
    assert found == {
        "Send the cash forecast": {label(scene.action)},
        REVIEW: {label(scene.transaction)},
    }


def test_record_is_withheld_from_the_recused_alone(
    scene: Scene, chair: User, secretary: User
) -> None:
    items = scene.take(chair)
    services.recuse(items[REVIEW], user=secretary, **SIGNED)
    services.recuse(items["Send the cash forecast"], user=secretary, **SIGNED)
    for reader, seen in ((stored(secretary), 0), (chair, 1)):
        assert RelatedPartyTransaction.objects.visible_to(reader).count() == seen
        assert Action.objects.visible_to(reader).count() == seen
        for record in (scene.transaction, scene.action):
            known = ledger_words.seen(reader, {label(record)})
            assert len(known) == seen


def test_deadline_open_item_and_occurrence_are_withheld(
    scene: Scene, chair: User, secretary: User
) -> None:
    duty = scene.stage.duty(catalogue_key="related-party-review")
    items = scene.take(chair)
    for item in items.values():
        services.recuse(item, user=secretary, **SIGNED)
    urls = {scene.action.get_absolute_url(), scene.transaction.get_absolute_url()}
    for reader, seen in ((stored(secretary), set()), (chair, urls)):
        docket = Docket(scene.stage.committee, TODAY, None, as_seen_by(reader, TODAY))
        shown = {
            *(each.url for _source, each in Reminders(docket).open_to(reader)),
            *(each.url for each in docket.open_items()),
            *(each.url for each in docket.waiting(duty)),
        }
        assert shown & urls == seen


def test_report_to_the_board_tells_nothing_of_what_is_withheld_from_one(
    scene: Scene, chair: User, secretary: User
) -> None:
    items = scene.take(chair)

    def told() -> set[str]:
        sees = as_seen_without(frozenset())
        docket = Docket(scene.stage.committee, TODAY, None, sees)
        return {item.url for item in docket.open_items()}

    assert told() == {scene.transaction.get_absolute_url()}
    services.recuse(items[REVIEW], user=secretary, **SIGNED)
    assert told() == set()
    assert withheld_from_anybody().labels == {label(scene.transaction)}


def test_withheld_record_is_not_proposed_to_the_recused(
    scene: Scene, chair: User, secretary: User
) -> None:
    items = scene.take(chair)
    services.recuse(items[REVIEW], user=secretary, **SIGNED)
    services.remove_item(items[REVIEW], removal=Removal.WITHDRAWN, reason="Later.", **SIGNED)
    offered = {
        reader: {each.title for each in candidates(scene.meeting, reader, TODAY, Template.REGULAR)}
        for reader in (stored(secretary), chair)
    }
    assert REVIEW not in offered[secretary]
    assert REVIEW in offered[chair]


def test_item_from_the_same_record_later_has_the_recusal(
    scene: Scene, chair: User, member: User, secretary: User
) -> None:
    bob = a_director("Bob B", member)
    a_seat(bob, scene.stage.committee)
    items = scene.take(chair)
    services.recuse(items[REVIEW], director=bob, stays=True, **SIGNED)
    services.remove_item(items[REVIEW], removal=Removal.WITHDRAWN, reason="Later.", **SIGNED)
    again = scene.take(chair)[REVIEW]
    assert again.pk != items[REVIEW].pk
    recusal = Recusal.objects.get(item=again)
    assert (recusal.director, recusal.user, recusal.stays) == (bob, member, True)
    assert AgendaItem.objects.get(pk=again.pk).restricted_people == {member.pk}


@pytest.mark.parametrize("title", ["Send the cash forecast", REVIEW])
def test_carried_item_keeps_its_record_and_its_recusal(
    scene: Scene, chair: User, secretary: User, title: str
) -> None:
    item = scene.take(chair)[title]
    services.recuse(item, user=secretary, **SIGNED)
    services.remove_item(item, removal=Removal.DEFERRED, reason="Later.", **SIGNED)
    later = scene.take(stored(secretary), a_meeting(scene.stage.committee, on=date(2026, 12, 9)))
    carried = AgendaItem.objects.get(carried_from=item)
    assert carried in later.values()
    assert carried.source_records == item.source_records
    assert carried.restricted_people == {secretary.pk}


def test_earlier_item_of_the_record_is_restricted_with_a_later_one(
    scene: Scene, chair: User, secretary: User
) -> None:
    earlier = scene.take(chair)[REVIEW]
    services.remove_item(earlier, removal=Removal.WITHDRAWN, reason="Later.", **SIGNED)
    services.recuse(scene.take(chair)[REVIEW], user=secretary, **SIGNED)
    assert AgendaItem.objects.get(pk=earlier.pk).restricted_people == {secretary.pk}
    assert not Recusal.objects.filter(item=earlier).exists()


def test_account_given_later_does_not_see_the_record(
    scene: Scene, chair: User, member: User
) -> None:
    bob = a_director("Bob B")
    a_seat(bob, scene.stage.committee)
    services.recuse(scene.take(chair)[REVIEW], director=bob, **SIGNED)
    assert withheld_from_anybody().labels == set()
    people.rename_director(bob, name="Bob B", sort_name="", user=member, **SIGNED)
    assert stored(member).withheld.labels == {label(scene.transaction)}


def test_address_of_the_record_says_who_acts_instead(
    scene: Scene, chair: User, secretary: User, client_of: ClientOf
) -> None:
    services.recuse(scene.take(chair)[REVIEW], user=secretary, **SIGNED)
    client = client_of(secretary)
    address = scene.transaction.get_absolute_url()
    for path in (address, f"{address}change/", f"{address}review/"):
        refused = client.get(path)
        assert refused.status_code == 403
        assert "Another corporate secretary handles it" in refused.content.decode()
    assert client_of(chair).get(address).status_code == 200


def test_director_is_sent_to_the_secretary(
    scene: Scene, chair: User, member: User, client_of: ClientOf
) -> None:
    services.recuse(scene.take(chair)[REVIEW], user=member, **SIGNED)
    said = client_of(member).get(scene.transaction.get_absolute_url()).content.decode()
    assert "The corporate secretary can say who acts on it." in said
    assert "Another corporate secretary" not in said


def test_nothing_is_asked_for_what_is_withheld(
    scene: Scene, chair: User, secretary: User, django_assert_num_queries: Any
) -> None:
    """It stands in the account, which is read anyway."""
    services.recuse(scene.take(chair)[REVIEW], user=secretary, **SIGNED)
    user = stored(secretary)
    user.roles_today  # noqa: B018  (read before)
    with django_assert_num_queries(1):
        assert user.withheld.covers(scene.transaction.get_absolute_url())
        assert not list(RelatedPartyTransaction.objects.visible_to(user))
