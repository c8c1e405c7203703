"""What indicators mean from which day on, and what their formulas need."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.indicators.formulas import clauses, flatten
from khue.indicators.models import Dimension, Indicator, IndicatorVersion, Part, Period
from khue.indicators.models.rolling import recounting
from khue.indicators.rules.meanings import formulas_on


def mean(indicator: Indicator, meaning: Mapping[str, object], breakdowns: Iterable[str], *, since: date) -> bool:
    """Let `indicator` mean this from `since` on; nothing happens where it means it already. Whether it changed."""
    wanted = set(breakdowns)
    before = indicator.versions.filter(valid_from__lte=since).order_by("-valid_from").first()
    if before and _same(before, meaning, wanted):
        return False
    after = indicator.versions.filter(valid_from__gt=since).order_by("valid_from").first()
    until = after.valid_from - timedelta(days=1) if after else None
    if before and before.valid_from == since:
        IndicatorVersion.objects.filter(pk=before.pk).update(**meaning)
        version = before
    else:
        if before and (before.valid_to is None or before.valid_to >= since):
            before.valid_to = since - timedelta(days=1)
            before.save(update_fields=["valid_to"])
        version = IndicatorVersion.objects.create(indicator=indicator, valid_from=since, valid_to=until, **meaning)
    version.breakdowns.set(_dimensions(wanted))
    return True


def _same(version: IndicatorVersion, meaning: Mapping[str, object], breakdowns: set[str]) -> bool:
    there = set(version.breakdowns.values_list("code", flat=True)) if version.pk else set()
    told = {name: value for name, value in meaning.items() if name != "house"}
    return all(getattr(version, name) == value for name, value in told.items()) and there == breakdowns


def _dimensions(wanted: set[str]) -> list[Dimension]:
    found = list(Dimension.objects.filter(code__in=wanted))
    if missing := wanted - {one.code for one in found}:
        sentence = _("There is no breakdown “%(code)s”.")
        raise Refused(Refusal("programme.wrong", sentence % {"code": min(missing)}))
    return found


def end(indicator: Indicator, *, on: date) -> None:
    """The indicator is not followed after `on`; what was reported stays."""
    indicator.ended_on = on
    indicator.save(update_fields=["ended_on"])
    indicator.versions.filter(valid_from__gt=on).delete()
    indicator.versions.filter(valid_to=None).update(valid_to=on)


def recalculate() -> list[Indicator]:
    """Connect every formula with the figures it needs on its first day, and sum anew what that changes.

    Returns the formulas that changed. Raises Refused: `formula.cycle`, `formula.unknown-name`, `formula.wrong`.
    """
    codes = {code: pk for pk, code in Indicator.objects.values_list("pk", "code")}
    versions = list(IndicatorVersion.objects.select_related("indicator").prefetch_related("parts"))
    changed = [version for version in versions if version.kind == "formula" and _connect(version, versions, codes)]
    recount({version.indicator_id for version in changed})
    return [version.indicator for version in changed]


def _connect(version: IndicatorVersion, versions: list[IndicatorVersion], codes: Mapping[str, int]) -> bool:
    node = flatten(version.indicator.code, formulas_on(version.valid_from, versions))
    needed = sorted(sorted(clause) for clause in clauses(node))
    wanted = {(number, codes[name]) for number, clause in enumerate(needed, 1) for name in clause}
    if wanted == {(part.clause, part.leaf_id) for part in version.parts.all()}:
        return False
    version.parts.all().delete()
    Part.objects.bulk_create(Part(version=version, clause=number, leaf_id=leaf) for number, leaf in sorted(wanted))
    return True


def recount(formulas: Iterable[int] | None = None) -> None:
    """Sum anew: the formulas with these numbers, or everything. What the triggers keep comes out the same."""
    wanted = None if formulas is None else sorted(set(formulas))
    if wanted == []:
        return
    statements = recounting(only_formulas=wanted is not None)
    with connection.cursor() as cursor:
        for period in Period.objects.values_list("pk", flat=True):
            for statement in statements:
                cursor.execute(statement, {"formulas": wanted, "period": period})
