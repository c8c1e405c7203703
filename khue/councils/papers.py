"""Papers of the shelf as Word: filled with what is known, under the form code of their generation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify

from khue.core.clock import today
from khue.directory.letterhead import place_of
from khue.directory.models import Unit
from khue.flow.models import ProcessVersion
from khue.flow.shelf.filling import GAP, fill
from khue.flow.shelf.values import PaperForm
from khue.language.signs import TYPES
from khue.language.text import fold
from khue.office.word import OfficialPaper, Signature, official
from khue.office.word.markup import blocks

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIGNED_INSIDE = "(ký"
"""What stands under the titles of those who sign a form in its own text."""
NOBODY = Signature("", "")


def word(
    version: ProcessVersion,
    name: str,
    context: Mapping[str, Any],
    *,
    host: Unit,
    subject: str = "",
    signature: Signature = NOBODY,
    number: str = "",
    issued_on: date | None = None,
    place: str = "",
    addressees: Sequence[str] = (),
    recipients: Sequence[str] = (),
) -> bytes:
    """The paper `name` of `version` as .docx, filled with `context` (names of `processes/papers.toml`; `department`
    and `today` are known already).

    Decisions, notices and letters leave room for the number and bear the signature of `host`; forms bear their code
    and are signed where their text says. Raises KeyError when the version has no such paper.
    """
    paper = version.definition.papers[name]
    known = {"today": today(), "year": today().year, "department": department(host), **context}
    sign = "" if _is_form(paper) else _sign(paper, host)
    return official(
        OfficialPaper(
            layout=paper.layout,
            parent_body=host.parent.name if host.parent else "",
            body=host.name,
            number=number,
            sign=sign,
            place=place or place_of(host) or GAP,
            issued_on=issued_on or (None if sign else today()),
            type_name=paper.type_name,
            subject=subject or ("" if paper.type_name else str(paper.label.vi).removeprefix("Công văn ")),
            blocks=blocks(fill(paper, known)),
            addressees=addressees,
            signature=signature if sign and (signature.name or signature.post) else _blank(sign),
            recipients=recipients,
            form_code=paper.code,
        )
    )


def _blank(sign: str) -> Signature:
    return Signature("Thủ trưởng cơ quan", "") if sign else NOBODY


def _is_form(paper: PaperForm) -> bool:
    """Whether those who fill it in sign it, so that the body gives it no number."""
    if SIGNED_INSIDE in paper.text:
        return True
    known = {label.upper() for label in TYPES.values()}
    return bool(paper.type_name) and paper.type_name.upper() not in known


def _sign(paper: PaperForm, host: Unit) -> str:
    """What follows the number: `QĐ-SKHCN`; of a letter, `SKHCN`."""
    types = {label.upper(): code for code, label in reversed(TYPES.items())}
    parts = [types.get(paper.type_name.upper(), ""), host.abbreviation]
    return "-".join(part for part in parts if part) or "……"


def department(host: Unit) -> dict[str, str]:
    """The body that issues the papers."""
    return {
        "name": host.name, "authority": host.parent.name if host.parent else host.name, "head": "", "post": "",
        "address": "",
    }  # fmt: skip


def response(data: bytes, title: str) -> HttpResponse:
    """The Word file as a download, named after `title`."""
    answer = HttpResponse(data, content_type=WORD)
    name = slugify(fold(title))[:80] or "van-ban"
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer
