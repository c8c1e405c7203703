# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Who is meant: offices, groups of offices, posts and persons in the phrases that give them work."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from khue.language.acronyms import acronym_at, acronyms
from khue.language.called import called
from khue.language.name_ends import NAME, NameEnds
from khue.language.several import several
from khue.language.spelling import DATA, RIGHT_CASE, any_of, flat, tidy
from khue.language.structure import Page, Span
from khue.language.text import UPPER

Role = Literal["lead", "support"]


@dataclass(frozen=True, slots=True)
class Assignee:
    """A unit, group or person that is given work, by its full name. Lead units answer for it, support units help."""

    name: str
    role: Role


_JOINT = re.compile(r"[\s,&-]+|(?<=\s)và(?=\s)")


def _field_key(words: str) -> str:
    """A field blind to how its parts are joined: "Tài nguyên - môi trường" and "Tài nguyên và Môi trường" are one."""
    return _JOINT.sub("", words.lower())


_SPELLED = [name for full, shorts in DATA["fields"].items() for name in (full, *shorts)]
_FIELDS: dict[str, str] = {
    _field_key(short): full for full, shorts in DATA["fields"].items() for short in (*shorts, full)
}


_LINKS = r"(?:\s*[,&]\s*|\s*-\s*|\s+và\s+|\s+)"


def _loose(name: str) -> str:
    """A field whose parts may be joined by a hyphen or "và", by a comma where none of them is by a hyphen."""
    parts = re.split(r", | - | và ", name)
    links = _LINKS.replace(",&", "&") if " - " in name else _LINKS
    return links.join(r"\s+".join(map(re.escape, part.split())) for part in parts)


