# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Many who speak with one voice: voters, enterprises, those who stand for others."""

import re

PEOPLE = r"cử tri|người dân|bà con|nông dân|ngư dân|hội viên|tiểu thương|phụ huynh|giáo viên|học sinh|sinh viên|công nhân|người lao động|cư dân|tài xế|lái xe|chủ tàu|hộ kinh doanh|hộ dân"
"""People, who need no word of how many they are."""
_KINDS = rf"{PEOPLE}|tỉnh|địa phương|đơn vị|hợp tác xã|htx|doanh nghiệp|dn|đại biểu|cơ sở|trường|viện|huyện|quận|phường|xã|sở|hộ|nhà khoa học|nhà mạng|nhà thầu|nhà đầu tư|chủ đầu tư|chủ trang trại|ngân hàng|công ty|hiệp hội|thành viên|chuyên gia|ý kiến|trang trại"
CROWD = re.compile(
    rf"(?:(?:vị )?đại diện|các đại biểu|đại biểu|nhiều ý kiến|các ý kiến|một số ý kiến|{PEOPLE}|các doanh nghiệp|các dn|các chuyên gia|chuyên gia|các nhà khoa học|tham luận|lãnh đạo các|các địa phương|các đơn vị|các xã|các sở"
    rf"|(?:tất cả(?: các)?|các|một|một số|có|nhiều|đa số|phần lớn|hầu hết(?: các)?)\s+(?:{_KINDS})|nhiều nơi(?=\s*$))(?!\w)"
)
"""At the head of a subject, in small letters."""
ADDRESSED = re.compile(r"(?<!\w)(?:văn bản|công văn|công điện|tờ trình|thư|đơn)(?:\s[^,;:.]{0,40})?\s(?:gửi|đến|tới)\s")
"""Before those a paper is sent to, who do not speak in it."""
BLAMED = rf"(?<!\w)bị\s+(?=(?:nhiều|một số|các|{PEOPLE})(?!\w))"
"""Before those who complain of someone: "trường bị nhiều phụ huynh phản ánh"."""
VOTERS = re.compile(r"(?:cử tri|người dân|bà con) (?:xã|phường|thị trấn|huyện|quận|thị xã) [^,;:.]{2,30},")
"""Voters with where they live, up to the comma."""
WATCHES = re.compile(r"(?:đoàn|tổ) (?:giám sát|kiểm tra|thanh tra|khảo sát)")
"""Those sent to watch over others."""
