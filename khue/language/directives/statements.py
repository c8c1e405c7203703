# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Clauses that look like work but state something: aims, definitions, grounds of what was done, times that are over."""

import re

from khue.language.directives.triggers import MODAL, triggers
from khue.language.ranks import ORDERS, rank_of
from khue.language.speech import has_person
from khue.language.structure import Page
from khue.language.voice import Voice
from khue.language.words import task_at

_AIMS = ("để ", "nhằm ")
_STATES = re.compile(
    r"(?:[^\W\d_]+\s+){2,11}?(?:là\s+(?:dự án|công trình|hoạt động|quá trình|nhiệm vụ|nội dung|yêu cầu|xu thế|xu hướng|động lực|giải pháp|việc|một|cơ hội|nền tảng|hành động|cách|bước|yếu tố|điều|chủ trương|đòi hỏi|tiền đề|chìa khóa|khâu|trách nhiệm|định hướng|đúng|rất|cần thiết|sở|ubnd|bộ|ban)|(?:có thể|sẽ)\s+(?:là|giúp|tạo|góp|mang)|có\s+(?:khoảng|trên|hơn|\d|vai trò|tác dụng|ý nghĩa)|đóng vai trò|góp phần|giúp cho)\s"
)
"""A statement whose subject is a verb or a noun of work: "chuyển đổi số là quá trình …", "Cơ quan chủ trì là Sở …"."""
_HOLDS = re.compile(r"(?<!\w)(?:coi|xem|xác định|cần|phải)(?!\w)")
"""Before "là" these make it work to see something as such: "phải coi đây là việc của mình"."""
_GROUND_OF = re.compile(
    r",\s+[^,;.:]{3,70}?\s(?:đã|vừa)\s+(?:(?:ban hành|có)(?!\s+(?:văn bản|công văn|công điện)\s(?:[^,;]{0,40}\s)?(?:chỉ đạo|yêu cầu|đề nghị|giao)\s)|tổ chức|triển khai|xây dựng|chỉ đạo(?!,\s(?:giao|yêu cầu))|thành lập|phê duyệt|trình|thực hiện|hoàn thành)(?!\w)"
)
"""Work that is only the ground of what was done: "Quán triệt …, UBND tỉnh đã ban hành …"."""
_BYGONE = re.compile(
    r"\s*(?:trong\s+|thời gian qua|những năm qua|vừa qua|đến nay|hiện nay)(?:(?<=trong )(?:\w+ tháng đầu năm|năm qua|thời gian qua|những năm qua|nhiều năm qua))?(?:\s+20\d\d)?\s*,"
)
"""A time that is over: what follows is told, not ordered."""
_SEEN = re.compile(r"(?<!\w)(?:có thể thấy|ước đạt|ước tính|nhờ (?:đó|vậy))(?!\w)")
"""Figures and what is seen in them are told, not ordered."""
LED_TO = re.compile(r"[^;:“”\"]{0,140}?\s(?:đã|đang)\s(?:gây|làm|dẫn|khiến|ảnh hưởng|phát sinh|để xảy ra)(?!\w)")
"""Not an order but what came of it: "lưu ý các xã giao đất sai **đã gây** khiếu kiện"."""
_LAW = re.compile(r"(?<!\w)(?:quy định|nghị định|luật|thông tư|khoản \d+|điều \d+|tiêu chuẩn)(?!\w)[^;:.]*$")
_MANNER = re.compile(r"(?:kịp thời|chủ động|đồng bộ|nhanh chóng|hiệu quả|thường xuyên)\s")
_THEN = re.compile(r",\s[^,;]{3,60}?\s(?:cần|phải)\s")
PROMISES = re.compile(
    r"\s*sẽ\s+(?:luôn\s+|tiếp tục\s+)?(?:tạo (?:mọi )?điều kiện|quan tâm|đồng hành|hỗ trợ|lắng nghe|ủng hộ)"
)
SET_GOALS = re.compile(r"\s*(?:tiếp tục\s+)?(?:đặt (?:ra )?(?:các )?mục tiêu|phấn đấu)(?!\w)")
REPORTS = re.compile(
    r"\s*(?:cũng\s+)?(?:đưa ra\s+(?:nhiều|một số)\s|báo cáo\s(?![^.;]{0,80}(?:trước ngày|chậm nhất|định kỳ)))"
)
COUNTED = re.compile(
    r"\s*(?:tiếp tục\s+)?(?:triển khai|tổ chức|thực hiện|hoàn thành|xây dựng|nghiệm thu|cấp|hỗ trợ|xử lý|tiếp nhận)\s+(?:được\s+|thành công\s+)?\d"
)
LEADERS = re.compile(
    r"lãnh đạo\s+(?:(?:các|nhiều|một số)\s+)?(?:sở|ubnd|quận|huyện|tỉnh|thành phố|xã|phường|thị xã|đơn vị|ngành|bộ|địa phương|cục|phòng|công ty)(?!\w)"
)
"""Those who lead, not the work of leading: "Lãnh đạo quận huyện cũng đưa ra …"."""
PAPER = re.compile(
    r"(?:thông báo|báo cáo|hướng dẫn|thống kê|khảo sát|nghiên cứu|đánh giá|phân tích)\s+(?:kết luận|số|này|nêu|của|cho thấy|mới nhất)(?!\w)"
)


def is_statement(page: Page, start: int, at: int, end: int) -> bool:
    """True for an aim, a definition, or work that is only the ground of what was done."""
    low = page.low
    if _SEEN.search(low, at, end):
        return True
    if _BYGONE.match(low, start, end) and not MODAL.search(low, start, end) and not triggers(page, start, end):
        return True
    if low.startswith(_AIMS, at) or (low.startswith(_AIMS, start) and _MANNER.match(low, at, end)):
        return not triggers(page, at, end)
    states = _STATES.match(low, at, end)
    if states and not _HOLDS.search(states[0]) and not _THEN.search(low, at, end):
        return not triggers(page, at, end)
    orders = low.startswith(("yêu cầu", "giao ", "đề nghị"), at)
    return task_at(low, at) and not orders and _GROUND_OF.search(low, at, min(end, at + 240)) is not None


def by_law(page: Page, start: int, verb: int, voice: Voice | None) -> bool:
    """True where those below tell what a law demands of them: "Nghị định này | yêu cầu các hộ phải …"."""
    return voice is not None and voice.rank < ORDERS and _LAW.search(page.low, start, verb) is not None


def tells_of_the_past(page: Page, start: int, end: int) -> bool:
    """True when a clause tells of a time that is over."""
    return _BYGONE.match(page.low, start, end) is not None


def passes_down(low: str, names: list[str], stop: int, voice: Voice | None) -> bool:
    """True when someone above tells a body what it has to direct: "Thủ tướng chỉ đạo các cơ quan …" of a higher one."""
    if not names or voice is None or has_person(names[0]) or not low.startswith(" chỉ đạo ", stop):
        return False
    rank = rank_of(names[0].lower())
    return rank is not None and rank < voice.rank
