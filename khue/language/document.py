# ruff: noqa: E501  (patterns and word lists are read as tables)
"""What kind of document a text is, and the fields of its head and foot (Decree 30/2020/NĐ-CP, 05-HD/VPTW)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from khue.language.dates import periods
from khue.language.signs import TYPES, Family, Sign, signs
from khue.language.speech import person
from khue.language.spelling import cased, tidy
from khue.language.structure import PARAGRAPH, Block, Page, trim
from khue.language.text import UPPER


@dataclass(frozen=True, slots=True)
class Document:
    """The fields of a document; `None` where the text does not give one."""

    sign: str | None
    type: str | None
    """Code of the type (`TB`, `KH`); `press` for a report of a meeting; `None` for a letter of the state."""
    family: Family
    issuer: str | None
    issued_on: date | None
    reported_on: date | None
    """The day a press report appeared."""
    signer: str | None
    subject: str | None
    addressees: tuple[str, ...]
    urgency: str | None
    secrecy: str | None


_NATION = re.compile(r"cộng\s+h(?:òa|oà)\s+xã\s+hội|đảng\s+cộng\s+sản\s+việt\s+nam|độc\s+lập\s*-\s*tự\s+do")
_NUMBERED = re.compile(r"(?:^|\n|\|)[ ]*số\s*:?\s*(?=\d|[./…_ ]{2,})", re.I)
_SLASHLESS = re.compile(rf"[ \n|]*(?P<number>\d{{1,5}})(?=(?:{'|'.join(TYPES)})-[A-ZĐ])")
_TOP = 400
"""Code points in which number and sign stand, the name of the body before them and the motto beside them."""
_KINDS = {name.upper(): code for code, name in reversed(TYPES.items())} | {
    "THÔNG BÁO KẾT LUẬN": "TB", "KẾT LUẬN": "KL", "CÔNG ĐIỆN": "CĐ", "LUẬT": "Luật", "NGHỊ ĐỊNH": "NĐ", "CHƯƠNG TRÌNH HÀNH ĐỘNG": "CTr",
}  # fmt: skip
_TITLE_LINE = re.compile(
    rf"(?:^|\n)[ *'‘’“”\"._-]*(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})(?P<rest>[^\n]*)(?=\n|$)"
)
_PLACE_DATE = re.compile(r"ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>(?:19|20)\d{2})")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d{2})(?!\d)")
_BY_THEN = re.compile(r"(?:trước|hết|đến|tới|từ|chậm nhất|thời hạn|hạn)(?:\s+(?:là|hết|trước|vào))?(?:\s+ngày)?\s*$")
"""Before a day: it is a deadline, or the beginning of something, not the day of the report."""
_POSTED = re.compile(r"cập nhật|ngày đăng|đăng (?:ngày|lúc|tải)|xuất bản|gửi lúc|ngày cập nhật|ban biên tập")
_ABOUT = re.compile(
    r"(?:^|\n)[ ]*(?:v/v|vv)[ :.]*(?P<what>[^\n]+(?:\n[^\n:]{3,120}){0,3}?)(?=\n\s*\n|\n[ ]*(?:kính gửi|cộng h(?:òa|oà) xã|đảng cộng sản|[-_*]{3}|hà nội|\S+[^\n]{0,30}, ngày)|$)",
    re.I,
)
_BODY = re.compile(
    r"(?:căn cứ|thực hiện|kính gửi|sau khi|xét|ngày\s+\d|trong (?:những|thời)|để\s|nhằm|theo|ủy ban nhân dân|chủ tịch|[ivx]+\.|1\.|điều 1|[-*_]{3,}|-\s*căn cứ)",
    re.I,
)
_TOLD = re.compile(rf"[.:;]\s*$|[.;]\s+[{UPPER}]|^[ ]*(?:[-+•]|\d{{1,2}}[.)-])\s")
"""A line of sentences or items belongs to the body: the abstract under a title has neither."""
_RUN_ON = re.compile(
    rf"(?<=[^\W_]) (?=(?:Thực hiện|Căn cứ|Triển khai|Theo|Xét|Sau khi|Tiếp theo)\s+(?:đề nghị|Luật|Hiến pháp|{'|'.join(TYPES.values())})\s[^\n]*[.:;]\s*(?:\n|$))"
)
"""The body where it was put on the line of the abstract, as a scan's recognition may: grounds, up to a full stop."""
_WORK = re.compile(r"\s*(?:thực hiện|triển khai) (?!như sau)", re.I)
_FOOT = re.compile(r"^[ ]*nơi\s+nhận\s*:?", re.I)
_RESOLVED = re.compile(
    r"\n\s*(?:quyết nghị|quyết định)\s*:|(?:\n\s*căn cứ (?:luật|nghị|quyết|thông|hiến|kế)[^\n]*(?:\n(?!\s*căn cứ)[^\n]*){0,3}){2}"
)
"""The preamble of a paper whose head was left out: its legal grounds, or the word with which it resolves."""
_APPENDIX = re.compile(r"^[ ]*(?:phụ\s+lục|biểu\s+mẫu|danh\s+mục|bảng\s+phân\s+công)", re.I)
_SIGNATURE = re.compile(
    r"^[ ]*(?:TM\.|T/M|KT\.|K/T|TL\.|T/L|TUQ\.|Q\.|CHỦ TỊCH$|PHÓ CHỦ TỊCH$|GIÁM ĐỐC$|PHÓ GIÁM ĐỐC$|BÍ THƯ$|PHÓ BÍ THƯ|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG$|THỨ TRƯỞNG$|THỦ TƯỚNG$)"
)
_LIKE_A_NAME = re.compile(rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,4}}")
"""Under a signature also a name whose surname is rare is one."""
_URGENCY = re.compile(r"(?:^|\n)[ ]*(hỏa tốc|thượng khẩn|khẩn)[ ]*(?=\n|$)", re.I)
_SECRECY = re.compile(r"(?:^|\n)[ ]*(tuyệt mật|tối mật|mật)[ ]*(?=\n|$)", re.I)
_SOURCE = re.compile(
    r"(?:^|\n)[ ]*(?:nguồn|theo)(?:\s+tin)?\s*:?[ ]*(?P<site>[\w.-]+\.(?:vn|com|net|org)[\w.]*|báo (?!cáo)[^\n]{2,40})/?[ ]*(?=\n|$)",
    re.I,
)
_TO = re.compile(r"kính\s+gửi\s*:\s*(?P<who>[^\n]*(?:\n\s*[-+•][^\n]{2,160}(?=\n))*)", re.I)
HEAD = 2500
"""Code points in which the head of a document is looked for."""

