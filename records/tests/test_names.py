"""Names are compared without case, accents and order."""

import pytest

from records.names import name_key


@pytest.mark.parametrize(
    "typed",
    [
        "Luis Ferreira Braga",
        "  luís   FERREIRA braga ",
        "Ferreira Braga, Luís",
        "Lui\u0301s Ferreira Braga",
    ],
)
def test_same_person_however_typed(typed: str) -> None:
    assert name_key(typed) == name_key("Luís Ferreira Braga")


@pytest.mark.parametrize("other", ["Luisa Ferreira Braga", "Luis Braga", "", "CFO"])
def test_other_names_stay_others(other: str) -> None:
    assert name_key(other) != name_key("Luís Ferreira Braga")
