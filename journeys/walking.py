"""Going wherever the links of a portal lead."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page, Response

from journeys.portal import Portal

# So many pages of one kind are looked at: they differ in their words, not in their form.
EACH = 2
LINKS = "links => links.map(link => link.href)"
# What ends the visit.
APART = {"account_logout"}


def walk(page: Page, portal: Portal, each: int = EACH) -> Iterator[Response]:
    """Go wherever the links lead, at most so many times to a kind of page."""
    waiting, seen, kinds = [f"{portal.url}/"], set(), {}
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        if url in seen or kind in APART or kinds.get(kind, 0) >= each:
            continue
        seen.add(url)
        kinds[kind] = kinds.get(kind, 0) + 1
        if "content-disposition" in page.request.head(url).headers:
            continue  # a file
        yield page.goto(url)
        links = page.locator("a[href]").evaluate_all(LINKS)
        waiting += [link.partition("#")[0] for link in links if link.startswith(portal.url)]


def kind_of(url: str) -> str | None:
    """The name of the route behind an address."""
    return resolve(urlsplit(url).path).url_name
