# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Verbs of ordering and asking: what "yêu cầu", "giao", "đề nghị" open, and whether who speaks may order those spoken to."""

import re
from dataclasses import replace

from khue.language.directives.model import Modality
from khue.language.directives.scene import Opening, Scene
from khue.language.directives.statements import LED_TO, by_law
from khue.language.directives.triggers import MODAL, TIMED_MODAL, Trigger, past_adverbs, skip_words
from khue.language.name_ends import NAME
from khue.language.offices import Offices
from khue.language.ranks import ORDERS, rank_of
from khue.language.speech import Speakers, has_person
from khue.language.spelling import tidy
from khue.language.structure import Page
from khue.language.voice import obliges
from khue.language.words import task_at

_DONE = re.compile(r"\s*(?:đã|đang|được|vừa)\s")
_WHO_HAVE = re.compile(r"\s+(?:đang|đã|còn)\s[^,;:]{2,40}?(?=\s(?:phải|cần)\s)")
"""Which of the units: "các địa phương **đang có dịch** phải …"."""
_JUDGED = re.compile(r"\slà\s+(?:không\s+(?:có cơ sở|đúng|phù hợp)|trái|sai|vi phạm)(?!\w)")
"""What was done is judged, not ordered: "giao cho Trung tâm quản lý là không có cơ sở"."""
_POSTED = re.compile(
    rf"(?:Phó\s+)?(?:[Tt]hứ\s+trưởng|[Bb]ộ\s+trưởng|[Tt]hủ\s+tướng|[Cc]hủ\s+tịch|[Bb]í\s+thư|[Gg]iám\s+đốc|[Cc]ục\s+trưởng|[Cc]hánh\s+[Vv]ăn\s+phòng)\s+(?P<person>{NAME})"
)
"""One person by post and name: "giao **Thứ trưởng Lê Văn Đệ** chủ trì …"."""
_LONG_AGO = re.compile(r"(?<!\w)(?:hồi|trước đó|trước đây|vào (?:tháng|năm|cuối|đầu))(?!\w)")
_COORDINATE = re.compile(
    r"(?<!\w)(?:tham mưu|nghiên cứu|rà soát|báo cáo|tổng hợp|phân tích|kiểm tra|xem xét|thẩm định|tháo gỡ|xử lý|giải quyết)\s*(?:,|và)\s*$|(?<!\w)hoặc\s*$"
)
"""Before a verb of asking it makes both one piece of work: "tham mưu, đề xuất, hoàn thiện"."""
_MATTER_MUST = re.compile(r"\s*,?\s[^;:.“”\"]{3,110}?\s(?:phải|cần|sẽ không|không được)\s(?!có thể)")
"""An order whose subject is a matter, not a unit: "yêu cầu các tuyến đường mới đều **phải** dùng đèn LED"."""
_ABOUT = re.compile(r".{0,8}(?:đối với|về phía)\s+", re.S)
_OF_THOSE = re.compile(r"(?<!\w)(?:đối với|với|về phía)\s+")
_ASKS = re.compile(r"\s(?P<verb>đề nghị|yêu cầu)\s+")
_THEM = re.compile(r"(?:bộ|sở|tỉnh|thành phố|địa phương|đơn vị|doanh nghiệp|công ty)(?:\s+(?:này|trên))?\s+")
"""Those it is about, told again: "Đối với Bộ A, Ủy ban B yêu cầu **bộ** rà soát …"."""
_CROWD = re.compile(r"(?:UBND |thủ trưởng |giám đốc |lãnh đạo )?các\s(?!bộ)", re.I)
MOST_TRIGGERS = 12
"""Verbs of ordering tried in one clause, so that time grows with the length of a text only."""


