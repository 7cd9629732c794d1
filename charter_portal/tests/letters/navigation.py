"""The page of letters in the menu, after the deadlines."""

from records.navigation import NAVIGATION, Place

NAVIGATION.add(
    Place("letters.letters", "Letters", "letters", "letters.view", group="charters.deadlines")
)
