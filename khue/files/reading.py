"""Reading a version's text, and telling the apps that wait for it."""

import time
from collections.abc import Callable
from dataclasses import astuple

from django.db import transaction
from django.utils.translation import gettext as _

from khue.files import store
from khue.files.models import Version
from khue.language.reading import read_bytes
from khue.language.reading.kind import KINDS
from khue.language.reading.refusals import refusal
from khue.language.source import Line, SourceText, Unreadable

READ = ("text_state", "text", "lines", "pages", "warnings")
WhenRead = Callable[[Version], None]
_waiting: dict[str, WhenRead] = {}


def when_read(kind: str, then: WhenRead) -> None:
    """Have `then` called, in the transaction that saves the text, for each version read of dossiers of `kind`.

    It is called for unreadable versions too, so that a dossier never waits for a text that will not come.
    """
    _waiting[kind] = then


def read_version(version: Version) -> None:
    """Read the text of a version and save it with its lines; what cannot be read keeps the sentence that says why, and
    what was destroyed meanwhile stays without its text."""
    try:
        source = read_bytes(store.load(version.sha256), version.name, progress=_Progress(version.pk))
    except Unreadable as unreadable:
        version.text_state, version.warnings = Version.Text.UNREADABLE, [unreadable.sentence]
    except store.Damaged:
        version.text_state = Version.Text.UNREADABLE
        version.warnings = [_("The content on disk is missing or damaged. Ask the administrator to restore it.")]
    else:
        version.text_state = Version.Text.READ
        version.text = source.text
        version.lines = [astuple(line) for line in source.lines]
        version.pages, version.warnings = source.pages, list(source.warnings)
    with transaction.atomic():
        read = {name: getattr(version, name) for name in READ}
        awaited = Version.objects.filter(pk=version.pk, text_state=Version.Text.WAITING).update(**read)
        if awaited and (then := _waiting.get(version.file.dossier_kind)):
            then(version)


def source_of(version: Version) -> SourceText:
    """The text of a version as it was read."""
    lines = tuple(Line(*fields) for fields in version.lines)
    return SourceText(version.text, lines, version.kind, version.pages, tuple(version.warnings))


def why_unread(version: Version) -> str:
    """Why there is no text of a version and none will come; empty where it was read or is being read."""
    if version.text_state == Version.Text.NONE:
        return refusal("unsupported", version.name, label=KINDS[version.kind].label).sentence
    if version.text_state == Version.Text.UNREADABLE:
        return "; ".join(map(str, version.warnings)) or str(version.get_text_state_display())
    return ""


class _Progress:
    """Writes down how far reading has come, at most once a second."""

    def __init__(self, version_id: int) -> None:
        self.version_id = version_id
        self.told_at = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.told_at >= 1:
            self.told_at = time.monotonic()
            Version.objects.filter(pk=self.version_id).update(read_done=done, read_total=total)
