"""The duplicate search, the council to identify, the recommendation, the review, second opinions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core import clock
from khue.core.clock import today
from khue.core.refusals import Refused
from khue.councils.models import Council
from khue.councils.rules.composition import seats_of
from khue.councils.rules.words import words_of
from khue.flow.models import Case
from khue.flow.shelf.filling import fill
from khue.matching.models import Feedback
from khue.needs.actions.proposal_council import form_council, hand_in
from khue.needs.actions.proposal_opinions import ask, give
from khue.needs.actions.proposal_search import judge, make_search, sign, take_in
from khue.needs.actions.proposals import act
from khue.needs.models import DuplicateSearch, Proposal
from khue.needs.rules.proposal_review import checklist
from khue.needs.rules.proposal_search import signed
from khue.needs.rules.proposals import visible_to
from khue.needs.tests.office import RECOMMENDED, Office, after, again, subject
from khue.needs.tests.test_proposal_actions import code_of
from khue.needs.tests.test_proposal_pages import words_of as words_in

NONE, SAME = DuplicateSearch.Conclusion.NONE, DuplicateSearch.Conclusion.SAME


def page_of(user: User, address: str) -> str:
    client = Client()
    client.force_login(again(user))
    return client.get(address).content.decode()


def test_the_search_finds_the_other_proposal_and_says_why(here: Office) -> None:
    first = here.sent("Trồng rau an toàn trên đất nhiễm mặn")
    second = here.sent("Quy trình trồng rau trên đất nhiễm mặn")
    search = take_in(second, by=here.officer)
    hit = next(hit for hit in search.hits if hit["kind"] == "proposal")
    assert (hit["pk"], hit["host"]) == (first.pk, here.commune.name)
    assert hit["why"]
    rows = {row["name"]: row for row in hit["signals"]}
    assert rows["objective"]["alike"] is True
    assert rows["investigator"]["alike"] is None
    assert {"rau", "mặn"} <= set(rows["name"]["shared"])
    assert search.searched["sources"]


def test_every_near_hit_is_judged_before_the_record_is_signed_and_then_it_stands(here: Office) -> None:
    here.sent("Trồng rau an toàn trên đất nhiễm mặn")
    made = here.sent("Trồng rau an toàn trên đất nhiễm mặn ở xã")
    search = take_in(made, by=here.officer)
    with pytest.raises(Refused) as error:
        sign(search, conclusion=NONE, by=here.officer)
    assert code_of(error) == "search.unjudged"
    for hit in search.hits:
        judge(search, hit["number"], verdict="same", by=here.officer, note="Cùng việc")
    with pytest.raises(Refused) as error:
        sign(search, conclusion=NONE, by=here.officer)
    assert code_of(error) == "search.contradicts"
    sign(search, conclusion=SAME, by=here.officer)
    with pytest.raises(Refused) as error:
        judge(search, search.hits[0]["number"], verdict="related", by=here.officer)
    assert code_of(error) == "search.signed"
    again_made = make_search(made, by=here.officer)
    assert all("trùng ngày" in hit["earlier"] for hit in again_made.hits)
    assert {(kept.verdict, kept.note) for kept in Feedback.objects.all()} == {("same", "Cùng việc")}
    assert list(made.searches.values_list("pk", flat=True)) == [again_made.pk, search.pk]
    assert signed(made) == search


def test_no_council_without_the_signed_record_whoever_moves_the_case(here: Office) -> None:
    made = here.sent()
    take_in(made, by=here.officer)
    with pytest.raises(Refused) as error:
        form_council([made], title="Hội đồng", by=here.officer)
    assert code_of(error) == "proposal.search-unsigned"
    with pytest.raises(Refused) as error:
        act(made, "bring-to-council", by=here.officer)
    assert code_of(error) == "proposal.search-unsigned"
    assert not Council.objects.exists()


def test_more_than_three_quarters_pass_and_the_recommendation_goes_on(here: Office) -> None:
    first, second = here.searched("Việc thứ nhất"), here.searched("Việc thứ hai hoàn toàn khác")
    council = here.voted(here.council(first, second), against=1)
    assert [one.outcome for one in council.subjects.all()] == ["passed", "passed"]
    minutes = fill(council.process_version.definition.papers["minutes"], words_of(council))
    counted = f"| {len(seats_of(council))} | {len(seats_of(council)) - 1} | 1 | "
    sheet = page_of(here.officer, reverse("councils:count", args=[council.pk, council.subjects.all()[0].pk]))
    assert f">{len(seats_of(council)) - 1}/{len(seats_of(council))}<" in sheet, (
        "each criterion: passed on so many ballots"
    )
    for made in (first, second):
        assert f"| {made.title} |" in minutes, "the minutes name every proposal that was before the council"
        assert any(made.title in line and counted in line for line in minutes.splitlines()), "with its own count"
    first.refresh_from_db()
    assert first.state == Proposal.State.COMPLETING
    assert first.recommendation["name"] == "Việc thứ nhất"
    with pytest.raises(Refused):
        hand_in(first, {"name": "Chỉ có tên"}, by=here.officer)
    with clock.at(after(council)):
        _recommended(here, first)
    of_council = reverse("councils:paper", args=[council.pk, "recommendation"]) + f"?subject={subject(first).pk}"
    client = Client()
    client.force_login(again(here.officer))
    with clock.at(after(council) + timedelta(days=90)):
        for paper in (of_council, reverse("needs:proposal-paper", args=[first.pk, "recommendation"])):
            told = words_in(client.get(paper).content)
            assert f"ngày {after(council):%d} tháng" in told, "the day on which it was handed in, from both pages"


def _recommended(here: Office, first: Proposal) -> None:
    hand_in(first, RECOMMENDED, by=here.officer)
    assert first.state == Proposal.State.REVIEWING
    assert {row.name: row.ok for row in checklist(first)} == dict.fromkeys(
        ("search", "documents", "quorum", "reviewers", "count", "words"), True
    )
    with pytest.raises(Refused) as error:
        act(first, "recommend", by=here.officer)
    assert code_of(error) == "flow.not-yours"
    act(first, "recommend", by=here.head)
    assert first.state == Proposal.State.RECOMMENDED
    assert Case.objects.get(dossier=first.dossier).outcome == "done"


def _formed_and_read(here: Office, made: Proposal) -> Council:
    """Members read it once the documents are sent, and a stranger never."""
    member = again(here.account_of(here.experts[0]))
    assert not visible_to(member).filter(pk=made.pk).exists()
    council = here.council(made)
    assert visible_to(again(member)).filter(pk=made.pk).exists()
    assert not visible_to(again(here.stranger)).filter(pk=made.pk).exists()
    return council


def test_three_quarters_are_not_enough_and_the_proposer_is_told_why(here: Office) -> None:
    made = here.searched()
    here.voted(_formed_and_read(here, made), against=2)  # 5 of 7 in favour
    made.refresh_from_db()
    assert subject(made).outcome == "failed"
    assert made.state == Proposal.State.REFUSED
    record = made.case.records.get(to_step="refused") if made.case else None
    assert record is not None
    assert "5" in record.comment
    assert here.writer.notices.filter(body=record.comment).exists()


def test_proposals_of_two_generations_need_two_councils(here: Office) -> None:
    old, new = here.searched("Việc cũ"), here.searched("Việc mới tinh khôi")
    assert old.case is not None
    other = type(old.case.process_version).objects.get(process="mission-identify", version="2025-02-10")
    Case.objects.filter(dossier=old.dossier).update(process_version=other)
    with pytest.raises(Refused) as error:
        form_council([Proposal.objects.get(pk=old.pk), new], title="Hội đồng", by=here.officer)
    assert code_of(error) == "proposal.two-versions"


def test_a_second_opinion_is_asked_given_once_and_seen_by_who_was_asked(here: Office) -> None:
    made = here.sent()
    with pytest.raises(Refused) as error:
        ask(made, question="Có cần không?", by=here.officer)
    assert code_of(error) == "opinion.nobody"
    opinion = ask(made, question="Có cần không?", unit=here.other, by=here.officer)
    assert opinion.due_on == today() + timedelta(days=15), "the days of the review of procedure"
    stranger = again(here.stranger)
    assert visible_to(stranger).filter(pk=made.pk).exists()
    assert stranger.notices.filter(dossier=made.dossier).exists()
    with pytest.raises(Refused) as error:
        give(opinion, text="Cần", by=here.writer)
    assert code_of(error) == "opinion.not-yours"
    give(opinion, text="Rất cần cho cả huyện", by=stranger)
    with pytest.raises(Refused) as error:
        give(opinion, text="Nghĩ lại", by=stranger)
    assert code_of(error) == "opinion.given"
