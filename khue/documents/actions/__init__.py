"""Every write of the documents app, one function a verb, one file a noun."""

from khue.documents.actions.incoming import register_incoming
from khue.documents.actions.numbering import take_number

__all__ = ["register_incoming", "take_number"]