_ON_GROUNDS = re.compile(r"(?:tiếp theo|thực hiện|căn cứ|để|nhằm|triển khai|theo|trên cơ sở)\s")
_HEADED = 3
"""Lines of kind and subject above the items of a paper that has no other head."""
_ITEMS = 3
"""Numbered items that a part of a paper has at least."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A document with the part of its text that carries the matter: blocks between head and foot, and the own sign."""

    document: Document
    body: tuple[Block, ...]
    own: Sign | None
    subject: tuple[int, int] | None
    to: tuple[str, ...] = ()
    """Those a letter is written to ("Kính gửi"), whom it calls "quý cơ quan"."""


def frame(page: Page) -> Frame:
    """Read head and foot of a document."""
    low, head = page.low, page.plain[:HEAD]
    own = _own_sign(page)
    title = _TITLE_LINE.search(head)
    formal = bool(own or _NATION.search(low[:HEAD]) or (title and _NUMBERED.search(head)))
    if (
        not formal
        and title
        and not title["rest"].strip()
        and (_RESOLVED.search(low[:HEAD]) or any(_FOOT.match(page.plain[b.start : b.end]) for b in page.blocks))
    ):
        formal = True
    formal = (
        formal
        or _is_excerpt(page)
        or (title is not None and not page.plain[: title.start()].strip() and _is_excerpt(page, _HEADED))
    )
    return _formal(page, own, title) if formal else _press(page)


def _is_excerpt(page: Page, headed: int = 0) -> bool:
    """True for a paper without its head: it begins with a numbered section or item, or with grounds above such items.

    Before them may stand the name of its kind and what it is about, `headed` lines that end without a mark."""
    blocks = page.blocks
    while headed and blocks and blocks[0].cut and blocks[0].level >= PARAGRAPH:
        blocks, headed = blocks[1:], headed - 1
    if len(blocks) < _ITEMS:
        return False
    first, second = blocks[:2]
    if _ON_GROUNDS.match(page.low, first.start, first.end) and page.plain[: first.end].rstrip().endswith(":"):
        first = second
    items = sum(block.level < PARAGRAPH for block in blocks)
    return first.level < PARAGRAPH and items >= _ITEMS and items * 3 >= len(blocks)


def _own_sign(page: Page) -> Sign | None:
    for found in _NUMBERED.finditer(page.plain[:HEAD]):
        sign = next(signs(page.plain, found.end(), found.end() + 60), None)
        sign = sign or _without_slash(page, found.end())
        if sign and not page.plain[found.end() : sign.start].strip(" \n|"):
            return sign
    return _alone(page) if _NATION.search(page.low[:HEAD]) else None


def _without_slash(page: Page, start: int) -> Sign | None:
    """A sign whose stroke was not recognised on a scan: `56GM-SKHCN`."""
    number = _SLASHLESS.match(page.plain, start)
    if number is None:
        return None
    begin, end = number.span("number")
    sign = next(signs(f"{page.plain[begin:end]}/{page.plain[end : end + 60]}"), None)
    return replace(sign, start=begin, end=begin + sign.end - 1) if sign and sign.start == 0 else None


