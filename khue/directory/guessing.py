"""What a unit that nobody has entered yet probably is, judged by its name alone; a person decides."""

from functools import cache

from khue.core.clock import today
from khue.directory.models import Unit
from khue.directory.naming import key_of, read_shipped
from khue.language.text import nfc

BELOW_THE_OFFICE = (Unit.Kind.DIVISION,)
"""Kinds that stand inside an office; the others stand below the head of its tree."""


def tidied(name: str) -> str:
    """A name out of running text as one would enter it: one blank between words, a capital in front."""
    words = " ".join(nfc(name).split()).strip(" .,;:-–")
    return words[:1].upper() + words[1:]


def guess_kind(name: str) -> str:
    """The kind of unit that the beginning of the name tells; a department where it tells nothing."""
    key = key_of(name)
    fitting = [(len(begins), kind) for begins, kind in _beginnings() if key == begins or key.startswith(f"{begins} ")]
    return max(fitting, default=(0, Unit.Kind.DEPARTMENT.value))[1]


def guess_parent(kind: str, beside: Unit) -> Unit | None:
    """Where a unit of `kind` stands that a paper of the office `beside` names."""
    if kind in BELOW_THE_OFFICE:
        return beside
    root = beside.path.split("/")[1] if beside.path else ""
    return Unit.objects.as_of(today()).filter(pk=int(root)).first() if root else None


@cache
def _beginnings() -> list[tuple[str, str]]:
    """The key of each beginning, and the kind it shows; of those that fit, the longest tells."""
    return [(key_of(words), kind) for kind, each in read_shipped("kinds.toml").items() for words in each]