_FIELDS |= {_field_key(brief): full for brief, full in DATA["brief_fields"].items()}
_BRIEF = rf"(?:(?<=[Ss]ở\s)|(?<=[Bb]ộ\s))(?:{any_of(DATA['brief_fields'])})(?!\s*(?:,|và|-|&)\s*(?:Du\s+lịch|Thể\s+thao|Thông\s+tin|Phát\s+triển|Môi\s+trường|PTNT|Công\s+nghệ))"
"""How the press calls a ministry or department, by the first words of its field."""
_LONG = sorted((name for name in _SPELLED if " " in name), key=len, reverse=True)
_FIELD = rf"(?:(?i:{'|'.join(map(_loose, _LONG))})|{any_of(name for name in _SPELLED if ' ' not in name)}|{_BRIEF})"
PROVINCES: tuple[str, ...] = tuple(DATA["places"]["provinces"])
_PROVINCE = any_of(PROVINCES)
_WHERE = rf"(?:\s+(?:(?:tỉnh|thành\s+phố|Thành\s+phố|TP\.?|T\.P\.?)\s*)?(?P<where>{_PROVINCE})(?!\w)|\s+(?:tỉnh|thành\s+phố|Thành\s+phố|TP)(?!\w))?"
_ANY_POST = any_of(DATA["bodies"]["posts"])
_POST = rf"(?P<post>(?:(?:đồng\s+chí|Đồng\s+chí|các)\s+)?(?:{_ANY_POST})(?:\s*,\s*(?:{_ANY_POST}))?(?:\s+(?:các|thường\s+trực|Thường\s+trực))?\s+)?"
_LEVEL = r"(?:tỉnh|Tỉnh|thành\s+phố|Thành\s+phố|TP\.?|Thủ\s+đô|quận|Quận|huyện|Huyện|thị\s+xã|Thị\s+xã|xã|Xã|phường|Phường|thị\s+trấn|đặc\s+khu|cấp\s+(?:tỉnh|huyện|xã|cơ\s+sở)|các\s+cấp|địa\s+phương)"
_COUNCIL = re.compile(
    rf"{_POST}(?:Thường\s+trực\s+|Văn\s+phòng\s+)?(?:UBND|U\.B\.N\.D|[ỦU]y\s+ban\s+[Nn]hân\s+dân|HĐND|Hội\s+đồng\s+[Nn]hân\s+dân)(?:\s*(?:,|và|-|&)\s*(?:UBND|HĐND|[ỦU]y\s+ban\s+[Nn]hân\s+dân))?"
    rf"(?:\s+(?:các\s+|\d+\s+)?{_LEVEL}(?:(?:\s*(?:,|/|-|và|hoặc)\s*|\s+(?=thành\s+phố\s+trực|(?<=quận\s)huyện(?!\w)|(?<=xã\s)phường(?!\w)|(?<=phường\s)xã(?!\w)))(?:các\s+)?(?:{_LEVEL}|thành|thị)(?:(?<=TP\.)|(?!\w)))*)?(?:\s+(?:{NAME}|\d{{1,2}}(?![\d.,/%]))|(?<=TP\.){NAME})?(?:\s*\([^()]{{1,40}}\))?"
    rf"(?:\s+trực\s+thuộc\s+[Tt]rung\s+ương)?(?:\s+từ\s+{NAME}\s+đến\s+{NAME})?"
    r"(?:\s+trên\s+địa\s+bàn(?:\s+(?:toàn\s+)?(?:tỉnh|thành\s+phố|Thành\s+phố))?|\s+(?:có\s+)?liên\s+quan)?"
)
_FIELDED = re.compile(
    rf"{_POST}(?P<many>[Cc]ác\s+)?(?P<head>[Ss]ở|Bộ|(?<!cán )(?<!nội )bộ(?=\s*:?\s+[{UPPER}])|[Pp]hòng|[Nn]gành)\s*:?\s+(?P<field>{_FIELD})(?![\w&]){_WHERE}"
)
_NEXT_FIELD = re.compile(rf"(?:\s*[,;]\s*|\s+và\s+|\s*,\s+và\s+)(?P<field>{_FIELD})(?![\w&]){_WHERE}")
_MINISTER = re.compile(
    rf"(?:(?:đồng\s+chí|Đồng\s+chí)\s+)?(?P<post>Bộ\s+trưởng|Thứ\s+trưởng)\s+(?P<field>{_FIELD})(?![\w&])"
)
_MINISTERS = re.compile(
    r"(?:(?:các\s+(?:đồng\s+chí\s+)?)?Bộ\s+trưởng(?:\s+các\s+[Bb]ộ)?\s*(?:,|và)\s*)?(?:các\s+)?(?:Thủ\s+trưởng\s+)?(?:các\s+)?[Cc]ơ\s+quan\s+ngang\s+[Bb]ộ"
    r"(?:\s*(?:,|và)\s*(?:Thủ\s+trưởng\s+)?(?:các\s+)?[Cc]ơ\s+quan\s+(?:khác\s+)?(?:thuộc|trực\s+thuộc)\s+Chính\s+phủ)?"
)
"""All ministers and heads of central agencies, as papers of the Government address them."""
_COUNCILS = re.compile(
    rf"(?P<post>(?:(?:các\s+)?(?:đồng\s+chí|Đồng\s+chí)\s+)?(?:Bí\s+thư(?:\s+Tỉnh\s+ủy)?(?:\s*,\s*|\s+và\s+))?(?:Phó\s+)?Chủ\s+tịch\s+)?(?:UBND|[ỦU]y\s+ban\s+[Nn]hân\s+dân)\s+(?:(?:các\s+)?tỉnh|các\s+địa\s+phương)"
    rf"(?:\s*,\s*thành\s+phố)?\s*:?\s+(?P<list>(?:{_PROVINCE})(?:(?:\s*,\s*|\s+và\s+)(?:{_PROVINCE})(?!\w))+)"
)
"""One post in several provinces: "Chủ tịch UBND các tỉnh: Lào Cai, Sơn La"."""
CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"})
_GROUP_WORD = any_of(DATA["bodies"]["groups"])
_GROUP = re.compile(
    rf"{_POST}(?:(?:tất\s+cả|toàn\s+thể|từng)\s+)?(?P<lead>100\s?%(?=\s+(?:sở|ngành|bộ|quận|huyện|phường|xã|cơ\s+quan|địa\s+phương|doanh\s+nghiệp|hộ|cơ\s+sở|trường|đơn\s+vị)\b)|[Cc]ác|[Mm]ọi|hai|ba|bốn|\d{{1,2}}|[Nn]hững|[Mm]ỗi|[Tt]ừng|[Tt]oàn(?:\s+thể)?(?!\s+bộ(?!\s*,))|[Mm]ột\s+số)\s+(?P<first>{_GROUP_WORD}|vụ(?=\s*,\s*(?:cục|viện)(?!\w)))(?!\w)",
    re.I,
)
_MORE_GROUP = re.compile(
    rf"\s*(?:(?:,|/|-)\s*(?:các\s+)?|(?:và|cùng)\s+)(?!chính\s+quyền\s+(?:các|địa)|(?:thành\s+phố|tỉnh|huyện|quận|thị\s+xã|xã|phường)\s+(?-i:[{UPPER}]))(?:{_GROUP_WORD}|(?<=cục,\s)vụ(?!\s+(?:việc|án))|(?<=tỉnh,\s)thành(?!\s+(?:phố|ủy|viên|lập|công|phần)))(?!\w)",
    re.I,
)
_TOLD_ABOVE = re.compile(r"\s+(?:nêu|nói|kể)\s+trên(?!\w)")
_LEVELS_ON = re.compile(r"\s*(?:,|và)\s*cấp\s+(?:tỉnh|huyện|xã|cơ\s+sở)(?!\w)")
_BY_PART = re.compile(
    r"\s+được\s+(?:giao|phân\s+công)\s[^,;:.]{3,70}?(?=\s(?:theo\s[^,;:.]{3,30}?\s)?(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|phải|cần)\s)"
)
"""Which of a group, told by the part it was given: "các cơ quan **được phân công chủ trì** có trách nhiệm …"."""
_STILL_GROUP = re.compile(r"\s*(?:,|và)\s*(?:cơ\s+quan|địa\s+phương|đơn\s+vị|đoàn\s+thể)(?!\w)", re.I)
"""After what tells which of a group: "các bộ, cơ quan trung ương **và địa phương**"."""
_AND_OTHERS = re.compile(
    r"\s*,\s*tổ\s+chức\s*(?:,|và)\s*cá\s+nhân(?:\s+(?:có\s+)?liên\s+quan)?(?!\w)|(?<=tỉnh\s[uủ][ỷy])\s*,\s*thành\s+[uủ][ỷy](?!\w)|(?<=(?<!các)\stỉnh),\s*thành\s+phố(?=\s+(?-i:[^\W\dA-ZĐ]))",
    re.I,
)
"""What ends the name of a group: "các cơ quan quản lý nhà nước**, tổ chức, cá nhân** có trách nhiệm …"."""
_BODY = re.compile(
    rf"{_POST}(?P<body>{any_of(DATA['bodies']['heads'])})(?!\w)(?!\s+(?:hành|hợp|nghị|thảo|cáo|chức|hội|việc|án|nghề|diện|chống|suất|đất|trợ|quả|ta|tế)(?!\w)|\s*,\s*(?:ban|ngành)(?!\w))"
)
_STAFF = re.compile(
    r"(?:toàn\s+thể\s+)?cán\s+bộ(?:\s*(?:,|và)\s*(?:công\s+chức|viên\s+chức|công\s+nhân(?:\s+viên)?|nhân\s+viên|đảng\s+viên|chiến\s+sĩ|người\s+lao\s+động))*\s+của\s+"
)
"""The people of a body, who stand for it: "cán bộ, công nhân viên của tập đoàn"."""
_SUCH_AS = re.compile(
    r"(?:hàng\s+loạt|nhiều|một\s+số|các)\s+(?:cơ\s+quan|đơn\s+vị|bộ,?\s+ngành|sở,?\s+ngành|địa\s+phương)\s+(?:như|gồm)\s*:?\s+"
)
"""Before those meant: "hàng loạt cơ quan như Bộ Quốc phòng, Bộ Công an"."""
_BEFORE = ("hàng ", "nhiều ", "một ", "các ", "toàn ", "cán ")
"""How both begin: most names do not."""
_BRAND = re.compile(
    rf"(?:VNPT|Viettel|EVN|FPT|Mobi[Ff]one|Vina[Pp]hone)(?!\w)(?:\s+(?:tỉnh\s+|thành\s+phố\s+)?{NAME})?"
)
"""Companies known by a name of their own, which no common word follows."""
_PLACED = re.compile(
    rf"(?:chính\s+quyền\s+)?(?:[Tt]ỉnh|[Tt]hành\s+phố|TP\.?|TX\.?|[Qq]uận|[Hh]uyện|[Tt]hị\s+xã|[Xx]ã|[Pp]hường|[Tt]hị\s+trấn)\s*(?:(?<=\s){NAME}|(?<=\.){NAME}|\d{{1,2}}(?![\d.,/%]))"
)
_PLACE_RANKS = {"thôn": 0, "ấp": 0, "bản": 0, "xã": 1, "phường": 1, "thị trấn": 1, "huyện": 2, "quận": 2, "thị xã": 2, "thành phố": 3, "tỉnh": 4}  # fmt: skip
_PLACE_LEVEL = rf"(?P<level>{any_of(_PLACE_RANKS)})\s+(?:{NAME}|\d{{1,2}}(?![\d.,/%]))"
_AT_PLACE = re.compile(rf"(?<!\w){_PLACE_LEVEL}$")
_AROUND = re.compile(rf"\s*,\s*{_PLACE_LEVEL}")
_CITY_ITSELF = re.compile(
    rf"(?:{_PROVINCE})(?=\s+(?:(?:cũng|rất)\s+)?(?:có\s+(?:giải\s+pháp|kế\s+hoạch|phương\s+án)|chỉ\s+đạo|cần(?!\s+Thơ)|phải|tiếp\s+tục|tập\s+trung|chủ\s+động|khẩn\s+trương|quan\s+tâm|đẩy\s+mạnh|sớm|nghiên\s+cứu|tạo|thực\s+hiện|rà\s+soát|triển\s+khai|xây\s+dựng|phối\s+hợp|tăng\s+cường)(?!\w))"
)
_PERSON = re.compile(
    rf"(?:các\s+)?(?:đồng\s+chí|Đồng\s+chí|đ/c|Đ/c|ông|Ông|bà|Bà)\s+(?!(?:Bí\s+thư|Phó|Chủ\s+tịch|Giám\s+đốc|Thứ\s+trưởng|Bộ\s+trưởng|Trưởng|Chánh|Thường\s+trực)(?!\w))(?P<person>{NAME})(?:\s*[-–,(]\s*(?P<title>(?:{any_of(DATA['bodies']['posts'])})[^;:.,()\n]{{0,90}}?)(?=[,;:.)\n]|\s+(?:chủ\s+trì|chỉ\s+đạo|phụ\s+trách|trực\s+tiếp|tiếp\s+tục|tập\s+trung)))?\)?"
)
_BARE = re.compile(
    r"(?P<bare>[Ss]ở|[Nn]gành|[Đđ]ơn\s+vị|[Tt]ỉnh|[Tt]hành\s+phố|[Hh]uyện|[Qq]uận|[Tt]hị\s+xã|[Xx]ã|[Pp]hường|[Đđ]ịa\s+phương|Bộ|Ban|Trung\s+tâm|Viện|Cục|Chi\s+cục|Công\s+ty|Hội)(?:\s+(?:này|mình|ta|trên|nói\s+trên|KH&CN|khoa\s+học\s+và\s+công\s+nghệ))?(?=\s)(?!\s+(?:hành|hợp|nghị|thảo|cáo|chức|hội|việc|án|nghề|diện|chống|suất|đất|trợ|quả|ta|tế)(?!\w))"
    rf"(?!\s+[{UPPER}])"
)
_ONE_OF_A_KIND = {
    head: re.compile(rf"(?<!\w){head}\s+(?=[{UPPER}])") for head in ("Viện", "Cục", "Chi cục", "Trung tâm")
}
"""Bodies that a text names in full and then by this word alone."""
_FIELD_HEADS = frozenset({"sở", "bộ", "phòng", "ngành"})
_RECALL = 4000
"""Code points before such a word in which the full name is looked for."""
_MEMBERS = re.compile(r"(?<=đồng chí)\s+trong\s+|(?<=thành viên)\s+(?:trong\s+)?")
"""Between people and the body they sit in: "từng đồng chí **trong** Ban Thường vụ"."""
_PLACE_LEVELS = frozenset({"tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường"})
_THIS = ("này", "nói trên")
_OF_MINISTRIES = frozenset({"Công an", "Quốc phòng", "Ngoại giao"})
_WHICH = r"\s+(?:bị|chịu|đã(?!\s+(?:và đang|được|có|tổ chức|triển khai|thực hiện|báo cáo|ban hành|tham mưu|hoàn thành|phối hợp))|có(?!\s+(?:trách nhiệm|nhiệm vụ|kế hoạch|giải pháp|phương án|biện pháp|ý kiến)))\s(?!trách)[^,;:.]{3,60}?"
"""Which of the units: "UBND các địa phương **bị thiệt hại** tiếp tục …"."""
_APPOSED = re.compile(
    r"\s*(?:[-–,]\s*(?:là\s+)?|\()[Cc]ơ\s+quan\s+(?:[Tt]hường\s+trực|đầu\s+mối|chủ\s+trì|tham\s+mưu)[^,;:.()\n–-]{0,80}(?:\s+[-–]\s*|\)\s*,?\s*|,\s+)"
    r"|\s+[-–]\s+(?:là\s+)?(?:chủ\s+đầu\s+tư|nhà\s+thầu|đơn\s+vị)(?:\s[^,;:.()\n–-]{3,60}?)?\s+[-–]\s+"
    rf"|{_WHICH}(?=\s(?:cần|phải|có trách nhiệm|tiếp tục|chủ động|khẩn trương|tập trung|thường xuyên|tăng cường|nghiêm túc)\s)"
    rf"|(?:{_WHICH})?\s*,\s*(?:nhất là|đặc biệt là|trước hết là)\s(?:các\s[^,;:.]{{3,20}}:\s)?[^;:.]{{3,90}}?(?=\s(?:cần|phải|có trách nhiệm|tiếp tục|chủ động|khẩn trương|tập trung)\s)"
)
"""What the unit is besides, between marks: "Sở X - cơ quan Thường trực của Hội đồng - chủ trì"."""
_AND = re.compile(r"(?:\s*[,;/]\s*(?:(?:và|cùng)\s+)?|\s+(?:và|cùng\s+với|cùng|với)\s+|\s+[-–]\s+)")
_GENERIC_WORD = (
    r"(?:người\s+đứng\s+đầu\s+(?:các\s+)?cấp\s+ủy(?:\s+đảng)?|thủ\s+trưởng\s+(?:các\s+)?(?:cơ\s+quan|đơn\s+vị)|sở\s*,\s*(?:ban\s*,\s*)?ngành|đoàn\s+kiểm\s+tra|tập\s+đoàn|quý\s+(?:cơ\s+quan|đơn\s+vị|sở|ban|ngành|địa\s+phương|công\s+ty|doanh\s+nghiệp)|cơ\s+quan|đơn\s+vị|chủ\s+đầu\s+tư|nhà\s+đầu\s+tư|nhà\s+thầu|cấp\s+ủy(?:\s+đảng)?|cấp\s+ủy|chính\s+quyền|người\s+đứng\s+đầu|tổ\s+chức\s+đảng|doanh\s+nghiệp|văn\s+phòng(?:\s+thường\s+trực(?:\s+ban\s+chỉ\s+đạo)?)?|trung\s+tâm|chủ\s+(?:phương\s+tiện|rừng|hộ|tàu|cơ\s+sở)|người\s+(?:điều\s+khiển\s+phương\s+tiện|tham\s+gia\s+giao\s+thông)"
    r"|(?:cả\s+)?hệ\s+thống\s+chính\s+trị|DNNN|chi\s+cục|ban\s+quản\s+lý|tổ\s+công\s+tác|lực\s+lượng|kiểm\s+lâm|quân\s+đội|(?:bộ\s+đội\s+)?biên\s+phòng|dân\s+quân|hội\s+đồng|lãnh\s+đạo(?=\s+(?:các|bộ|ubnd|sở|huyện|xã|tỉnh|thành|đơn|cơ|phòng|địa\s+phương))|ban\s+chỉ\s+đạo|tiểu\s+ban|công\s+an|cán\s+bộ(?:\s*,?\s*(?:công\s+chức|viên\s+chức))*|đảng\s+viên|người\s+lao\s+động|địa\s+phương|bộ\s*,?\s*ngành|người\s+dân|nhân\s+dân|bà\s+con|nông\s+dân|thanh\s+niên(?:\s+xung\s+kích)?|cấp\s+có\s+thẩm\s+quyền|thường\s+trực|ngành)"
)
_GENERIC = re.compile(rf"{_GENERIC_WORD}(?!\w)(?:\s*(?:,\s*(?:các\s+)?|và\s+){_GENERIC_WORD}(?!\w))*", re.I)


