"""Someone who speaks in a report of a meeting, and whom that voice stands above."""

import re
from dataclasses import dataclass

_HEAD_OF = re.compile(r"(?:phó )?(?:chủ tịch|bí thư|trưởng|giám đốc)", re.I)
_UNITS_BELOW = re.compile(r"(?:UBND |thủ trưởng |lãnh đạo |trưởng )?các\s", re.I)
_UNITS_BESIDE = re.compile(r"(?<!\w)(?:sở|bộ|tỉnh|thành phố|trung ương)(?!\w)", re.I)
_COMMITTEE = re.compile(r"(?:UBND|Ủy ban nhân dân)(?!\s+các)", re.I)
_COUNCIL = re.compile(r"(?<!đại biểu )(?:HĐND|Hội đồng nhân dân)(?!\s+(?:xã|phường))", re.I)


UNKNOWN = 1.5
"""The rank of a person whose post the text does not give."""


_MUST = re.compile(r"\s(?:cần|phải)\s")
_NEAR = 70
"""Code points after "yêu cầu" in which "cần", "phải" says that it orders."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who speaks: the fullest name with post that the text gives, and a rank (5 the centre … 0 a citizen)."""

    name: str
    rank: float
    others: tuple[str, ...] = ()
    """Those who speak with one voice beside the first: "Sở A, Liên hiệp hội B kiến nghị …"."""

    @property
    def of_council(self) -> bool:
        """True for a council above the communes, and for its head."""
        return _COUNCIL.search(self.name) is not None

    def oversees(self, name: str) -> bool:
        """True for a council before the committee that answers to it: "HĐND tỉnh đề nghị UBND tỉnh …"."""
        return self.of_council and bool(_COMMITTEE.match(name))

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.others)

    def heads(self, crowd: str) -> bool:
        """True for the head of a district or commune before the units below: "các phòng, ban", "UBND các xã"."""
        return (
            (self.rank >= 2 or _COMMITTEE.search(self.name) is not None)
            and _HEAD_OF.match(self.name) is not None
            and _UNITS_BELOW.match(crowd) is not None
            and not _UNITS_BESIDE.search(crowd)
        )


def obliges(low: str, position: int, voice: Voice) -> bool:
    """True where someone whose post is not told demands what others must do: "ông A yêu cầu đoàn … **phải** …"."""
    return voice.rank == UNKNOWN and _MUST.search(low, position, position + _NEAR) is not None
