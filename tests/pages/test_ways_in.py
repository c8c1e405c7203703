"""From a list to bringing it in, and from a document to the one next step."""

import re
from copy import deepcopy
from datetime import date
from itertools import product

import pytest
from django.urls import reverse

from khue.core.clock import at
from khue.documents.actions import register_incoming
from khue.documents.actions.drafts import compose
from khue.documents.models import Document
from tests.town import Town, found, signed_in

pytestmark = pytest.mark.usefixtures("put_back")
DAY = date(2026, 3, 9)
LISTS = {
    "units": reverse("directory:units"),
    "people": reverse("accounts:users"),
    "documents": reverse("documents:register", args=["den"]),
    "directives": reverse("documents:directives"),
}


@pytest.fixture(scope="module")
def founded(kept: None) -> Town:
    with at(DAY):
        return found()


@pytest.fixture
def town(founded: Town) -> Town:
    return deepcopy(founded)


@pytest.mark.parametrize(
    ("kind", "who", "offered"),
    [
        ("units", "administrator", True), ("units", "officer", False),
        ("people", "administrator", True),
        ("documents", "clerk", True), ("documents", "administrator", False),
        ("directives", "head", True), ("directives", "administrator", False),
    ],
)  # fmt: skip
def test_a_list_leads_to_bringing_it_in_for_those_who_may(town: Town, kind: str, who: str, offered: bool) -> None:
    with at(DAY):
        client = signed_in(getattr(town, who))
        target = reverse("site:import-kind", args=[kind])
        assert (f'href="{target}"' in client.get(LISTS[kind]).content.decode()) is offered
        assert (client.get(target).status_code == 200) is offered


def test_a_list_does_not_offer_what_another_is_filled_by(town: Town) -> None:
    page = signed_in(town.clerk).get(reverse("documents:register", args=["di"])).content.decode()
    assert reverse("site:import-kind", args=["documents"]) not in page


def primaries(town: Town, who: str, document: Document) -> list[str]:
    page = signed_in(getattr(town, who)).get(document.get_absolute_url()).content.decode()
    buttons = re.findall(r"<(?:a|button)[^>]*\bbtn-primary\b[^>]*>(.*?)</(?:a|button)>", page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", "", words).split()) for words in buttons]


def test_a_document_has_one_primary_button_at_most(town: Town) -> None:
    with at(DAY):
        typed = {"sign": "7/SNV-VP", "subject": "Đề nghị", "issuer_name": "Sở Nội vụ"}
        letter = register_incoming(unit=town.science, by=town.clerk, typed=typed)
        draft = compose(unit=town.science, by=town.head, paper="plan", subject="Dự thảo")
        for who, document in product(("clerk", "head", "officer"), (letter, draft)):
            assert len(primaries(town, who, document)) <= 1, (who, document)
        assert len(primaries(town, "clerk", letter)) == 1
