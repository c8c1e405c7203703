"""Sentences that hold words of trouble and tell no trouble that someone voices."""

import re

from khue.language import petition_words as say
from khue.language.voice import Voice

_STATE = re.compile(r"(?:Chính phủ|Quốc hội|Văn phòng Chính phủ|người phát ngôn)(?!\w)", re.I)
_HEADS = 6.0
"""From this rank on, nobody voices a trouble: who heads the Government weighs those of others."""

_MATTER = 25
"""Code points before "còn hạn chế" that are enough to say what is wanting."""
NEAR_HEAD = 80
"""Code points at the head of a sentence in which the paper is named that told this before."""


def no_plight(low: str, start: int, end: int, voice: Voice | None) -> bool:
    """True where no trouble is told: it is overcome, not known, denied, might come, is a forecast, or nobody's."""
    if goes_well(low, start, end) or say.WHETHER.search(low, start, end) or only_aid(low, start, end):
        return True
    if _only_after(say.PREVENTS, low, start, end) or denied(low, start, end):
        return True
    about = say.TOPIC.match(low, start, end)
    told = about.end() if about else start
    if (case := say.IN_CASE.search(low, start, end)) and not say.NEGATIVE.search(low, told, case.start()):
        return True
    if (storm := say.STORM.search(low, start, end)) and not say.NEGATIVE.search(low, storm.end(), end):
        return True
    retold = say.NEWSPAPER.search(low, start, min(end, start + NEAR_HEAD))
    return retold is not None or of_nobody(low, start, end, voice)


def only_aid(low: str, start: int, end: int) -> bool:
    """True when troubles are named only as what someone is helped to tell or to mend."""
    return _only_after(say.AIDED, low, start, end)


def denied(low: str, start: int, end: int) -> bool:
    """True when a trouble is said not to be there: "hoàn toàn không có hiện tượng lún võng"."""
    after = say.DENIED.search(low, start, end)
    return _only_after(say.DENIED, low, start, end) and not (after and say.TURNED.search(low, after.end(), end))


def all_well(low: str, start: int, end: int) -> bool:
    """True when troubles are overcome or denied."""
    return goes_well(low, start, end) or denied(low, start, end)


def _only_after(words: re.Pattern[str], low: str, start: int, end: int) -> bool:
    found = words.search(low, start, end)
    return found is not None and say.NEGATIVE.search(low, start, found.start()) is None


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
    return told is not None or (voice is not None and (voice.rank >= _HEADS or _STATE.match(voice.name) is not None))


def has_content(low: str, opens: re.Match[str], start: int, said: int, end: int) -> bool:
    """True when a sentence says what is difficult, not only that something is; what is said begins at `said`."""
    if only_names_them(low, start, end):
        return False
    near = max(start, opens.start() - 40)
    vague = opens[0].startswith("còn") and opens[0].endswith(("hạn chế", "bất cập"))
    if (vague or opens[0] in say.STILL_HARD) and opens.start() - start > _MATTER:
        return True
    if say.NEGATIVE.search(low, opens.end(), end) or say.NEGATIVE.search(low, said, opens.start()):
        return True
    return bool(say.CONTENT.search(low, opens.end(), end) or say.CONTENT.search(low, near, opens.start()))
