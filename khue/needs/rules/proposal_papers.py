"""What the papers of a proposal say, by the names of `processes/papers.toml`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.heads import head_of
from khue.core.clock import today
from khue.councils.rules.words import words_of
from khue.directory.search import department
from khue.flow.shelf.filling import GAP
from khue.flow.shelf.values import PaperForm
from khue.matching.models import Feedback
from khue.needs.models import DuplicateSearch, OrderProposal, Proposal, SecondOpinion
from khue.needs.rules.proposal_forms import answers_of, form_name, order_answers_of, version_of, word
from khue.needs.rules.proposal_review import subject_of
from khue.needs.rules.proposal_search import latest, signed

BANDS = {"same": gettext_lazy("very near"), "related": gettext_lazy("near"), "other": gettext_lazy("far")}
ORDER_PAPER = {"b1": "order-proposal", "b2": "order-summary"}


LETTER = "opinion-request"


def papers_of(proposal: Proposal) -> list[PaperForm]:
    """The papers that there is something to fill with now, under the codes of the proposal's generation; letters that
    ask for an opinion stand beside those who were asked."""
    known = version_of(proposal).definition.papers
    names = [f"slip-{form_name(proposal.type)}"]
    if latest(proposal) is not None:
        names.append("search-record")
    if proposal.recommendation and subject_of(proposal) is not None:
        names.append("recommendation")
    return [known[name] for name in names if name in known]


def context(proposal: Proposal, asked: SecondOpinion | None = None) -> dict[str, Any]:
    """Everything that papers of a proposal may ask for; `asked` is the request that a letter is about,
    which tells only what was answered."""
    told: dict[str, Any] = {"proposal": proposal_words(proposal), "year": proposal.year}
    answers = [each for each in answers_of(proposal) if each.value or asked is None]
    told["answers"] = [
        {"number": number, "label": each.label, "value": each.value or GAP} for number, each in enumerate(answers, 1)
    ]
    if asked is not None:
        told["opinion"] = {"whom": str(asked), "question": asked.question, "due_on": asked.due_on}
    search = signed(proposal) or latest(proposal)
    if search is not None:
        told["search"] = search_words(search)
    subject = subject_of(proposal)
    if subject is not None:
        told |= words_of(subject.council, subject)
    told["recommendation"] = recommendation_words(proposal)
    return told


def issued_on(proposal: Proposal, name: str) -> date | None:
    """The day of the act that a paper tells of; None while there is none."""
    if name.startswith("slip-"):
        return day_of(proposal.submitted_at)
    if name == "search-record":
        search = signed(proposal) or latest(proposal)
        return day_of(search.signed_at or search.made_at) if search is not None else None
    if name == "recommendation" and proposal.case is not None:
        handed = proposal.case.records.filter(move="hand-in-recommendation").order_by("-pk").first()
        return day_of(handed.at) if handed is not None else None
    return None


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment, as the city's calendar has it."""
    return localtime(moment).date() if moment is not None else None


def recommendation_words(proposal: Proposal) -> dict[str, Any]:
    """What the council recommends, as far as it is written."""
    way = {"selection": _("Selection"), "direct": _("Direct assignment")}
    said = proposal.recommendation
    return {
        "name": proposal.title, "objective": "", "products": "", "reasons": "", **said,
        "way": str(way.get(said.get("way", ""), "")),
    }  # fmt: skip


def proposal_words(proposal: Proposal) -> dict[str, Any]:
    """A proposal as papers name it."""
    sent = proposal.submitted_at
    return {
        "code": proposal.code,
        "title": proposal.title,
        "type": word("types", proposal.type),
        "unit": proposal.unit.name,
        "author": proposal.author.full_name if proposal.author else "",
        "submitted_on": localtime(sent).date() if sent else "",
    }


def search_words(search: DuplicateSearch) -> dict[str, Any]:
    """The duplicate search as form C0 prints it."""
    return {
        "made_at": localtime(search.made_at).date(), "made_by": search.made_by.full_name if search.made_by else "",
        "text": search.searched.get("text", ""), "sources": search.searched.get("sources", []),
        "conclusion": str(search.get_conclusion_display()) if search.conclusion else "", "remark": search.remark,
        "signed_by": search.signed_by.full_name if search.signed_by else "", "hits": list(_hits(search)),
    }  # fmt: skip


def _hits(search: DuplicateSearch) -> Iterable[dict[str, Any]]:
    judged = {**dict(Feedback.Verdict.choices), "": "—"}
    for hit in search.hits:
        note = f": {hit['note']}" if hit.get("note") else ""
        yield {**hit, "band": str(BANDS[hit["band"]]), "judgement": f"{judged[hit.get('judgement', '')]}{note}"}


def order_context(order: OrderProposal, paper: str) -> dict[str, Any]:
    """What the letter to the department, or the summary list of the unit itself, says; what its own form asks stands
    on its own paper only."""
    rows = order.proposals.select_related("unit").order_by("rank")
    sent, maker = day_of(order.submitted_at), order.submitted_by or order.created_by
    keeper = department().name if paper == ORDER_PAPER["b1"] else order.unit.name
    asked = order_answers_of(order) if ORDER_PAPER[order.form] == paper else []
    return {
        "year": order.year, "today": sent or today(),
        "department": {"name": keeper}, "host": {"head": head_of(order.unit, sent).name},
        "proposal": {"code": order.code, "title": "", "type": "", "unit": order.unit.name,
                     "author": maker.full_name if maker else ""},
        "answers": [{"number": n, "label": one.label, "value": one.value} for n, one in enumerate(asked, 1)],
        "proposals": [row_words(number, one) for number, one in enumerate(rows, 1)],
    }  # fmt: skip


def row_words(number: int, proposal: Proposal) -> dict[str, Any]:
    """One line of a summary list."""
    answers = proposal.answers
    products = "; ".join(row.get("name", "") for row in answers.get("products") or [])
    return {
        "number": number, "title": proposal.title, "type": word("types", proposal.type),
        "objective": answers.get("objective", ""), "products": products, "use": answers.get("use", ""),
    }  # fmt: skip
