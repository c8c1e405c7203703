"""Composing an outgoing document: drafting, autosaving, versions."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import unit_ids
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.directory.letterhead import place_of
from khue.directory.models import Unit
from khue.documents.actions.versions import keep_version
from khue.documents.actions.way import OUTGOING, open_way
from khue.documents.models import Citation, Direction, Document, Draft
from khue.documents.models.draft import CONTENT
from khue.documents.rules.composing import may_compose, may_edit
from khue.documents.rules.shelf import papers
from khue.journal.actions import record

REPEATED = ("place", "on_behalf", "authority", "post", "signer")
"""Parts that seldom differ from one document of an organisation to the next."""


@transaction.atomic
def compose(
    *, unit: Unit, by: User, paper: str, subject: str = "", answers: Document | None = None, council: str = ""
) -> Document:
    """Begin a document of `unit` from a paper on the shelf; `answers` is the document it replies to.

    Raises:
        Refused: `drafts-not-yours`, `paper-unknown`.
    """
    require(may_compose(by, unit))
    kind = papers().get(paper)
    if kind is None:
        raise Refused(Refusal("paper-unknown", _("There is no such kind of paper. Choose one from the list.")))
    document = Document.objects.create(
        unit=unit,
        direction=Direction.OUT,
        family=kind.family,
        type=kind.type,
        subject=subject.strip()[:500],
        issuer=unit,
        issuer_name=unit.name,
        created_by=by,
    )
    drafter = _drafter(by, unit)
    Draft.objects.create(
        document=document, paper=paper, body=kind.body, updated_by=by, council=council, **_as_before(document, drafter)
    )
    open_way(document, OUTGOING, {"drafter": drafter, "issuer": unit}, by=by)
    record(document.dossier, "document.drafted", by=by, acting_for=unit.name, paper=kind.label.vi)
    if answers is not None:
        relate(document, answers, Citation.Kind.REPLY, by=by)
    return document


def _as_before(document: Document, drafter: Unit) -> dict[str, str]:
    """Place, signer and the like as they stood in the organisation's last document of the family: not typed twice."""
    own = Draft.objects.filter(document__unit=document.unit_id, document__family=document.family)
    last = own.exclude(signer="").order_by("-updated_at").first()
    kept = {name: getattr(last, name) for name in REPEATED} if last else {}
    code = drafter.abbreviation if drafter.pk != document.unit_id else ""
    kept = {"place": place_of(document.unit)} | kept
    return kept | {"drafting_code": code[:20]}


def _drafter(by: User, unit: Unit) -> Unit:
    """The division of the organisation that the writer works in, or the organisation itself."""
    own = Unit.objects.filter(pk__in=unit_ids(by)).within([unit.pk]).exclude(pk=unit.pk).order_by("pk").first()
    return own or unit


def relate(document: Document, other: Document, kind: str, *, by: User) -> Citation:
    """Say that `document` replies to, corrects, replaces or recalls `other`."""
    citation, _made = Citation.objects.get_or_create(
        document=document,
        sign_key=other.sign_key,
        kind=kind,
        defaults={
            "cited": other,
            "sign": other.sign,
            "text": other.sign,
            "family": other.family,
            "type": other.type,
            "issuer_name": other.issuer_name,
            "issued_on": other.issued_on,
            "linked_by": by.actor_name,
        },
    )
    return citation


@transaction.atomic
def save_draft(document: Document, *, by: User, seen: int, subject: str, content: Mapping[str, str]) -> Draft:
    """Save the parts of a draft. `seen` is the version the writer started from.

    When somebody else saved in between, nothing is written and both texts are kept: theirs in the draft, the
    writer's in the page. Before another person's text is written over, it is kept as a version.

    Raises:
        Refused: `draft-changed`, `draft-signed`, `drafts-not-yours`, `not-outgoing`.
    """
    draft = Draft.objects.select_for_update().select_related("document__unit", "updated_by").get(document=document)
    require(may_edit(by, draft.document))
    if draft.version != seen:
        raise Refused(
            Refusal(
                "draft-changed",
                _("%(name)s saved this draft meanwhile. Copy your text, load the page again and put it in.")
                % {"name": draft.updated_by.full_name},
            )
        )
    if draft.updated_by_id != by.pk:
        keep_version(draft)
    for name in CONTENT:
        setattr(draft, name, content.get(name, getattr(draft, name)))
    draft.version += 1
    draft.updated_by, draft.updated_at = by, now()
    draft.save()
    draft.document.subject = subject.strip()[:500]
    draft.document.signer, draft.document.signer_post = draft.signer, draft.post
    draft.document.save()
    return draft
