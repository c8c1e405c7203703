"""Documents and directives as search and comparison know them."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from khue.documents.models import Directive, Document
from khue.documents.rules import directive as directive_rules
from khue.documents.rules.directive_words import field_label
from khue.documents.rules.visibility import found_by
from khue.matching import sources
from khue.matching.sources import Record, Source

AT_ONCE = 500


def register() -> None:
    """Called once, when the app starts."""
    sources.register(Source("document", _("Documents"), documents, found_by, "file-text", 10, follows="document"))
    asked = directive_rules.found_by
    sources.register(Source("directive", _("Directives"), directives, asked, "checklist", 20, follows="directive"))


def documents(pks: Collection[int] | None) -> Iterator[Record]:
    """Documents by their abstract. Those marked secret are left out: their words are to be found nowhere."""
    rows = Document.objects.filter(secrecy=0).exclude(subject="")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).order_by("pk").iterator(AT_ONCE):
        day = f"{one.issued_on:%d/%m/%Y}" if one.issued_on else ""
        yield Record(
            one.pk, one.subject, one.get_absolute_url(), sign=one.sign, host=one.issuer_name,
            year=one.issued_on.year if one.issued_on else None,
            detail=" · ".join(part for part in (one.sign, one.issuer_name, day) if part),
        )  # fmt: skip


def directives(pks: Collection[int] | None) -> Iterator[Record]:
    """Directives by their words, of documents that are not secret."""
    rows = Directive.objects.filter(document__secrecy=0).select_related("lead", "document")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).order_by("pk").iterator(AT_ONCE):
        yield Record(
            one.pk, one.content, one.get_absolute_url(), host=one.lead.name, field=field_label(one.field),
            sign=one.document.sign, year=one.assigned_on.year, detail=f"{one.lead.name} · {one.document}",
        )  # fmt: skip
