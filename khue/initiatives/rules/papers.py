"""What the papers of an initiative say, by the names of `processes/papers.toml`."""

from datetime import date
from typing import Any

from django.utils.timezone import localtime

from khue.accounts.models import User
from khue.core.clock import today
from khue.files.models import File
from khue.flow.shelf.values import PaperForm
from khue.flow.shelf.words import label_in
from khue.initiatives.models import Author, Initiative
from khue.initiatives.rules.application import OF_AUTHORS, share_of, told_to, version_of
from khue.initiatives.rules.initiatives import reads_secrets

OPEN_PAPER = "certificate"
"""Seen by everybody who sees the initiative; the others only by authors and those who handle it."""


def papers_of(initiative: Initiative, user: User) -> list[PaperForm]:
    """The papers that there is something to fill with now and that the person may read."""
    if initiative.case_id is None and initiative.state != Initiative.State.DRAFT:
        return []  # decided on paper: the papers are those of that time
    known = version_of(initiative).definition.papers
    names = ["application"] if initiative.state != Initiative.State.DRAFT else []
    names += ["receipt"] if initiative.received_on else []
    names += [OPEN_PAPER] if initiative.state == Initiative.State.RECOGNISED else []
    names += ["refusal"] if initiative.state == Initiative.State.REFUSED else []
    inside = reads_secrets(user, initiative)
    return [known[name] for name in names if inside or name == OPEN_PAPER]


def day_of(name: str, initiative: Initiative) -> date | None:
    """The day that a paper bears: of filing, receipt or decision, whenever it is printed."""
    if name == "application":
        return localtime(initiative.submitted_at).date() if initiative.submitted_at else None
    return initiative.received_on if name == "receipt" else initiative.decided_on


def context(initiative: Initiative) -> dict[str, Any]:
    """Everything that papers of an initiative may ask for."""
    answers = told_to(initiative, secrets=True)
    return {
        "host": {"name": initiative.unit.name},
        "today": initiative.decided_on or today(),
        "answers": [
            {"number": number, "label": one.label, "value": one.value}
            for number, one in enumerate((one for one in answers if one.name in DESCRIBED), 1)
        ],
        "initiative": words_of(initiative),
    }


DESCRIBED = (
    "before", "content", "secret", "ability", "conditions", "benefit", "benefit_tried", "money", "helpers",
)  # fmt: skip
"""The questions that describe the solution; the others stand above them."""


def words_of(initiative: Initiative) -> dict[str, Any]:
    """An initiative as papers name it."""
    said = initiative.answers
    return {
        "code": initiative.code, "certificate": initiative.certificate_code, "title": initiative.title,
        "unit": initiative.unit.name, "field": label_in("fields", initiative.field), "investor": investor(initiative),
        "applicant": initiative.applicant.full_name, "author_names": names_of(list(initiative.authors.all())),
        "first_applied_on": initiative.first_applied_on, "received_on": initiative.received_on,
        "received_by": initiative.received_by.full_name if initiative.received_by else "",
        "content": "" if initiative.content_secret else said.get("content", ""), "benefit": said.get("benefit", ""),
        "decision_sign": initiative.decision_sign, "decided_on": initiative.decided_on, "reasons": initiative.reasons,
        "authors": [
            {"number": number, **{name: row.get(name, "") for name in ("name", "workplace", "post")},
             "born": _day(row.get("born", "")), "share": percent(share_of(row))}
            for number, row in enumerate(said.get(OF_AUTHORS) or [], 1)
        ],
        "files": [{"title": file.title} for file in _files(initiative)],
    }  # fmt: skip


def _files(initiative: Initiative) -> list[File]:
    return list(File.objects.filter(dossier_kind="initiative", dossier_id=initiative.pk, removed_at=None))


def _day(text: str) -> str:
    return "/".join(reversed(text.split("-")))


def percent(share: Any) -> str:
    """`33,33`; `60`."""
    return f"{share.normalize():f}".replace(".", ",")


def names_of(authors: list[Author]) -> str:
    """`Nguyễn Thị Hạnh (60 %), Trần Văn Bình (40 %)`."""
    return ", ".join(f"{one.name} ({percent(one.share)} %)" for one in authors)


def investor(initiative: Initiative) -> str:
    """Who invested in it."""
    if initiative.ground == Initiative.Ground.TRANSFERRED:
        return initiative.investor
    if initiative.ground == Initiative.Ground.AUTHOR:
        return names_of(list(initiative.authors.all()))
    return initiative.unit.name
