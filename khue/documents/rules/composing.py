"""Who writes, comments and signs; and what a draft still lacks."""

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import may_in, units_where
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.documents.models import Direction, Document, Draft
from khue.documents.rules.shelf import papers
from khue.documents.rules.visibility import is_inside, may_see


def organisations(by: User) -> set[int]:
    """The organisations whose documents the person writes: those of the person's units, above any division."""
    own = Unit.objects.filter(pk__in=units_where(by, "document:draft", "document:register"))
    ways = [[int(step) for step in path.strip("/").split("/")] for path in own.values_list("path", flat=True)]
    bodies = set(
        Unit.objects.filter(pk__in={step for way in ways for step in way})
        .exclude(kind=Unit.Kind.DIVISION)
        .values_list("pk", flat=True)
    )
    return {max((step for step in way if step in bodies), key=way.index) for way in ways if bodies.intersection(way)}


def may_compose(by: User, unit: Unit) -> Refusal | None:
    """Officers, heads and clerks write documents of their own organisation."""
    if unit.pk in organisations(by):
        return None
    return Refusal("drafts-not-yours", _("You do not write documents of %(unit)s.") % {"unit": unit.name})


def may_edit(by: User, document: Document) -> Refusal | None:
    """A draft is changed until it is signed; afterwards it stays as it was signed."""
    if document.direction == Direction.IN:
        return Refusal("not-outgoing", _("Only outgoing documents are composed here."))
    if document.issued_at is not None or hasattr(document, "signed_copy"):
        return Refusal(
            "draft-signed", _("The document is signed. Take the signed copy away first, or write a correction.")
        )
    return may_compose(by, document.unit) or may_see(by, document)


def may_comment(by: User, document: Document) -> Refusal | None:
    """Whoever may see a draft may say something about it, until it is issued."""
    if document.issued_at is not None:
        return Refusal("document-issued", _("The document is issued; comments are closed."))
    if not is_inside(by, document):
        return Refusal(
            "document-not-yours", _("Only people of %(unit)s comment on its drafts.") % {"unit": document.unit}
        )
    return may_see(by, document)


def may_sign(by: User, document: Document) -> Refusal | None:
    """The signed copy is attached by the clerk or by somebody who signs."""
    if document.issued_at is not None:
        return Refusal("document-issued", _("The document is issued already."))
    if may_in(by, document.unit_id, "document:sign", "document:number"):
        return may_see(by, document)
    return Refusal("signing-not-yours", _("Only the clerk or the one who signs attaches the signed copy."))


def lacks(draft: Draft) -> list[str]:
    """What is missing before it can be signed, each in words."""
    paper = papers()[draft.paper]
    wanted = {
        _("the abstract"): draft.document.subject,
        _("the text"): draft.body,
        _("the signer"): draft.signer,
        _("the post of the signer"): draft.post,
        _("the place"): draft.place,
    }
    if paper.addressed:
        wanted[_("the addressees (Kính gửi)")] = draft.addressees
    if paper.grounds:
        wanted[_("the bases (căn cứ)")] = draft.basis
    missing = [name for name, value in wanted.items() if not value.strip()]
    if "…" in draft.body:
        missing.append(_("the places still marked …"))
    return missing


def unready(draft: Draft) -> Refusal | None:
    """A refusal that names everything a draft lacks."""
    if missing := lacks(draft):
        return Refusal("draft-unready", _("Still missing: %(parts)s.") % {"parts": ", ".join(missing)})
    open_ones = draft.document.comments.filter(parent=None, resolved_at=None).count()
    if open_ones:
        return Refusal(
            "comments-open",
            _("%(count)d comments are not resolved. Answer or resolve them first.") % {"count": open_ones},
        )
    return None
