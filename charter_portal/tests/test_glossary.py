"""The glossary: every status has its explanation, and every page leads to it."""

import pytest
from django.test import Client

from charter_portal.glossary import GLOSSARY
from charters.enums import Standing

pytestmark = pytest.mark.django_db


def test_every_status_is_explained() -> None:
    explained = {str(term.word) for term in GLOSSARY[0].terms}
    assert explained == {str(standing.label) for standing in Standing}


def test_no_word_is_explained_twice() -> None:
    words = [str(term.word) for section in GLOSSARY for term in section.terms]
    assert len(words) == len(set(words))


def test_every_page_leads_to_it(client_of: object, outsider: object) -> None:
    client: Client = client_of(outsider)  # type: ignore[operator]
    assert 'href="/glossary/"' in client.get("/").content.decode()
    assert client.get("/glossary/").status_code == 200
