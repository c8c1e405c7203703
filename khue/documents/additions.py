"""What apps above bring to the pages of a document: parts of the page on which it becomes directives, each by its own
address, and ways from what came of it to their lists."""

from collections.abc import Callable
from dataclasses import dataclass

from khue.accounts.models import User
from khue.core.search import Text
from khue.documents.models import Document


@dataclass(frozen=True, slots=True)
class Addition:
    """`name` is its place on the page, `label` what the way to it is called, `address` where it comes from."""

    name: str
    label: Text
    address: str


Offer = Callable[[Document, User], Addition | None]
_offers: list[Offer] = []
_ways: list[Offer] = []


def register(offer: Offer) -> None:
    """Named when the app starts that knows it; None for a document and a person for whom there is nothing to show."""
    if offer not in _offers:
        _offers.append(offer)


def additions_to(document: Document, user: User) -> list[Addition]:
    """Everything that stands beside the directives of a document."""
    return [found for offer in _offers if (found := offer(document, user)) is not None]


def register_way(offer: Offer) -> None:
    """Named when the app starts whose lists show what else came of a document."""
    if offer not in _ways:
        _ways.append(offer)


def ways_from(document: Document, user: User) -> list[Addition]:
    """Where else it is seen what came of a document."""
    return [found for offer in _ways if (found := offer(document, user)) is not None]
