# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Who speaks in a report of a meeting, and how high: the same words are an order from above and a request from below."""

import re
from itertools import islice, pairwise

from khue.language.many import ADDRESSED, BLAMED, CROWD, PEOPLE, VOTERS, WATCHES
from khue.language.offices import PROVINCES, Offices
from khue.language.ranks import ORDERS, highest, rank_of
from khue.language.spelling import tidy
from khue.language.structure import Page
from khue.language.text import UPPER
from khue.language.voice import UNKNOWN, Voice
from khue.language.words import A_PAPER, task_at

_CAP = rf"[{UPPER}][^\W\d_]*"
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Lương|Mai|Tô|Trương|Cao|Hà|Tạ|Thái|Châu|"
    "Lưu|Quách|Đào|Chu|Lâm|Phùng|Vương|Nghiêm|Tống|La|Kiều|Đàm|Triệu|Nông|Hứa|Từ|Thân|Lò|Giàng|Sùng|Mùa|Cầm|Quàng|Bạch|Tăng|"
    "Doãn|Khương|Lại|Mạc|Ninh|Thạch|Kim|Y|H’|Rơ|Siu|Điểu|Ma|Lục|Hầu|Thào|Vàng|Bàn|Viên|Tôn|Trà|Thiều|Tiêu|Ung|Âu|Mẫn"
)
_PLACES = (
    "|".join(name for name in PROVINCES if " " in name)
    + "|Hà Đông|Hoàng Mai|Hà Thành|Đông Anh|Thạch Thất|Thanh Xuân|Phan Thiết|Phan Rang|Châu Đốc|Châu Thành|Mai Châu|Mai Sơn|Kim Bôi|Kim Sơn|Kim Thành|Kim Động|Lương Sơn|Lương Tài|Vũ Thư|Vũ Quang|Lâm Hà|Lâm Thao|Lâm Bình|Cao Lãnh|Cao Lộc|Cao Phong|Hà Tiên|Hà Trung|Hà Quảng|Lý Sơn|Lý Nhân|Thạch Hà|Thạch Thành|Bạch Thông|Ninh Phước|Ninh Giang|Ninh Hòa|Thái Thụy|Hồ Gươm|Nông Cống|Nông Sơn|Trà Cú|Trà Ôn|Trà My|Trà Bồng|Chu Sê|Chu Prông|Vương Quốc|Lục Nam|Lục Ngạn|Lục Yên|Bàn Đạt|Tô Hiệu|Ma Lâm|Đoàn Kết"
)
_PERSON = re.compile(
    rf"(?<!\w)(?<!đường )(?<!cầu )(?<!Cầu )(?<!trường )(?:(?<=hành phố )|(?<!phố ))(?!(?:{_PLACES})(?!\w))(?<!trấn )(?<!thôn )(?<!bản )(?<!ấp )(?:(?<!xã )(?<!phường )(?<!huyện )(?<!quận )|(?=(?:{_SURNAMES})\s+{_CAP}\s+{_CAP}))(?:{_SURNAMES})(?:\s+{_CAP}){{1,4}}"
)
_POST = (
    r"(?:tổng bí thư|phó thủ tướng|chính phủ|thủ tướng|bộ trưởng|thứ trưởng|phó chủ tịch|chủ tịch|phó bí thư|bí thư|phó giám đốc|giám đốc|phó trưởng ban|trưởng ban|phó tổng cục trưởng|tổng cục trưởng|phó chi cục trưởng|chi cục trưởng|phó cục trưởng|cục trưởng"
    r"|phó chủ nhiệm|chủ nhiệm|phó tổng thanh tra|tổng thanh tra|phó vụ trưởng|vụ trưởng|phó chánh|chánh|phó viện trưởng|viện trưởng|phó trưởng phòng|trưởng phòng|phó hiệu trưởng|hiệu trưởng|phó tổng giám đốc|tổng giám đốc|phó gđ|pgđ|gđ|pct|tgđ|ceo|tổng thư ký|phó tổng thư ký|ủy viên|đại diện|quyền|lãnh đạo|trưởng|phó trưởng|người phát ngôn|đại biểu)"
)
_TITLE = re.compile(rf"(?<!\w){_POST}(?!\w)(?:TP\.|[^;:.\n()]){{0,130}}$", re.I)
_TITLE_AFTER = re.compile(
    rf"\s*[,(–-]\s*(?P<former>nguyên\s+)?(?P<title>{_POST}(?!\w)(?:TP\.|[^;:.\n()]){{0,200}}(?!\w))", re.I
)
_SHORT_NAME = re.compile(
    rf"(?<!\w)(?:ông|bà|đồng chí|đ/c|anh|chị|Ông|Bà|Đồng chí)\s+(?!(?:Rịa|Nà|Đen|Triệu|Trưng)(?!\w))(?P<given>{_CAP}(?:\s+{_CAP}){{0,3}})"
)
_SAME = re.compile(
    r"^[\s“\"]*(?:ông|bà|đồng chí|vị này|người đứng đầu [^,]{3,40})(?:\s+(?:cũng|còn|đã|tiếp tục|đồng thời))*\s*$", re.I
)
_SEGMENT = re.compile(rf"[,;:“”\"]|{BLAMED}")
_SPEAKS = re.compile(
    r"(?<!\w)(?:phát biểu|kết luận|nhấn mạnh|cho biết|cho rằng|cho hay|nói(?!\s+(?:chung|riêng|trên|đến|về))|chia sẻ|báo cáo|đánh giá|ghi nhận|khẳng định|yêu cầu|đề nghị|chỉ đạo(?!, (?:đẩy|tập trung|tăng cường|kiểm tra|tổ chức|triển khai|xử lý|điều tra|hướng dẫn|đôn đốc))|chỉ thị(?= (?:các|bộ|sở|ubnd|cho) )|lưu ý|(?<!chuyển )(?<!bàn )giao|bày tỏ|nêu rõ|nêu(?! trên)|thông tin(?=\s+(?:thêm|với|tại|rằng|về việc|cho)|[,:])|kiến nghị"
    r"|đề xuất|phản ánh|trăn trở|biểu dương|chỉ rõ|phân tích|quán triệt|mong muốn|mong|nhận định|thống nhất|trình bày|kêu gọi|gợi ý|làm rõ|giải trình|giới thiệu(?=\s+(?:với|về|tổng quan|tóm tắt))|nhắc|đồng tình|hoan nghênh|đặt vấn đề|đề cập|giải đáp|ghi nhớ|quyết định|khuyến nghị|(?<=đã )định hướng|gợi mở|đặt câu hỏi|chất vấn|thắc mắc|dẫn ra|chỉ ra|than phiền|tâm sự|góp ý|cảnh báo|hiến kế|thừa nhận|lý giải|bức xúc(?=\s+(?:vì|về|trước|cho|,))|lo lắng|băn khoăn|lo ngại)(?!\w)"
)
_ACCORDING = re.compile(
    rf"(?<!\w)theo\s+(?:đồng chí|ông|bà|anh|chị|đ/c|sở|cục|chi cục|ban quản lý|hiệp hội|lãnh đạo|đại diện|cử tri|đại biểu|(?:các|nhiều|một số) (?:chuyên gia|đại biểu|nhà khoa học)|(?:(?:các|nhiều|một số|đa số) )?(?:{PEOPLE}|doanh nghiệp|dn|hợp tác xã|htx|hãng tàu)(?=[^,;:]{{0,40}},)|ts|pgs|gs|giáo sư|tiến sĩ|nguyên|phó|chủ tịch|giám đốc|bí thư|thứ trưởng|bộ trưởng|đánh giá|báo cáo|phản ánh|ý kiến|chia sẻ|lời(?! thề| dặn| hứa| kêu))",
    re.I,
)
_OFFICE = re.compile(
    r"(?:(?:trong khi đó|bên cạnh đó|đồng thời|trước đó|qua đó)\s+)?(?:ubnd|ủy ban nhân dân|hđnd|tỉnh ủy|thành ủy|sở|bộ|lãnh đạo|đoàn giám sát|đoàn công tác|tổ công tác|đoàn kiểm tra|đoàn khảo sát|đoàn(?=\s*(?:cũng|đã|còn|đồng thời)?\s*$)|hội|liên hiệp|ban|công ty|quận|huyện|xã|phường|thị xã|tỉnh|tp|thành phố|chính phủ|cục|chi cục|tập đoàn|văn phòng|trung tâm|viện|trường|công an|ngành|hiệp hội|thanh tra|đảng ủy|đảng bộ|mttq|mặt trận|ủy ban|liên minh|liên đoàn|hợp tác xã|htx|doanh nghiệp|dn|bệnh viện|cử tri)(?!\w)[^,;.:]{0,90}$",
    re.I,
)
_BUSY = re.compile(
    r"\s+(?:đã|vừa|cũng|còn|đều|thì|tiếp tục|sẽ|đang|đồng thời|đưa ra|nêu|gặp|gửi|mạnh dạn|thẳng thắn|có(?!\s+(?:liên quan|thẩm quyền|chức năng|trụ sở))|tập trung)(?:\s+.*)?$"
)
_POSTED = re.compile(rf"{_POST}(?!\w)", re.I)
_APPOSED = re.compile(rf"(?P<name>{_PERSON.pattern})\s*[,(–-]\s*(?:[^,;.]{{3,60}},\s*)?$")
_STANDS_FOR = re.compile(r"\s*(?:(?:đại diện|lãnh đạo|người đứng đầu)\s+)+(?:cho\s+)?")
_LINKS = re.compile(
    r"\s*(?:(?:nhưng|thế nhưng|song|tuy nhiên|tuy vậy|trong khi đó|bên cạnh đó|đồng thời|ngoài ra|trước đó|qua đó)\s*,?\s*)?"
)
_LINKED = re.compile(
    r"[\s“\"]*(?:(?:đồng thời|bên cạnh đó|ngoài ra|qua đó|từ đó|do đó|vì vậy|cùng với đó|mặt khác|cạnh đó)\s*,?\s*)?(?:cũng\s+|tiếp tục\s+)?"
)
"""Before a verb of asking at the head of a sentence: who asks is the one who spoke before."""
_IDLE = re.compile(
    rf"(?:được|chưa|{A_PAPER}|(?<!có )ý kiến|sự|công tác|tinh thần|dự và|dự,|cần|phải|chủ động|kịp thời|tích cực|đáp ứng|đáp ứng được|theo kịp|(?:nghiên cứu|rà soát|tham mưu),?)\s+$"
)
"""A verb after these is work to be done or done to someone, not speech: "các huyện cần chủ động đề xuất"."""
_SENT = {5.0: 4.5, 6.0: 4.5}
"""Who stands for the centre is still above a province."""
_MUST = re.compile(r"\s(?:cần(?! thơ)|phải|có trách nhiệm|căn cứ|thực hiện|triển khai|phối hợp|tham mưu|rà soát)\s")
_ONLY_AGAIN = re.compile(r"\s*(?:(?:cũng|vừa|đã|sẽ|tiếp tục|đồng thời)\s*)*")
"""Between a unit and what it says: no work of its own."""
_IN_PERSON = re.compile(r"(?:đại diện|lãnh đạo|(?:các |nhiều |một số )?(?:ý kiến|đại biểu|chuyên gia)|cử tri)", re.I)
_WORK_TOO = frozenset(
    {
        "quán triệt",
        "yêu cầu",
        "chỉ đạo",
        "giao",
        "báo cáo",
        "đánh giá",
        "thống nhất",
        "phân tích",
        "nhắc",
        "thông tin",
        "giải trình",
        "làm rõ",
        "biểu dương",
        "quyết định",
    }
)
_CLOSES = re.compile(r"(?:tại\s[^,]{0,60},\s*)?(?:phát biểu\s+)?(?:kết luận|bế mạc|chỉ đạo)(?!\w)")
"""Who closes a meeting gives its orders, whatever the post."""
_ASKING = frozenset({"kiến nghị", "đề nghị", "đề xuất", "yêu cầu", "mong", "mong muốn", "giao"})
_OF = re.compile(r"[\s“\"]*(?:theo\s+)?(?:đánh giá|báo cáo|phản ánh|ý kiến|chia sẻ|lời)(?:\s+\w+)?\s+của\s+")
"""Before the one whose report is told: "Theo báo cáo của | Bộ A"."""
_PLACE_ITSELF = re.compile(rf"[\s“\"]*(?P<place>{'|'.join(PROVINCES)})(?:\s+(?:cũng|rất|đã|vừa|còn|sẽ|tiếp tục))*\s*")
"""A province or city that speaks by its bare name: "Hải Phòng cũng đề xuất …"."""
_SIDE = re.compile(r"\s*(?:về\s+)?phía\s+(?P<side>[^,;:]{3,60}?)(?:\s+(?:cũng|đã|đều))?\s*", re.I)
"""Those met, before whoever came to them: "phía tỉnh cho hay …"."""
_HANDED_IN = re.compile(
    r"\s+(?:(?:cũng|đã|vừa|mới|tiếp tục)\s+)*(?:có|ban hành|ra|gửi|phát hành|ký(?: ban hành)?)\s+(?:văn bản\s+)?(?:văn bản|báo cáo|tờ trình|công văn|công điện|chỉ thị|thông báo)(?!\w)"
)
"""A paper handed in or given out is speech, not work: "Sở A có báo cáo UBND tỉnh, cho biết …"."""
_REPORTS = frozenset({"báo cáo", "trình bày", "nêu", "phản ánh", "đề xuất", "kiến nghị"})
_PROVINCIAL = re.compile(
    r"(?:chủ tịch|bí thư)\s+(?:ubnd\s+)?(?:tỉnh ủy|thành ủy|tỉnh|thành phố)\s+(?:" + "|".join(PROVINCES).lower() + r")"
)
_HEARING = re.compile(r"(?:phiên|buổi|hội nghị)\s+(?:họp\s+)?(?:giải trình|chất vấn|giám sát)")
"""A sitting at which a council calls the committee to account."""
_ASSEMBLED = 3
"""Heads of so many provinces in one report: a meeting called by the centre."""
_CHAIRS = re.compile(
    r"(?<!đồng )chủ trì\s+(?:hội nghị|buổi|cuộc|phiên|họp|giao ban)|(?P<visits>(?:làm việc|kiểm tra|khảo sát)\s+(?:với|tại)\s+(?:lãnh đạo\s+)?)"
)
_RETIRED = 3.0
"""The rank up to which someone speaks who held a post before: an expert who gives no orders."""
_WHERE = re.compile(
    rf"\s*(?:huyện|quận|thị xã|thành phố|TP\.?|tỉnh|xã|phường|thị trấn)\s+{_CAP}(?:\s+{_CAP}){{0,3}}\s*(?:đã |cũng )?[,]?\s*"
)
"""Where the post of someone is: "Phó Chủ tịch UBND xã A, huyện B, tỉnh C, cho biết …"."""
_DONE_FIRST = re.compile(r"\s(?:đã|vừa)\s[^,]*,\s*$")
"""Of an office that did one thing and then speaks: "Sở X đã tiếp thu, kính đề nghị …"."""
_BRACKETED = re.compile(r"\((?:đoạn|tuyến|đường|phố|cầu)\s[^()]*$")
"""Before a name in brackets: a street, not who speaks: "vành đai 1 (đoạn Ô Đống Mác - Nguyễn Khoái)"."""
REACH = 600
"""Code points before a verb in which its subject is looked for, so that time grows with the length of a text only."""
VERBS = 24
"""How many verbs of speech are tried in one sentence, for the same reason."""


