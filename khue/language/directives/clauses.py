# ruff: noqa: E501  (patterns and word lists are read as tables)
"""How a clause opens: by an order, by a unit that has to act, or by the work itself."""

import re
from itertools import islice

from khue.language.directives import statements as states
from khue.language.directives.demands import Demands
from khue.language.directives.scene import Opening, Scene
from khue.language.directives.triggers import (
    CARRIES,
    CONNECT,
    FUTURE,
    GIVEN,
    MODAL,
    MUST_NOT,
    PAST,
    POLITE,
    PRAISE,
    SAYS,
    TIMED_MODAL,
    TOLD_PLAN,
    TURN,
    Trigger,
    past_adverbs,
    skip_words,
    triggers,
)  # fmt: skip
from khue.language.offices import Offices
from khue.language.ranks import ORDERS, rank_of
from khue.language.speech import Speakers, has_person
from khue.language.structure import Page
from khue.language.text import past_blanks
from khue.language.words import task_at, verb_at


class Clauses:
    """Reads the beginnings of clauses in one document."""

    def __init__(self, page: Page, offices: Offices, speakers: Speakers) -> None:
        self._page, self._offices, self._speakers = page, offices, speakers
        self._demands = Demands(page, offices, speakers)
        self.ordered = self._demands.ordered

    def begin(self, start: int, end: int) -> int:
        """Skip words that only link a clause to the one before."""
        found = CONNECT.match(self._page.low, start, end)
        start = found.end() if found else start
        also = _ALSO.match(self._page.low, start, end)
        return also.end() if also and verb_at(self._page.low, also.end()) else start

    def opening(self, start: int, end: int, scene: Scene) -> Opening | None:
        """Read how a clause opens; `None` when it gives no work."""
        start = self.begin(start, end)
        if (
            scene.asking
            or "?" in self._page.plain[end - 3 : end + 1]
            or _ASKED.search(self._page.low, start - 30, start)
        ):
            return None
        if found := self._open(start, end, scene):
            return found
        if scene.ordering or scene.press:
            for turn in TURN.finditer(self._page.low, start, end):
                if (found := self._open(self.begin(turn.end(), end), end, scene)) and found.own:
                    return found
        if scene.press and not scene.ordering and (tells := TOLD_PLAN.search(self._page.low, start, end)):
            found = self._open(self.begin(tells.end(), end), end, scene)
            return found if found and found.own and found.modality != "ordered" else None
        return self._said(start, end, scene) if scene.press and scene.ordering else None

    def _said(self, start: int, end: int, scene: Scene) -> Opening | None:
        """Work in what a leader is told to have said: "ông A nhấn mạnh, các xã phải …"."""
        low = self._page.low
        for says in SAYS.finditer(low, start, min(end, start + 260)):
            if says[0].startswith("lưu ý") and states.LED_TO.match(low, says.end(), end):
                return None
            if found := self._open(self.begin(says.end(), end), end, scene):
                opinion = says[0].startswith("cho rằng") and not _OUGHT.search(low, found.start, found.work + 5)
                return found if (found.own or found.confidence > 0.7) and not opinion else None
        return None

    def _open(self, start: int, end: int, scene: Scene) -> Opening | None:
        low = self._page.low
        if POLITE.match(low, start, end):
            return None
        if PRAISE.match(self._page.low, start, end) and not triggers(self._page, start, end):
            return None
        at = self._behind_aims(start, past_adverbs(low, start, end), end)
        if states.is_statement(self._page, start, at, end):
            return None
        begins = task_at(low, at) or low.startswith(_BEING, at) or (scene.listed and MUST_NOT.match(low, at, end))
        if scene.listed and scene.inherited and begins and not self._orders_anew(at, end, scene):
            return Opening(start, at, scene.inherited, scene.modality, 0.84, own=False)
        ordered = triggers(self._page, start, end)
        if scene.press and ordered and (found := self._demands.of_those(ordered, start, end, scene)):
            return found
        names, stop = self._doers(at, end, scene)
        if names and (found := self._by_unit(start, stop, end, names, scene)):
            return found
        works = scene.ordering and not names
        if (
            works
            and ordered
            and ordered[0].start > at
            and verb_at(low, at)
            and not self._spoken_by_a_head(start, ordered[0].end)
            and (found := self._by_work(start, at, end, scene))
        ):
            return found
        if ordered and (found := self._demands.first(ordered, start, end, scene)):
            return found
        if works and not ordered and (found := self._by_work(start, at, end, scene)):
            return found
        return self._by_name(start, stop, end, names, scene)

    def _behind_aims(self, start: int, at: int, end: int) -> int:
        """Where behind an aim of several parts the unit stands that must act: "Để A, B, | thành phố C cần …"."""
        low = self._page.low
        if not low.startswith(_AIMS, start) or triggers(self._page, start, end):
            return at
        for comma in islice(_COMMA.finditer(low, at, min(end, at + _AIMED)), _PARTS):
            names, stop = self._offices.listed(comma.end(), end)
            if names and MODAL.match(low, skip_words(low, past_adverbs(low, stop, end))):
                return comma.end()
        return at

    def _doers(self, start: int, end: int, scene: Scene) -> tuple[list[str], int]:
        """The units that a clause begins with, and where they end: behind the comma before those who help them."""
        names, stop = self._offices.listed(start, end)
        beside = _BESIDE_OTHERS.match(self._page.low, stop, end) if names and scene.ordering else None
        return names, beside.end() if beside else self._set_off(stop, end) if names and scene.ordering else stop

    def _set_off(self, stop: int, end: int) -> int:
        """Behind what stands between commas after a unit: "Chủ đầu tư, trong phạm vi trách nhiệm của mình, | đẩy nhanh …"."""
        low = self._page.low
        after = past_adverbs(low, stop + 1, end) if low.startswith(", ", stop) else stop
        return after if after > stop + 1 and task_at(low, after) else stop

    def _spoken_by_a_head(self, start: int, end: int) -> bool:
        """True when someone who gives orders is the subject of the verb: "Chủ động phòng bão, Chủ tịch đề nghị …"."""
        voice = self._speakers.heard(start, end + _AHEAD)
        return voice is not None and voice.rank >= ORDERS

    def _by_name(self, start: int, stop: int, end: int, names: list[str], scene: Scene) -> Opening | None:
        """In a paper that orders, a clause that begins with a unit gives it work even by a verb we do not know."""
        low = self._page.low
        if scene.press or not scene.ordering or not names or end - stop < 20 or low[stop : stop + 1] in ",:;":
            return None
        after = past_adverbs(self._page.low, stop, end)
        if PAST.match(low, after, end) or PRAISE.match(low, after, end) or self._talks(names, stop, end, scene):
            return None
        return Opening(start, after, tuple(names), scene.modality, 0.62)

    def _orders_anew(self, start: int, end: int, scene: Scene) -> bool:
        """An item that orders others than those of its list: "Đề nghị Ủy ban Mặt trận Tổ quốc …"."""
        verb = _ANEW.match(self._page.low, start, end)
        names = self._offices.listed(verb.end(), end)[0] if verb else []
        if verb is None or not (names or verb[0].startswith("giao")):
            return False
        above = max(rank_of(name.lower()) or 2.0 for name in names) if names else 4.0
        return not scene.headed or above >= 3 or names[0].lower().startswith(("thủ trưởng", "chủ tịch", "các sở"))

    def _by_unit(self, start: int, stop: int, end: int, names: list[str], scene: Scene) -> Opening | None:
        """ "Sở Tài chính chủ trì …", "Sở cũng cần …": the unit is the subject of the clause."""
        low = self._page.low
        after = past_adverbs(self._page.low, stop, end)
        if charged := self._charged(start, stop, end, names, scene):
            return charged
        if scene.press and scene.ordering and states.passes_down(low, names, stop, scene.voice):
            return Opening(start, stop, tuple(names), scene.modality, 0.8)
        if PAST.match(low, after, end) or low[stop : stop + 1] == ":":
            return None
        modal = (
            MODAL.match(low, skip_words(low, after)) or TIMED_MODAL.match(low, stop, end) or _SHOULD.match(low, after)
        )
        if modal:
            return self._must(start, modal, names, scene)
        if scene.ordering and _MAY_NOT.match(low, after, end) and not self._stands_above(names, after, scene):
            return Opening(start, after, tuple(names), scene.modality, 0.86)
        if self._stands_above(names, after, scene) or self._talks(names, stop, end, scene):
            return None
        if scene.press and states.PROMISES.match(low, after, end):
            return None
        light = _BEFORE_WORK.match(low, after, end)
        after = light.end() if light and task_at(low, light.end()) else after
        grounds = scene.ordering and _GROUNDS.match(low, after, end)
        if not (grounds or task_at(low, after)) or (
            scene.press and (states.REPORTS.match(low, after, end) or states.COUNTED.match(low, after, end))
        ):
            return None
        if scene.press and states.SET_GOALS.match(low, after, end):
            return None
        if scene.ordering:
            return Opening(start, after, tuple(names), scene.modality, 0.86)
        planned = scene.press and FUTURE.search(low, start, min(end, stop + 60))
        if planned and task_at(low, after, pairs_only=True):
            return Opening(start, after, tuple(names), "planned", 0.62)
        return None

    def tells(self, start: int, end: int) -> bool:
        """True where a clause tells what a unit reported, counted, promised or aims at."""
        low = self._page.low
        names, stop = self._offices.listed(past_adverbs(low, self.begin(start, end), end), end)
        told = (states.REPORTS, states.COUNTED, states.PROMISES, states.SET_GOALS)
        return bool(names) and any(words.match(low, past_adverbs(low, stop, end), end) for words in told)

    def _must(self, start: int, modal: re.Match[str], names: list[str], scene: Scene) -> Opening | None:
        """A unit that "cần", "phải" act: an order where orders are given, else advice or a duty it has."""
        if scene.press and has_person(names[0]) and self._speakers.orders(names[0]):
            return None
        if scene.ordering or not scene.press:
            return Opening(start, modal.end(), tuple(names), scene.modality, 0.88)
        if not task_at(self._page.low, modal.end()):
            return None
        if self._advises(names, scene):
            return Opening(start, modal.end(), tuple(names), "requested", 0.6)
        if "trách nhiệm" in modal[0]:
            return Opening(start, modal.end(), tuple(names), scene.modality, 0.62)
        return None

    def _stands_above(self, names: list[str], after: int, scene: Scene) -> bool:
        """True for those whose doings a report tells rather than orders: who leads, who stands as high, the centre."""
        high = rank_of(names[0].lower()) or 0
        if self._page.low.startswith("sẽ ", after) and high >= ORDERS:
            return True
        if not scene.press or names[0].startswith("các đồng chí"):
            return False
        if scene.listed and scene.ordering and not names[0].startswith(_HIGHEST):
            return False
        if names[0].startswith(_HIGHEST) or self._speakers.orders(names[0]):
            return True
        return high >= ORDERS and high >= (scene.voice.rank if scene.voice else 4.0)

    @staticmethod
    def _advises(names: list[str], scene: Scene) -> bool:
        """True when a person of some post, no petitioner, tells one office of no higher rank what it must do."""
        voice = scene.voice
        if not scene.press or voice is None or voice.rank < 3 or not has_person(voice.name):
            return False
        target = rank_of(names[0].lower())
        return target is not None and target <= voice.rank and names[0].startswith(_OFFICES)

    def _charged(self, start: int, stop: int, end: int, names: list[str], scene: Scene) -> Opening | None:
        """ "Sở X được giao chủ trì …", "Sở Y là cơ quan đầu mối, có trách nhiệm …"."""
        low = self._page.low
        given = GIVEN.match(low, stop, end)
        giver = rank_of(low[stop : given.end()]) if given else None
        if given and scene.press and giver and giver > (scene.voice.rank if scene.voice else 4.0):
            return None  # told by those who were given the work
        if given and (task_at(low, given.end()) or _DIRECTING.match(low, given.end())):
            return Opening(start, given.end(), tuple(names), "ordered", 0.8)
        named = _NAMED_AS.match(low, past_adverbs(self._page.low, stop, end), end)
        if named and (scene.ordering or "trách nhiệm" in named[0]) and task_at(low, named.end()):
            return Opening(start, named.end(), tuple(names), scene.modality, 0.82)
        return None

    def _talks(self, names: list[str], stop: int, end: int, scene: Scene) -> bool:
        """A verb of ordering comes right after the subject, so the subject speaks."""
        found = triggers(self._page, stop, min(end, stop + 30))
        if not found or self._directs(found[0]):
            return False
        if scene.press and not scene.listed and self._gives_to_equals(names, found[0]):
            return True
        above = (
            (rank_of(names[-1].lower()) or 0) >= ORDERS
            or has_person(names[-1])
            or names[-1].istitle()
            or self._speakers.orders(names[-1])
        )
        passes_on = found[0].hard and _PASSED_ON.match(self._page.low, stop, end)
        if scene.ordering and not above and passes_on:
            return False
        if (scene.chained or (scene.listed and scene.ordering)) and found[0].word.startswith(_WORK_TOO):
            return False
        return (scene.press and above) or not found[0].word.startswith(_WORK_TOO)

    def _directs(self, verb: Trigger) -> bool:
        """ "Bộ A chỉ đạo, đẩy nhanh …", "Bộ A chủ động chỉ đạo …": to direct those below is the work told of."""
        low = self._page.low
        told = low.startswith(",", verb.end) or _BUSILY.search(low, max(0, verb.start - 14), verb.start)
        return verb.word == "chỉ đạo" and bool(told)

    def _gives_to_equals(self, names: list[str], verb: Trigger) -> bool:
        """ "Ban Chỉ đạo giao Sở X chủ trì …": who gives work to a body that stands no lower speaks for those above."""
        given = self._offices.listed(past_blanks(self._page.low, verb.end), verb.end + _NAMED_WITHIN)[0]
        rank = rank_of(names[-1].lower())
        return verb.word == "giao" and bool(given and rank) and (rank_of(given[0].lower()) or 0) >= (rank or 0)

    def _by_work(self, start: int, at: int, end: int, scene: Scene) -> Opening | None:
        low = self._page.low
        modal = MODAL.match(low, skip_words(low, at))
        if modal:
            return Opening(start, modal.end(), scene.inherited, scene.modality, 0.78, own=False)
        if POLITE.match(low, start, end) or PRAISE.match(low, at, end):
            return None
        if scene.press and not scene.inherited and scene.voice is None:
            return None
        if scene.press and low.startswith(("trên cơ sở", "căn cứ"), at):
            return None
        if at > start and scene.press and low.startswith("về ", start):
            return None
        if not scene.listed and (CARRIES.match(low, at, end) or states.PAPER.match(low, at, end)):
            return None
        if scene.listed and task_at(low, at):
            return Opening(start, at, scene.inherited, scene.modality, 0.84, own=False)
        if scene.press and self._tells(start, at, end, scene):
            return None
        if task_at(low, at, pairs_only=scene.press):
            return Opening(start, at, scene.inherited, scene.modality, 0.72, own=False, bare=True)
        if (
            scene.press
            and (inner := MODAL.search(low, at, min(end, at + 130)))
            and _WORK_SUBJECT.fullmatch(low, at, inner.start())
            and not _NOT_MODAL.search(low, at, inner.start())
        ):
            return Opening(start, inner.end(), scene.inherited, scene.modality, 0.6, own=False)
        return None

    def _tells(self, start: int, at: int, end: int, scene: Scene) -> bool:
        """True for a clause of a report that begins like work and tells what is, who spoke or who leads."""
        low = self._page.low
        tells = _TELLING.search(low, at, min(end, at + 45)) or states.LEADERS.match(low, at, end)
        return end - at < _TOO_LITTLE or tells is not None or self._other_speaks(start, at, end, scene)

    def _other_speaks(self, start: int, at: int, end: int, scene: Scene) -> bool:
        """True when someone is said to speak in a clause, other than who speaks already and is not named anew."""
        heard = self._speakers.heard(start, end)
        if heard is None or heard != scene.voice:
            return heard is not None
        named = has_person(self._page.plain[start:end]) or _SAYS_SO.search(self._page.low, at, end)
        return bool(named) or not task_at(self._page.low, at)