def _alone(page: Page) -> Sign | None:
    """A sign that is all there is on a line near the top, where "Số" before it was not recognised."""
    for sign in signs(page.plain, 0, _TOP):
        begin, end = page.plain.rfind("\n", 0, sign.start) + 1, page.plain.find("\n", sign.end)
        if not page.plain[begin : sign.start].strip(" .:_-|") and not page.plain[sign.end : end].strip(" .:_-|"):
            return sign
    return None


def _formal(page: Page, own: Sign | None, title: re.Match[str] | None) -> Frame:
    kind = own.type if own else None
    if kind is None and title and (own is None or "V/v" not in page.plain[:HEAD]):
        kind = _KINDS[title["kind"]]
    family: Family = own.family if own else "party" if "đảng cộng sản việt nam" in page.low[:HEAD] else "state"
    subject = _subject(page, title if own is None or own.type else None)
    first = max(subject[1] if subject else 0, own.end if own else 0)
    if to := _TO.search(page.plain[:HEAD]):
        first = max(first, to.end())
    body, foot = _split(page, first)
    document = Document(
        sign=own.sign if own else None, type=kind, family=family, issuer=_issuer(page), issued_on=_issued(page), reported_on=None,
        signer=_signer(page, foot), subject=tidy(page.text[subject[0] : subject[1]]) if subject else None, addressees=_addressees(page, foot),
        urgency=_mark(_URGENCY, page), secrecy=_mark(_SECRECY, page),
    )  # fmt: skip
    return Frame(document, body, own, subject, _written_to(page))


def _press(page: Page) -> Frame:
    title = next(
        (
            b
            for b in page.blocks
            if b.cut and 30 < b.end - b.start < 260 and not _DAY.search(page.plain, b.start, b.end)
        ),
        None,
    )
    source = None
    for found in _SOURCE.finditer(page.plain):
        source = found
    document = Document(
        sign=None, type="press", family="press", issuer=source["site"].rstrip("/.") if source else None, issued_on=None, reported_on=_reported(page),
        signer=None, subject=tidy(page.text[title.start : title.end]) if title else None, addressees=(), urgency=None, secrecy=None,
    )  # fmt: skip
    return Frame(document, tuple(page.blocks), None, None)


def _reported(page: Page) -> date | None:
    best: tuple[int, date] | None = None
    for found in _DAY.finditer(page.plain[:1500]):
        begin = page.plain.rfind("\n", 0, found.start()) + 1
        end = page.plain.find("\n", found.end())
        line = page.low[begin : end if end >= 0 else len(page.low)]
        score = 3 * bool(_POSTED.search(line)) + bool(re.search(r"\d{1,2}\s?[:h]\s?\d{2}", line)) + 2 * (len(line) < 90)
        day = _date(found[3], found[2], found[1])
        if _BY_THEN.search(page.low, max(begin, found.start() - 30), found.start()):
            continue
        if day and (best is None or score > best[0]):
            best = score, day
    if best:
        return best[1]
    first = next(
        (p for p in periods(page.low, 0, min(len(page.low), 3000), None) if p.first and p.first == p.last), None
    )
    return first.first if first else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _issued(page: Page) -> date | None:
    for found in _PLACE_DATE.finditer(page.low[:HEAD]):
        if (
            page.plain[max(0, found.start() - 3) : found.start()].rstrip().endswith((",", "-", "."))
            or found.start() < 600
        ):
            return _date(found["y"], found["m"], found["d"])
    return None


def _issuer(page: Page) -> str | None:
    """The body named top left: the last loud line before number, motto or date."""
    lines: list[str] = []
    for raw in re.split(r"[\n|]", page.plain[:900]):
        line = raw.strip(" *-_|")
        if (motto := _NATION.search(line.lower())) and motto.start():
            line = line[: motto.start()].strip(" *-_|")  # two columns that a text puts on one line
        if not line or _NATION.search(line.lower()):
            if _NATION.search(line.lower()) and lines:
                break
            continue
        if (
            _NUMBERED.match(line)
            or line.lower().startswith("số")
            or not line.isupper()
            or line in _KINDS
            or len(line) > 90
        ):
            break
        lines.append(line)
    for index in range(len(lines) - 1, 0, -1):
        if _OWN_BODY.match(lines[index]) and len(lines[index - 1].split()) > 1:
            lines = lines[index:]
            break
    return cased(" ".join(lines)) if lines else None


