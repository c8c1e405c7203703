"""What ranking asks of the whole: how rare a term is, what syllables without accents mean."""

import tantivy

from khue.matching.models import Entry
from khue.matching.projection import asking
from khue.matching.ranking.corpus import Known, restorer
from khue.matching.ranking.restoring import Restorer

LEARNED_FROM = 5_000
"""The newest titles: enough to know how the field writes."""
GROWN = 1.1
"""Learned again once the index has grown by so much."""
_learned: dict[str, tuple[int, Restorer]] = {}


def known(searcher: tantivy.Searcher) -> Known:
    """What the index and the titles in it tell of the whole."""
    size, there = _learned.get("", (0, None))
    if there is None or searcher.num_docs > max(size * GROWN, size + 20) or searcher.num_docs < size / GROWN - 20:
        titles = Entry.objects.filter(gone=False).order_by("-pk").values_list("title", flat=True)[:LEARNED_FROM]
        there = restorer(titles)
        _learned[""] = (searcher.num_docs, there)
    return asking.rarity(searcher), there
