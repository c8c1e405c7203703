# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Number and sign of official documents: finding them in prose, and the one right form of each.

Grammar: Decree 30/2020/NĐ-CP art. 8 and appendix I (state), Law on Promulgation of Legal Documents (normative),
Guidelines 36-HD/VPTW and 05-HD/VPTW (Party).
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from khue.language.text import nfc, plain

Family = Literal["party", "state", "normative", "press"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A number and sign. `start` and `end` are offsets in the text read; `sign` is the canonical form."""

    start: int
    end: int
    sign: str
    family: Family
    type: str | None
    """Code of the type (`KH`, `CTr`, `QĐ`), `None` for a letter of the state."""
    issuer: str
    """Code of the issuing body (`UBND`, `TU`, `QH15`)."""
    number: str


_DATA = tomllib.loads((files("khue.language") / "data" / "signs.toml").read_text("utf-8"))
TYPES: dict[str, str] = _DATA["types"]
ISSUERS: dict[str, str] = {**_DATA["issuers"], **_DATA["party"]["issuers"]}
_PARTY: dict[str, str] = _DATA["party"]["issuers"]
_ENDINGS = tuple(_DATA["party"]["endings"])
_BEGINNINGS = tuple(_DATA["party"]["beginnings"])


def _key(code: str) -> str:
    """A code blind to case and to the strokes people leave out: `QD`, `qđ` and `QĐ` are one."""
    return code.upper().replace("Đ", "D").replace("Ư", "U").replace("&", "")


_TYPE_BY_KEY = {_key(code): code for code in reversed(TYPES)} | {"QYD": "QyĐ", "CTR": "CTr", "TTR": "TTr"}
_ISSUER_BY_KEY = {_key(code): code for code in ISSUERS} | {"TW": "TW"}
_CODE = r"[A-ZĐƯÔÂ][A-Za-zĐđƯưÔÂ&]*\d{0,2}"
_SEP = r"\s?[/-]\s?"
_FIND = re.compile(
    rf"""(?<![\w/.,-])(?<!\d:)
    (?P<number>\d{{1,5}}[a-zđA-C]?(?:\.\d{{1,4}})?)\s?(?P<s1>[/-])\s?
    (?:(?P<year>(?:19|20)\d{{2}})\s?[/-]\s?)?
    (?P<one>{_CODE})
    (?:(?P<s2>{_SEP}|\s(?=UBND|HĐND|TTg|CP\b|TU\b|TW\b))(?P<two>{_CODE}))?
    (?P<rest>(?:[-/]{_CODE}|\.[A-ZĐ]{{1,8}}(?![a-zà-ỹ]))*)""",
    re.X,
)
_NAMED = re.compile(
    r"(?:số\s*:?|văn bản|công văn|quyết định|kế hoạch|thông báo|tờ trình|báo cáo|nghị quyết|chỉ thị|luật|hướng dẫn)\s*$",
    re.I,
)
_LICENCE = re.compile(r"(?:giấy phép|gp|gpxb|gpkd|đkkd|chứng nhận|icp)[^.;\n]{0,60}$", re.I)
_TYPED_NAMES = {name.lower(): code for code, name in reversed(TYPES.items())} | {"luật": "Luật"}
_NAME_BEFORE = re.compile(r"(luật|nghị quyết|pháp lệnh|lệnh|nghị định|hiến pháp)[^.;:,\n]{0,60}$", re.I)


def signs(text: str, start: int = 0, end: int | None = None) -> Iterator[Sign]:
    """Yield each number and sign in the plain text (see `khue.language.text.plain`), left to right, on token boundaries."""
    for found in _FIND.finditer(text, start, len(text) if end is None else end):
        if sign := _read(text, found):
            yield sign


@lru_cache(maxsize=4096)
def canonical(printed: str) -> str | None:
    """Return the canonical form of one printed number and sign, or `None` when it is not one.

    `07/CTr-TU`, `07-CTr/TU` and `7-Ctr/TU` give `07-CTr/TU`.
    """
    text = f"số {plain(nfc(printed)).strip()}"
    read = next(signs(text), None) or next(signs(f"số {text[3:].upper()}"), None)
    return read.sign if read and read.start == 3 else None


def _read(text: str, found: re.Match[str] | None) -> Sign | None:
    if found is None or _inside_word(text, found):
        return None
    head = text[max(0, found.start() - 90) : found.start()]
    if _LICENCE.search(head):
        return None
    codes = [found["one"], *([found["two"]] if found["two"] else []), *_codes(found["rest"])]
    number = found["number"]
    if len(number) == 1 or (len(number) == 2 and not number.isdigit()):
        number = f"0{number}"
    if found["year"]:
        return _normative(found, number, codes, head)
    if found["two"] is None and found["rest"] == "":
        return _single(found, number, codes[0], head)
    return _ordinary(found, number, codes, head)


def _inside_word(text: str, found: re.Match[str]) -> bool:
    """The sign runs on into small letters or digits, so it is something else ("24/7-Express")."""
    return found.end() < len(text) and (text[found.end()].isalnum())


def _codes(rest: str) -> list[str]:
    return [part for part in re.split(r"[-./]", rest) if part]


def _type(code: str) -> str | None:
    return _TYPE_BY_KEY.get(_key(code))


def _issuer(code: str) -> str:
    if code == "TƯ":
        return "TW"
    if "&" in code:
        return code
    base = code.rstrip("0123456789")
    return (
        _ISSUER_BY_KEY.get(_key(code), code)
        if base == code
        else _ISSUER_BY_KEY.get(_key(base), base) + code[len(base) :]
    )


def _of_party(code: str) -> bool:
    return code in _PARTY or code.endswith(_ENDINGS) or code.startswith(_BEGINNINGS)


def _normative(found: re.Match[str], number: str, codes: list[str], head: str) -> Sign | None:
    first = codes[0]
    if first.startswith(("QH", "UBTVQH")) and len(codes) == 1:
        named = _NAME_BEFORE.search(head)
        usual = "Luật" if first.startswith("QH") else "NQ"
        kind = _TYPED_NAMES.get(named[1].lower(), usual) if named else usual
        return Sign(found.start(), found.end(), f"{number}/{found['year']}/{first}", "normative", kind, first, number)
    if len(codes) == 1:
        glued = _unglued(first)
        if glued is None:
            return None
        codes = list(glued)
    coded = _type(codes[0])
    if coded is None:
        rest = [_issuer(code) for code in codes]
        return Sign(
            found.start(), found.end(), f"{number}/{found['year']}/{'-'.join(rest)}", "normative", None, rest[0], number
        )
    rest = [_issuer(code) for code in codes[1:]]
    sign = f"{number}/{found['year']}/{coded}-{'-'.join(rest)}"
    return Sign(found.start(), found.end(), sign, "normative", coded, rest[0], number)


def _unglued(code: str) -> tuple[str, str] | None:
    """`QĐUBND` and `NQCP`, as some files print them, are a type and an issuer that lost their hyphen."""
    for cut in range(2, min(6, len(code))):
        kind, issuer = _type(code[:cut]), _ISSUER_BY_KEY.get(_key(code[cut:]))
        if kind and issuer and len(issuer) > 1:
            return kind, issuer
    return None


def _single(found: re.Match[str], number: str, code: str, head: str) -> Sign | None:
    glued = _unglued(code)
    if glued:
        return _built(found, number, glued[0], [glued[1]])
    if found["s1"] != "/" or not _NAMED.search(head) or sum(c.isupper() for c in code) < 2:
        return None
    kind = _type(code)
    return Sign(found.start(), found.end(), f"{number}/{kind or code}", "state", kind, "" if kind else code, number)


def _ordinary(found: re.Match[str], number: str, codes: list[str], head: str) -> Sign | None:
    kind = _type(codes[0])
    if len(codes) > 2 and kind and _type(codes[1]) == kind:
        codes = codes[1:]
    spaced = " " in found[0] or "\n" in found[0]
    if kind is None:
        letter = found["s1"] == "/" and all(sum(c.isupper() for c in code) >= 2 or len(code) == 1 for code in codes[:2])
        if not letter or len(codes[0]) < 2 or (spaced and not _NAMED.search(head)):
            return None
        issuers = [_issuer(codes[0]), *codes[1:]]
        return Sign(found.start(), found.end(), f"{number}/{'-'.join(issuers)}", "state", None, issuers[0], number)
    return _built(found, number, kind, codes[1:])


def _built(found: re.Match[str], number: str, kind: str, codes: list[str]) -> Sign | None:
    rest = [_issuer(code) for code in codes]
    lead = rest[0]
    tail = "-".join(rest)
    party = _of_party(lead) and not (lead == "BCT" and found["s1"] == "/")
    known = lead in ISSUERS or re.fullmatch(r"(?:UBTVQH|QH)\d+", lead)
    hyphen_first = found["s1"] == "-" and not known
    if party or hyphen_first:
        return Sign(
            found.start(), found.end(), f"{number}-{kind}/{tail}", "party" if party else "state", kind, lead, number
        )
    return Sign(found.start(), found.end(), f"{number}/{kind}-{tail}", "state", kind, lead, number)
