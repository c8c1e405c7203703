"""A draft as an official paper, for the preview and for Word."""

import re
from typing import Any, cast

from khue.directory.letterhead import letterhead
from khue.documents.models import Document, Draft, Family, NumberSeries
from khue.documents.rules.numbering import LETTER, printed_sign
from khue.files import store
from khue.files.models import Version
from khue.language.signs import TYPES
from khue.language.text import fold
from khue.office.word import OfficialPaper, Paragraph, Signature
from khue.office.word.markup import Pictures, annexes, blocks

DECIDING = ("QĐ", "NQ")
URGENCIES = ("normal", "urgent", "very-urgent", "express")


def lines(text: str) -> list[str]:
    """The lines of a field where each line is one name, without marks at their ends."""
    return [line.strip(" \t-+•;.") for line in text.splitlines() if line.strip(" \t-+•;.")]


def official_paper(draft: Draft) -> OfficialPaper:
    """The paper that a draft is, with a gap for the number while it has none."""
    document = draft.document
    party = document.family == Family.PARTY
    bases = [Paragraph(line, basis=True) for line in _bases(draft.basis)]
    head = letterhead(document.unit)
    body, appendices = annexes(draft.body)
    pictures = pictures_of(draft)
    return OfficialPaper(
        layout="party" if party else "state",
        parent_body=head.above,
        body=draft.council_name or head.body,
        number=document.number,
        sign=sign_without_number(draft),
        place=draft.place,
        issued_on=document.issued_on,
        type_name="" if document.type in ("", LETTER) else TYPES.get(document.type, document.type),
        subject=_said_once(document) if document.type in ("", LETTER) else document.subject,
        addressees=lines(draft.addressees),
        blocks=[*_competence(draft, party), *bases, *blocks(body, pictures)],
        signature=Signature(
            post=draft.post,
            name=draft.signer,
            authority=draft.authority,
            on_behalf=cast(Any, draft.on_behalf),
        ),
        recipients=lines(draft.copies_to),
        archive_units=draft.drafting_code,
        urgency=cast(Any, URGENCIES[document.urgency]),
        appendices=[(title, blocks(text, pictures)) for title, text in appendices],
    )


def _said_once(document: Document) -> str:
    """The abstract of a letter without the "Về việc" that many type and the layout prints by itself."""
    return re.sub(r"^(?:về việc|v/v)[\s:]+", "", document.subject, flags=re.IGNORECASE)


def pictures_of(draft: Draft) -> Pictures:
    """The pictures that the draft shows: those of the files attached to its document whose title it names."""
    if "![" not in draft.body:
        return {}
    kept = Version.objects.filter(
        file__dossier_kind="document", file__dossier_id=draft.document_id, file__removed_at=None, kind="png"
    )
    newest = kept.order_by("number").values_list("file__title", "sha256")
    return {title: data for title, digest in newest if (data := _loaded(digest))}


def _loaded(digest: str) -> bytes | None:
    try:
        return store.load(digest)
    except store.Damaged:
        return None


def _competence(draft: Draft, party: bool) -> list[Paragraph]:
    """Who decides, in capitals above the grounds of a state decision (appendix III, form 1.2)."""
    if party or draft.document.type not in DECIDING or not draft.basis.strip():
        return []
    body = draft.council_name or draft.document.unit.name
    post = draft.authority if draft.on_behalf else draft.post
    if draft.on_behalf == "collective" or not post.strip():
        who = body
    else:
        words = post.split()
        doubled = fold(words[-1]) == fold(body.split()[0])  # "Giám đốc Sở" of "Sở …"
        who = " ".join([*(words[:-1] if doubled else words), body])
    return [Paragraph(who.upper(), bold=True, centred=True)]


def _bases(text: str) -> list[str]:
    """Each basis on its own line ending with a semicolon, the last with a full stop (appendix I)."""
    found = lines(text)
    return [f"{line}{'.' if number == len(found) - 1 else ';'}" for number, line in enumerate(found)]


def sign_without_number(draft: Draft) -> str:
    """What stands after the number: `KH-SKHCN`, or `SKHCN-QLKH` of a letter."""
    document = draft.document
    if document.sign:
        return document.sign[len(document.number) + 1 :]
    series = (
        NumberSeries.objects.filter(
            unit=document.unit, direction="out", family=document.family, council=draft.council, secret=False
        )
        .exclude(issuer_code="")
        .order_by("-period")
        .first()
    )
    code = series or NumberSeries(
        family=document.family, council=draft.council, issuer_code=letterhead(document.unit).code
    )
    year = (document.issued_on or draft.updated_at).year
    sign = printed_sign(code, 1, type=document.type, year=year, drafting_code=draft.drafting_code)
    return sign[3:]
