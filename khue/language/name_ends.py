# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Where the name of a body ends in running text: before a mark, a function word, a verb of work, or the next body."""

import re
from collections.abc import Callable

from khue.language.spelling import DATA
from khue.language.structure import Page
from khue.language.text import UPPER
from khue.language.words import BODY_ENDS, NAME_STOPS, SHORT_STOPS, verb_at

_CAP = rf"[{UPPER}][^\W\d_]*"
NAME = rf"{_CAP}(?:[\s-]+{_CAP}){{0,4}}"
"""Words with a capital, as names of places and persons are written."""
_HAVING = (" liên quan", " thẩm quyền", " chức năng", " trụ sở", " tên")
_NO_MORE = (" đạo", " huy", " thị")
"""Not "chỉ", only, but the first half of another word."""
_CLOSERS = frozenset([("liên", "quan"), ("chức", "năng"), ("trực", "thuộc"), ("nêu", "trên")])
_FURTHER = (
    " của", " thuộc", " trên", " cấp", " tỉnh", " thành", " trong", " ubnd", " sở", " huyện", " xã", " nhà nước", " liên quan", " và", ",", " ủy ban", " tại", " trung ương", " tỉnh ủy", " bộ",
)  # fmt: skip
_STANDS = {
    letter: tuple(words for words in DATA["names"]["stand_after"] if words[0] == letter)
    for letter in {words[0] for words in DATA["names"]["stand_after"]}
}
"""By their first letter, so that a word is held against few of them."""
_WITHIN = re.compile(
    rf"trong\s+(?:toàn\s+)?ngành\s+(?:Hàng\s+không|{NAME})|trong\s+(?:khu\s+vực|vùng|cả\s+nước|toàn\s+(?:quốc|tỉnh|ngành)|tỉnh|ngành|huyện|hệ\s+thống\s+chính\s+trị)(?=\s+[^\W\dA-ZĐ]|[,;.:])|trên\s+địa\s+bàn(?:\s+(?:toàn\s+)?(?:tỉnh|thành\s+phố|Thành\s+phố|TP\.?|Thủ\s+đô|quận|huyện|thị\s+xã|xã|phường))?(?:\s+{NAME})?"
)
_OF_PLACES = re.compile(
    rf"(?:(?<=các tỉnh)|(?<=các huyện)|(?<=các quận))(?:\s*(?:,|và)\s*(?:các\s+)?(?:thành\s+phố|thị\s+xã|thị\s+trấn|huyện|xã)(?!\w|\s+[{UPPER}]))+(?:\s+trực\s+thuộc\s+[Tt]rung\s+ương)?"
    rf"|(?<=các xã)(?:\s*(?:,|và)\s*(?:các\s+)?(?:phường|thị\s+trấn|đặc\s+khu)(?!\w|\s+[{UPPER}]))+"
)
"""The other kinds of place that have such a body: "Công an các huyện**, thành phố, thị xã**"."""
_OF_SCIENCE = re.compile(
    r"\s+về\s+(?:phát\s+triển\s+)?khoa\s+học\s*,\s*công\s+nghệ\s*,\s*đổi\s+mới\s+sáng\s+tạo(?:\s*(?:,|và)\s*chuyển\s+đổi\s+số)?(?:\s+và\s+(?:Đề\s+án\s+06|cải\s+cách\s+hành\s+chính))?(?!\w)"
    r"|\s+về\s+phòng\s*,?\s+chống\s+(?:thiên\s+tai|tham\s+nhũng(?:\s*,\s*(?:lãng\s+phí|tiêu\s+cực))*|tội\s+phạm|dịch(?:\s+bệnh)?)(?!\w)"
    r"|\s+ứng\s+phó\s+(?:với\s+)?sự\s+cố\s*,?\s*(?:thiên\s+tai\s+)?và\s+tìm\s+kiếm\s*,?\s*cứu\s+nạn(?!\w)"
)
"""The field of a committee: "Ban Chỉ đạo Trung ương **về phát triển khoa học, công nghệ, …**"."""
_FIELD_AFTER = (" về ", " ứng phó ")
_PLACES = frozenset({"tỉnh", "huyện", "quận", "xã"})
_AFTER_DASH = re.compile(rf"(?![Cc]ơ\s+quan)[{UPPER}][^\W\d_]*\s+(?![{UPPER}])[^\W\d_]")
_WORD = re.compile(r"[^\W_][\w&.-]*|[,;:.()!?“”\"\n]|[-–]\s")
_ROLE = re.compile(
    r"\s+(?:đăng ký (?:đầu tư|kinh doanh|đất đai)(?!\w)|(?:chủ trì|phối hợp|thẩm định|soạn thảo)(?=\s+(?:có|phải|chịu|cần)\s))"
)
"""Which body of its kind, told by a verb: "cơ quan **đăng ký đầu tư**", "cơ quan **phối hợp** có trách nhiệm …"."""
_LEADING = frozenset({"chỉ đạo", "lãnh đạo"})
_BUSY = frozenset(DATA["names"]["busy"])
_WORKED_AT = re.compile(
    r"\s+(?:nghiêm|tốt|việc|các|những|một|ngay|gấp|đầy đủ|đúng|có hiệu quả|nội dung|phương án|người dân|nhân dân|bà con|doanh nghiệp|hội viên|đoàn viên|\d)(?!\w)"
)
"""After a verb: it is work, no part of a name ("các đơn vị thực hiện | nghiêm …", "Tổng cục Đường bộ xây dựng | 2 phương án")."""
_GOES_ON = re.compile(r"\s*,\s*|(?<=tổ chức)\s+|(?<=thực hiện)\s+")
"""Between two verbs of work."""
_IN_NAMES = frozenset(DATA["names"]["inside"])
_PLURAL_NAMES = frozenset(DATA["names"]["inside_plural"])