_AT_END = re.compile(rf"\s(?:(?:tỉnh|thành phố|Thành phố|huyện|quận|thị xã)(?:\s{NAME})?|(?:{_PROVINCE}))$")
_LEVELLED = frozenset({"tỉnh", "thành", "Thành", "huyện", "quận", "thị"})
_COMRADE = re.compile(r"^[Cc]ác\s+đồng\s+chí\s+(?=[A-ZĐ])")
_OF_PLACE = frozenset({"Công an", "Bộ đội Biên phòng", "Hải quan", "Thuế", "Thanh tra", "Quản lý thị trường", "Kho bạc", "Thống kê"})  # fmt: skip
"""Bodies that a province has one of, named by their kind alone where their place stands with the last of a list."""


class Offices:
    """The offices of one document: parses the phrases that name them and remembers who was introduced where."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._found: dict[Span, tuple[list[str], int]] = {}
        """What begins at a place, up to another: several who read a sentence ask it of the same place."""
        self._ends = NameEnds(page, self._one)
        self._introduced: list[tuple[int, str, str]] = []
        for found in _FIELDED.finditer(page.plain):
            if not found["many"]:
                name = _fielded(found, found["field"]).removeprefix(_post(found))
                self._introduced.append((found.start("head"), found["head"].lower(), name))
        self._starts = [start for start, _, _ in self._introduced]
        self._short: dict[str, str] = {}
        self._short = acronyms(page, self.listed)
        self._found = {}

    def listed(self, start: int, end: int) -> tuple[list[str], int]:
        """Return the full names listed from `start` on and where the list stops; no names when none begins here."""
        names: list[str] = []
        stop = position = start
        while position < end:
            found, after = self._one(position, end)
            if not found:
                break
            names += found
            stop = after
            if apposed := _APPOSED.match(self._page.plain, after, end):
                stop = position = apposed.end()
                continue
            while where := self._lies_in(position, after, end):
                position, stop = after, where
                after = where
            joint = _AND.match(self._page.plain, after, end)
            if joint is None:
                break
            position = joint.end()
        return _sharing_place(names), stop

    def _lies_in(self, start: int, position: int, end: int) -> int | None:
        """Where the name of a place ends that only tells where the one before lies: "UBND xã A**, huyện B, tỉnh C**"."""
        around = _AROUND.match(self._page.plain, position, end)
        inside = _AT_PLACE.search(self._page.plain, start, position) if around else None
        if around is None or inside is None:
            return None
        levels = [_PLACE_RANKS[" ".join(found["level"].lower().split())] for found in (inside, around)]
        return around.end() if levels[0] < levels[1] else None

    def last(self, before: int, head: str = "sở") -> str | None:
        """Return the office of that kind introduced last before an offset: what "Sở" alone stands for."""
        for index in range(bisect_left(self._starts, before) - 1, -1, -1):
            if self._introduced[index][1] == head:
                return self._fullest(self._introduced[index][2])
        return None

    def _fullest(self, name: str) -> str:
        """The same office with its place, when the document names it so somewhere."""
        longer = {full for _, _, full in self._introduced if full.startswith(name + " ")}
        return longer.pop() if len(longer) == 1 else name

    def _one(self, start: int, end: int) -> tuple[list[str], int]:
        if (start, end) not in self._found:
            self._found[start, end] = self._read(start, end)
        return self._found[start, end]

    def _read(self, start: int, end: int) -> tuple[list[str], int]:
        text = self._page.plain
        if text.startswith(_BEFORE, start):
            before = _SUCH_AS.match(text, start, end) or _STAFF.match(text, start, end)
            if before and (of := self._one(before.end(), end))[0]:
                return of
        if (high := self._council(start, end))[0]:
            return high
        if found := _FIELDED.match(text, start, end):
            return self._fields(found, end)
        if found := _GROUP.match(text, start, end):
            return self._group(found, end)
        if (found := _CITY_ITSELF.match(text, start, end)) or (found := _PLACED.match(text, start, end)):
            return [tidy(found[0])], found.end()
        if found := _PERSON.match(text, start, end):
            name = found["person"] + (f", {found['title']}" if found["title"] else "")
            return [tidy(name)], found.end()
        if found := _BRAND.match(text, start, end):
            return [tidy(found[0])], found.end()
        if found := _BODY.match(text, start, end):
            stop = self._ends.stop(found.end(), end, named=True)
            if stop > found.end() or found["post"] or not _BARE.match(text, start, end):
                return [tidy(text[start:stop])], stop
        found = _BARE.match(text, start, end)
        return (found and self._bare(found, end)) or self._any_other(start, end)

    def _any_other(self, start: int, end: int) -> tuple[list[str], int]:
        """Bodies told by a common word, and those of any name."""
        text = self._page.plain
        if found := _GENERIC.match(text, start, end):
            stop = self._ends.stop(found.end(), end, named=False)
            while "cấp " in text[start:stop] and (more := _LEVELS_ON.match(text, stop, end)):
                stop = more.end()
            return [tidy(text[start:stop])], stop
        if short := self.abbreviated(start, end):
            return [short[0]], short[1]
        name = called(self._page, start, end)
        return ([tidy(name)], start + len(name)) if name else ([], start)

    def abbreviated(self, start: int, end: int) -> tuple[str, int] | None:
        """The body in full whose short name, given in this document, begins here, and where that ends."""
        short = acronym_at(self._page, start, end)
        return (self._short[short], start + len(short)) if short and short in self._short else None

    def in_full(self, short: str) -> str:
        """The body to which this document gives that short name; the name itself where none has it."""
        return self._short.get(short, short)

    def _council(self, start: int, end: int) -> tuple[list[str], int]:
        """Several units under one word, committees and councils of the people, and ministers."""
        text = self._page.plain
        if many := several(text, start, end):
            return many
        if found := _COUNCILS.match(text, start, end):
            return _of_provinces(found), found.end()
        if found := _COUNCIL.match(text, start, end):
            return [tidy(found[0])], found.end()
        if found := _MINISTERS.match(text, start, end):
            return [tidy(found[0])], found.end()
        if found := _MINISTER.match(text, start, end):
            return [f"{flat(found['post'])} Bộ {_FIELDS[_field_key(found['field'])]}"], found.end()
        return [], start

    def _fields(self, found: re.Match[str], end: int) -> tuple[list[str], int]:
        first = _fielded(found, found["field"])
        names = [self._fullest(first) if found["field"] in DATA["brief_fields"] else first]
        stop = found.end()
        while more := _NEXT_FIELD.match(self._page.plain, stop, end):
            if more["field"] in _OF_MINISTRIES and found["head"].lower() != "bộ":
                break
            names.append(tidy(f"{_post(found)}{found['head'].capitalize()} {_FIELDS[_field_key(more['field'])]}"))
            stop = more.end()
        if len(names) == 1 and found["many"] and not found["post"]:
            names = [f"các {names[0]}"]
        return names, stop

    def _group(self, found: re.Match[str], end: int) -> tuple[list[str], int]:
        stop = found.end()
        while more := _MORE_GROUP.match(self._page.plain, stop, end):
            stop = more.end()
        stop = self._ends.stop(stop, end, named=False)
        while more := _STILL_GROUP.match(self._page.plain, stop, end):
            stop = self._ends.stop(more.end(), end, named=False)
        if more := _AND_OTHERS.match(self._page.plain, stop, end) or _BY_PART.match(self._page.plain, stop, end):
            stop = more.end()
        if within := _MEMBERS.match(self._page.plain, stop, end):
            stop = self._one(within.end(), end)[1] if self._one(within.end(), end)[0] else stop
        start = found.start("first") if found["lead"].startswith("100") else found.start()
        above = _TOLD_ABOVE.match(self._page.plain, stop, end)
        return [tidy(self._page.plain[start:stop])], above.end() if above else stop

    def _bare(self, found: re.Match[str], end: int) -> tuple[list[str], int] | None:
        """A body named by its kind alone; `None` where the word means any of the kind."""
        head = " ".join(found["bare"].lower().split())
        name = self.last(found.start(), head) if head in _FIELD_HEADS else self._named_before(found)
        stop = found.end()
        if name is None and _GENERIC.match(self._page.plain, found.start(), end):
            return None
        if name is None:
            stop = self._ends.stop(found.end(), end, named=True)
        return [name or tidy(self._page.plain[found.start() : stop])], stop

    def _named_before(self, found: re.Match[str]) -> str | None:
        """The body of that kind named before in full: "Viện Hóa học … Viện cần …"; `None` for kinds of which many are."""
        head = found["bare"]
        if head.lower() in _PLACE_LEVELS and found[0].endswith(_THIS):
            return self._placed_before(head, found.start())
        if head not in _ONE_OF_A_KIND or found.end() - found.end("bare") > 0:
            return None
        near = max(0, found.start() - _RECALL)
        named = [m.start() for m in _ONE_OF_A_KIND[head].finditer(self._page.plain, near, found.start())]
        if not named:
            return None
        stop = self._page.plain.find(". ", named[-1], found.start())
        return self._one(named[-1], stop if stop > 0 else found.start())[0][0]

    def _placed_before(self, head: str, position: int) -> str | None:
        """The place of that kind named last: "UBND huyện Lộc Hà … yêu cầu **huyện này** rà soát"."""
        level = re.compile(rf"(?:UBND\s+)?(?i:{head})\s+{NAME}")
        named = level.findall(self._page.plain, max(0, position - _RECALL), position)
        return tidy(named[-1]) if named else None


def _sharing_place(names: list[str]) -> list[str]:
    """The place at the end of a list is that of all bodies in it: "Công an, Hải quan, Thuế **tỉnh X**"."""
    where = _AT_END.search(names[-1]) if len(names) > 1 else None
    names = [_COMRADE.sub("", name) for name in names]
    if where is None:
        return names
    end = (
        where[0]
        if where[0].split()[0] in _LEVELLED
        else f" {'Thành phố' if where[0].strip() in CITIES else 'tỉnh'}{where[0]}"
    )
    return [f"{name}{end}" if name in _OF_PLACE else name for name in names]


def _post(found: re.Match[str]) -> str:
    post = flat(found["post"] or "")
    for many in (" các", "các "):
        post = post.removesuffix(many).removeprefix(many)
    return f"{post} " if post else ""


def _of_provinces(found: re.Match[str]) -> list[str]:
    """One name for each province of a list, under the post that all of them have."""
    post = "Chủ tịch " if found["post"] else ""
    places = [RIGHT_CASE.get(flat(one).lower(), flat(one)) for one in re.split(r"\s*,\s*|\s+và\s+", found["list"])]
    return [f"{post}UBND {'thành phố' if one in CITIES else 'tỉnh'} {one}" for one in places]


def _fielded(found: re.Match[str], field: str) -> str:
    where = f" {flat(found['where'])}" if found["where"] else ""
    head = found["head"].capitalize()
    where = " Thành phố Hồ Chí Minh" if where in {" HCM", " Hồ Chí Minh"} else where
    return f"{_post(found)}{head} {_FIELDS[_field_key(field)]}{where}"
