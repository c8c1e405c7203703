"""Tables of the documents app, one file a noun."""

from khue.documents.models.assigning import Assigning
from khue.documents.models.casefile import CaseFile, Filing
from khue.documents.models.citation import Citation, CitationProposal
from khue.documents.models.directive import Directive, DirectiveUnit, Reminder, Report
from khue.documents.models.disposition import Disposition
from khue.documents.models.document import Document
from khue.documents.models.draft import Comment, Draft, DraftVersion
from khue.documents.models.extraction import Extraction, ExtractionChange, Proposal, ProposalUnit
from khue.documents.models.recipient import Acknowledgement, Recipient
from khue.documents.models.series import NumberSeries, ReservedNumber
from khue.documents.models.signature import Signature, SignedCopy
from khue.documents.models.trust import TrustedCertificate
from khue.documents.models.words import Direction, Family, OnBehalf, Reading, Secrecy, Urgency

__all__ = [
    "Acknowledgement",
    "Assigning",
    "CaseFile",
    "Citation",
    "CitationProposal",
    "Comment",
    "Direction",
    "Directive",
    "DirectiveUnit",
    "Disposition",
    "Document",
    "Draft",
    "DraftVersion",
    "Extraction",
    "ExtractionChange",
    "Family",
    "Filing",
    "NumberSeries",
    "OnBehalf",
    "Proposal",
    "ProposalUnit",
    "Reading",
    "Recipient",
    "Reminder",
    "Report",
    "ReservedNumber",
    "Secrecy",
    "Signature",
    "SignedCopy",
    "TrustedCertificate",
    "Urgency",
]
