"""A corpus too great to be held in memory: in an index of its own for as long as the command runs."""

import os
import tempfile
from array import array
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from khue.matching.rank.lines import item, lines
from khue.matching.ranking.corpus import Corpus, restorer, sought
from khue.matching.ranking.record import Item, Purpose, Ranked

KIND = "line"
PROPOSED = 400
"""Records that the index proposes to a need; they are ranked as those of a small corpus are."""
LEARNED_FROM = 20_000
"""Titles that teach what syllables without accents mean."""


class Many:
    """The corpus of a file, its records read again from there when they are ranked."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Build the index in `folder`. Raises Unreadable for a line that cannot be used."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
        import django  # noqa: PLC0415 - the index knows the tables of search, though none is asked here

        if not django.apps.apps.ready:  # setting up anew closes the log of whoever calls this
            django.setup()
        import tantivy  # noqa: PLC0415

        from khue.matching.projection import asking, documents, filling, knowledge, store, titles  # noqa: PLC0415

        self._path, self._begins = path, array("q")
        index = tantivy.Index(documents.schema(), path=str(folder))
        rows = (
            documents.Row(place, KIND, one.title, one.summary, "", "", one.host, one.place, "", one.year)
            for place, one in enumerate(self._items())
        )
        filling.fill(index, folder, rows, sum(1 for _ in lines(path)))
        index.reload()
        self._snapshot = store.Snapshot(index.searcher(), titles.Titles(folder))
        self._rarities = knowledge.Rarities(*self._snapshot)
        self._scope = asking.Scope(whole_kinds=(KIND,)).at(self._snapshot.searcher)
        some = islice(lines(path), 0, None, max(1, len(self._begins) // LEARNED_FROM))
        self._known = self._rarities.term, restorer(item(line, where).title for _, line, where in some)

    def _items(self) -> Iterator[Item]:
        for begins, line, where in lines(self._path):
            self._begins.append(begins)
            yield item(line, where)

    def rank(self, text: str, purpose: Purpose, top: int) -> list[tuple[Item, Ranked]]:
        """The nearest `top` records, best first."""
        from khue.matching.projection import asking, comparing  # noqa: PLC0415

        if purpose is Purpose.DUPLICATE:
            ranked = comparing.duplicates(self._snapshot, self._rarities, self._scope, text, top)
            return list(zip(self._read(one.position for one in ranked), ranked, strict=True))
        query = self._scope.around(
            asking.weighted(self._snapshot.searcher, sought(text, purpose, self._known), self._known[0])
        )
        near = list(self._read(asking.best(self._snapshot.searcher, query, max(PROPOSED, top))))
        return [(near[one.position], one) for one in Corpus(near, known=self._known).rank(text, purpose, top)]

    def _read(self, places: Any) -> Iterator[Item]:
        with self._path.open("rb") as file:
            for place in places:
                file.seek(self._begins[place])
                yield item(file.readline(), f"{self._path}")


def folder() -> "tempfile.TemporaryDirectory[str]":
    """Where the index lies as long as it is asked."""
    return tempfile.TemporaryDirectory(prefix="khue-rank-")
