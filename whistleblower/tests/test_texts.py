"""Every language says everything, and says that nothing limits going to an agency."""

from collections.abc import Iterator
from typing import Any

import pytest

from whistleblower import texts
from whistleblower.rules import wording


def leaves(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(words, dict):
        for name, each in words.items():
            yield from leaves(each, f"{path}.{name}")
    elif isinstance(words, list):
        for place, each in enumerate(words):
            yield from leaves(each, f"{path}.{place}")
    else:
        yield path, words


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_text_is_missing_or_empty(language: str) -> None:
    ours = dict(leaves(texts.words(language)))
    assert ours.keys() == dict(leaves(texts.words("en"))).keys()
    assert all(text.strip() for text in ours.values())


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_start_page_has_the_carve_out(language: str) -> None:
    assert wording.has_carve_out(texts.words(language)["start"]["agency"], language)
