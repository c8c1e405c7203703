"""Proposals as search, matching and the desk know them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.asked import key
from khue.core.search import every_word
from khue.councils.owners import Involved
from khue.directory.search import department
from khue.flow.shelf.words import label_in
from khue.language.text import fold
from khue.matching.beside import Signals
from khue.matching.sources import Record
from khue.needs.models import Proposal
from khue.needs.rules.proposal_forms import answers_of, word
from khue.needs.rules.proposal_papers import issued_on, proposal_words, recommendation_words
from khue.needs.rules.proposal_search import signed
from khue.needs.rules.proposals import visible_to

HIDDEN = (Proposal.State.DRAFT, Proposal.State.WITHDRAWN)


def records(pks: Collection[int] | None) -> Iterator[Record]:
    """Sent proposals, for matching."""
    rows = Proposal.objects.exclude(state__in=HIDDEN).select_related("unit", "place")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).iterator(500):
        summary = " ".join(str(one.answers.get(name, "")) for name in ("objective", "content", "use"))
        yield Record(
            one.pk, one.title, one.get_absolute_url(), summary=summary, host=one.unit.name,
            place=one.place.name if one.place else "", year=one.year,
            field=label_in("fields", one.field), sign=one.code,
            detail=f"{one.unit.name} · {one.year} · {one.get_state_display()}",
        )  # fmt: skip


def grew_out_of(pks: Collection[int]) -> Iterator[tuple[int, tuple[str, int]]]:
    """The needs that proposals answer."""
    answered = Proposal.needs.through._default_manager.filter(proposal__in=pks).values_list("proposal", "need")
    return ((proposal, ("need", need)) for proposal, need in answered)


def signals(pks: Collection[int]) -> Mapping[int, Signals]:
    """What is compared of proposals."""
    rows = Proposal.objects.filter(pk__in=pks).select_related("unit", "place")
    return {one.pk: _signals(one) for one in rows}


def _signals(one: Proposal) -> Signals:
    answers = one.answers
    months = answers.get("months")
    return Signals(
        name=one.title, objective=answers.get("objective", ""), content=answers.get("content", ""),
        products="; ".join(row.get("name", "") for row in answers.get("products") or []),
        place=one.place.name if one.place else "", host=one.unit.name, money="Ngân sách nhà nước",
        period=f"{one.year}" + (f" · {months} tháng" if months else ""),
    )  # fmt: skip


def found(user: User, query: str, limit: int) -> list[Proposal]:
    """Proposals whose name holds every word, or whose number was asked for; the newest first. One query."""
    rows = visible_to(user).select_related("unit")
    return list(rows.filter(every_word(fold(query))).order_by("-pk")[:limit])


def among(query: str) -> QuerySet[Proposal]:
    """Proposals whose name holds every word, whoever may see them."""
    return Proposal.objects.filter(every_word(query))


def find(dossier: str) -> Proposal | None:
    """The proposal that a dossier names; None where it names something else, or one that is gone."""
    kind, _colon, pk = dossier.partition(":")
    rows = Proposal.objects.select_related("unit", "author", "changed_by", "case__process_version")
    return rows.filter(pk=key(pk)).first() if kind == "proposal" else None


def involved(dossier: str) -> Involved:
    """Who has a part in a proposal, for conflicts of interest: whoever wrote it, and the unit behind it.

    What the department itself writes out of needs is asked for by those who have the needs; otherwise nobody at the
    department could bring it before a council.
    """
    one = find(dossier)
    if one is None:
        return Involved()
    if f"/{department().pk}/" in one.unit.path:
        return _asked_for(one)
    people = {user.person_id for user in (one.author, one.changed_by) if user is not None and user.person_id}
    return Involved(people=[(person, "author") for person in sorted(people)], units=[one.unit_id])


def _asked_for(proposal: Proposal) -> Involved:
    rows = proposal.needs.order_by("pk").values_list("author__person", "unit")
    people = dict.fromkeys((person, "author") for person, _unit in rows if person)
    return Involved(people=list(people), units=list(dict.fromkeys(unit for _person, unit in rows if unit)))


def facts(dossier: str) -> list[tuple[str, str]]:
    """What a member of the council reads: the slip, and what the duplicate search concluded."""
    one = find(dossier)
    if one is None:
        return []
    told = [(each.label, each.value) for each in answers_of(one) if each.value]
    search = signed(one)
    if search is not None:
        told.append((_("Duplicate search (C0)"), f"{search.get_conclusion_display()}. {search.remark}".strip()))
    return [(_("Type"), word("types", one.type)), (_("Proposed by"), one.unit.name), *told]


def day_of_paper(dossier: str, paper: str) -> date | None:
    """The day on which the council's recommendation was handed in; its other papers are of the council's own days."""
    one = find(dossier)
    return issued_on(one, paper) if one is not None and paper == "recommendation" else None


def council_words(dossier: str) -> dict[str, dict[str, object]]:
    """What the papers of the council say of it besides."""
    one = find(dossier)
    if one is None:
        return {}
    lead = {"lead": one.unit.name, "investigator": "", "type": word("types", one.type)}
    said = {"recommendation": recommendation_words(one)} if one.recommendation else {}
    return {"subject": lead, "proposal": proposal_words(one), **said}