_AIMS = ("để ", "nhằm ")
_AIMED = 240
"""Code points that an aim takes at most."""
_PARTS = 5
"""Parts of an aim, between commas, behind which the unit that must act is looked for."""
_COMMA = re.compile(r",\s+")
_BUSILY = re.compile(r"(?:chủ động|tập trung|khẩn trương|tăng cường|kịp thời|tích cực)\s+$")
_NAMED_WITHIN = 90
"""Code points behind "giao" in which the name of a body is read."""
_AHEAD = 5
"""Code points after a verb by which it is told from a noun: "chỉ thị **các**"."""
_OFFICES = ("Sở", "UBND", "BHXH", "Phòng", "Tổng công ty", "Công ty", "Tập đoàn", "Cục", "Chi cục", "Ban Quản lý", "Trung tâm")  # fmt: skip
_MAY_NOT = re.compile(
    r"\s*(?:tuyệt đối\s+)?không được\s+(?:phép\s+)?(?:để|làm|chủ quan|lơ là|buông lỏng|tự ý|gây|ban hành|thu)(?!\w)|\s*(?:tuyệt đối\s+)?không\s+(?:tổ chức|đi|sử dụng|để|tự ý|lơ là|chủ quan)(?!\w)"
)
_SAYS_SO = re.compile(r"(?<!\w)(?:cho rằng|cho biết|cho hay|khẳng định|nhận định)(?!\w)")
_TOO_LITTLE = 15
"""Code points of work under which a clause is the rest of another: "Trên cơ sở kết quả chỉ đạo, giải quyết; Sở X …"."""
_ASKED = re.compile(r"(?<!\w)hỏi\s*:\s*[“\"]\s*$")
_OUGHT = re.compile(r"(?<!\w)(?:cần|phải|nên|trách nhiệm|nhiệm vụ)(?!\w)")
"""Without such a word, what follows "cho rằng" is what someone thinks of others, not what they are to do."""
_ALSO = re.compile(r"(?:đồng thời|ngoài ra|bên cạnh đó)\s+")
"""Links that need no mark before a verb: "Đồng thời | rà soát …"."""
_WORK_SUBJECT = re.compile(
    r"(?:việc|công tác|hoạt động|quá trình|trong|nội dung|nhiệm vụ|các nhiệm vụ|mọi|mỗi|từng|những|các|tiến độ|đề án|kế hoạch|dự án|chương trình|phương án|quy hoạch|báo cáo|dự thảo|đây|khi|về|chính sách|cơ chế|dữ liệu|hệ thống|kinh phí|chuyển đổi số)(?!\w)[^;:]*"
    r"|[^,;:]{0,45}"
)
"""What must be done, where it is the subject of "cần", "phải": "công tác tuyên truyền | cần …"."""
_NOT_MODAL = re.compile(
    r"(?:nhiều|những|các) việc\s*$|(?:không|sẽ|đã|nếu|những việc|những gì|vấn đề|nhu)\s[^,;]{0,40}$|(?:theo|điều kiện|yếu tố|những)\s[^,;]{0,30}$"
)
_HIGHEST = ("Chính phủ", "Thủ tướng", "Quốc hội", "Bộ Chính trị", "Ban Bí thư", "Trung ương")
"""Bodies whose acts the press tells and nobody in a meeting orders."""
_SHOULD = re.compile(
    r"\s*nên\s+(?=(?:trực tiếp|chủ động|thường xuyên|tập trung|tăng cường|tuân thủ|xây dựng|có|đẩy mạnh|sớm|phối hợp|tổ chức|nghiên cứu|xem xét|quan tâm))"
)
_NAMED_AS = re.compile(
    r"\s*(?:được giao\s+(?:nhiệm vụ\s+)?)?là\s+(?:cơ quan|đơn vị|đầu mối)(?:\s+(?:đầu mối|thường trực|chủ trì|tham mưu|chủ quản|thường xuyên))*"
    r"(?:[^,;:.]{0,60},\s*(?:có|chịu)\s+trách\s+nhiệm\s+|(?:\s*,)?\s*(?:(?:có|chịu)\s+trách\s+nhiệm\s+)?)"
)
"""A part given to a unit, with its work: "là cơ quan đầu mối, có trách nhiệm | theo dõi …"."""
_GROUNDS = re.compile(r"\s*(?:căn cứ|trên cơ sở)\s")
_TELLING = re.compile(r"(?<!\w)(?:đã|đang|đạt|được|có nhiều|vẫn|luôn)(?!\w)")
_ANEW = re.compile(r"(?:yêu cầu|đề nghị|giao(?:\s+cho)?)\s+")
_BESIDE_OTHERS = re.compile(
    r",(?=\s+(?:chủ trì,\s+)?phối hợp (?:chặt chẽ )?với\s)|,\s+trong\s+(?:quý|tháng|năm)\s+[\divx/]+(?=\s+(?:chủ động|tiếp tục|khẩn trương|tập trung)\s)"
)
"""Set off from the unit by a comma: "Ban Quản lý dự án 6**,** phối hợp với …", "Các công ty**, trong quý IV** chủ động …"."""
_BEFORE_WORK = re.compile(r"\s*(?:chỉ\s+(?!đạo|huy|thị)|(?:lãnh đạo,\s+)?chỉ đạo,\s+)")
"""Between a unit and its work: "Bộ A **chỉ đạo,** đẩy nhanh …", "các xã **chỉ** xem xét …"."""
_DIRECTING = re.compile(r"(?:(?:khẩn trương|chủ động|tiếp tục|sớm)\s+)?chỉ đạo\s")
_BEING = ("là cơ quan", "là đơn vị", "là đầu mối")
_PASSED_ON = re.compile(r"\s+(?:quán triệt|chỉ đạo|tiếp tục|chủ động|tổ chức|tăng cường)")
"""Units below pass an order on: "các đơn vị quán triệt, yêu cầu 100% cán bộ chấp hành"."""
_WORK_TOO = ("chỉ đạo", "phân công", "quán triệt", "giao", "nhắc", "đề xuất")
"""Verbs of ordering that are just as often the work itself: "UBND các xã chỉ đạo …"."""
