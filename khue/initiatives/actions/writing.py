"""Writing an application and filing it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.files.actions import attach, remove
from khue.files.models import File
from khue.flow.actions import open_case
from khue.flow.answers import checked
from khue.initiatives.actions.columns import locked, write_authors, write_columns
from khue.initiatives.models import WHOLE, Initiative
from khue.initiatives.rules.application import OF_AUTHORS, PROCESS, faults, form_of
from khue.initiatives.rules.initiatives import WRITE, may_attach, may_edit, may_write, parts_where
from khue.initiatives.rules.rounds import round_for
from khue.journal.actions import record
from khue.matching.actions import changed

LONGEST_TITLE = 300


@transaction.atomic
def begin(*, by: User, unit: Unit | None = None) -> Initiative:
    """A draft that names its writer as the only author, for the writer's own body unless `unit` says another.

    A draft in which nothing was written yet is used again. Raises Refused: `initiative.may-not-write`.
    """
    require(may_write(by))
    part = parts_where(by, WRITE)[0]
    own = Unit.objects.get(pk=part.division_of or part.unit_id)
    draft = Initiative.objects.filter(applicant=by, state=Initiative.State.DRAFT, revision=0).first()
    draft = draft or Initiative(applicant=by)
    draft.unit = unit or own
    row = {"name": by.full_name, "share": f"{WHOLE}", "workplace": own.name, "email": by.email}
    draft.answers = {OF_AUTHORS: [row]}
    draft.save()
    return draft


@transaction.atomic
def save_draft(
    initiative: Initiative,
    *,
    by: User,
    answers: Mapping[str, Any],
    title: str | None = None,
    field: str | None = None,
    unit: Unit | None = None,
    revision: int | None = None,
) -> Initiative:
    """Keep what was written so far; nothing is asked of it yet. With `revision`, what was kept elsewhere meanwhile (in
    another window) is left alone. Raises Refused: `initiative.filed`, `initiative.not-yours`,
    `initiative.kept-meanwhile`, `flow.answer`."""
    draft = locked(initiative.pk)
    require(may_edit(by, draft))
    if revision is not None and revision != draft.revision:
        sentence = _("This draft was changed in another window. Copy what you wrote here, reload the page, put it in.")
        raise Refused(Refusal("initiative.kept-meanwhile", sentence))
    draft.answers = checked(form_of(draft), answers, draft=True)
    if title is not None:
        draft.title = " ".join(title.split())[:LONGEST_TITLE]
    draft.field = draft.field if field is None else field
    if unit is not None and draft.state == Initiative.State.DRAFT:
        draft.unit = unit
    draft.revision += 1
    draft.changed_at = now()
    draft.save()
    return draft


@transaction.atomic
def file_application(initiative: Initiative, *, by: User) -> Initiative:
    """File it with the unit, under the version in force today.

    Raises Refused: `initiative.incomplete` with what is missing or wrong, `initiative.filed`, `initiative.not-yours`.
    """
    draft = locked(initiative.pk)
    require(may_edit(by, draft))
    if draft.state != Initiative.State.DRAFT:
        raise Refused(Refusal("initiative.filed", _("It was filed already; file the corrected application instead.")))
    wrong = faults(draft)
    if wrong:
        raise Refused(Refusal("initiative.incomplete", " ".join(wrong.values())))
    draft.answers = checked(form_of(draft), draft.answers)
    draft.state, draft.submitted_at, draft.changed_at = Initiative.State.SUBMITTED, now(), now()
    draft.round = round_for(draft.unit)
    write_columns(draft)
    draft.save()
    write_authors(draft)
    draft.case = open_case(
        PROCESS, title=draft.title, url=draft.get_absolute_url(), dossier=draft.dossier, by=by,
        parties={"author": by, "unit": draft.unit},
    )  # fmt: skip
    draft.save(update_fields=["case"])
    changed("initiative", draft.pk)
    return draft


@transaction.atomic
def discard(initiative: Initiative, *, by: User) -> None:
    """Drop a draft for good; its files keep their row. Raises Refused: `initiative.filed`, `initiative.not-yours`."""
    draft = locked(initiative.pk)
    require(may_edit(by, draft))
    if draft.state != Initiative.State.DRAFT:
        raise Refused(Refusal("initiative.filed", _("It was filed already; withdraw it on its page instead.")))
    for file in File.objects.filter(dossier_kind="initiative", dossier_id=draft.pk, removed_at=None):
        remove(file, by=by, reason=_("The draft was dropped"))
    record(draft.dossier, "initiative.discarded", by=by, title=draft.title)
    draft.delete()


@transaction.atomic
def add_files(
    initiative: Initiative, uploads: Sequence["DjangoFile[Any]"], *, by: User, confidential: bool = False
) -> list[File]:
    """Attach papers; confidential ones are seen only by authors and those who handle it. Raises Refused:
    `initiative.may-not-attach`, or what the files app refuses."""
    current = locked(initiative.pk)
    require(may_attach(by, current))
    return [attach(upload, dossier=current.dossier, by=by, restricted=confidential) for upload in uploads]


@transaction.atomic
def remove_file(initiative: Initiative, file: File, *, by: User) -> None:
    """Take a paper off while the application is written. Raises Refused: `initiative.filed`, `initiative.not-yours`."""
    require(may_edit(by, locked(initiative.pk)))
    remove(file, by=by, reason=_("Taken off before it was filed"))
