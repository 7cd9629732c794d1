"""What `check --deploy` says of the address that begins every link in a mail."""

import pytest
from pytest_django import Settings

from records.checks import mails_lead_to_the_portal


@pytest.mark.parametrize(
    ("address", "is_well"),
    [
        ("https://portal.example.com", True),
        ("https://portal.example.com:8443", True),
        ("http://portal.example.com", False),
        ("https://elsewhere.example.com", False),
        ("https://portal.example.com/sub", False),
        ("https://.example.com", False),
        ("https://*", False),
        ("portal.example.com", False),
        ("", False),
    ],
)
def test_mails_lead_to_the_portal(settings: Settings, address: str, is_well: bool) -> None:
    settings.PORTAL_URL = address
    settings.ALLOWED_HOSTS = ["portal.example.com"]
    assert (mails_lead_to_the_portal() == []) == is_well