class Speakers:
    """The people of one document, by name, with the post under which each was introduced."""

    def __init__(self, page: Page, offices: Offices) -> None:
        self._page, self._offices = page, offices
        self._known: dict[str, Voice] = {}
        self._last: Voice | None = None
        for found in _PERSON.finditer(page.plain):
            self._introduce(found)
        self._raise_chairs()
        if _HEARING.search(page.low):
            self._raise_council()

    @property
    def highest(self) -> float:
        """The rank of the highest person in the document; where heads of several provinces speak, of those they speak to."""
        heads = {found[0] for voice in self._known.values() if (found := _PROVINCIAL.match(voice.name.lower()))}
        above = 5.0 if len(heads) >= _ASSEMBLED else 0.0
        return max((above, *(voice.rank for voice in self._known.values())))

    def _introduce(self, found: re.Match[str]) -> None:
        name = " ".join(found[0].split())
        head = _after_others(self._page.plain[max(0, found.start() - 160) : found.start()].replace("TP.", "TP "))
        title = _TITLE.search(re.split(r"[.;:\n“”\"]|\s(?:gồm|cùng|với)\s", head)[-1].rstrip(" -,"))
        retired = bool(title) and head[: title.start() if title else 0].lower().endswith("nguyên ")
        words, last = (title[0], title[0].split(",")[-1].strip()) if title else ("", "")
        if not title and (after := _TITLE_AFTER.match(self._page.plain, found.end())):
            words = _posts(_until_speech(after["title"]))
            last = words.split(",")[-1].strip()
            retired = after["former"] is not None
        rank = highest(words.lower()) if words else None
        rank = min(rank, _RETIRED) if rank and retired else rank
        if rank is not None and (name not in self._known or self._known[name].rank < rank):
            self._known[name] = Voice(tidy(f"{last} {name}"), rank)

    def _raise_chairs(self) -> None:
        """Who chairs the meeting, or comes to those below, gives its orders, whatever the post."""
        for chairs in islice(_CHAIRS.finditer(self._page.low), VERBS):
            head = self._page.plain[max(0, chairs.start() - 160) : chairs.start()]
            names = [" ".join(found[0].split()) for found in _PERSON.finditer(re.split(r"[.;\n]", head)[-1])]
            known = self._known.get(names[-1]) if names else None
            if known and known.rank < ORDERS and (not chairs["visits"] or self._comes_from_above(known, chairs.end())):
                self._raised(known)

    def _raise_council(self) -> None:
        """Before a council that calls to account, the heads of the committee speak as those below."""
        self._known = {
            name: Voice(known.name, known.rank + 1) if known.rank >= ORDERS and known.of_council else known
            for name, known in self._known.items()
        }

    def _comes_from_above(self, voice: Voice, position: int) -> bool:
        """True when those visited stand below the visitor."""
        names, _ = self._offices.listed(position, position + 120)
        return bool(names) and voice.rank > (rank_of(names[0].lower()) or 2.0)

    def heard(self, start: int, end: int) -> Voice | None:
        """Who is said to speak in this sentence; `None` when it does not say."""
        found, reporting, asked, elided = None, False, 0, False
        if according := _ACCORDING.search(self._page.low, start, end):
            found = self._subject(according.start() + len("theo"), self._told_by(according.end(), end))
        for verb in islice(_SPEAKS.finditer(self._page.low, start, end), VERBS):
            if _IDLE.search(self._page.low, max(start, verb.start() - 14), verb.start()) or self._is_name(verb, start):
                continue
            other = self._subject(start, verb.start())
            elided = elided or (
                verb[0] in _ASKING and _LINKED.fullmatch(self._page.low, start, verb.start()) is not None
            )
            known = found is not None or elided
            if other and (self._works(other, verb) or (known and asked and self._is_asked(other, asked, verb.start()))):
                continue
            asked = verb.end() if verb[0] in _ASKING else asked
            if other and (found is None or (reporting and other.rank >= ORDERS)):
                found, reporting = other, verb[0] in _REPORTS
        if found and found.rank < ORDERS and _CLOSES.match(self._page.low, start, end):
            found = self._raised(found)
        self._last = found or self._last
        return found

    def _is_name(self, verb: re.Match[str], start: int) -> bool:
        """True for a name or a title that is spelt like a verb of speech: "ông Giao", "ban hành Quyết định"."""
        return verb.start() > start + 2 and self._page.plain[verb.start()].isupper()

    def _is_asked(self, voice: Voice, asked: int, position: int) -> bool:
        """True for those asked in the same clause: "kiến nghị lãnh đạo Tổng cục chỉ đạo …"; a person named speaks."""
        return not has_person(voice.name) and not re.search(r"[;.:“”\"]", self._page.plain[asked:position])

    def _told_by(self, position: int, end: int) -> int:
        """Where "theo ông A, Chủ tịch UBND xã B, …" stops naming who said it."""
        comma = self._page.plain.find(",", position, min(end, position + 120))
        if comma < 0:
            return min(end, position + 120)
        if _POSTED.match(self._page.plain, comma + 2, end):
            after = self._page.plain.find(",", comma + 1, min(end, comma + 120))
            return after if after > 0 else comma
        return comma

    def _works(self, voice: Voice, verb: re.Match[str]) -> bool:
        """True when units under someone who is giving orders do what the verb says, as work: "các xã quán triệt …"."""
        if self._last is None or self._last.rank < ORDERS or voice.rank >= ORDERS or has_person(voice.name):
            return False
        if _IN_PERSON.match(voice.name):
            return False
        if verb[0] == "đề xuất":
            return rank_of(self._page.low[verb.end() : verb.end() + 25]) is None
        return verb[0] in _WORK_TOO

    def _raised(self, voice: Voice) -> Voice:
        """Who closes the meeting leads it, and is heard as such from here on."""
        raised = Voice(voice.name, ORDERS + 0.1)
        self._known.update({name: raised for name, known in self._known.items() if known.name == voice.name})
        return raised

    def orders(self, name: str) -> bool:
        """True for the name of someone who gives orders in this document, so that what he does is no order to him."""
        found = _PERSON.search(name)
        known = self._by_name(found[0]) if found else self._by_post(name)
        return known is not None and known.rank >= ORDERS

    def _by_post(self, title: str) -> Voice | None:
        """The person introduced with this post: "Phó Chủ tịch yêu cầu", "Chủ tịch UBND xã lưu ý"."""
        post = tidy(_BUSY.sub("", title)).lower()
        return next((known for known in self._known.values() if known.name.lower().startswith(f"{post} ")), None)

    def _subject(self, start: int, stop: int) -> Voice | None:
        """The one who speaks before a verb: named in the part next to it, or in the parts before that."""
        start = max(start, stop - REACH)
        if self._page.plain[start:stop].rstrip().endswith(")"):
            stop = max(start, self._page.plain.rfind("(", start, stop))
        sent = ADDRESSED.search(self._page.low, start, stop)
        stop = sent.start() if sent else stop
        marks = [start, *(m.end() for m in _SEGMENT.finditer(self._page.low, start, stop)), stop]
        parts = list(pairwise(marks))
        for first, last in reversed(parts[-4:]):
            if self._only_where(start, first, last):
                continue
            if found := self.named(first, last):
                if named := self._named_before(found, start, first):
                    return named
                if self._acts(found, first, stop):
                    return None
                return self._whole(found, [begin for begin, _ in parts], first, stop)
        return None

    def _only_where(self, start: int, first: int, last: int) -> bool:
        """True for a part that says where those before it live: "Cử tri xã A, huyện B, đề nghị …"."""
        if first == start or not _WHERE.fullmatch(self._page.plain, first, last):
            return False
        return has_person(self._page.plain[start:first]) or VOTERS.search(self._page.low, start, first) is not None

    def _acts(self, voice: Voice, first: int, stop: int) -> bool:
        """True when work of its own stands between a unit and the verb: "Sở X sớm tham mưu bộ tiêu chí đánh giá"."""
        if has_person(voice.name):
            return False
        words = self._page.plain[first:stop]
        names, end = self._offices.listed(first + len(words) - len(words.lstrip()), stop)
        if _HANDED_IN.match(self._page.low, end, stop):
            return False
        if self._page.low.startswith("chỉ đạo", stop) and _ONLY_AGAIN.fullmatch(self._page.low, end, stop):
            return False
        return bool(names) and (
            task_at(self._page.low[end:stop], 0) or _MUST.search(self._page.low, end, stop) is not None
        )

    def _named_before(self, voice: Voice, start: int, stop: int) -> Voice | None:
        """The person whose post stands after the name: "Bà Lê Thị Cúc, Chủ tịch UBND xã Tân Lập, cho biết …"."""
        if has_person(voice.name) or not _POSTED.match(voice.name):
            return None
        if person := _APPOSED.search(self._page.plain, start, stop):
            return self._by_name(person["name"]) or Voice(f"{voice.name} {person['name']}", voice.rank)
        return None

    def _whole(self, voice: Voice, begins: list[int], first: int, stop: int) -> Voice:
        """The subject in full where a mark stands inside it: "Đại diện các phường, xã", "Sở A, Hội B"."""
        if has_person(voice.name):
            return voice
        for begin in begins[-6:]:
            link = _LINKS.match(self._page.low, begin, stop)
            at = link.end() if link else begin
            head = _STANDS_FOR.match(self._page.low, at, stop)
            names, end = self._offices.listed(head.end() if head else at, stop)
            rest = self._page.low[end:stop].strip()
            if end <= first or not names or (rest and not _BUSY.fullmatch(f" {rest}")):
                continue
            if head:
                names[0] = tidy(f"{self._page.text[at : head.end()].strip()} {names[0]}")
            return Voice(names[0], voice.rank, tuple(names[1:]))
        return voice

    def named(self, start: int, stop: int) -> Voice | None:
        """Whom a passage names as the one who speaks."""
        page = self._page
        of = _OF.match(page.low, start, stop)
        start = of.end() if of else start
        words = page.plain[start:stop].replace("TP.", "TP ")
        if (person := _PERSON.search(words)) and _BRACKETED.search(words[: person.start()]) is None:
            return self._by_name(person[0]) or Voice(" ".join(person[0].split()), highest(words.lower()) or UNKNOWN)
        if short := _SHORT_NAME.search(words):
            return self._by_name(short["given"]) or Voice(
                " ".join(short["given"].split()), highest(words.lower()) or UNKNOWN
            )
        if _SAME.match(words):
            return self._last
        if place := _PLACE_ITSELF.fullmatch(words):
            return Voice(place["place"], 4.0)
        if side := _SIDE.fullmatch(words):
            return Voice(tidy(side["side"]), min(rank_of(side["side"].lower()) or 1.0, ORDERS - 0.1))
        link = _LINKS.match(page.low, start, stop)
        if crowd := CROWD.match(page.low, link.end() if link else start, stop):
            own = rank_of(words.lower()) or 1.0
            name = tidy(_BUSY.sub("", page.text[crowd.start() : stop].strip(" ,")))
            return Voice(name, _SENT.get(own, min(own, 2.0)) if not WATCHES.search(words.lower()) else 4.5)
        title = _TITLE.search(words.rstrip())
        if title and (known := self._by_post(title[0])):
            return known
        if body := self._offices.abbreviated(link.end() if link else start, stop):
            rest = page.low[body[1] : stop].rstrip(" ,")
            if not rest or _BUSY.fullmatch(rest):
                return Voice(body[0], rank_of(body[0].lower()) or 1.0)
        subject = title or _OFFICE.match(words.strip(" ," if _DONE_FIRST.search(words) else None))
        rank = highest(subject[0].lower()) if subject else None
        return Voice(tidy(_BUSY.sub("", subject[0])), rank) if subject and rank is not None else None

    def _by_name(self, person: str) -> Voice | None:
        name = " ".join(person.split())
        if name in self._known:
            return self._known[name]
        for known, voice in self._known.items():
            if known.endswith(f" {name}") or name.startswith(f"{known} "):
                return voice
        return None