class NameEnds:
    """Finds the ends of names in one document; `one` reads the body that begins at a place."""

    def __init__(self, page: Page, one: Callable[[int, int], tuple[list[str], int]]) -> None:
        self._page, self._one = page, one

    def stop(self, start: int, end: int, *, named: bool) -> int:
        """Where a name stops: at a mark, a function word, a verb of work, or the next body."""
        text, low = self._page.plain, self._page.low
        start = self._after_role(start, end)
        stop, previous, words = start, text[max(0, start - 12) : start].split(" ")[-1], 0
        for token in _WORD.finditer(text, start, min(end, start + 140)):
            word = token[0]
            if word == "," and previous.lower() == "phòng" and low.startswith("chống", token.end() + 1):
                continue
            if named and word[0] in "-–" and self._dash_inside(token.end(), end):
                continue
            if word[0] in "-–" and low.startswith("xã hội", token.end()):
                continue
            if not named and word == "trong" and (area := _WITHIN.match(text, token.start(), end)):
                return area.end()
            if (
                word[0] in ',;:.()!?“”"\n-–'
                or words > 14
                or (word in NAME_STOPS and not self._goes_on_by(word, previous, token.end()))
            ):
                break
            if (stands := _STANDS.get(low[token.start()])) and low.startswith(stands, token.start()):
                break
            if self._cuts(word, token.end(), end):
                break
            if word[0].islower() and (
                self._acts(token, previous, named=named, head=not words) or self._works_anew(start, token)
            ):
                break
            closes = (previous, word) in _CLOSERS and not low.startswith(_FURTHER, token.end())
            previous, words = word, words + 1
            stop = token.end()
            if closes:
                break
            if place := self._ends_with(token, end):
                return place
        return stop

    def _after_role(self, start: int, end: int) -> int:
        """Where "cơ quan đăng ký đầu tư" goes on behind its part."""
        role = _ROLE.match(self._page.low, start, end) if self._page.low.endswith("cơ quan", 0, start) else None
        return role.end() if role else start

    def _cuts(self, word: str, position: int, end: int) -> bool:
        """True for a small word behind which the next body stands, or what the body does."""
        if word == "và":
            return bool(self._one(position + 1, end)[0]) or self._verb_goes_on(position)
        if word == "giao":
            return bool(self._one(position + 1, end)[0])
        if word == "có":
            return not self._page.low.startswith(_HAVING, position)
        if word == "cử":
            return not self._page.low.startswith(" tri", position) and not self._page.low.endswith(
                "bầu cử", 0, position
            )
        return word == "chỉ" and not self._page.low.startswith(_NO_MORE, position)

    def _ends_with(self, token: re.Match[str], end: int) -> int | None:
        """Where a name ends that tells its field or its area: "… về phát triển khoa học, …", "… trên địa bàn tỉnh"."""
        text, word, found = self._page.plain, token[0], None
        if self._page.low.startswith(_FIELD_AFTER, token.end()):
            found = _OF_SCIENCE.match(text, token.end(), end)
        elif word == "trên":
            found = _WITHIN.match(text, token.start(), end)
        elif word in _PLACES:
            found = _OF_PLACES.match(text, token.end(), end)
        return found.end() if found else None

    def _works_anew(self, start: int, token: re.Match[str]) -> bool:
        """A verb that the name holds already is work: "Hội đồng thẩm định Nhà nước | thẩm định …"."""
        verb = verb_at(self._page.low, token.start())
        return verb is not None and f" {verb} " in self._page.low[start - 1 : token.start()]

    def _goes_on_by(self, word: str, previous: str, position: int) -> bool:
        """ "Cục Giám sát quản lý **về** hải quan", "Ủy ban Quản lý vốn Nhà nước **tại** doanh nghiệp", "Cảng hàng **không**"."""
        rest = self._page.low[position : position + 12]
        if word == "tại":
            return previous.lower() == "nước" and rest.startswith((" doanh nghiệ", " dn"))
        return (word, previous.lower()) in {("về", "lý"), ("không", "hàng"), ("bằng", "đồng")}

    def _acts(self, token: re.Match[str], previous: str, *, named: bool, head: bool) -> bool:
        """True for a verb of work that is no part of the name; `head`: it comes right behind the kind of body."""
        verb = None if token[0] == "cấp" and previous == "các" else verb_at(self._page.low, token.start())
        if verb is None:
            return False
        if " " not in verb and not (verb in SHORT_STOPS and (previous in BODY_ENDS or previous[:1].isupper())):
            return False
        if not _inside_name(verb, previous, named=named) or self._page.low.endswith("hải quan ", 0, token.start()):
            return True
        return verb in _BUSY and not (named and head) and self._works(verb, token.start())

    def _dash_inside(self, position: int, end: int) -> bool:
        """A dash between two parts of one name: "Tập đoàn Công nghiệp **-** Năng lượng Quốc gia", no person, no unit."""
        apt = _AFTER_DASH.match(self._page.plain, position, end) and not verb_at(self._page.low, position)
        return bool(apt) and not self._one(position, end)[0]

    def _verb_goes_on(self, position: int) -> bool:
        """A verb in small letters after "và" is work; with a capital it is part of the name: "và Tìm kiếm cứu nạn"."""
        return bool(verb_at(self._page.low, position)) and self._page.plain[position + 1 : position + 2].islower()

    def _works(self, verb: str, position: int) -> bool:
        """A verb that may be part of a name is work before what is worked at, or before another verb of work."""
        after = position + len(verb)
        if self._page.low.endswith("đầu tư ", 0, position):
            return False
        goes_on = _GOES_ON.match(self._page.low, after)
        return _WORKED_AT.match(self._page.low, after) is not None or bool(
            goes_on and verb_at(self._page.low, goes_on.end())
        )


def _inside_name(verb: str, previous: str, *, named: bool) -> bool:
    if not named:
        return verb in _PLURAL_NAMES and previous in {"vị", "chức", "quan", "sở", "thầu"}
    if previous in {"cấp", "phương"}:
        return False
    if verb in _LEADING:
        return previous.lower() in {"ban", "tổ"}
    proper = previous[:1].isupper() or previous in {"tỉnh", "phố", "huyện", "xã", "quan"}
    return verb in _IN_NAMES and not proper