_OWN_BODY = re.compile(
    r"(?:SỞ|BAN|(?:THÀNH|TỈNH|HUYỆN|QUẬN|THỊ)\s+ỦY|VĂN PHÒNG|CHI CỤC|PHÒNG|TRUNG TÂM|ĐẢNG ỦY|HỘI ĐỒNG|CỤC|VIỆN|THANH TRA|BCH|CÔNG AN|TRƯỜNG)(?:\s|$)"
)


def _subject(page: Page, title: re.Match[str] | None) -> tuple[int, int] | None:
    if title is None:
        about = _ABOUT.search(page.plain[:HEAD])
        return trim(page, about.start("what"), _before_capitals(page, *about.span("what"))) if about else None
    start = title.start("rest") if title["rest"].strip() else title.end()
    end, position = start, title.end() if not title["rest"].strip() else title.start("rest")
    for count, line in enumerate(page.plain[position : position + 900].split("\n")):
        blank = not line.strip()
        if (blank and end > start) or (not blank and end > start and _BODY.match(line.strip())) or count > 8:
            break
        if not blank and _BODY.match(line.strip()) and end == start and not _abstract_of_work(page, position):
            break
        if not blank and end > start and page.plain[start:end].isupper() and not line.isupper():
            break
        if end > start and _TOLD.search(line):
            break
        position += len(line) + 1
        end = position - 1 if not blank else end
    if run_on := _RUN_ON.search(page.plain, start, min(end, len(page.plain))):
        end = run_on.start()
    first, last = trim(page, start, min(end, len(page.plain)))
    return (first, last) if last - first > 5 else None


def _abstract_of_work(page: Page, start: int) -> bool:
    """Whether the lines from `start` say what is carried out, as the abstract of a plan does ("Thực hiện Nghị quyết …"),
    and are not the sentence with which a body begins."""
    lines = list(takewhile(str.strip, page.plain[start : start + 500].split("\n")))
    first = next((n for n, line in enumerate(lines) if n and _BODY.match(line.strip())), len(lines))
    told = " ".join(lines[:first])
    return _WORK.match(told) is not None and first < 4 and not _TOLD.search(told) and not told.rstrip().endswith(",")


def _before_capitals(page: Page, start: int, end: int) -> int:
    """Where an abstract ends above a line in capitals, which says how urgent a letter is, however it was recognised."""
    place = start
    for line in page.plain[start:end].split("\n"):
        if place > start and line.isupper():
            return place - 1
        place += len(line) + 1
    return end


def _split(page: Page, first: int) -> tuple[tuple[Block, ...], list[Block]]:
    """The blocks of the body, appendices included, and those of the foot."""
    wide = {b.line.table for b in page.blocks if b.kind == "cell" and b.line and b.line.column > 2}
    body: list[Block] = []
    foot: list[Block] = []
    into = body
    for block in page.blocks:
        if block.end <= first:
            continue
        words = page.plain[block.start : block.end]
        if _FOOT.match(words) or (into is body and _SIGNATURE.match(words) and len(words) < 60):
            into = foot
        elif into is foot and (
            _APPENDIX.match(words) or (block.kind == "cell" and block.line and block.line.table in wide)
        ):
            into = body
        into.append(block)
    return tuple(body), foot


def _signer(page: Page, foot: list[Block]) -> str | None:
    found, signed = None, False
    for line in _lines(page, foot):
        rare = signed and _LIKE_A_NAME.fullmatch(line) and not line.isupper()  # in capitals it is a post
        found = person(line) or (line if rare else found)
        signed = signed or _SIGNATURE.match(line) is not None
    return found


def _lines(page: Page, foot: list[Block]) -> Iterator[str]:
    """The lines of the foot, without what frames them."""
    for block in foot:
        for line in page.plain[block.start : block.end].split("\n"):
            yield line.strip(" |*")


def _written_to(page: Page) -> tuple[str, ...]:
    to = _TO.search(page.plain[:HEAD])
    names = re.split(r"\n[ ]*[-+•]|;", to["who"]) if to else []
    return tuple(name for part in names if len(name := tidy(part.strip(" -+•.;,\n"))) > 2)


def _addressees(page: Page, foot: list[Block]) -> tuple[str, ...]:
    names, signer = list(_written_to(page)), _signer(page, foot)
    for line in _lines(page, foot):
        if _SIGNATURE.match(line) or person(line) or line == signer:
            continue
        names += [part for part in re.split(r";", _FOOT.sub("", line)) if len(part) < 120]
    tidied = (tidy(name.strip(" -+•.;,\n")) for name in names)
    return tuple(
        dict.fromkeys(
            name
            for name in tidied
            if len(name) > 2 and not name.lower().startswith(("lưu", "như ")) and not name.isupper()
        )
    )[:40]


def _mark(pattern: re.Pattern[str], page: Page) -> str | None:
    found = pattern.search(page.plain[:HEAD])
    return found[1].upper() if found else None
