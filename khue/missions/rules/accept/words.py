"""What the papers of an acceptance say, by the names of `processes/papers.toml`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from khue.accounts.models import User
from khue.councils.papers import department as department_words
from khue.councils.rules.words import words_of as council_words
from khue.directory.models import Person
from khue.flow.answer_words import told
from khue.flow.rules import parties_of
from khue.flow.shelf.law import unmarked
from khue.flow.shelf.words import words
from khue.missions.models import Acceptance, Contract, Mission, Result, UseReport
from khue.missions.rules.accept.accepting import evaluates_output
from khue.missions.rules.accept.confirming import PAPER, takes_paper
from khue.missions.rules.accept.sitting import council_subject
from khue.missions.rules.select.words import host_words
from khue.missions.rules.visibility import inside_of

HOST_PAPERS = ("self-evaluation", "request", "completion", "registration", "use-report", "member-shares")
"""Papers that the lead organisation issues; the others are the department's."""
DEPARTMENT_PAPERS = ("file-check", "publication", "conclusion-letter", "recognition", "output-evaluation")
RATINGS = {"excellent": "Xuất sắc", "passed": "Đạt", "failed": "Không đạt", "": ""}


def papers_of(acceptance: Acceptance) -> list[tuple[str, str, str]]:
    """Papers that can be had so far: name, label, form code; those of the steps that the case has reached."""
    case = acceptance.case
    if case is None:
        return []
    reached = {case.step, *case.records.values_list("to_step", flat=True)}
    papers = case.definition.papers
    return [
        (name, str(papers[name].label), papers[name].code)
        for name in (*HOST_PAPERS, *DEPARTMENT_PAPERS)
        if name in papers and reached & set(papers[name].steps)
        if name != "output-evaluation" or evaluates_output(acceptance)
    ]


def papers_for(user: User, acceptance: Acceptance) -> list[tuple[str, str, str]]:
    """Those of them that `user` may have: all within the mission; of the council, who confirms has what is signed."""
    if inside_of(user).filter(pk=acceptance.mission_id).exists():
        return papers_of(acceptance)
    return [row for row in papers_of(acceptance) if row[0] == PAPER and takes_paper(user, acceptance)]


def mission_words(mission: Mission) -> dict[str, Any]:
    """The mission, its lead organisation and its investigator."""
    types, fields = words("types"), words("fields")
    return {
        "mission": {
            "code": mission.code, "title": mission.title, "type": str(types.get(mission.type, mission.type)),
            "field": str(fields.get(mission.field, "")), "months": mission.plan.months if mission.plan else "",
            "starts_on": mission.starts_on or "", "ends_on": mission.ends_on or "", "abstract": mission.abstract,
        },
        "host": host_words(mission.host) if mission.host else {"name": mission.host_name},
        "investigator": person_words(mission.investigator, mission.investigator_name),
    }  # fmt: skip


def person_words(person: Person | None, name: str) -> dict[str, str]:
    """A person with the degree apart."""
    return {"name": person.full_name, "degree": person.title} if person else {"name": name, "degree": ""}


def paper_words(acceptance: Acceptance) -> dict[str, Any]:
    """Everything that a paper of this acceptance may name."""
    mission = acceptance.mission
    checks = acceptance.products.select_related("product").order_by("product__number")
    reported = mission.use_reports.exclude(state="due").select_related("unit", "place")
    found = mission_words(mission) | _council(acceptance)
    found |= {
        "acceptance": _acceptance(acceptance),
        "products": _numbered(_product(check) for check in checks),
        "documents": _documents(acceptance),
        "spent": _spent(acceptance),
        "changes": _numbered(dict(row) for row in acceptance.completion),
        "results": _numbered(_result(result) for result in mission.results.all()),
        "result": _registration(mission),
        "uses": _numbered(_use(row) for row in reported),
        "effect": {"text": acceptance.effect, "conclusion": acceptance.effect_conclusion},
        "answers": _effect(acceptance),
        "people": _people(mission),
        "contract": _contract(mission),
        "decision": {"sign": acceptance.recognition_sign, "signed_on": acceptance.recognised_on or ""},
    }  # fmt: skip
    party = parties_of(acceptance.case).get("department") if acceptance.case else None
    if party is not None and party.unit is not None:
        found["department"] = department_words(party.unit)
    return found


