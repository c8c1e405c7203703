"""Sentences that hold words of trouble and tell no trouble that someone voices."""

from khue.language import petition_words as say
from khue.language.voice import Voice

_HEADS = 6.0
"""From this rank on, nobody voices a trouble: who heads the Government weighs those of others."""


def only_aid(low: str, start: int, end: int) -> bool:
    """True when troubles are named only as what someone is helped to tell or to mend."""
    aided = say.AIDED.search(low, start, end)
    return aided is not None and say.NEGATIVE.search(low, start, aided.start()) is None


def goes_well(low: str, start: int, end: int) -> bool:
    """True when troubles are told as overcome; "chưa có hướng tháo gỡ", "nếu không tháo gỡ" tell that they are not."""
    return any(
        not (found[0] in _MENDED and say.UNMENDED.search(low, max(start, found.start() - _BEFORE), found.start()))
        for found in say.GOOD.finditer(low, start, end)
    )


_MENDED = frozenset({"tháo gỡ", "giải quyết", "tháo gỡ khó khăn", "được giải quyết", "được tháo gỡ"})
_BEFORE = 50
"""Code points before a word of mending in which it is denied."""


def only_names_them(low: str, start: int, end: int) -> bool:
    """ "nêu một số khó khăn, vướng mắc trong …": that there are troubles is told, not which."""
    vague = say.VAGUE.search(low, start, end)
    return vague is not None and not (
        say.SUCH_AS.search(low, vague.end(), end) or say.LACKS.search(low, vague.end(), end)
    )


def of_nobody(low: str, start: int, end: int, voice: Voice | None) -> bool:
    """True for a warning of nature, for what comes of the trouble told before, and for whoever heads the Government."""
    told = say.HAZARD.search(low, start, end) or say.THIS.match(low, start, end)
    return told is not None or (voice is not None and voice.rank >= _HEADS)
