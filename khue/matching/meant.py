"""What a person meant by what was typed: letters of fonts from before Unicode, and words misspelt.

Only what the person may see is asked: a correction tells nothing of records that are not for them.
"""

from khue.language.encodings.legacy import repair
from khue.language.text import fold, nfc
from khue.matching.projection.asking import Scope, Standing
from khue.matching.projection.knowledge import learned
from khue.matching.projection.store import Snapshot
from khue.matching.ranking.corpus import spoken
from khue.matching.ranking.spelling import frames, speller_of
from khue.matching.ranking.words import read

LONGEST = 300
"""Characters of a query: what is longer was copied, not typed."""


def readable(text: str) -> str:
    """The text in Unicode, composed, without what no page can show; as it is where it was so already."""
    return repair([nfc(text.replace("\0", " "))])[0]


def meant(query: str, snapshot: Snapshot, within: Scope, stands: Standing) -> str:
    """The query with misspelt words put right, of which `stands` tells whether they are there; the query itself where
    nothing is misspelt."""
    if len(query) > LONGEST:
        return query
    right = speller_of(learned(snapshot, within.whole_kinds)).put_right(query, stands, unfinished=True)
    new = set(read(right).marked) - set(read(query).marked)
    return right if all(_known_to_all(word) or stands(word) for word in new) else query


def _known_to_all(word: str) -> bool:
    forms = {*spoken().forms(fold(word)), *frames().forms(fold(word))}
    return word in forms or (word == fold(word) and bool(forms))
