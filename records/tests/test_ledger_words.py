"""Every act has words, every subject an owner, and the two ways of asking who sees it agree."""

import ast
import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from records import ledger_words
from records.facts import label
from records.ledger import ACTION
from records.ledger_rows import seen_titles
from records.models import Notice
from records.services import legal_holds
from records.tests.filing import AT, filed, kinds_to_keep
from records.tests.owing import a_kind, owe

pytestmark = pytest.mark.django_db

BEGINNING = re.compile(r"[a-z][a-z_]*\.")
APPS = [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def recorded() -> set[str]:
    """Every action that a service records: the words of that shape that begin with no app.

    Of one put together, `factor_reset.{outcome}`, the beginning: `factor_reset.`.
    """
    rooms = [path for app in APPS for path in Path(app.path).glob("services*/**/*.py")]
    rooms += [Path(app.path) / "services.py" for app in APPS]
    nodes = [ast.walk(ast.parse(path.read_text())) for path in rooms if path.exists()]
    words = {str(node.value) for node in chain(*nodes) if isinstance(node, ast.Constant)}
    labels = {app.label for app in APPS}
    actions = {word for word in words if ACTION.fullmatch(word) or BEGINNING.fullmatch(word)}
    return {action for action in actions if action.partition(".")[0] not in labels}


def test_every_action_has_words() -> None:
    told = dict(ledger_words.actions())
    missing = sorted(
        action
        for action in recorded()
        if not any(one == action or (action[-1] == "." and one.startswith(action)) for one in told)
    )
    assert not missing, f"Give these their words with ledger.action: {', '.join(missing)}"


def test_all_words_are_of_actions_in_use() -> None:
    used = recorded()
    unused = sorted(
        action
        for action in dict(ledger_words.actions())
        if action not in used and f"{action.partition('.')[0]}." not in used
    )
    assert not unused, f"Nobody records these any more: {', '.join(unused)}"


def test_words_are_not_mistaken_for_one_another() -> None:
    by_words: dict[str, list[str]] = {}
    for action, words in ledger_words.actions():
        by_words.setdefault(words, []).append(action)
    assert {words: actions for words, actions in by_words.items() if len(actions) > 1} == {}


def test_words_name_their_record() -> None:
    with pytest.raises(ValueError, match=r"have to name its %\(record\)s"):
        ledger_words.action("person.greeted", "greeted somebody")
    with pytest.raises(ValueError, match="registered already"):
        ledger_words.action("role.given", "gave %(record)s")


def test_subject_of_an_app_that_registered_nothing_is_shown_to_nobody(secretary: User) -> None:
    assert seen_titles(["sessions.Session:1", "no.Such:1", "nonsense"], secretary) == {}


@pytest.mark.parametrize(
    "label",
    [
        "records.LegalHold:abc",
        "records.LegalHold:",
        "records.LegalHold",
        "records.LegalHold:1 OR 1",
        "records.LegalHold:\x00",
        "records.Document:abc",
        "records.Document:1",
        "charters.Duty:x",
        "charters.Duty:-1.5",
        f"records.LedgerCheck:{'9' * 30}",
        f"records.LedgerCheck:{'9' * 5000}",
        "records.LedgerCheck:٣",
        ":",
        ".LegalHold:1",
    ],
)
def test_what_is_no_label_names_no_record(
    label: str, secretary: User, client_of: Callable[..., Client]
) -> None:
    assert seen_titles([label], secretary) == {}
    assert client_of(secretary).get("/ledger/", {"subject": label}).status_code == 200


def test_titles_are_asked_for_once_for_each_kind(secretary: User, member: User) -> None:
    with CaptureQueriesContext(connection) as captured:
        titles = seen_titles([f"accounts.User:{one.pk}" for one in (secretary, member)], secretary)

    assert set(titles.values()) == {str(secretary), str(member)}
    assert len(captured) == 1


def test_record_that_is_gone_is_named_by_its_kind_and_number(secretary: User) -> None:
    assert seen_titles(["records.Holiday:4711"], secretary) == {
        "records.Holiday:4711": "holiday 4711"
    }


@pytest.mark.django_db(transaction=True)
def test_titles_are_kept_for_every_reader_and_what_each_may_see_is_asked(
    secretary: User, administrator: User
) -> None:
    hold = legal_holds.place(reason="A subpoena.", by=secretary, at=AT)
    labels = {label(hold), label(secretary)}
    assert set(seen_titles(labels, secretary)) == labels
    with CaptureQueriesContext(connection) as captured:
        assert set(seen_titles(labels, administrator)) == {label(secretary)}
    tables = {query["sql"].split('"')[1] for query in captured}
    # The titles are at hand; whether the reader chairs the committee, and so sees holds, is asked.
    assert tables == {
        "accounts_roleterm",
        "records_ledgerentry",
        "records_company",
        "charters_committee",
    }


@pytest.mark.django_db(transaction=True)
def test_titles_are_read_again_after_an_act(secretary: User) -> None:
    subject, before = label(secretary), str(secretary)
    assert seen_titles([subject], secretary) == {subject: before}
    User.objects.filter(pk=secretary.pk).update(name="Another Name")
    assert seen_titles([subject], secretary) == {subject: before}
    legal_holds.place(reason="A subpoena.", by=secretary, at=AT)
    assert seen_titles([subject], secretary) == {subject: "Another Name"}


def test_who_sees_what_is_asked_in_one_query_for_records_of_every_sort(
    secretary: User, administrator: User
) -> None:
    with kinds_to_keep(), a_kind():
        owe(secretary)
        records = [filed("minutes"), filed("letter"), Notice.objects.get()]
        labels = [label(each) for each in records]
        with CaptureQueriesContext(connection) as captured:
            seen = ledger_words.seen(secretary, [*labels, "records.Document:nonsense"])
        assert seen == set(labels)
        assert sum("UNION ALL" in query["sql"] for query in captured) == 1
        assert ledger_words.seen(administrator, labels) == set(labels[:2])
