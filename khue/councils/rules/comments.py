"""What a member's written comment comes to, as the form of this generation and kind of council offers it."""

from khue.councils.models import Council, Opinion
from khue.councils.rules.numbers import numbers
from khue.flow.shelf.values import Field

ASKED = "proposal"


def comment_paper(council: Council) -> str:
    """The paper on which a member of such a council comments; empty where the version has none."""
    name = "budget-comment" if numbers(council).is_team else "comment"
    return name if name in numbers(council).process.papers else ""


def conclusion_asked(council: Council) -> Field | None:
    """The question for the conclusion, with its choices; None where the version's form of comments asks for none."""
    form = numbers(council).process.forms.get(comment_paper(council))
    return next((one for one in form.fields if one.name == ASKED), None) if form is not None else None


def concluded(council: Council, opinion: Opinion | None) -> str:
    """The conclusion in words; empty where none was asked for when it was written."""
    asked = conclusion_asked(council)
    chosen = asked.choices.get(opinion.proposal) if asked is not None and opinion is not None else None
    return str(chosen or "")
