# ruff: noqa: E501  (patterns and word lists are read as tables)
"""A sentence as a chain of clauses: which of them are orders, where each ends, and whom the later ones inherit."""

import re
from dataclasses import dataclass, replace

from khue.language.directives.clauses import Clauses
from khue.language.directives.demands import MOST_TRIGGERS
from khue.language.directives.frames import FOR_UNIT, Headings
from khue.language.directives.scene import Opening, Scene
from khue.language.directives.statements import tells_of_the_past
from khue.language.directives.triggers import MUST_NOT, ONLY_WHEN, past_adverbs, triggers
from khue.language.offices import Offices
from khue.language.ranks import ORDERS, rank_of
from khue.language.structure import Page, Span, pieces, trim
from khue.language.text import past_blanks
from khue.language.words import product_at, task_at, verb_at

_ENUM = re.compile(
    r"\s*(?:\(\d{1,2}\)|\([ivx]+\)|\d{1,2}[.)]\s|[a-zđ]\)|một là,|hai là,|ba là,|bốn là,|năm là,|[-+•]\s)\s*"
)
_SUCH_AS = re.compile(
    r"(?:(?:các|những)\s+(?:sở|bộ|ban|ngành|sở, ngành|tỉnh|huyện|xã|phường|địa phương|thành phố|tỉnh, thành phố)|như|gồm|là|trong đó|ví dụ|bao gồm|gồm có)\s*$"
)
_GROUNDS = re.compile(
    r"(?:căn cứ|trên cơ sở|theo chức năng|chậm nhất|trước ngày|định kỳ|hằng năm|hàng năm|hằng quý|hằng tháng)\s"
)
_QUOTES = '“"«'
_TOLD = re.compile(
    r"(?:(?:từ|trong|ngay từ|vào|năm|tháng|trước đó|thời gian qua)\s[^;:.]{0,60}?,\s*)(?:tỉnh|thành phố|huyện|xã|phường|địa phương|sở|ngành|ubnd\s[^,;:.]{2,30}?|đơn vị)\s+đã\s+(?:giao|yêu cầu|chỉ đạo)\s"
)
"""What a body has once ordered is told, with all that follows in the sentence: "Từ năm 2019, thành phố đã giao …; yêu cầu …"."""
_ATTENDED = re.compile(
    r"(?:cùng |cũng |đến )*(?:tham dự|dự|tham gia)\s(?:(?:và chủ trì|chỉ đạo|tại)\s)*(?:hội nghị|cuộc họp|chương trình(?= làm việc)|buổi|phiên|lễ|họp|có|còn có|cùng|với|đoàn)(?!\w)|thành phần (?:tham )?dự|về phía [^,;:.]{2,80}?,? có (?:các )?(?:đồng chí|ông|bà)"
)
"""A sentence that lists those who took part."""
_ORDERS = re.compile(r"(?<!\w)(?:yêu cầu|giao|chỉ đạo|lưu ý|phân công|kết luận)[^;:]{0,30}$")
_TELLS_ON = re.compile(
    r"(?<!\w)(?:đoàn|tỉnh|thành phố|sở|ubnd [^,;]{2,20}|bộ|huyện|trung ương|đơn vị)\s+(?:sẽ|đã)(?!\w)"
)
"""A further clause that tells what others will do or did is no more of the order before it."""
_MEANWHILE = re.compile(r",\s+(?:trong khi(?: đó)?|còn|riêng)\s+")
_TOPICS = re.compile(r"(?<!\w)(?:vấn đề|nội dung|lĩnh vực)(?!\w)[^;:]{0,50}?\snhư\s[^:]{0,240};\s*$")
"""Before a further clause: it is one of the matters that the order names, no work of its own."""
_NEAR = 300
"""Code points before a clause in which its matters may have been opened, so that time grows with length only."""
_WORK_BEFORE = re.compile(
    r"(?:tuyên truyền|vận động|hướng dẫn|nhắc nhở|đôn đốc|kiểm tra|phổ biến|rà soát|giám sát|chấn chỉnh)\s*,\s*$"
)
"""Before "yêu cầu": one row of work, all of the same unit: "tổ chức tuyên truyền, vận động, | yêu cầu các hộ …"."""
_MANNER = re.compile(
    r"(?:bảo đảm|đảm bảo)\s+(?:an toàn|hiệu quả|chất lượng|tiến độ|đúng|kịp thời|công khai|thiết thực|đồng bộ|nghiêm túc|khách quan|chặt chẽ)(?:\s*,|\s+và\s+(?:hiệu quả|chất lượng|tiến độ|đúng|kịp thời|tiết kiệm)|\s+(?:đúng|theo))"
)
"""A clause that says how the work before it is done: "; bảo đảm an toàn, hiệu quả"."""
_THOSE_ABOVE = re.compile(
    r"(?<!\w)(?:các|những|hai|ba) (?:đơn vị|cơ quan|địa phương|bộ|sở|sở, ngành|bộ, ngành|tổ chức)(?: nêu)? trên(?!\w| cơ sở| địa bàn)"
)
_SHORT_WORDS = 9
"""Code points behind a name in which "nêu trên" may stand."""
_HELPED = re.compile(r"cùng(?:\s+với)?\s+")
_LINKED = re.compile(r"(?:[,;]|đồng thời|và)\s*$")


