"""Papers of the shelf as Word: filled with what is known, under the form code of their generation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from khue.accounts.heads import head_of
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
    signed: str = "",
    issued_on: date | None = None,
    place: str = "",
    addressees: Sequence[str] = (),
    recipients: Sequence[str] = (),
) -> bytes:
    """The paper `name` of `version` as .docx, filled with `context` (names of `processes/papers.toml`; `department`
    and `today` are known already). `signed` is number and sign as they were given, `1506/QĐ-UBND`: then the paper is
    of the body whose sign it is.

    Decisions, notices and letters leave room for the number and bear the signature of `host`; forms bear their code
    and are signed where their text says. A letter tells whom it goes to as above.
    Raises KeyError when the version has no such paper.
    """
    paper = version.definition.papers[name]
    known = {"today": today(), "year": today().year, "department": department(host), **context}
    number, sign = _number(paper, host, number, signed)
    body = issuer(host, signed)
    return official(
        OfficialPaper(
            layout=paper.layout,
            parent_body=body.parent.name if body.parent else "",
            body=body.name,
            number=number,
            sign=sign,
            place=place or place_of(host) or GAP,
            issued_on=issued_on or (None if sign else today()),
            type_name=paper.type_name,
            subject=subject or ("" if paper.type_name else _about(paper)),
            blocks=blocks(fill(paper, known)),
            addressees=addressees,
            signature=signature if sign and (signature.name or signature.post) else _blank(sign),
            recipients=recipients or ([_("As above")] if addressees else []),
            form_code=paper.code,
        )
    )


def _about(paper: PaperForm) -> str:
    """What a letter is about, as it goes on after "V/v"."""
    about = str(paper.label.vi).removeprefix("Công văn ")
    return about[:1].lower() + about[1:]


def _number(paper: PaperForm, host: Unit, number: str, signed: str) -> tuple[str, str]:
    """Number and sign, for the head of the paper; forms have none."""
    if _is_form(paper):
        return "", ""
    given, slash, sign = signed.partition("/")
    return (given, sign) if slash else (number, _sign(paper, host))


def issuer(host: Unit, signed: str) -> Unit:
    """Whose number and sign it is: the authority above `host` where it bears that one's abbreviation."""
    above = host.parent
    bears = signed.replace("/", "-").split("-")[-1]
    return above if above is not None and above.abbreviation and bears == above.abbreviation else host


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
    head = head_of(host)
    return {
        "name": host.name, "authority": host.parent.name if host.parent else host.name, "head": head.name,
        "post": head.post,
        "address": str(host.place) if host.place else "",
    }  # fmt: skip


def response(data: bytes, title: str) -> HttpResponse:
    """The Word file as a download, named after `title`."""
    answer = HttpResponse(data, content_type=WORD)
    name = slugify(fold(title))[:80] or "van-ban"
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer
