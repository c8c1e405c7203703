# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Who speaks in a report of a meeting, and how high: the same words are an order from above and a request from below."""

import re
from dataclasses import dataclass

from khue.language.offices import tidy
from khue.language.structure import Page
from khue.language.text import UPPER

_CAP = rf"[{UPPER}][^\W\d_]*"
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Lương|Mai|Tô|Trương|Cao|Hà|Tạ|Thái|Châu|"
    "Lưu|Quách|Đào|Chu|Lâm|Phùng|Vương|Nghiêm|Tống|La|Kiều|Đàm|Triệu|Nông|Hứa|Từ|Thân|Lò|Giàng|Sùng|Mùa|Cầm|Quàng|Bạch|Ông|Tăng|"
    "Doãn|Khương|Lại|Mạc|Ninh|Thạch|Kim|Sơn|Y|H’|Rơ|Siu|Điểu|Ma|Vi|Lục|Hầu|Thào|Vàng|Bàn|Viên|Văn|Đồng|Tôn|Trà|Thiều|Tiêu|Ung|Âu|Mẫn|Giang"
)
_PERSON = re.compile(rf"(?<!\w)(?:{_SURNAMES})(?:\s+{_CAP}){{1,4}}")
_TITLE = re.compile(
    r"(?:Tổng Bí thư|Phó Thủ tướng|Thủ tướng|Bộ trưởng|Thứ trưởng|Phó Chủ tịch|Chủ tịch|Phó Bí thư|Bí thư|Phó Giám đốc|Giám đốc|Phó Trưởng [Bb]an|Trưởng [Bb]an"
    r"|Phó Cục trưởng|Cục trưởng|Phó Chánh|Chánh|Phó Viện trưởng|Viện trưởng|Phó Trưởng phòng|Trưởng phòng|Phó Hiệu trưởng|Hiệu trưởng|Phó Tổng Giám đốc|Tổng Giám đốc|Ủy viên|Đại diện|đại diện|Quyền)[^;:.\n()]{0,130}$"
)
_SPEAKS = re.compile(
    r"(?<!\w)(?:phát biểu|kết luận|nhấn mạnh|cho biết|cho rằng|cho hay|chia sẻ|báo cáo|đánh giá|ghi nhận|khẳng định|yêu cầu|đề nghị|chỉ đạo|lưu ý|giao|bày tỏ|nêu rõ|nêu|thông tin|kiến nghị"
    r"|đề xuất|phản ánh|trăn trở|biểu dương|chỉ rõ|phân tích|quán triệt|mong muốn|mong|nhận định|thống nhất|trình bày|kêu gọi|gợi ý|làm rõ|giải trình|nhắc|đồng tình|hoan nghênh|đặt vấn đề|đề cập|giải đáp|ghi nhớ|quyết định|khuyến nghị)(?!\w)"
)
_ACCORDING = re.compile(
    r"(?:^|\s)theo\s+(?:đồng chí|ông|bà|đ/c|phó|chủ tịch|giám đốc|bí thư|thứ trưởng|bộ trưởng|đánh giá|báo cáo|phản ánh|ý kiến)",
    re.I,
)
_RANKS = (
    (5, re.compile(r"tổng bí thư|thủ tướng|bộ trưởng|thứ trưởng|chủ tịch nước|chủ tịch quốc hội|ủy viên bộ chính trị|lãnh đạo bộ(?!\w)|ban bí thư")),
    (4, re.compile(
        r"(?:chủ tịch|pct|ct|lãnh đạo|bí thư|thường trực|phó bí thư)\s+(?:thường trực\s+)?(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|mttq)?\s*(?:tỉnh|thành phố|tp|thành ủy|tỉnh ủy|thủ đô)"
        r"|(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)\s+(?:tỉnh|thành phố|tp)|ban thường vụ (?:tỉnh|thành)|tỉnh ủy|thành ủy|đoàn giám sát|người đứng đầu (?:tỉnh|thành phố)|lãnh đạo (?:tỉnh|thành phố)|chủ tịch (?:tỉnh|thành phố)")),
    (2, re.compile(r"(?:huyện|quận|thị xã|thị ủy|huyện ủy|quận ủy|phòng)(?!\w)")),
    (1, re.compile(r"(?:xã|phường|hợp tác xã|htx|công ty|doanh nghiệp|tập đoàn|hội viên|trang trại|hộ)(?!\w)")),
    (3, re.compile(r"(?:sở|ban|cục|chi cục|giám đốc|viện|trường|đại học|liên hiệp|hội|văn phòng|công an)(?!\w)")),
)  # fmt: skip
_CROWD = re.compile(
    r"(?:đại diện|các đại biểu|đại biểu|nhiều ý kiến|các ý kiến|một số ý kiến|cử tri|các doanh nghiệp|người dân|các chuyên gia|chuyên gia|các nhà khoa học|tham luận|lãnh đạo các|các địa phương|các đơn vị|các xã|các sở)"
)
_OFFICE = re.compile(
    r"(?:ubnd|ủy ban nhân dân|tỉnh ủy|thành ủy|sở|bộ|lãnh đạo|đoàn giám sát|hội|liên hiệp|ban|công ty)\s[^,;.:]{0,80}$"
)
ORDERS = 3.5
"""From this rank on, a "đề nghị" is heard as an order by those below."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who speaks: the fullest name with post that the text gives, and a rank (5 the centre … 0 a citizen)."""

    name: str
    rank: float


