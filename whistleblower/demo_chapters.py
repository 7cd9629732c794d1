"""The chapter of the demonstration about concerns."""

from typing import Any

from records.demo import CHAPTERS, DemoChapter


def begin() -> Any:
    from whistleblower.demo import Concerns

    return Concerns()


CHAPTERS.add(DemoChapter("whistleblower.concerns", begin))
