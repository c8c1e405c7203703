"""What the papers of site checks, experts and explanations say, by the names of `processes/papers.toml`."""

from datetime import date
from typing import Any

from django.utils.timezone import localtime

from khue.accounts.heads import head_of
from khue.core.clock import today
from khue.directory.models import Post, valid_on
from khue.missions.models import Application, ExpertOpinion, Selection, SiteCheck
from khue.missions.rules.select.reviewing import EXPLAINED


def _subject(application: Application) -> dict[str, Any]:
    return {"title": application.plan.name, "lead": application.lead.name,
            "investigator": str(application.investigator or "")}  # fmt: skip


def visit_day(check: SiteCheck) -> date:
    """When the place was looked at; before that, when the group means to go there."""
    return check.visited_on or check.visits_on


def site_words(check: SiteCheck) -> dict[str, Any]:
    """The minutes of a visit (B2-9), or the paper to take along before it."""
    names = [f"{one} (tổ trưởng)" if one.pk == check.leader_id else str(one) for one in check.members.all()]
    return {
        "subject": _subject(check.application),
        "host": {"head": head_of(check.application.lead, visit_day(check)).name},
        "site": {
            "sign": check.decision_sign, "members": ", ".join(names), "visited_on": visit_day(check),
            "leader": str(check.leader),
            "place": check.place, "findings": check.findings or "……", "conclusion": check.conclusion or "……",
        },
    }  # fmt: skip


def expert_words(opinion: ExpertOpinion) -> dict[str, Any]:
    """The report of an independent expert."""
    post = Post.objects.filter(valid_on(today()), person=opinion.person).select_related("unit").first()
    return {
        "subject": _subject(opinion.application),
        "expert": {
            "name": str(opinion.person), "unit": post.unit.name if post else "", "question": opinion.question,
            "opinion": opinion.text or "……", "conclusion": str(opinion.get_conclusion_display()) or "……",
            "given_on": localtime(opinion.given_at).date() if opinion.given_at else "……",
        },
    }  # fmt: skip


def explanation_words(selection: Selection, paper: str) -> dict[str, Any]:
    """How the winner answered the remarks, row by row."""
    step = next(step for step, name in EXPLAINED.items() if name == paper)
    rows = selection.explained.get(step, {}).get("changes") or []
    changes = [{"number": n, "remark": row.get("remark", ""), "answer": row.get("answer", "")}
               for n, row in enumerate(rows, 1)]  # fmt: skip
    return {"changes": changes}
