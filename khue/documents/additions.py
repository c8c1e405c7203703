"""Parts of the page on which a document becomes directives that apps above bring: each comes by its own address."""

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


def register(offer: Offer) -> None:
    """Named when the app starts that knows it; None for a document and a person for whom there is nothing to show."""
    if offer not in _offers:
        _offers.append(offer)


def additions_to(document: Document, user: User) -> list[Addition]:
    """Everything that stands beside the directives of a document."""
    return [found for offer in _offers if (found := offer(document, user)) is not None]
