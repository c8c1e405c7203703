"""Whether what stands on a ballot is right, and what it adds up to."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused
from khue.councils.counting import Level
from khue.councils.models import Ballot, Council
from khue.councils.owners import Product
from khue.councils.rules.managing import may_run
from khue.councils.rules.numbers import PASS, POINTS, Numbers, numbers
from khue.flow.shelf.values import Criterion, ScoreSheet

Answers = dict[str, Any]
STEP = Decimal("0.25")
"""Points are given in quarters."""
PER_PRODUCT = ("quality", "kind", "quantity")


def may_read(by: Actor, ballot: Ballot) -> bool:
    """The member, always. Others read an open ballot after the count; a secret one nobody."""
    if isinstance(by, User) and by.person_id == ballot.seat.person_id:
        return True
    council = ballot.subject.council
    counted = council.state in (Council.State.COUNTED, Council.State.CONCLUDED)
    return counted and not numbers(council).secret and may_run(by, council) is None


def checked(sheet: ScoreSheet, given: Mapping[str, Any], *, draft: bool, products: Sequence[Product] = ()) -> Answers:
    """What stands on the sheet as JSON values. In a draft nothing is required yet. Raises Refused (`ballot.…`) that
    names the criterion, what is wrong and what would be right."""
    if sheet.kind == "rating":
        return _ratings(sheet, given, draft, products)
    reader = _points if sheet.kind == "points" else _passed
    unknown = set(given) - {criterion.name for criterion in sheet.criteria}
    if unknown:
        raise Refused(
            Refusal("ballot.unknown", _("«%(name)s» is no criterion of this sheet.") % {"name": min(unknown)})
        )
    answers: Answers = {}
    for criterion in sheet.criteria:
        value = given.get(criterion.name)
        if value in (None, ""):
            if not draft:
                raise Refused(_lacking(str(criterion.label)))
            continue
        answers[criterion.name] = reader(criterion, value)
    return answers


def _lacking(label: str) -> Refusal:
    return Refusal(
        "ballot.incomplete", _("«%(criterion)s» is still empty. Fill it in, then cast.") % {"criterion": label}
    )


def _points(criterion: Criterion, value: Any) -> str:
    try:
        points = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        points = Decimal("NaN")
    if points.is_finite() and 0 <= points <= criterion.most and points % STEP == 0:
        return format(points.normalize(), "f")
    sentence = _("«%(criterion)s»: %(value)s is not possible. Give 0 to %(most)s points, in quarters if need be.")
    told = {"criterion": criterion.label, "value": value, "most": criterion.most}
    raise Refused(Refusal("ballot.points", sentence % told))


def _passed(criterion: Criterion, value: Any) -> bool:
    if value in (True, "true", "1", "passed"):
        return True
    if value in (False, "false", "0", "failed"):
        return False
    raise Refused(_lacking(str(criterion.label)))


def _ratings(sheet: ScoreSheet, given: Mapping[str, Any], draft: bool, products: Sequence[Product]) -> Answers:
    """Levels of each product and of the report."""
    rows = given.get("products") or {}
    answers: Answers = {"products": {}}
    for product in products:
        row = rows.get(product.name) or {}
        levels = {name: _level(row.get(name), f"{product.label} · {aspect_label(sheet, name)}", draft)
                  for name in PER_PRODUCT}  # fmt: skip
        answers["products"][product.name] = {name: level for name, level in levels.items() if level}
    report = _level(given.get("report"), aspect_label(sheet, "report"), draft)
    return answers | ({"report": report} if report else {})


def aspect_label(sheet: ScoreSheet, name: str) -> str:
    """How the sheet of this generation calls an aspect of a product, or the report."""
    labels = {"quality": _("quality"), "kind": _("kind"), "quantity": _("quantity"), "report": _("Final report")}
    known = {criterion.name: str(criterion.label) for criterion in sheet.criteria}
    return known.get(name, labels[name])


def _level(value: Any, label: str, draft: bool) -> str:
    if value in (None, ""):
        if draft:
            return ""
        raise Refused(_lacking(label))
    if value not in set(Level):
        raise Refused(Refusal("ballot.level", _("«%(criterion)s»: choose one of the ratings.") % {"criterion": label}))
    return str(value)


def total(sheet: ScoreSheet, answers: Mapping[str, Any]) -> Decimal:
    """The points on a ballot, drafts too."""
    names = [criterion.name for criterion in sheet.criteria]
    return sum((Decimal(answers[name]) for name in names if name in answers), Decimal(0))


def empty(sheet: ScoreSheet, answers: Mapping[str, Any]) -> bool:
    """Whether nothing stands on it."""
    return not answers or (sheet.kind == "rating" and not any(answers.get("products", {}).values()))


def needs_ballots(rules: Numbers) -> bool:
    """Whether the council decides by ballots, not by common conclusion."""
    return rules.count in (PASS, POINTS) or rules.count == "ratings"
