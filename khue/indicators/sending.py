"""How a composed report becomes an outgoing document. Indicators and documents are strangers: the site, which knows
both, registers the way at start-up."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is handed over: the report in the markup of drafts, its pictures by name, who issues it and to whom."""

    title: str
    unit: Unit
    layout: str
    body: str
    pictures: Mapping[str, bytes]
    addressee: str = ""
    corrects: str = ""
    """The dossier of the document that this one corrects."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it. `label`: its number and sign, or what it is about; `version` of its text."""

    dossier: str
    url: str
    label: str
    version: int = 0
    signed: bool = False
    issued: bool = False

    @property
    def settled(self) -> bool:
        """Whether its text stays as it is."""
        return self.signed or self.issued


Hand = Callable[[Outgoing, str, int, User], Sent]
"""The report, the dossier of its document (empty for the first time), the version it left there, and who hands over."""
States = Callable[[Collection[str]], Mapping[str, Sent]]
_hand: list[Hand] = []
_states: list[States] = []


def register(hand: Hand, states: States) -> None:
    """Named by the app above that knows documents, when it starts."""
    _hand.append(hand)
    _states.append(states)


def hand_over(paper: Outgoing, document: str, version: int, by: User) -> Sent:
    """Make the report a draft of an outgoing document, or write it anew into its draft. Raises Refused."""
    if not _hand:
        raise Refused(Refusal("composed.no-documents", _("This system keeps no outgoing documents.")))
    return _hand[0](paper, document, version, by)


def states_of(dossiers: Collection[str]) -> Mapping[str, Sent]:
    """What became of these documents."""
    asked = [one for one in dossiers if one]
    return _states[0](asked) if _states and asked else {}


def state_of(dossier: str) -> Sent | None:
    """The same of one; None where there is none."""
    return states_of([dossier]).get(dossier) if dossier else None
