"""What may be seen and done, one file a noun."""

from khue.documents.rules.registering import may_register
from khue.documents.rules.visibility import may_see, visible_to

__all__ = ["may_register", "may_see", "visible_to"]
