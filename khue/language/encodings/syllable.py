"""Does a word look Vietnamese? Enough of the spelling rules to tell a right decoding from a wrong one."""

import re
from functools import lru_cache
from unicodedata import normalize

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ONSET = re.compile("(ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdđghklmnprstvx])")
_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uê uêch uênh uc ui um un ung uôc uôi uôm uôn uông uôt up ut
    uơ uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905 - a column of a hundred quoted strings would hide the pattern
)
# Everything that can part two words, in any encoding: spaces, digits, ASCII signs and typographic quotes and dashes.
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~\u2010-\u2026]+")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC, any case) follows the spelling of a Vietnamese syllable with at most one tone mark."""
    parted = normalize("NFD", word.lower())
    bare = normalize("NFC", _TONES.sub("", parted))
    if len(_TONES.findall(parted)) > 1:
        return False
    onset = _ONSET.match(bare)
    return bare in _RHYMES or (onset is not None and (bare[onset.end() :] in _RHYMES or bare[1:] in _RHYMES))


def fitness(text: str) -> tuple[float, int]:
    """Share of Vietnamese syllables among the words with a letter outside ASCII, and how many such words there are."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return (sum(map(is_syllable, words)) / len(words) if words else 0.0), len(words)