class Demands:
    """Reads what verbs of ordering open, in one document."""

    def __init__(self, page: Page, offices: Offices, speakers: Speakers) -> None:
        self._page, self._offices, self._speakers = page, offices, speakers

    def of_those(self, given: list[Trigger], start: int, end: int, scene: Scene) -> Opening | None:
        """ "Đối với Ban Chỉ đạo, Bộ đề nghị chỉ đạo …", "Với các tỉnh đề nghị tăng cường …": asked of those it is about."""
        about = next((m for m in _OF_THOSE.finditer(self._page.low, max(0, start - 8), start + 9)), None)
        asks = _ASKS.search(self._page.low, about.end(), min(end, about.end() + 160)) if about else None
        if about is None or asks is None or given[0].start < asks.start("verb"):
            return None
        them = _THEM.match(self._page.low, asks.end(), end)
        work = past_adverbs(self._page.low, them.end() if them else asks.end(), end)
        names = self._those(about.end(), asks.start())
        if not names or not (task_at(self._page.low, work) or self._page.low.startswith("chỉ đạo", work)):
            return None
        asking = Trigger(asks.start("verb"), asks.end("verb"), asks["verb"] == "yêu cầu", asks["verb"])
        heeded = self._heeded(asking, start, end, names, scene)
        return Opening(start, work, tuple(names), _modality(asking), 0.8) if heeded else None

    def _those(self, start: int, end: int) -> list[str]:
        """The units between "đối với" and the verb of asking; who asks may stand behind the comma."""
        names, stop = self._offices.listed(start, end)
        if len(names) == 1 and stop == end:
            return names
        comma = self._page.low.find(",", start, end)
        names, stop = self._offices.listed(start, comma) if comma > 0 else ([], 0)
        return names if stop == comma and self._speakers.named(comma + 1, end) else []

    def first(self, given: list[Trigger], start: int, end: int, scene: Scene) -> Opening | None:
        for trigger in given[:MOST_TRIGGERS]:
            if found := self.ordered(trigger, start, end, scene):
                return found
            if not trigger.hard:
                return None
        return None

    def ordered(self, trigger: Trigger, start: int, end: int, scene: Scene) -> Opening | None:
        """What a verb of ordering opens, when it does order: "yêu cầu Sở …", "đề nghị các huyện …"."""
        low = self._page.low
        if trigger.word == "chỉ đạo" and trigger.start - start > 3 and not self._speakers.heard(start, trigger.end):
            return None
        if trigger.word == "chỉ đạo" and low.startswith(",", trigger.end):
            return None
        after = skip_words(low, _skip_fill(low, trigger.end, end))
        at = past_adverbs(low, after, end)
        names, stop = self._offices.listed(at, end)
        if not names and (one := _POSTED.match(self._page.plain, at, end)) and has_person(one["person"]):
            names, stop = [tidy(one[0])], one.end()
        stop = told.end() if names and (told := _WHO_HAVE.match(low, stop, end)) else stop
        if names and (_DONE.match(low, stop, end) or _JUDGED.search(low, stop, end)):
            return None
        if names and trigger.word == "lưu ý" and LED_TO.match(low, stop, end):
            return None
        if (trigger.told and _LONG_AGO.search(low, start, trigger.start)) or by_law(
            self._page, start, trigger.start, scene.voice
        ):
            return None
        if not self._heeded(trigger, start, end, names, scene):
            return None
        work = past_adverbs(low, stop, end) if names else at
        if names and end - work > 8:
            sure = task_at(low, work) or bool(MODAL.match(low, skip_words(low, work)))
            return Opening(trigger.start, work, tuple(names), _modality(trigger), 0.93 if sure else 0.75)
        return self._unnamed(trigger, start, at, end, scene)

    def _unnamed(self, trigger: Trigger, start: int, at: int, end: int, scene: Scene) -> Opening | None:
        """What a verb of ordering opens that names no unit: "yêu cầu rà soát …", "yêu cầu các dự án phải …"."""
        low, modality = self._page.low, _modality(trigger)
        scene = self._addressed(trigger, start, scene)
        spoken = trigger.hard or scene.listed or trigger.start - start < 3 or self._speakers.heard(start, trigger.end)
        if trigger.start > start and _COORDINATE.search(low, max(start, trigger.start - 20), trigger.start):
            return None
        if scene.press and not scene.listed and trigger.word in {"kiến nghị", "đề xuất", "mong", "mong muốn"}:
            return None
        if scene.press and not scene.ordering and self._speakers.heard(start, trigger.end) is None:
            return None
        if trigger.word == "chỉ đạo" and scene.press and task_at(low, at):
            voice = self._speakers.heard(start, trigger.end)
            if voice and voice.rank >= ORDERS:
                return Opening(trigger.start, at, scene.inherited, modality, 0.6, own=False)
        if not spoken:
            return None
        bare = trigger.word not in {"chỉ đạo", "phân công", "chỉ định", "giao", "gợi ý", "kêu gọi"}
        if bare and (task_at(low, at) or MODAL.match(low, skip_words(low, at)) or TIMED_MODAL.match(low, at - 1, end)):
            return Opening(trigger.start, at, scene.inherited, modality, 0.7, own=False)
        if trigger.word == "yêu cầu" and (must := _MATTER_MUST.match(low, trigger.end, end)):
            return Opening(trigger.start, must.end(), scene.inherited, modality, 0.65, own=False)
        return None

    def _addressed(self, trigger: Trigger, start: int, scene: Scene) -> Scene:
        """ "Đối với Ban Chỉ đạo, Bộ đề nghị đôn đốc …": those it is about are those asked."""
        about = _ABOUT.match(self._page.low, max(0, start - len("đối với ")), trigger.start)
        comma = self._page.low.find(",", about.end(), trigger.start) if about else -1
        names, stop = self._offices.listed(about.end(), comma) if about and comma > 0 else ([], 0)
        return replace(scene, inherited=tuple(names)) if names and stop == comma else scene

    def _heeded(self, trigger: Trigger, start: int, end: int, names: list[str], scene: Scene) -> bool:
        """True when the one who speaks may order those spoken to; told as done, where a list of work follows."""
        if not scene.press and (scene.listed or trigger.start - start < 3):
            above = max((rank_of(name.lower()) or 2.0 for name in names), default=2.0)
            return trigger.hard or above <= scene.rank
        voice = self._speakers.heard(start, trigger.end) or scene.voice
        if trigger.told and voice is None:
            return trigger.word.startswith("yêu") and scene.ordering
        target = max((rank_of(name.lower()) or 2.0 for name in names), default=2.0)
        if voice is None:
            asked = trigger.word == "đề nghị" and trigger.start - start < 3 and bool(names)
            return (
                asked
                or (trigger.hard and not trigger.told)
                or (scene.ordering and trigger.word not in {"kiến nghị", "đề xuất"})
            )
        if trigger.told:
            if names and voice.rank >= ORDERS and self._page.plain.startswith(";", end):
                return True
            own = trigger.word.startswith("yêu") or (bool(names) and has_person(voice.name))
            return voice.rank >= ORDERS and scene.ordering and own
        if trigger.hard:
            return voice.rank >= 2 or voice.rank > target or obliges(self._page.low, trigger.end, voice)
        if not scene.press:
            return voice.rank >= target
        if names and voice.oversees(names[0]):
            return True
        if trigger.word == "đề nghị" and names and _CROWD.match(names[0]):
            return voice.rank >= max(target, 3) or voice.heads(names[0])
        return voice.rank > target and (voice.rank >= 3 or (voice.rank >= 2 and has_person(voice.name)))


def _modality(trigger: Trigger) -> Modality:
    return "ordered" if trigger.hard else "requested"


_FILL = (
    "rằng",
    "khẩn",
    "quyết liệt",
    "cho",
    "đối với",
    "với",
    "trách nhiệm",
    "nhiệm vụ",
    "một số nội dung",
    "tới",
    "đến",
    ":",
    ",",
    "là",
    "việc",
)


def _skip_fill(low: str, position: int, end: int) -> int:
    """Skip what stands between a verb of ordering and those ordered: "giao nhiệm vụ **cho** Sở"."""
    moved = True
    while moved and position < end and not low.startswith("khẩn trương", position):
        moved = False
        if low[position].isspace():
            position, moved = position + 1, True
            continue
        for word in _FILL:
            if low.startswith(word, position) and not low[position + len(word) : position + len(word) + 1].isalpha():
                position, moved = position + len(word), True
    return position
