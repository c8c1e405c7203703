"""Pages and forms in whose addresses and fields something else stands than the number of a record."""

import pytest
from django.urls import reverse

from tests.town import Town, found, signed_in


@pytest.fixture(scope="module")
def town(kept: None) -> Town:
    return found()


@pytest.mark.usefixtures("put_back")
@pytest.mark.parametrize("text", ["²", "9" * 30, "chín"])
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("needs:order-proposals", "year"), ("needs:needs", "place"), ("needs:proposal-new", "need"),
        ("missions:order-lists", "year"), ("missions:missions", "host"), ("initiatives:initiatives", "round"),
        ("petitions:petitions", "document"), ("documents:compose", "answers"), ("matching:explore", "page"),
        ("directory:suggest", "below"),
    ],
)  # fmt: skip
def test_a_page_whose_address_names_no_number_opens(town: Town, name: str, asked: str, text: str) -> None:
    assert signed_in(town.officer).get(reverse(name), {asked: text, "q": "x"}).status_code == 200


@pytest.mark.usefixtures("put_back")
@pytest.mark.parametrize(
    ("name", "posted", "status"),
    [
        ("documents:series", {"series": "²"}, 404),
        ("documents:directives-bulk", {"pick": "²", "do": "remind"}, 302),
        ("needs:needs-bulk", {"pick": "²", "do": "take-up"}, 302),
    ],
)
def test_a_form_that_names_no_number_is_answered(town: Town, name: str, posted: dict[str, str], status: int) -> None:
    assert signed_in(town.officer).post(reverse(name), posted).status_code == status


@pytest.mark.usefixtures("put_back")
def test_text_that_the_database_cannot_keep_is_answered(town: Town) -> None:
    answer = signed_in(town.officer).get(reverse("needs:needs"), {"q": "nước\0sạch"})
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()
