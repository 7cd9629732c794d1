"""How deep an item of a list stands, told by its marker, its indent and its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

from charters.reading.markers import Shape, shapes


@dataclass
class _OpenList:
    kind: str
    value: int
    indent: int


class Levels:
    """The lists that are open, outermost first. A heading or a line of prose closes them all."""

    def __init__(self) -> None:
        self.open: list[_OpenList] = []

    def place(self, marker: str, indent: int, upcoming: Sequence[str] = ()) -> tuple[int, Shape]:
        """Depth of the item, 0 at the top, and what its marker counts."""
        readings = _narrowed(shapes(marker), upcoming) or (Shape("bullet", 0),)
        found = self._continued(readings, indent)
        if found:
            depth, shape = found
            del self.open[depth + 1 :]
            self.open[depth].value = shape.value
            return depth, shape
        shape = next((each for each in readings if each.value <= 1), readings[0])
        self._close_for(shape, indent)
        self.open.append(_OpenList(shape.kind, shape.value, indent))
        return len(self.open) - 1, shape

    def resumes(self, marker: str) -> int | None:
        """The depth of the open list that a later marker counts on, None if it begins another."""
        for depth in reversed(range(len(self.open))):
            if any(self._counts_on(self.open[depth], shape, 0) for shape in shapes(marker)):
                return depth
        return None

    def _continued(self, readings: Sequence[Shape], indent: int) -> tuple[int, Shape] | None:
        """The open list this item goes on with: by counting on first, then by its place."""
        for goes_on in (self._counts_on, self._stands_below):
            for depth in reversed(range(len(self.open))):
                for shape in readings:
                    if goes_on(self.open[depth], shape, indent):
                        return depth, shape
        return None

    def _counts_on(self, opened: _OpenList, shape: Shape, indent: int) -> bool:
        same = opened.kind == shape.kind and not shape.is_bullet
        return same and shape.value == opened.value + 1

    def _stands_below(self, opened: _OpenList, shape: Shape, indent: int) -> bool:
        same_place = abs(opened.indent - indent) <= 1 or shape.kind.startswith("dotted")
        begins_within = shape.value == 1 and opened.value > 1 and not shape.is_bullet
        return opened.kind == shape.kind and same_place and not begins_within

    def _close_for(self, shape: Shape, indent: int) -> None:
        """Close the lists that a new one cannot lie in: deeper numbers, wider indents."""
        while self.open and (
            self._is_shallower(shape, self.open[-1]) or indent < self.open[-1].indent
        ):
            if shape.kind.startswith("dotted") and shape.kind > self.open[-1].kind:
                break
            self.open.pop()

    def _is_shallower(self, shape: Shape, opened: _OpenList) -> bool:
        both_dotted = shape.kind.startswith("dotted") and opened.kind.startswith("dotted")
        return both_dotted and shape.kind <= opened.kind


def _narrowed(readings: Sequence[Shape], upcoming: Sequence[str]) -> Sequence[Shape]:
    """Where "(i)" may be a letter or a Roman number, what comes next decides: (j) or (ii)."""
    if len(readings) < 2:
        return readings
    for marker in upcoming:
        for after in shapes(marker):
            for shape in readings:
                if after.kind == shape.kind and after.value == shape.value + 1:
                    return (shape,)
    return readings