_SAYS_AND = re.compile(r"(?<!\w)(?:nói|nhấn mạnh|khẳng định|chia sẻ) và $")
"""Before a verb of asking behind a quotation: "“…”, Thủ tướng **nói và** đề nghị Bộ A …"."""
_DIRECTS = ("chỉ đạo", "quán triệt", "phân công")
"""To do so with those below is work itself."""
_SENDS_UP = re.compile(r"(?:kiến nghị|đề xuất)\s+(?:với\s+)?(?:cấp|cơ quan)\s+(?:trên|có thẩm quyền)(?!\w)")
"""To put something before those above is work too: "kiểm tra …; kiến nghị cấp có thẩm quyền xử lý"."""
_BELOW = re.compile(
    r"(?:các )?(?:nhà thầu|tư vấn|chủ đầu tư)|các (?:đơn vị|lực lượng|cơ sở|doanh nghiệp|chi nhánh|tổ chức|cơ quan(?! thuộc chính phủ| trung ương))(?!\w)|cơ quan, đơn vị",
    re.I,
)
"""Those under whoever was charged before, of whatever kind."""
_MANY = re.compile(r"các\s", re.I)
_PEOPLE = re.compile(
    r"(?:các\s+|mọi\s+|từng\s+)?(?:lực lượng|đồng chí|thành viên|cán bộ|công chức|viên chức|đảng viên|người lao động|người dân|nhân dân|bà con|người đứng đầu)|doanh nghiệp\s",
    re.I,
)


