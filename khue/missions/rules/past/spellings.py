"""Which spellings of organisations and people in missions of the past mean the same."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khue.language.text import fold

SHORT = {
    "nc": "nghien cuu", "dh": "dai hoc", "hv": "hoc vien", "tt": "trung tam", "cp": "co phan", "cty": "cong ty",
    "ct": "cong ty", "vn": "viet nam", "hn": "ha noi", "kh": "khoa hoc", "cn": "cong nghe", "nn": "nong nghiep",
    "khcn": "khoa hoc cong nghe", "ptnt": "phat trien nong thon", "bv": "benh vien", "qg": "quoc gia",
    "pt": "phat trien", "ud": "ung dung", "htx": "hop tac xa", "tp": "thanh pho", "bk": "bach khoa", "ub": "uy ban",
    "ubnd": "uy ban nhan dan",
}  # fmt: skip
"""Abbreviations that stand in names of organisations, both without accents."""
EMPTY_WORDS = {"va", "truong", "thanh", "pho"}
"""Words that one list writes and another leaves out."""
DEGREES = {
    "gs", "pgs", "ts", "tskh", "ths", "thac", "si", "tien", "ks", "cn", "bs", "bscki", "bsckii", "cki", "ckii", "ds",
    "kts", "ths.bs", "nghs", "ngnd", "ngut", "ong", "ba", "giao", "su",
}  # fmt: skip
WORD = re.compile(r"[a-z0-9]+")
LONG_ENOUGH = 14
"""Letters from which one wrong letter is taken for a slip of the pen."""


def host_key(name: str) -> str:
    """A name of an organisation as it is compared: no accents, abbreviations written out, empty words dropped."""
    written = " ".join(SHORT.get(word, word) for word in WORD.findall(fold(name).replace("&", " ")))
    return " ".join(word for word in written.split() if word not in EMPTY_WORDS)


def person_key(name: str) -> str:
    """A name of a person without accents, titles and degrees."""
    said = WORD.findall(fold(name))
    while len(said) > 1 and said[0] in DEGREES:
        said.pop(0)
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class Written:
    """One spelling with how many missions bear it, and what else is known of them."""

    name: str
    count: int
    hosts: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """Spellings that look the same; `shared` says in keys what people have in common besides the name."""

    key: str
    spellings: tuple[Written, ...]
    shared: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Missions that bear any of them."""
        return sum(one.count for one in self.spellings)

    @property
    def proposed(self) -> str:
        """The spelling to go on with: the one most missions bear, the longer of two."""
        return max(self.spellings, key=lambda one: (one.count, len(one.name))).name


Apart = Iterable[Sequence[str]]
"""Names of which somebody said that they are not the same."""


def host_groups(written: Iterable[Written], apart: Apart = ()) -> list[Group]:
    """Organisations that look the same, those with most missions first."""
    by_key: dict[str, list[Written]] = defaultdict(list)
    for one in written:
        by_key[host_key(one.name)].append(one)
    by_key.pop("", None)
    joined = _with_slips(by_key)
    return _settled([(key, rows, ()) for key, rows in joined.items()], apart)


def _with_slips(by_key: Mapping[str, list[Written]]) -> dict[str, list[Written]]:
    """Keys that differ in one letter of a long name are put to the one that more missions bear."""
    weight = {key: sum(one.count for one in rows) for key, rows in by_key.items()}
    near: dict[str, list[str]] = defaultdict(list)
    home: dict[str, str] = {}
    for key in sorted(by_key, key=lambda key: (-weight[key], key)):
        variants = {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))} if len(key) >= LONG_ENOUGH else {key}
        known = (other for variant in variants for other in near[variant] if _one_slip(key, other))
        home[key] = next(known, key)
        if home[key] == key:
            for variant in variants:
                near[variant].append(key)
    joined: dict[str, list[Written]] = defaultdict(list)
    for key, rows in by_key.items():
        joined[home[key]] += rows
    return joined


def _one_slip(one: str, other: str) -> bool:
    """Whether two names differ in one letter of one long word; numbers and letters that tell apart do not count."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other) or abs(len(one) - len(other)) > 1:
        return False
    first, second = one.split(), other.split()
    if len(first) != len(second):
        return one.replace(" ", "") == other.replace(" ", "")
    differ = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(differ) == 1 and min(map(len, differ[0])) >= 4 and _one_letter(*differ[0])


def _one_letter(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def person_groups(written: Iterable[Written], apart: Apart = ()) -> list[Group]:
    """People of the same name who share an organisation or a field: the name alone is no evidence."""
    by_key: dict[str, list[Written]] = defaultdict(list)
    for one in written:
        by_key[person_key(one.name)].append(one)
    by_key.pop("", None)
    found: list[tuple[str, list[Written], tuple[str, ...]]] = []
    for key, rows in by_key.items():
        rest = rows
        while rest:
            together, rest = _sharing(rest)
            found.append((key, together, _shared(together)))
    return _settled(found, apart)


def _sharing(rows: list[Written]) -> tuple[list[Written], list[Written]]:
    """The first and all that share a host or field with it or with one another; the rest."""
    together, rest = [rows[0]], rows[1:]
    grown = True
    while grown:
        hosts, fields = (frozenset().union(*(getattr(one, name) for one in together)) for name in ("hosts", "fields"))
        joining = [one for one in rest if one.hosts & hosts or one.fields & fields]
        together += joining
        rest = [one for one in rest if one not in joining]
        grown = bool(joining)
    return together, rest


def _shared(rows: Sequence[Written]) -> tuple[str, ...]:
    both = [frozenset.intersection(*(getattr(one, name) for one in rows)) for name in ("hosts", "fields")]
    return tuple(name for name, shared in zip(("host", "field"), both, strict=True) if shared)


def _settled(found: Iterable[tuple[str, list[Written], tuple[str, ...]]], apart: Apart) -> list[Group]:
    """Groups of several spellings about which nobody has decided that they are not the same."""
    told = [frozenset(names) for names in apart]
    groups = [
        Group(key, tuple(sorted(rows, key=lambda one: (-one.count, one.name))), shared) for key, rows, shared in found
    ]
    open_ones = [
        group
        for group in groups
        if len(group.spellings) > 1 and not any({one.name for one in group.spellings} <= names for names in told)
    ]
    return sorted(open_ones, key=lambda group: (-group.count, group.key))
