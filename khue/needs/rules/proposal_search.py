"""The duplicate search of a proposal (form C0): what is looked for, what must be judged before it is signed."""

from django.utils.translation import gettext as _

from khue.core.refusals import Refusal
from khue.flow.models import Data
from khue.needs.models import DuplicateSearch, Proposal

KINDS = ("mission", "result", "order", "proposal", "need")
"""Kinds of records that are looked through, those of them that are registered with matching."""
HITS = 12
SAME = "same"


def text_of(proposal: Proposal) -> str:
    """What is looked for: name, objective, content, products."""
    answers = proposal.answers
    products = "; ".join(row.get("name", "") for row in answers.get("products") or [])
    parts = (proposal.title, answers.get("objective", ""), answers.get("content", ""), products)
    return ". ".join(part.strip().rstrip(".") for part in parts if part)


def latest(proposal: Proposal) -> DuplicateSearch | None:
    """The newest search; earlier ones stay in the file."""
    return proposal.searches.select_related("made_by", "signed_by").first()


def signed(proposal: Proposal) -> DuplicateSearch | None:
    """The newest search that was signed; the council gets this one."""
    return proposal.searches.select_related("made_by", "signed_by").filter(signed_at__isnull=False).first()


def unjudged(search: DuplicateSearch) -> list[Data]:
    """Near hits about which nobody has said yet whether they are the same."""
    return [hit for hit in search.hits if hit["band"] != "other" and not hit.get("judgement")]


def may_change(search: DuplicateSearch) -> Refusal | None:
    """What was signed stands; a new search keeps the old."""
    if search.signed_at is None:
        return None
    sentence = _("This record was signed on %(day)s and stands as it is. Search again to make a new one.")
    return Refusal("search.signed", sentence % {"day": f"{search.signed_at:%d/%m/%Y}"})


def may_conclude(search: DuplicateSearch, conclusion: str) -> Refusal | None:
    """Every near hit is judged, and the conclusion says what the judgements say."""
    left = unjudged(search)
    if left:
        told = ", ".join(str(hit["number"]) for hit in left)
        return Refusal(
            "search.unjudged", _("Say first whether these are the same: no. %(numbers)s.") % {"numbers": told}
        )
    same = [hit for hit in search.hits if hit.get("judgement") == SAME]
    if same and conclusion != DuplicateSearch.Conclusion.SAME:
        sentence = _("No. %(number)s was judged to be the same, so the conclusion is «%(conclusion)s».")
        must = {"number": same[0]["number"], "conclusion": DuplicateSearch.Conclusion.SAME.label}
        return Refusal("search.contradicts", sentence % must)
    if not same and conclusion == DuplicateSearch.Conclusion.SAME:
        return Refusal("search.nothing-same", _("Mark the hit that is the same before you conclude that there is one."))
    if conclusion not in DuplicateSearch.Conclusion.values:
        return Refusal("search.no-conclusion", _("Choose a conclusion."))
    return None


def may_go_to_council(proposal: Proposal) -> Refusal | None:
    """The council must have the signed record."""
    if signed(proposal) is not None:
        return None
    sentence = _(
        "The duplicate search of «%(title)s» (C0) is not signed yet: judge what was found and sign the record."
    )
    return Refusal("proposal.search-unsigned", sentence % {"title": proposal.title})
