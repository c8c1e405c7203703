"""All titles of the index at once, for whoever compares each with each."""

from collections.abc import Collection

import numpy as np
import tantivy

from khue.matching.projection import asking
from khue.matching.projection.knowledge import rarities
from khue.matching.projection.store import Snapshot
from khue.matching.ranking.sweeping import Titles
from khue.matching.ranking.thesaurus import thesaurus


def titles(snapshot: Snapshot, kinds: Collection[str]) -> Titles:
    """The titles of all entries of these kinds, numbered as the entries are."""
    query = asking.Scope(whole_kinds=sorted(kinds)).around(tantivy.Query.all_query())
    addresses = [address for _, address in snapshot.searcher.search(query, max(1, snapshot.searcher.num_docs)).hits]
    columns = [snapshot.searcher.fast_field_values(name, addresses) for name in ("pk", "at")]
    pks, at = np.array(columns, dtype=np.int64).reshape(2, -1)
    order = np.argsort(pks)
    whole, words = rarities(snapshot).whole(), snapshot.titles.vocabulary.words
    return Titles(
        pks[order], at[order], np.array(snapshot.titles.memory), list(words), whole.words(np.arange(len(words))),
        whole.concepts(np.arange(len(thesaurus().concepts))),
    )  # fmt: skip
