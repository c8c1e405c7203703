# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Several units under one word for their kind: "ngành giáo dục, y tế", "UBND các huyện Tây Sơn, Vân Canh"."""

import re

from khue.language.name_ends import NAME
from khue.language.spelling import flat, tidy

_LED_KINDS = re.compile(
    r"[Ll]ãnh\s+đạo\s+(?:các\s+)?(?:bộ|sở)(?:\s*,?\s*(?:ban|ngành))+(?:(?:\s*,\s*|\s+và\s+)(?:các\s+)?(?:địa\s+phương|cơ\s+quan|đơn\s+vị|đoàn\s+thể)(?!\w))*(?:\s+(?:trung\s+ương|Trung\s+ương|liên\s+quan))?"
)
"""The heads of several kinds: "lãnh đạo bộ, ngành, địa phương"."""
_TRADES = r"(?:giáo\s+dục(?:\s+và\s+đào\s+tạo)?|y\s+tế|nông\s+nghiệp|công\s+thương|du\s+lịch|xây\s+dựng|điện(?:\s+lực)?|thuế|hải\s+quan|ngân\s+hàng|giao\s+thông(?:\s+vận\s+tải)?|tài\s+chính|nội\s+vụ|tư\s+pháp|công\s+an|quân\s+đội|văn\s+hóa|thông\s+tin(?:\s+và\s+truyền\s+thông)?|thủy\s+sản|lâm\s+nghiệp|khoa\s+học(?:\s+và\s+công\s+nghệ)?|tài\s+nguyên(?:\s+(?:và\s+)?môi\s+trường)?|viễn\s+thông)"
_TRADE_LIST = re.compile(
    rf"(?:các\s+)?ngành\s*:?\s+(?P<list>{_TRADES}(?!\w)(?:(?:\s*,\s*|\s+và\s+){_TRADES}(?!\w))+)(?!\s+(?:tỉnh|thành|và|,))",
    re.I,
)
"""Several trades under one word: "ngành giáo dục, y tế"."""
_SEVERAL_PLACES = re.compile(
    rf"(?P<head>(?:(?:Chủ\s+tịch|Bí\s+thư|Lãnh\s+đạo|lãnh\s+đạo|chủ\s+tịch)\s+)?(?:(?:UBND|[ỦU]y\s+ban\s+[Nn]hân\s+dân)\s+)?)[Cc]ác\s+(?P<level>huyện|thị\s+xã|xã|phường|quận)\s*:?\s+(?P<list>{NAME}(?:(?:\s*,\s*|\s+và\s+)(?!(?:Sở|UBND|HĐND|TX|TP|Ban|Công|Chi|Cục|Ủy|Thành|Văn|Hội|Kho|Trung|Phòng|Đảng|Đoàn|MTTQ)(?!\w)){NAME})+)"
)
"""One kind of place, several by name: "UBND các huyện Tây Sơn, Vân Canh"."""
_BEGIN = frozenset("LlNnCcBbUỦủ")
"""The letters with which such words begin."""
_JOINED = re.compile(r"\s*,\s*|\s+và\s+(?![đĐ]ào\s|[Cc]ông\s+nghệ|môi\s|truyền\s)")


def several(text: str, start: int, end: int) -> tuple[list[str], int] | None:
    """Units that stand by their names under one word for their kind, each by a name of its own."""
    if text[start : start + 1] not in _BEGIN:
        return None
    if led := _LED_KINDS.match(text, start, end):
        return [tidy(led[0])], led.end()
    if trades := _TRADE_LIST.match(text, start, end):
        return [f"ngành {flat(one)}" for one in _JOINED.split(trades["list"])], trades.end()
    if places := _SEVERAL_PLACES.match(text, start, end):
        kind = f"{flat(places['head'])} {flat(places['level'])}".strip()
        return [f"{kind} {flat(one)}" for one in _JOINED.split(places["list"])], places.end()
    return None
