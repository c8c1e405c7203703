"""Tables of the petitions app, one file a noun."""

from khue.petitions.models.found import Reading, Voiced
from khue.petitions.models.petition import Petition

__all__ = ["Petition", "Reading", "Voiced"]
