"""Going wherever the links of a portal lead."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Error, Page, Response

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
        answer = opened(page, url)
        if answer is None:
            continue
        yield answer
        links = page.locator("a[href]").evaluate_all(LINKS)
        waiting += [link.partition("#")[0] for link in links if link.startswith(portal.url)]


def opened(page: Page, url: str) -> Response | None:
    """The answer behind a link; None for a file, which leaves the page where it is."""
    try:
        answer = page.goto(url)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return None
    return None if "content-disposition" in answer.headers else answer


def kind_of(url: str) -> str | None:
    """The name of the route behind an address."""
    return resolve(urlsplit(url).path).url_name
