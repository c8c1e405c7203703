"""What petitions register with the apps below at start-up."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.accounts.roles import all_roles
from khue.core import navigation
from khue.core.navigation import Item
from khue.directory import endings
from khue.documents import additions, readings
from khue.documents.additions import Addition
from khue.documents.models import Document
from khue.documents.rules.directive_words import field_label
from khue.flow import demands
from khue.journal import sentences
from khue.language.extract import Extraction
from khue.matching import sources
from khue.matching.sources import Record, Source
from khue.petitions import guards  # noqa: F401 - registers itself
from khue.petitions.actions import columns  # noqa: F401 - registers its effects
from khue.petitions.actions.handing_over import hand_over_ended
from khue.petitions.actions.reading import keep
from khue.petitions.models import Petition, Reading
from khue.petitions.rules.found import may_take
from khue.petitions.rules.petitions import SEE, found_by, visible_to

STEPS = ("sent", "in-review", "asked-back", "answered", "declined", "withdrawn")


def register() -> None:
    """Called once, when the app starts."""
    demands.register("petition", *(f"step:{step}" for step in STEPS), "form:answer", "form:pass-on")
    demands.register("petition", "provision:answer-within")
    readings.register(read_in)
    additions.register(beside_directives)
    additions.register_way(way_to_list)
    endings.register(hand_over_ended)
    label = _("Difficulties, requests")
    sources.register(Source("petition", label, records, found_by, icon="message-report", order=35, alike=False))
    seeing = frozenset(role.name for role in all_roles().values() if role.allows(SEE))
    navigation.register(Item("petitions", label, "petitions:petitions", "message-report", seeing, 34, navigation.ASKED))
    sentences.register(SENTENCES)


def read_in(document: Document, read: Extraction) -> None:
    """Keep what the reader found when the text of a document was taken."""
    keep(document, read.petitions)


def beside_directives(document: Document, user: User) -> Addition | None:
    """The part of a document's confirm page that shows what was voiced in it; nothing where nothing was."""
    if may_take(user, document) is not None:
        return None
    reading = Reading.objects.filter(document=document).first()
    count = reading.passages.filter(petitions=None, left_out_by=None).count() if reading is not None else 0
    if reading is not None and not reading.passages.exists():
        return None
    label = _("Difficulties, requests: %(count)s") % {"count": count} if count else _("Difficulties, requests")
    return Addition("petitions", label, reverse("petitions:found", args=[document.pk]))


def way_to_list(document: Document, user: User) -> Addition | None:
    """From what came of a document to the petitions that were voiced in it, those that the person sees."""
    count = visible_to(user).filter(document=document).count()
    label = _("Difficulties, requests: %(count)s") % {"count": count}
    address = f"{reverse('petitions:petitions')}?state=all&document={document.pk}"
    return Addition("petitions", label, address) if count else None


def records(pks: Collection[int] | None) -> Iterable[Record]:
    """What search knows of petitions: those that were not withdrawn."""
    rows = Petition.objects.exclude(state=Petition.State.WITHDRAWN).select_related("recipient").order_by("pk")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).iterator(chunk_size=1000):
        yield Record(
            pk=one.pk, title=one.title, url=one.get_absolute_url(), summary=f"{one.text} {one.answer}", host=one.voice,
            year=one.year, field=field_label(one.field), sign=one.code,
            detail=f"{one.code} · {one.voice} · {one.get_state_display()}",
        )  # fmt: skip


SENTENCES = {
    "document.petitions-taken": _("%(actor)s took %(count)s difficulties and requests into the register"),
}
