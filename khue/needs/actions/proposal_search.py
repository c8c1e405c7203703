"""The duplicate search of a proposal (C0): filled by the system, judged and signed by an officer."""

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.journal.actions import record
from khue.matching.actions import judge as remember
from khue.matching.beside import Signals, compared, signals_of
from khue.matching.models import Entry, Feedback
from khue.matching.rules import may_judge
from khue.matching.search import Match, similar
from khue.matching.sources import every
from khue.needs.actions.proposals import act, locked
from khue.needs.models import DuplicateSearch, Proposal
from khue.needs.rules.proposal_search import HITS, KINDS, may_change, may_conclude, text_of
from khue.needs.rules.proposals import may_handle


@transaction.atomic
def take_in(proposal: Proposal, *, by: User) -> DuplicateSearch:
    """Take a sent proposal in and look for duplicates at once. Raises Refused as `act` and `make_search` do."""
    require(may_handle(by, proposal))
    act(proposal, "start-search", by=by)
    return make_search(proposal, by=by)


@transaction.atomic
def make_search(proposal: Proposal, *, by: User) -> DuplicateSearch:
    """Look through everything the officer may see and keep what was found, side by side with the proposal; earlier
    records stay. Raises Refused: `proposal.not-department`, `proposal.conflict`, `proposal.not-sent`."""
    current = locked(proposal)
    require(may_handle(by, current))
    if current.case is None or current.case.closed_at is not None:
        raise Refused(Refusal("proposal.not-open", _("Only a proposal that is being handled is looked up.")))
    text = text_of(current)
    kinds = [source.kind for source in every() if source.kind in KINDS]
    own = [("need", pk) for pk in current.needs.values_list("pk", flat=True)]
    about = ("proposal", current.pk)
    matches = similar(by, text, purpose="duplicate", kinds=kinds, limit=HITS, exclude=own, about=about)
    made = DuplicateSearch.objects.create(
        proposal=current, made_by=by, hits=_hits(current, matches), searched={"text": text, "sources": _sources(kinds)}
    )
    record(current.dossier, "proposal.searched", by=by, count=len(matches))
    return made


def _sources(kinds: list[str]) -> list[dict[str, Any]]:
    """How many records of each kind there are to look through."""
    found = Entry.objects.filter(kind__in=kinds, gone=False).order_by().values("kind").annotate(count=Count("pk"))
    counts = {row["kind"]: row["count"] for row in found}
    return [
        {"kind": source.kind, "label": str(source.label), "count": counts.get(source.kind, 0)}
        for source in every()
        if source.kind in kinds
    ]


def _hits(proposal: Proposal, matches: list[Match]) -> list[dict[str, Any]]:
    """The record's rows: what each is, why it was found, every signal beside the proposal's."""
    ours = signals_of("proposal", [proposal.pk])[proposal.pk]
    theirs: dict[tuple[str, int], Signals] = {}
    for kind in {match.kind for match in matches}:
        pks = [match.pk for match in matches if match.kind == kind]
        theirs |= {(kind, pk): told for pk, told in signals_of(kind, pks).items()}
    return [
        {
            "number": number, "kind": match.kind, "pk": match.pk, "title": match.title, "url": match.url,
            "source": str(match.source.label) if match.source else match.kind, "host": match.host,
            "years": str(match.year or ""), "place": match.place, "detail": match.detail, "band": str(match.band),
            "score": round(match.score, 3), "why": match.why, "judgement": "", "note": "",
            "earlier": match.verdict.sentence if match.verdict else "",
            "signals": compared(ours, theirs.get((match.kind, match.pk)) or _bare(match)),
        }
        for number, match in enumerate(matches, 1)
    ]  # fmt: skip


def _bare(match: Match) -> Signals:
    """What matching itself knows of a record whose owner tells no signals."""
    return Signals(name=match.title, host=match.host, place=match.place, period=str(match.year or ""))


@transaction.atomic
def judge(search: DuplicateSearch, number: int, *, verdict: str, by: User, note: str = "") -> DuplicateSearch:
    """Say of a hit that it is the `same`, `related` or something `other`; search remembers it for this very pair.
    Raises Refused: `search.signed`, `search.no-hit`, `search.no-verdict`."""
    current = DuplicateSearch.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=search.pk)
    require(may_handle(by, current.proposal) or may_change(current))
    found = next((hit for hit in current.hits if hit["number"] == number), None)
    if found is None:
        raise Refused(Refusal("search.no-hit", _("This record has no hit of that number. Reload the page.")))
    if verdict not in Feedback.Verdict.values:
        raise Refused(Refusal("search.no-verdict", _("Say whether it is the same, related, or something else.")))
    found["judgement"], found["note"], found["judged_by"] = verdict, note.strip(), by.actor_name
    current.save(update_fields=["hits"])
    verb = {
        Feedback.Verdict.SAME: "proposal.hit-same", Feedback.Verdict.RELATED: "proposal.hit-related",
        Feedback.Verdict.OTHER: "proposal.hit-different",
    }[Feedback.Verdict(verdict)]  # fmt: skip
    about = f"{found['kind']}:{found['pk']}"
    record(current.proposal.dossier, verb, by=by, title=found["title"], about=about, comment=note.strip())
    ours, theirs = ("proposal", current.proposal_id), (found["kind"], found["pk"])
    if may_judge(by, ours, theirs) is None:  # a record that is gone meanwhile is judged in this paper alone
        remember(ours, theirs, verdict, by=by, note=note)
    search.refresh_from_db()
    return current


@transaction.atomic
def sign(search: DuplicateSearch, *, conclusion: str, by: User, remark: str = "") -> DuplicateSearch:
    """Conclude and sign the record; from then on it stands. Raises Refused: `search.signed`, `search.unjudged`,
    `search.contradicts`, `search.nothing-same`, `search.no-conclusion`."""
    current = DuplicateSearch.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=search.pk)
    require(may_handle(by, current.proposal) or may_change(current) or may_conclude(current, conclusion))
    current.conclusion, current.remark = conclusion, remark.strip()
    current.signed_by, current.signed_at = by, now()
    current.save()
    word = DuplicateSearch.Conclusion(conclusion).label
    record(current.proposal.dossier, "proposal.search-signed", by=by, conclusion=str(word))
    search.refresh_from_db()
    return current
