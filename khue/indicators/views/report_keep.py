"""The report keeps itself: figures that were typed go in, and what colleagues changed comes out."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import refusal_in_json
from khue.core.refusals import Refused, require
from khue.indicators.actions import reporting
from khue.indicators.actions.figures import Conflict, Entry
from khue.indicators.models import Category, Observation, UnitReport
from khue.indicators.rules.checking import findings, told
from khue.indicators.rules.filling import Row, key_of, progress_of, rows_of
from khue.indicators.rules.reports import may_write
from khue.indicators.rules.sheet import Sheet, sheet_of
from khue.indicators.rules.wording import writers_of
from khue.indicators.views.asking import find_report
from khue.indicators.views.typed import checked, whole
from khue.journal.models import Entry as Written

Wrong = list[dict[str, str]]


@require_POST
@refusal_in_json
def report_keep(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what was typed; figures that are no numbers come back in `wrong`, contested ones in `conflicts`."""
    found, user = find_report(request, pk), person(request)
    body = _body(request)
    sheet = sheet_of(found)
    entries, wrong = _entries(body, sheet)
    require(may_write(user, found))
    texts = _texts(body, "now")
    saved = reporting.Saved(found)
    if entries or texts:
        saved = reporting.save_draft(found, entries, texts=texts, was=_texts(body, "was"), by=user)
    return JsonResponse(_answer(saved, wrong, user))


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _entries(body: Mapping[str, Any], sheet: Sheet) -> tuple[list[Entry], Wrong]:
    lines = {key_of(line.key): line for line in sheet.lines}
    entries, wrong = [], []
    for typed in body.get("entries", []):
        line = lines.get(str(typed.get("key"))) if isinstance(typed, dict) else None
        if line is None:
            continue
        try:
            entries.append(checked(line, typed, sheet, seen=whole(str(typed.get("seen", "")))))
        except Refused as refused:
            wrong.append({"key": key_of(line.key), "sentence": str(refused)})
    return entries, wrong


def _texts(body: Mapping[str, Any], part: str) -> dict[str, str]:
    """Texts by name: what they are `now`, or what they `was` when the page showed them."""
    texts = {str(name): told for name, told in dict(body.get("texts") or {}).items() if isinstance(told, dict)}
    return {name: str(told.get(part, "")) for name, told in texts.items()}


def _answer(saved: reporting.Saved, wrong: Wrong, user: User) -> dict[str, Any]:
    found = saved.report
    sheet = sheet_of(found)
    said = findings(sheet, complete=False)
    rows = rows_of(sheet, said)
    return {
        "revision": found.revision,
        "figures": [_figure(row, user) for row in rows if row.line.observation],
        "conflicts": [_conflict(one) for one in saved.conflicts],
        "texts": [_text(found, name, wrote, user) for name, wrote in writers_of(found).items()],
        "contested": saved.contested,
        "findings": [
            {"key": key_of((one.indicator, one.category)), "level": one.level, "sentence": one.sentence} for one in said
        ],
        "wrong": wrong,
        "completeness": render_to_string("indicators/_completeness.html", {"progress": progress_of(rows)}),
    }


def _figure(row: Row, user: User) -> dict[str, Any]:
    there = row.line.observation
    assert there is not None  # noqa: S101 - only rows with a figure are told
    return {
        "key": row.key, "revision": there.revision, "value": row.value, "author": _name(there),
        "mine": there.author_id == user.pk,
    }  # fmt: skip


def _text(found: UnitReport, name: str, wrote: Written, user: User) -> dict[str, Any]:
    mine = wrote.actor_id == user.pk
    return {"name": name, "value": found.texts.get(name, ""), "author": wrote.actor_name, "mine": mine}


def _conflict(one: Conflict) -> dict[str, Any]:
    there, mine = one.there, one.entry.value
    return {
        "key": key_of((there.indicator_id, there.category_id or Category.TOTAL)), "revision": there.revision,
        "author": _name(there),
        "theirs": "" if there.value is None else told(there.value), "mine": "" if mine is None else told(mine),
    }  # fmt: skip


def _name(there: Observation) -> str:
    return there.author.full_name if there.author else _("the system")
