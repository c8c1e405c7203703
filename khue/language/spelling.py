# ruff: noqa: E501  (patterns and word lists are read as tables)
"""How names of offices are written: abbreviations in full, on one line, in the case of a sentence."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

DATA = tomllib.loads((files("khue.language") / "data" / "offices.toml").read_text("utf-8"))
_EXPAND: dict[str, str] = DATA["expand"]
_EXPAND_TIGHT = {re.sub(r"\s", "", short): full for short, full in _EXPAND.items()}
"""Without blanks, so that "NN & PTNT" and "NN&PTNT" are one."""


def any_of(words: Iterable[str]) -> str:
    """An alternation, longest first, whose blanks match any white space."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+").replace(r"\&", r"\s?&\s?").replace(r"\-", r"\s?-\s?") for word in ordered
    )


def flat(words: str) -> str:
    """The words on one line, one blank between two."""
    return " ".join(words.split())


_ABBREVIATION = re.compile(rf"(?<![\w&])(?:{any_of(_EXPAND)})(?![\w&])")
_CITY = re.compile(r"(?<!\w)TP(?:\.\s*|\s+|$)")
_COMPANY = re.compile(r"(?<=[Cc]ông ty )(?:CP|cổ phần)(?!\w)")
_TOWN = re.compile(r"(?<!\w)TX\.?\s?(?=\w)")


def tidy(name: str) -> str:
    """Return a name on one line with its abbreviations written out: `TT Ứng dụng KH&CN` → `… Khoa học và Công nghệ`."""
    full = _COMPANY.sub("Cổ phần", flat(name))
    full = _ABBREVIATION.sub(lambda found: _EXPAND_TIGHT[re.sub(r"\s", "", found[0])], full)
    return flat(_TOWN.sub("thị xã ", _CITY.sub("Thành phố ", full))).strip(" ,;:-–.")


RIGHT_CASE = {
    re.sub(r"\s+", " ", name).lower(): name
    for name in (*DATA["places"]["provinces"], *DATA["fields"], "Mặt trận Tổ quốc", "Việt Nam", "Chính phủ", "Đảng")
}
_LOCAL = re.compile(
    r"((?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|tỉnh ủy|thành ủy|huyện ủy|quận ủy) )((?!ủy)[^\W\d_]+(?: [^\W\d_]+){0,3})$"
)
_CASED = re.compile(rf"(?<!\w)(?:{any_of(RIGHT_CASE)})(?!\w)")


def cased(name: str) -> str:
    """Return a name that was printed in capitals as it is written in a sentence: `SỞ TÀI CHÍNH` → `Sở Tài chính`."""
    low = flat(name).lower()
    told = _CASED.sub(lambda found: RIGHT_CASE[found[0]], low)
    told = _LOCAL.sub(lambda found: found[1] + found[2].title(), told)
    told = re.sub(r"(?<!\w)(ubnd|hđnd|mttq|bch|tp)(?!\w)", lambda found: found[0].upper(), told)
    return told[:1].upper() + told[1:]
