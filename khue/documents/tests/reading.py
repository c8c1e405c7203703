"""A notice with three instructions, as a document that has been read."""

from datetime import date

from khue.accounts.models import User
from khue.directory.models import Unit
from khue.documents.actions import register_incoming
from khue.documents.models import Document, Extraction, Proposal, ProposalUnit

TEXT = (
    "Giao Sở Tài chính bố trí kinh phí chuyển đổi số; rà soát các dự án công nghệ thông tin trước ngày 30/6/2026.\n"
    "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính xây dựng đề án thuê chuyên gia.\n"
    "Các sở, ban, ngành báo cáo kết quả hằng quý."
)


def document(unit: Unit, by: User, sign: str = "1875-TB/TU") -> Document:
    """A registered Party notice."""
    typed = {"sign": sign, "subject": "Kết luận về chuyển đổi số", "family": "party", "issuer_name": "Thành ủy"}
    return register_incoming(unit=unit, by=by, typed={**typed, "issued_on": date(2026, 3, 2)})


def read(document: Document, text: str = TEXT) -> Extraction:
    """Its text, without any proposal."""
    return Extraction.objects.create(document=document, text=text, state=Extraction.State.READ)


def proposal(extraction: Extraction, words: str, lead: Unit | None = None, **fields: object) -> Proposal:
    """A proposal for the first place of `words`."""
    start = extraction.text.index(words)
    made: Proposal = Proposal.objects.create(
        extraction=extraction, start=start, end=start + len(words), content=words, **fields
    )
    if lead is not None:
        ProposalUnit.objects.create(proposal=made, part="lead", name=lead.name, unit=lead)
    return made
