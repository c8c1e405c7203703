"""A move as a page sends it: `move` names it, `comment` has the reasons, its form comes under the move's name."""

from dataclasses import dataclass

from django.http import Http404, QueryDict

from khue.flow.forms import ShelfForm
from khue.flow.models import Case, Data
from khue.flow.shelf.values import Label


@dataclass(frozen=True, slots=True)
class PostedMove:
    """One move with what was typed for it; `forms` is empty where the shelf asks nothing."""

    name: str
    label: Label
    comment: str
    forms: dict[str, ShelfForm]
    """Its form by the name of the move, as a page that is shown again takes it."""

    def is_valid(self) -> bool:
        """Whether all that the shelf asks was answered; if not, the form says what is wrong."""
        return all(form.is_valid() for form in self.forms.values())

    @property
    def data(self) -> Data:
        """The answers of a valid move."""
        return {name: value for form in self.forms.values() for name, value in form.answers.items()}


def posted_move(case: Case, sent: QueryDict) -> PostedMove:
    """What was posted for `case`. Raises Http404 where its version has no such move."""
    process, name = case.definition, sent.get("move", "")
    described = process.moves.get(name)
    if described is None:
        raise Http404
    forms = {name: ShelfForm(process.forms[described.form], sent, prefix=name)} if described.form else {}
    return PostedMove(name, described.label, sent.get("comment", ""), forms)
