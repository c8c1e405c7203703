# ruff: noqa: E501  (patterns and word lists are read as tables)
"""How high an office or a post stands: 7 the General Secretary, 6 the heads of state and Government, 5 a ministry, 4 a province, 3 a department, 2 a district, 1 a commune or a firm."""

import re
from functools import lru_cache

from khue.language.offices import PROVINCES

_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "HCM", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"})
"""Cities under the centre, which rank with provinces; other cities rank with districts."""
_TOWNS = "|".join(name.lower() for name in PROVINCES if name not in _CITIES)
_RANKS = (
    (7, re.compile(r"tổng bí thư")),
    (6, re.compile(r"(?:lãnh đạo|người đứng đầu) chính phủ|thủ tướng|chủ tịch nước|chủ tịch quốc hội|ban bí thư|bộ chính trị")),
    (5, re.compile(r"(?<!tiến )(?<!cán )(?<!nội )(?<!toàn )(?<!đảng )(?<!đồng )bộ (?:khoa|giáo|tài|xây|y tế|nội|tư pháp|công|nông|văn|thông|kế|giao|lao|quốc|ngoại|dân tộc|gd|kh|tn|nn|lđ|vh|gt|tt)|tổng bí thư|chính phủ|thủ tướng|bộ trưởng|thứ trưởng|chủ tịch nước|chủ tịch quốc hội|ủy viên bộ chính trị|lãnh đạo bộ(?!\w)|ban bí thư")),
    (5, re.compile(r"ngân hàng thế giới|liên hợp quốc|đại sứ quán")),
    (4, re.compile(r"tổng cục(?!\w)")),
    (5, re.compile(r"văn phòng (?:chính phủ|quốc hội|trung ương)")),
    (3.6, re.compile(r"(?<!chánh )văn phòng (?:đoàn đbqh (?:và|&) )?(?:ubnd|ủy ban nhân dân|hđnd|tỉnh ủy|thành ủy)(?!\s*(?:huyện|quận|xã|phường|thị xã))")),
    (4.5, re.compile(r"(?:đoàn|tổ) giám sát")),
    (4.2, re.compile(r"(?:bí thư|thường trực|ban thường vụ)\s+(?:tỉnh ủy|thành ủy)")),
    (3.6, re.compile(r"đoàn (?:công tác|kiểm tra|khảo sát)|^đoàn$|^đoàn (?:cũng|đã|còn)")),
    (2, re.compile(rf"(?:(?:chủ tịch|lãnh đạo)\s+)?(?:ubnd|ủy ban nhân dân|hđnd)\s+(?:thành phố|tp\.?)\s+(?:{_TOWNS})(?!\w)")),
    (4, re.compile(
        r"ban\s+(?:kinh tế|kt|pháp chế|văn hóa|đô thị|dân tộc)[^,.;]{0,30}(?:hđnd|hội đồng nhân dân)\s+(?:tỉnh|thành phố|tp)|(?:chủ tịch|pct|ct|lãnh đạo|bí thư|thường trực|phó bí thư)\s+(?:thường trực\s+)?(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|mttq)?\s*(?:tỉnh|thành phố|tp|thành ủy|tỉnh ủy|thủ đô)(?!\s+thuộc)"
        r"|(?:chủ tịch|bí thư|lãnh đạo)\s+(?:tp\.?\s?)?(?:" + "|".join(PROVINCES).lower() + r")"
        r"|(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)\s+(?:tỉnh|thành phố|tp(?:\.?\s?hcm)?|" + "|".join(PROVINCES).lower() + r")(?!\w)|ban thường vụ (?:tỉnh|thành)|tỉnh ủy|thành ủy|người đứng đầu (?:tỉnh|thành phố)|lãnh đạo (?:tỉnh|thành phố)|chủ tịch (?:tỉnh|thành phố)")),
    (2, re.compile(r"(?:huyện|quận|thị xã|thị ủy|huyện ủy|quận ủy|phòng)(?!\w)")),
    (1, re.compile(r"(?:xã|phường|hợp tác xã|htx|công ty|doanh nghiệp|dn|tập đoàn|hội viên|trang trại|hộ)(?!\w)")),
    (3, re.compile(r"(?:sở|ban|vụ|cục|chi cục|viện|trường|đại học|liên hiệp|liên minh|hội|văn phòng|công an)(?!\w)")),
)  # fmt: skip
ORDERS = 3.5
"""From this rank on, a "đề nghị" is heard as an order by those below."""

_LEVELS = ((2.5, "below"), (ORDERS, "department"), (5.0, "province"), (9.0, "centre"))


def level(rank: float | None) -> str:
    """The level of a rank in a word; "nobody" where there is none."""
    return "nobody" if rank is None else next(name for limit, name in _LEVELS if rank < limit)


@lru_cache(maxsize=10_000)
def rank_of(words: str) -> float | None:
    """The rank of the first office or post in lower-cased words; `None` where none is named."""
    best: tuple[int, float] | None = None
    for rank, pattern in _RANKS:
        if (found := pattern.search(words)) and (best is None or found.start() < best[0]):
            best = (found.start(), float(rank))
    if best:
        return best[1]
    if words.startswith(("tỉnh", "thành phố", "tp")):
        return 4.0
    return 3.0 if "giám đốc" in words else None


def highest(title: str) -> float | None:
    """A post held beside a Party post counts by the higher: "Ủy viên Ban Thường vụ Thành ủy, Phó Chủ tịch …"."""
    ranks = [rank for part in title.split(",") if (rank := rank_of(part)) is not None]
    if not ranks:
        return None
    own = ranks[-1]
    return max(own, 3.6) if own >= 3 and max(ranks) >= 4 else own