def accepted_words(mission: Mission) -> dict[str, Any]:
    """The last acceptance and the results, for papers that come after it; nothing before there is one."""
    last = mission.acceptances.order_by("-attempt").first()
    if last is None:
        return {}
    results = _numbered(_result(result) for result in mission.results.all())
    return {"acceptance": _acceptance(last), "results": results, "result": _registration(mission)}


def _effect(acceptance: Acceptance) -> list[dict[str, Any]]:
    """The evaluation of the output, question by question."""
    form = acceptance.case.definition.forms.get("output-evaluation") if acceptance.case is not None else None
    if form is None or not acceptance.effect_answers:
        return []
    rows = told(form, acceptance.effect_answers)
    return _numbered({"label": str(one.label), "value": one.value} for one in rows)


def _acceptance(acceptance: Acceptance) -> dict[str, Any]:
    days = ("due_on", "submitted_on", "concluded_on", "completed_on", "confirmed_on", "recognised_on")
    return {
        "attempt": acceptance.attempt, "self_rating": RATINGS[acceptance.self_rating],
        "self_evaluation": acceptance.self_evaluation, "rating": RATINGS[acceptance.rating],
        "confirmed_by": acceptance.confirmed_by,
        **{name: getattr(acceptance, name) or "" for name in days},
    }  # fmt: skip


def _spent(acceptance: Acceptance) -> dict[str, int | None]:
    mission = acceptance.mission
    planned = mission.paid or mission.budget_state
    return {"planned": planned, "reported": acceptance.spent, "confirmed": mission.confirmed}


def plain(number: Decimal) -> str:
    """A quantity as people write it: no zeros behind the comma."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _product(check: Any) -> dict[str, Any]:
    product = check.product
    return {
        "kind": product.kind, "name": product.name, "quality": product.quality, "unit": product.unit_of_measure,
        "quantity": plain(product.quantity), "delivered": plain(check.quantity), "proof": check.proof,
        "rating": RATINGS[check.self_rating],
    }  # fmt: skip


def _documents(acceptance: Acceptance) -> list[dict[str, Any]]:
    """The papers of the file by the names of its parts; of a part with several, each by its own name too."""
    labels = words("dossier")
    parts = list(acceptance.parts.filter(file__removed_at=None).select_related("file").order_by("pk"))
    several = {part for part, times in Counter(one.part for one in parts).items() if times > 1} | {"other"}
    named = ((labels[one.part].label.vi if one.part in labels else "", one.file.title if one.part in several else "")
             for one in parts)  # fmt: skip
    return _numbered({"name": ": ".join(filter(None, both)), "copies": 1} for both in named)


def _result(result: Result) -> dict[str, Any]:
    kinds = words("results")
    return {
        "title": result.title, "kind": str(kinds.get(result.kind, result.kind)), "readiness": result.readiness or "",
        "usable_where": result.usable_where, "conditions": result.conditions,
    }  # fmt: skip


def _registration(mission: Mission) -> dict[str, Any]:
    first = mission.results.exclude(registration_number="").select_related("owner").order_by("pk").first()
    if first is None:
        return {}
    return {
        "registration": first.registration_number, "registered_on": first.registered_on or "",
        "owner": first.owner.name if first.owner else "", "basis": unmarked(first.ownership_basis),
    }  # fmt: skip


def _use(row: UseReport) -> dict[str, Any]:
    return {
        "year": row.year, "unit": row.unit.name if row.unit else "", "place": str(row.place or ""),
        "effect": row.effect, "value": row.value,
    }  # fmt: skip


def _people(mission: Mission) -> list[dict[str, Any]]:
    if mission.plan is None:
        return []
    return _numbered(
        {
            "name": one.named, "unit": one.unit.name if one.unit else "", "role": str(one.get_role_display()),
            "task": one.task, "months": one.months or "", "share": one.share or "",
        }
        for one in mission.plan.people.select_related("unit")
    )  # fmt: skip


def _contract(mission: Mission) -> dict[str, Any]:
    contract = Contract.objects.filter(mission=mission).first()
    return {"sign": contract.sign, "signed_on": contract.signed_on} if contract else {}


def _council(acceptance: Acceptance) -> dict[str, Any]:
    subject = council_subject(acceptance)
    return council_words(subject.council, subject) if subject else {}


def _numbered(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"number": number, **row} for number, row in enumerate(rows, 1)]