def rank_of(words: str) -> float | None:
    """The rank of the first office or post in lower-cased words; `None` where none is named."""
    best: tuple[int, float] | None = None
    for rank, pattern in _RANKS:
        if (found := pattern.search(words)) and (best is None or found.start() < best[0]):
            best = (found.start(), float(rank))
    return best[1] if best else None


class Speakers:
    """The people of one document, by name, with the post under which each was introduced."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known: dict[str, Voice] = {}
        for found in _PERSON.finditer(page.plain):
            self._introduce(found)

    def _introduce(self, found: re.Match[str]) -> None:
        name = " ".join(found[0].split())
        head = self._page.plain[max(0, found.start() - 160) : found.start()]
        clause = re.split(r"[.;:\n]", head)[-1]
        title = _TITLE.search(clause.rstrip(" -,"))
        if title is None:
            return
        last = title[0].split(",")[-1].strip()
        rank = _highest(title[0].lower())
        if rank is not None and (name not in self._known or self._known[name].rank < rank):
            self._known[name] = Voice(tidy(f"{last} {name}"), rank)

    def heard(self, start: int, end: int) -> Voice | None:
        """Who is said to speak in this sentence; `None` when it does not say."""
        if (according := _ACCORDING.search(self._page.low, start, end)) and (
            found := self._subject(according.start(), min(end, according.end() + 120))
        ):
            return found
        for verb in _SPEAKS.finditer(self._page.low, start, end):
            if found := self._subject(start, verb.start()):
                return found
        return None

    def _subject(self, start: int, stop: int) -> Voice | None:
        """The one who speaks, named between two offsets: a person, a crowd, a post, or an office."""
        page = self._page
        if (person := _PERSON.search(page.plain, start, stop)) and (known := self._by_name(person[0])):
            return known
        if crowd := _CROWD.search(page.low, start, min(stop, start + 60)):
            rank = rank_of(page.low[crowd.start() : stop])
            return Voice(tidy(page.text[crowd.start() : stop].strip(" ,")), min(rank or 1.0, 2.0))
        title = _TITLE.search(page.plain[start:stop].rstrip(" ,")) if stop - start < 300 else None
        words = title[0] if title else ""
        if not words and (office := _OFFICE.search(page.low, max(start, stop - 110), stop)):
            words = page.plain[office.start() : stop].strip()
        rank = _highest(words.lower()) if words else None
        return Voice(tidy(words), rank) if rank is not None else None

    def _by_name(self, person: str) -> Voice | None:
        name = " ".join(person.split())
        if name in self._known:
            return self._known[name]
        for known, voice in self._known.items():
            if known.endswith(name) or name.startswith(known):
                return voice
        return None


def _highest(title: str) -> float | None:
    """A post held beside a Party post counts by the higher: "Ủy viên Ban Thường vụ Thành ủy, Phó Chủ tịch …"."""
    ranks = [rank for part in title.split(",") if (rank := rank_of(part)) is not None]
    if not ranks:
        return None
    own = ranks[-1]
    return max(own, 3.6) if own >= 3 and max(ranks) >= 4 else own


def person(words: str) -> str | None:
    """The words, when they are a person's name and nothing else."""
    found = _PERSON.fullmatch(words)
    return " ".join(words.split()) if found else None


def has_person(words: str) -> bool:
    """True when the words hold a person's name."""
    return _PERSON.search(words) is not None
