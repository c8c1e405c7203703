"""Taking files in, opening and removing them."""

from typing import Any, TypeAlias

from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.files import holding, store
from khue.files.models import File, Opening, Version
from khue.files.rules import ACCEPTED, may_read
from khue.journal.actions import record
from khue.language.reading import MAX_SIZE, Kind, Unreadable, check

Upload: TypeAlias = "DjangoFile[Any]"


def checked(upload: Upload) -> tuple[bytes, Kind]:
    """The content and real kind of an upload. Raises `Refused` for what is not a document, too large or harmful."""
    if (upload.size or 0) > MAX_SIZE:
        raise Refused(Refusal("files.too-large", _("The file is over %(limit)d MB.") % {"limit": MAX_SIZE // 2**20}))
    data = upload.read()
    try:
        return data, check(data, upload.name or "", allowed=ACCEPTED)
    except Unreadable as unreadable:
        raise Refused(Refusal(f"files.{unreadable.code}", unreadable.sentence)) from unreadable


@transaction.atomic
def attach(upload: Upload, *, dossier: str, by: Actor, title: str = "", restricted: bool = False) -> File:
    """Attach a new file to a dossier (`kind:number`). Raises `Refused` when the content is not acceptable."""
    data, kind = checked(upload)
    owner, number = dossier.split(":")
    file = File.objects.create(
        dossier_kind=owner,
        dossier_id=int(number),
        title=title or upload.name or kind.label,
        restricted=restricted,
    )
    version = _add(file, upload.name or "", data, kind, by)
    record(dossier, "files.attached", by=by, title=file.title, sha256=version.sha256)
    return file


@transaction.atomic
def add_version(file: File, upload: Upload, *, by: Actor) -> Version:
    """Put a newer content in front of the earlier ones, which stay. Raises `Refused` when the content is not
    acceptable, or the file was taken off its dossier."""
    data, kind = checked(upload)
    file = File.objects.select_for_update().get(pk=file.pk)
    if file.removed_at is not None:
        raise Refused(Refusal("files.removed", _("This file was taken off its dossier; attach the new one by itself.")))
    version = _add(file, upload.name or "", data, kind, by)
    record(file.dossier, "files.version-added", by=by, title=file.title, number=version.number, sha256=version.sha256)
    return version


def _add(file: File, name: str, data: bytes, kind: Kind, by: Actor) -> Version:
    version = Version.objects.create(
        file=file,
        number=file.versions.count() + 1,
        name=name[-250:],
        kind=kind.name,
        media_type=kind.media_type,
        size=len(data),
        sha256=holding.keep(data),
        uploaded_by_id=by.actor_id,
        text_state=Version.Text.WAITING if kind.readable else Version.Text.NONE,
    )
    if kind.readable:
        app.configure_task("files.extract_text").defer(version_id=version.pk)
    return version


@transaction.atomic
def open_version(version: Version, *, by: User) -> bytes:
    """The content, with the opening on record. Raises `Refused` if it is not theirs to see or is damaged on disk."""
    require(may_read(by, version))
    try:
        data = store.load(version.sha256)
    except store.Damaged as damaged:
        sentence = _("The content of “%(name)s” on disk is missing or damaged. Ask the administrator to restore it.")
        raise Refused(Refusal("files.damaged", sentence % {"name": version.name})) from damaged
    Opening.objects.create(version=version, user=by)
    return data


@transaction.atomic
def remove(file: File, *, by: Actor, reason: str) -> File:
    """Take a file off its dossier; one that is off already stays as it was. The row and the content stay for the
    record."""
    file = File.objects.select_for_update().get(pk=file.pk)
    _take_off(file, by, _said(reason))
    return file


@transaction.atomic
def dispose(file: File, *, by: Actor, reason: str) -> File:
    """Destroy the content of a file whose retention ended, or that must not be kept; hash, name and size stay.

    A job of the same transaction clears away what no other file has, also one that was only taken off its dossier.
    """
    file = File.objects.select_for_update().get(pk=file.pk)
    reason = _said(reason)
    if file.disposed_at is not None:
        return file
    _take_off(file, by, reason)
    file.disposed_at, file.removal_reason = now(), reason
    file.save(update_fields=["disposed_at", "removal_reason"])
    hashes: list[JSONValue] = list(file.versions.values_list("sha256", flat=True))
    file.versions.update(text="", lines=[], text_state=Version.Text.NONE)
    record(file.dossier, "files.disposed", by=by, title=file.title, sha256=hashes)
    app.configure_task("files.clear").defer(hashes=hashes)
    return file


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(Refusal("files.reason-missing", _("Say why the file is removed.")))
    return reason.strip()[:250]


def _take_off(file: File, by: Actor, reason: str) -> None:
    if file.removed_at is None:
        file.removed_at, file.removal_reason = now(), reason
        file.save(update_fields=["removed_at", "removal_reason"])
        record(file.dossier, "files.removed", by=by, title=file.title, reason=reason)