def heirs(names: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """Those to whom work without a name goes: people at large do not take the place of the body charged `before`."""
    return before if before and names and _PEOPLE.match(names[0]) else names


@dataclass(frozen=True, slots=True)
class Found:
    """An order as it stands in a sentence."""

    start: int
    end: int
    opening: Opening


class Chains:
    """Reads the sentences of one document, clause by clause."""

    def __init__(self, page: Page, offices: Offices, clauses: Clauses, headings: Headings) -> None:
        self._page, self._offices, self._clauses, self._headings = page, offices, clauses, headings
        self.named: tuple[str, ...] = ()
        """Those named last as the ones who have to act."""
        self.several: tuple[str, ...] = ()
        """The same, where they were more than one."""
        self._parted: dict[Span, list[Span]] = {}

    def read(self, start: int, end: int, scene: Scene) -> list[Found]:
        """The orders of a sentence: each clause is one, goes on with the one before, or is neither."""
        while start < end and self._page.plain[start] in _QUOTES:
            start += 1
        current: Opening | None = None
        charged: tuple[str, ...] = ()
        pending: Found | None = None
        found: list[Found] = []
        parts = self.parts(start, end)
        if self.only_tells(start, parts[0][1] if parts else end, scene.press):
            return []
        for begin, stop in parts:
            enum = _ENUM.match(self._page.low, begin, stop)
            at, told = self._after_colon(enum.end() if enum else begin, stop, scene)
            if told.inherited != scene.inherited:
                scene = replace(scene, ordering=True, inherited=told.inherited)
            opening = self._opening(at, stop, told, current)
            near = max(current.work, begin - _NEAR) if current else begin
            topic = current is not None and _TOPICS.search(self._page.low, near, begin) is not None
            if opening and not opening.own and (topic or (opening.bare and current is None and begin != parts[0][0])):
                opening = None  # a matter named, or more of a statement, not the first order of the sentence
            if opening is not None:
                above = current.names if current else scene.inherited if opening.start == at else ()
                if self._passes_on(opening, above) or (
                    scene.press and begin == start and self._goes_on(opening, above)
                ):
                    opening = replace(opening, names=above, own=False)
                if current and not opening.own and not scene.inherited:
                    opening = replace(opening, names=charged)
                charged = heirs(opening.names, charged)
                current = opening
                if opening.own:
                    self.named = heirs(opening.names, self.named)
                    scene = replace(scene, ordering=True, inherited=charged)
            elif current is not None and not topic and self._is_work(at, stop):
                opening = replace(
                    current, names=charged, start=at, work=at, own=False, confidence=current.confidence - 0.05
                )
            if opening is None:
                pending = self._longer(pending, at, stop)
                continue
            found += self._divided(pending, scene)
            pending = Found(opening.start, stop, opening)
        return found + self._divided(pending, scene)

    def _those_above(self, opening: Opening) -> bool:
        """True where those charged are called "các đơn vị nêu trên"."""
        return len(opening.names) == 1 and bool(
            _THOSE_ABOVE.search(self._page.low, opening.start, opening.work + _SHORT_WORDS)
        )

    def only_tells(self, start: int, end: int, press: bool) -> bool:
        """True for a sentence that begins with who took part, or with what a body has once ordered."""
        told = press and _TOLD.match(self._page.low, start, end)
        return bool(told) or _ATTENDED.match(self._page.low, start, end) is not None

    def _longer(self, pending: Found | None, start: int, end: int) -> Found | None:
        """The clause before with a further one that is no work of its own, unless that tells of others."""
        if pending is None or _TELLS_ON.search(self._page.low, start, min(end, start + 90)):
            return pending
        return replace(pending, end=end)

    def _passes_on(self, opening: Opening, above: tuple[str, ...]) -> bool:
        """ "đề nghị UBND huyện …; chỉ đạo các xã …": to direct those below is work of those asked before (`above`)."""
        if above and opening.own and _SENDS_UP.match(self._page.low, opening.start):
            return True
        if not above or not opening.own or not self._page.low.startswith(_DIRECTS, opening.start):
            return False
        if _PEOPLE.match(opening.names[0]):
            return True
        ranks = [max(rank_of(name.lower()) or 0 for name in names) for names in (above, opening.names)]
        return ranks[0] > ranks[1] > 0 or (ranks[0] > 0 and _BELOW.match(opening.names[0]) is not None)

    def _goes_on(self, opening: Opening, above: tuple[str, ...]) -> bool:
        """ "… yêu cầu các tỉnh rà soát. **Chỉ đạo** Chi cục A kiểm tra": such a sentence names nobody who directs, so that
        it is work of those asked before, where they are many."""
        many = bool(above) and _MANY.match(above[0]) is not None and rank_of(above[0].lower()) is None
        below = opening.own and (rank_of(opening.names[0].lower()) or 0) < ORDERS
        return many and below and self._page.low.startswith(_DIRECTS, opening.start)

    def _opening(self, start: int, end: int, scene: Scene, current: Opening | None) -> Opening | None:
        if current is not None and self._only_how(start, end):
            return None
        chained = current is not None
        scene = replace(scene, chained=chained) if scene.chained != chained else scene
        opening = self._clauses.opening(start, end, scene)
        if opening and opening.own and self.several and self._those_above(opening):
            return replace(opening, names=self.several)
        self.several = opening.names if opening and opening.own and len(opening.names) > 1 else self.several
        return opening

    def parts(self, start: int, end: int) -> list[Span]:
        """The clauses of a sentence; a semicolon inside the list of assignees does not divide."""
        if (start, end) not in self._parted:
            self._parted[start, end] = self._parts(start, end)
        return self._parted[start, end]

    def _parts(self, start: int, end: int) -> list[Span]:
        low = self._page.low
        at = past_adverbs(low, self._clauses.begin(start, end), end)
        ordered = triggers(self._page, start, min(end, start + 300))
        begun = [at, *(past_blanks(low, t.end) for t in ordered[:1])]
        lists = [(begin, *self._offices.listed(begin, end)) for begin in begun]
        stops = [(begin, stop) for begin, names, stop in lists if names]
        parts: list[Span] = []
        for piece in pieces(self._page, start, end):
            if parts and any(begin < parts[-1][1] < piece[0] < stop <= piece[1] for begin, stop in stops):
                parts[-1] = (parts[-1][0], piece[1])
            else:
                parts.append(piece)
        return parts

    def _only_how(self, start: int, end: int) -> bool:
        """A clause that only says by when or in what manner the work before it is done."""
        return bool(ONLY_WHEN.match(self._page.low, start, end) or _MANNER.match(self._page.low, start, end))

    def _is_work(self, start: int, end: int) -> bool:
        """A further clause of a sentence that ordered is work of its own, not more of the clause before."""
        low = self._page.low
        if self._only_how(start, end):
            return False
        if MUST_NOT.match(low, start, end) or (low.startswith("không ", start) and verb_at(low, start + len("không "))):
            return True
        if helped := _HELPED.match(low, start, end):
            names, stop = self._offices.listed(helped.end(), end)
            return bool(names) and task_at(low, stop)
        return task_at(low, start) or product_at(low, start) or bool(_GROUNDS.match(low, start, end))

    def _after_colon(self, start: int, end: int, scene: Scene) -> tuple[int, Scene]:
        """Leave out what heads a clause: "Phát triển thị trường: phối hợp …" begins its work after the colon."""
        page = self._page
        colon = page.plain.find(":", start, end)
        if colon < 0 or page.plain[colon - 1].isdigit():
            return start, scene
        after = past_blanks(page.low, colon + 1)
        tasks = self._tasks_a_unit(after, end) or FOR_UNIT.search(page.low, start, colon)
        if _SUCH_AS.search(page.low, start, colon) and not tasks:
            return start, scene
        head = self._clauses.opening(start, colon, scene) if colon - start > 3 else None
        if head is None and tells_of_the_past(page, self._clauses.begin(start, colon), colon):
            return start, scene
        names, stop = self._offices.listed(after, end)
        if not (task_at(page.low, after) or (names and not page.low.startswith(":", stop))):
            return start, scene
        if head is None and not scene.ordering and scene.press and _ORDERS.search(page.low, start, colon):
            return after, replace(scene, ordering=True)
        own = head.names if head and head.own else tuple(self._headings.names(start, colon))
        if own:
            self.named = own
            return after, replace(scene, ordering=True, inherited=own, listed=True)
        return after, replace(scene, ordering=scene.ordering or head is not None)

    def _up_to(self, start: int, end: int) -> int:
        """Where a clause ends before the next, without the word that links them."""
        link = next((m for m in _MEANWHILE.finditer(self._page.low, max(start, end - 20), end) if m.end() == end), None)
        return trim(self._page, start, link.start() if link else end)[1]

    def _meanwhile(self, first: Opening, end: int, scene: Scene) -> list[Opening]:
        """The work of another unit in the same clause: "Công an bảo đảm …, trong khi Sở X chủ trì …"."""
        found = _MEANWHILE.search(self._page.low, first.work, end)
        again = self._clauses.opening(found.end(), end, replace(scene, ordering=True)) if found else None
        return [again] if again and again.own else []

    def _tasks_a_unit(self, start: int, end: int) -> bool:
        """ "…, trong đó: Sở Y tế tham mưu …": after the colon stands a unit with its work, not an example."""
        names, stop = self._offices.listed(start, end)
        return bool(names) and task_at(self._page.low, stop)

    def _divided(self, found: Found | None, scene: Scene) -> list[Found]:
        """A clause split at a second order in it: "giao Sở A …, đồng thời yêu cầu Sở B …"."""
        if found is None:
            return []
        first, cuts = found.opening, list[Opening]()
        for trigger in triggers(self._page, first.work + 12, found.end)[:MOST_TRIGGERS]:
            linked = _LINKED.search(self._page.low, trigger.start - 12, trigger.start)
            if linked and _WORK_BEFORE.search(self._page.low, first.work, trigger.start):
                continue
            says = linked and _SAYS_AND.search(self._page.low, first.work, trigger.start)
            if linked and (says or trigger.word.startswith(("yêu cầu", "giao"))):
                again = self._clauses.ordered(trigger, first.start, found.end, replace(scene, ordering=True))
                joined = self._page.low.endswith("và ", 0, trigger.start)
                if again and again.own and not (joined and _BELOW.match(again.names[0])):
                    cuts.append(again)
        cuts += self._meanwhile(first, found.end, scene) if not cuts else []
        ends = [*(self._up_to(first.start, cut.start) for cut in cuts), found.end]
        return [Found(part.start, stop, part) for part, stop in zip([first, *cuts], ends, strict=True)]
