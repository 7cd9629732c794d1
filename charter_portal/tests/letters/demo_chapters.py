"""A chapter of the demonstration in which nothing happens."""

from records.demo import CHAPTERS, DemoChapter


class Nothing:
    def scenes(self, stage: object) -> tuple[()]:
        return ()

    def guide(self) -> tuple[()]:
        return ()


CHAPTERS.add(DemoChapter("letters.nothing", Nothing))
