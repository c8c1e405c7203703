"""Tables of the documents app, one file a noun."""

from khue.documents.models.citation import Citation, CitationProposal
from khue.documents.models.directive import Directive, DirectiveUnit, Extension, Recurrence, Reminder, Report
from khue.documents.models.document import Document
from khue.documents.models.extraction import Extraction, ExtractionChange, Proposal, ProposalUnit
from khue.documents.models.recipient import Acknowledgement, Recipient
from khue.documents.models.series import NumberSeries, ReservedNumber
from khue.documents.models.words import Direction, Family, Reading, Secrecy, Urgency

__all__ = [
    "Acknowledgement",
    "Citation",
    "CitationProposal",
    "Direction",
    "Directive",
    "DirectiveUnit",
    "Document",
    "Extension",
    "Extraction",
    "ExtractionChange",
    "Family",
    "NumberSeries",
    "Proposal",
    "ProposalUnit",
    "Reading",
    "Recipient",
    "Recurrence",
    "Reminder",
    "Report",
    "ReservedNumber",
    "Secrecy",
    "Urgency",
]
