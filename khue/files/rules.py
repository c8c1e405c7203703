"""Which files may be taken in, and who may see them. Each kind of dossier says who sees its files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal
from khue.files.models import File, Version

ACCEPTED = frozenset(
    {"docx", "doc", "odt", "pdf", "html", "txt", "rtf", "xlsx", "xls", "ods", "pptx", "odp", "jpeg", "png", "tiff"}
)
"""Names of kinds (`khue.language.reading.KINDS`) that count as documents."""
SHOWN = frozenset({"pdf", "jpeg", "png"})
"""Kinds that a browser may show in place; everything else is only saved."""

Visible = Callable[[User], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """Who sees files of a kind of dossier: both functions give the dossiers for which a user may."""

    ordinary: Visible
    restricted: Visible


_kinds: dict[str, _Seen] = {}


def register(kind: str, visible: Visible, *, restricted: Visible) -> None:
    """Say who sees the files of dossiers of `kind`; called when the app that owns the dossiers starts."""
    _kinds[kind] = _Seen(visible, restricted)


def visible_to(user: User, *kinds: str) -> QuerySet[File]:
    """The files `user` may see, of dossiers of these kinds or of all, as one query; nothing of a kind that nobody
    registered. Who knows the kind names it: the rules of all others make a long question."""
    return _seen_by(user, *kinds).filter(removed_at=None)


def _seen_by(user: User, *kinds: str) -> QuerySet[File]:
    """The same, with those that were taken off."""
    allowed = Q(pk=None)
    for kind, seen in _kinds.items():
        if kinds and kind not in kinds:
            continue
        own = Q(dossier_kind=kind)
        allowed |= own & Q(restricted=False) & _among(seen.ordinary(user))
        allowed |= own & Q(restricted=True) & _among(seen.restricted(user))
    return File.objects.filter(allowed)


def _among(dossiers: QuerySet[Any]) -> Q:
    return Q(Exists(dossiers.filter(pk=OuterRef("dossier_id"))))


def may_read(user: User, version: Version) -> Refusal | None:
    """None if `user` may open the version."""
    if visible_to(user, version.file.dossier_kind).filter(pk=version.file_id).exists():
        return None
    return Refusal("files.not-yours", _("This file belongs to a dossier that you cannot see."))


def disposal_seen_by(user: User, version: Version) -> bool:
    """Whether `user` may know that the content was destroyed and why: who could have read it."""
    file = version.file
    return file.disposed_at is not None and _seen_by(user, file.dossier_kind).filter(pk=file.pk).exists()