def _after_others(head: str) -> str:
    """What stands before a name, after those named before: "với Bí thư A sáng 13/6, | Chủ tịch B"."""
    last = max((found.end() for found in _PERSON.finditer(head)), default=0)
    return head[last:] if re.search(r"[^\W\d_]{3}", head[last:].replace("cùng", "")) else head


def _until_speech(words: str) -> str:
    """A title up to the verb that follows it: "Chủ tịch UBND tỉnh | yêu cầu …"."""
    verb = _SPEAKS.search(words.lower())
    return words[: verb.start()] if verb else words


def _posts(words: str) -> str:
    """The parts of a title that name posts, without what goes on after it: "Chủ tịch UBND xã, khó khăn …"."""
    parts = re.split(
        r"\s(?:trao|tặng|thăm|họp|làm|làm việc|tiếp|tiếp xúc|phát biểu|chủ trì|dự|kiểm tra|tham quan)\s|\s[-–](?:\s*$|\s(?:đã|cho|nói|đề|kiến|nêu|báo|cũng|vừa|còn|khẳng|nhấn|nhận|phát|yêu|chia|bày)\s)",
        words,
    )[0].split(",")
    more = next((at for at, part in enumerate(parts[1:], 1) if not _POSTED.match(part.strip())), len(parts))
    return ",".join(parts[:more]).strip()


def person(words: str) -> str | None:
    """The words, when they are a person's name and nothing else."""
    found = _PERSON.fullmatch(words)
    return " ".join(words.split()) if found else None


def has_person(words: str) -> bool:
    """True when the words hold a person's name."""
    return _PERSON.search(words) is not None
