"""What the entries of the journal say to people. Each app registers a sentence for each of its verbs at start-up."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from khue.journal.models import Entry

_IN_PLACE = re.compile(r"\(thay (.+)\)$")
"""What `actions.record` and the moves of cases add to the unit that was acted for."""
_sentences: dict[str, str | Promise] = {}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Keep sentences by verb; they name facts as `%(due)s`, and always have `%(actor)s` and `%(dossier)s`.
    Give them through `gettext_lazy`. Raises ValueError when a verb has another sentence already."""
    for verb, sentence in sentences.items():
        if str(_sentences.setdefault(verb, sentence)) != str(sentence):
            raise ValueError(f"the verb {verb} has two sentences")


def verbs() -> frozenset[str]:
    """Every verb that has a sentence."""
    return frozenset(_sentences)


def sentence_of(entry: Entry) -> str:
    """What `entry` says in the reader's language; facts that a sentence asks for and the entry lacks stay out."""
    facts = _Facts({name: _told(value) for name, value in entry.facts.items()})
    facts |= {"actor": actor_of(entry), "dossier": entry.dossier}
    known = _sentences.get(entry.verb)
    if known is None:
        return _("%(actor)s: %(verb)s") % {"actor": facts["actor"], "verb": entry.verb}
    return str(known) % facts


def actor_of(entry: Entry) -> str:
    """Who acted, and in whose place where it was a stand-in."""
    absent = _IN_PLACE.search(entry.acting_for)
    if absent is None:
        return entry.actor_name
    return _("%(actor)s (in place of %(absent)s)") % {"actor": entry.actor_name, "absent": absent[1]}


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _told(value: Any) -> Any:
    """Dates the way people write them."""
    if not isinstance(value, str) or not value[:4].isdigit():
        return value
    try:
        if len(value) == len("2026-01-31"):
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        return f"{datetime.fromisoformat(value):%d/%m/%Y %H:%M}"
    except ValueError:
        return value
