"""One key for all the ways to write an office's name: `Sở KH&CN`, `SKHCN`, `So Khoa hoc va Cong nghe` are the same."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from khue.language.text import fold, plain

_COMMITTEE = ["uy", "ban", "nhan", "dan"]
_KINDS = [
    ["quan"],
    ["huyen"],
    ["phuong"],
    ["xa"],
    ["thi", "xa"],
    ["thi", "tran"],
    ["thanh", "pho"],
    ["tinh"],
    ["dac", "khu"],
]
_JOINING = frozenset({"va"})
_LONGEST = 4
"""An abbreviation may have been written in so many pieces: `KH và CN`, `VH, TT & DL`."""


def _read(package: str, *path: str) -> dict[str, Any]:
    return tomllib.loads(files(package).joinpath(*path).read_text("utf-8"))


def _compact(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", fold(text)) if word and word not in _JOINING]


def read_shipped(name: str) -> dict[str, Any]:
    """A table that comes with this app."""
    return _read("khue.directory", name)


_OWN = read_shipped("abbreviations.toml")
_SPOKEN = _read("khue.language", "data", "offices.toml")
_HEADS = frozenset(_words(" ".join(_OWN["after-head"]["heads"])))
_FIELDS = {
    _compact(short): _words(full)
    for full, shorts in [*_SPOKEN["fields"].items(), *_OWN["fields"].items()]
    for short in shorts
}
_ANYWHERE = {_compact(short): _words(full) for short, full in {**_SPOKEN["expand"], **_OWN["anywhere"]}.items()}
_PLACES = {_compact(short): _words(full) for short, full in _OWN["places"].items()}


def _expansion(joined: str, before: str | None) -> list[str] | None:
    """The words that `joined` stands for where `before` is the word in front of it."""
    if before in _HEADS and joined in _FIELDS:
        return _FIELDS[joined]
    if before is None and joined[:1] == "s" and joined[1:] in _FIELDS:
        return ["so", *_FIELDS[joined[1:]]]
    return _ANYWHERE.get(joined)


def _pieces(text: str) -> list[str]:
    """The chunks between blanks, joining words left out."""
    return [chunk for chunk in fold(plain(text)).split() if _compact(chunk) and chunk not in _JOINING]


def _spelled_out(text: str) -> list[str]:
    words: list[str] = []
    chunks = _pieces(text)
    position = 0
    while position < len(chunks):
        before = words[-1] if words else None
        for length in range(min(_LONGEST, len(chunks) - position), 0, -1):
            full = _expansion(_compact("".join(chunks[position : position + length])), before)
            if full is not None:
                words += full
                position += length
                break
        else:
            words += _words(chunks[position])
            position += 1
    return words


def _without_committee(words: list[str]) -> list[str]:
    """`UBND xã Sóc Sơn` is written `xã Sóc Sơn` as often; a place's committee is known by its place."""
    rest = words[len(_COMMITTEE) :] if words[: len(_COMMITTEE)] == _COMMITTEE else words
    if rest and rest[0] in _PLACES and len(rest) > 1:
        rest = [*_PLACES[rest[0]], *rest[1:]]
    return rest if len(rest) == len(words) or _kind(rest) else words


def _kind(words: list[str]) -> list[str]:
    return next((kind for kind in _KINDS if words[: len(kind)] == kind and len(words) > len(kind)), [])


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """The comparison key of a name: no accents, no case, abbreviations spelled out, no joining words."""
    return " ".join(_without_committee(_spelled_out(name)))


def bare_key(key: str) -> str:
    """The key without the kind of place in front: `soc son` for `xa soc son`; the key itself where there is none."""
    words = key.split()
    return " ".join(words[len(_kind(words)) :])


def abbreviation_key(abbreviation: str) -> str:
    """The comparison key of an abbreviation: letters and digits only."""
    return _compact(abbreviation)
