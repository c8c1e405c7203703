"""Who speaks in a petition that a body passes on: voters, people, an association, an enterprise."""

import re

from khue.language.text import nfc

_WHO = (
    r"(?:một số |nhiều |các |đa số |đại diện )?"
    r"(?:cử tri|người dân|nhân dân|bà con|hộ dân|hộ gia đình|nông dân|tiểu thương|tổ dân phố|hợp tác xã|htx|tổ hợp tác"
    r"|hiệp hội|hội (?!đồng)|liên hiệp hội"
    r"|doanh nghiệp|công ty|làng nghề|hộ kinh doanh|nhà khoa học|chuyên gia|ông |bà )"
)
_ASKS = r"(?:đề nghị|kiến nghị|đề xuất|phản ánh|mong muốn|mong|than phiền|bày tỏ|cho rằng|xin)"
_SPEAKS = re.compile(
    rf"\W*(?P<who>{_WHO}[^,.;:]{{0,90}}?)\s+(?:(?:cũng|còn|đã|tiếp tục)\s+)?{_ASKS}(?!\w)", re.IGNORECASE
)


def crowd(text: str) -> str:
    """Who a passage says is speaking, as it stands there (`Cử tri xã Gia Lâm`); empty where it is nobody of these."""
    found = _SPEAKS.match(nfc(text))
    return " ".join(found["who"].split()) if found else ""
