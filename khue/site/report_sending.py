"""How a composed report becomes an outgoing document. Documents and indicators are strangers; the site knows both."""

from collections.abc import Collection

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.asked import key
from khue.core.refusals import Refusal, Refused, require
from khue.core.river import RiverItem
from khue.directory.letterhead import letterhead
from khue.documents import origins
from khue.documents.actions.drafts import compose, relate, save_draft
from khue.documents.models import Citation, Document, Draft
from khue.documents.rules.composing import may_edit
from khue.files.actions import add_version, attach
from khue.files.models import File
from khue.indicators import sending
from khue.indicators.rules.composing import visible_to
from khue.indicators.sending import Outgoing, Sent

PAPERS = {"state": "report", "party": "party-report"}
"""Layout -> the kind of paper in `processes/documents.toml`."""


def register() -> None:
    """Called once, when the app starts."""
    sending.register(hand_over, states)
    origins.register(report_behind)


def report_behind(dossier: str, user: User) -> RiverItem | None:
    """The composed report that a document was made from."""
    found = visible_to(user).filter(document=dossier).first()
    return RiverItem(_("Made from the composed report"), found.subject, found.get_absolute_url()) if found else None


@transaction.atomic
def hand_over(paper: Outgoing, dossier: str, version: int, by: User) -> Sent:
    """Begin a draft of the report, or write the report anew into the draft that it began. Raises Refused:
    `draft-changed` when somebody changed the draft itself meanwhile, and what documents say."""
    document = _known(dossier)
    if document is None:
        document = compose(unit=paper.unit, by=by, paper=PAPERS[paper.layout], subject=paper.title)
        version = document.draft.version
        if (former := _known(paper.corrects)) is not None:
            relate(document, former, Citation.Kind.CORRECTION, by=by)
    require(may_edit(by, document))
    if document.draft.version != version:
        sentence = _("The text of the document was changed there after it was handed over; go on writing there.")
        raise Refused(Refusal("draft-changed", sentence))
    for name, png in paper.pictures.items():
        _put_picture(document, name, png, by)
    content = {"body": paper.body, **_beginning(document.draft, paper)}
    save_draft(document, by=by, seen=version, subject=paper.title, content=content)
    return states([document.dossier])[document.dossier]


def _known(dossier: str) -> Document | None:
    kind, _colon, pk = dossier.partition(":")
    rows = Document.objects.select_related("unit", "draft")
    return rows.filter(pk=key(pk)).first() if kind == "document" else None


def _beginning(draft: Draft, paper: Outgoing) -> dict[str, str]:
    """What a new draft lacks and the report knows."""
    head = letterhead(paper.unit)
    wanted = {"addressees": paper.addressee, "place": head.place, "copies_to": "Như trên" if paper.addressee else ""}
    if not (draft.post or draft.signer):
        wanted |= {"post": head.post, "authority": head.authority, "on_behalf": head.on_behalf}
    return {name: value for name, value in wanted.items() if not getattr(draft, name)}


def _put_picture(document: Document, name: str, png: bytes, by: User) -> None:
    """A chart of the report as a file of the document; the text names it by its title."""
    upload = ContentFile(png, name=f"{name}.png")
    kept = File.objects.filter(dossier_kind="document", dossier_id=document.pk, title=name, removed_at=None).first()
    if kept is None:
        attach(upload, dossier=document.dossier, by=by, title=name)
    else:
        add_version(kept, upload, by=by)


def states(dossiers: Collection[str]) -> dict[str, Sent]:
    """What became of these documents: one query."""
    numbers = [dossier.partition(":")[2] for dossier in dossiers if dossier.startswith("document:")]
    rows = Document.objects.filter(pk__in=numbers).select_related("draft", "signed_copy")
    return {row.dossier: _state(row) for row in rows}


def _state(document: Document) -> Sent:
    draft = getattr(document, "draft", None)
    return Sent(
        dossier=document.dossier, url=document.get_absolute_url(), label=document.sign or document.subject,
        version=draft.version if draft else 0, signed=hasattr(document, "signed_copy"),
        issued=document.issued_at is not None,
    )  # fmt: skip
