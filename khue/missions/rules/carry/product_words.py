"""What is known of each promised product by now: what was delivered and proved, and where it is in use."""

from collections import defaultdict
from typing import Any

from khue.missions.models import Mission, ProductCheck, ProgressReport, Result, UseReport
from khue.missions.rules.accept.words import plain
from khue.missions.rules.carry.reports import SENT

SAID = ("proof", "place", "effect")
Known = dict[int, dict[str, Any]]
"""Number of a product in the plan -> names of `processes/papers.toml` -> what is known."""


def product_words(mission: Mission, report: ProgressReport | None = None) -> Known:
    """For papers about products, at any step: progress reports tell what is finished and where it is in use by then,
    the file of acceptance what was delivered, results and reports on their use where they went. What is not known has
    no name here, so that the paper leaves room for it."""
    told: Known = defaultdict(dict)
    last = report or mission.reports.filter(state__in=SENT).order_by("-number").first()
    for row in last.products.select_related("product") if last else ():
        told[row.product.number] |= {
            "delivered": plain(row.quantity), **{name: text for name in SAID if (text := getattr(row, name))}
        }  # fmt: skip
    checks = ProductCheck.objects.filter(acceptance__mission=mission).select_related("product", "acceptance")
    for check in checks.order_by("acceptance__attempt"):
        if check.quantity or check.acceptance.submitted_on:
            told[check.product.number]["delivered"] = plain(check.quantity)
        if check.proof:
            told[check.product.number]["proof"] = check.proof
    for result in Result.objects.filter(mission=mission, product__isnull=False).select_related("product"):
        number = result.product.number if result.product else 0
        if result.registration_number and "proof" not in told[number]:
            told[number]["proof"] = f"Giấy chứng nhận đăng ký kết quả số {result.registration_number}"
    for number, places, effects in _uses(mission):
        told[number] |= {name: "; ".join(rows) for name, rows in (("place", places), ("effect", effects)) if rows}
    return dict(told)


def _uses(mission: Mission) -> list[tuple[int, list[str], list[str]]]:
    """Number of a product, where it is used, and to what effect; each said once, the latest last."""
    rows = UseReport.objects.filter(mission=mission, used=True).select_related("result__product", "unit", "place")
    every = [product.number for product in mission.plan.products.all()] if mission.plan else []
    places: dict[int, list[str]] = defaultdict(list)
    effects: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("year", "pk"):
        product = row.result.product if row.result else None
        numbers = [product.number] if product else [] if row.result else every  # of no result: of all of them
        where = ", ".join(str(part) for part in (row.unit, row.place) if part)
        for number in numbers:
            for into, text in ((places, where), (effects, row.effect)):
                if text and text not in into[number]:
                    into[number].append(text)
    return [(number, places[number], effects[number]) for number in sorted({*places, *effects})]
