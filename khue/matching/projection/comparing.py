"""What says the same as a title, out of a whole index: proposed by the index, compared roughly, then word by word."""

import numpy as np
import tantivy
from numpy.typing import NDArray

from khue.matching.projection import asking
from khue.matching.projection.knowledge import Rarities
from khue.matching.projection.store import Snapshot
from khue.matching.ranking import rough
from khue.matching.ranking.compact import Batch
from khue.matching.ranking.corpus import compare
from khue.matching.ranking.deciding import weights
from khue.matching.ranking.duplicate import Side, side
from khue.matching.ranking.reading import understand
from khue.matching.ranking.record import Ranked

PROPOSED = 2_000
"""Records that the index proposes, at most."""
HERE = 0.7
"""Of these, how many from the place that the title names or from none: elsewhere it is seldom the same work."""
WORK = 60_000
"""Words asked for times records proposed: a long text is compared with fewer, so that it takes no longer."""
COMPARED = 40
"""Records compared word by word."""

Numbers = NDArray[np.int64]


def duplicates(
    snapshot: Snapshot, rarities: Rarities, scope: asking.Scope, text: str, limit: int, compared: int = COMPARED
) -> list[Ranked]:
    """The entries nearest to saying the same as `text`, the best first; `position` is the number of the entry."""
    asked = side(understand(text), rarities.term)
    entries, at = _proposed(snapshot.searcher, scope, asked)
    if not len(at):
        return []
    batch = Batch(snapshot.titles.memory, at)
    best = rough.nearest(asked, batch, rarities.whole(), weights(), max(compared, limit))
    near = [(int(entries[place]), snapshot.titles.read(int(at[place]))) for place in best]
    return compare(text, near, rarities.term, limit)


def _proposed(searcher: tantivy.Searcher, scope: asking.Scope, asked: Side) -> tuple[Numbers, Numbers]:
    """Entries and where their titles lie, each once."""
    most = min(PROPOSED, max(COMPARED, WORK // max(1, len(asked.words))))
    query, here = asking.about(asked.read), asking.here(asked.read)
    passes = [(query, most)]
    if here is not None:
        near = tantivy.Query.boolean_query([(asking.Occur.Must, query), (asking.Occur.Must, here)])
        passes = [(near, round(most * HERE)), (query, most - round(most * HERE))]
    found = np.concatenate([_asked(searcher, scope.around(one), limit) for one, limit in passes])
    entries, first = np.unique(found[:, 0], return_index=True)
    return entries, found[first, 1]


def _asked(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> Numbers:
    addresses = [address for _, address in searcher.search(query, limit, count=False).hits]
    columns = [searcher.fast_field_values(name, addresses) for name in ("pk", "at")]
    return np.array(columns, dtype=np.int64).reshape(2, -1).T
