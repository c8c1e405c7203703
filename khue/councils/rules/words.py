"""What a council's papers say, by the names of `processes/papers.toml`; nothing of a secret ballot but totals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.councils.counting import Level
from khue.councils.models import Ballot, Council, Opinion, Question, Seat, Subject
from khue.councils.owners import owner_of
from khue.councils.rules.ballots import aspect_label, total
from khue.councils.rules.comments import concluded
from khue.councils.rules.composition import seats_of
from khue.councils.rules.numbers import PASS, POINTS, numbers
from khue.councils.rules.results import rated_by
from khue.councils.rules.session import THERE, lacking
from khue.flow.models import name_of
from khue.flow.shelf.filling import GAP
from khue.flow.shelf.law import cite, unmarked
from khue.flow.shelf.values import HOUSE, ScoreSheet
from khue.flow.shelf.words import label_in

LEVELS = {Level.EXCELLENT: "Xuất sắc", Level.PASSED: "Đạt", Level.FAILED: "Không đạt"}
YES, NO = "Đạt", "Không đạt"
TEAM = {
    "chair": gettext_lazy("Team leader"), "vice-chair": gettext_lazy("Deputy team leader"),
    "secretary": gettext_lazy("Secretary of the team"), "member": gettext_lazy("Member of the team"),
}  # fmt: skip
"""What the offices are called in a team, which has a leader and a deputy."""


def words_of(council: Council, subject: Subject | None = None) -> dict[str, Any]:
    """What every paper of the council may say."""
    seats = seats_of(council)
    told: dict[str, Any] = {
        "council": _council(council, seats),
        "members": [_member(n, s) for n, s in enumerate(seats, 1)],
    }
    told["decision"] = {
        "sign": council.decision_sign, "signed_on": council.decided_on or "", "ground": _ground(council)
    }  # fmt: skip
    every = sorted(council.subjects.all(), key=lambda one: (one.place is None, one.place or 0, one.number))
    about = subject or next(iter(every), None)
    told["questions"] = _questions(council, subject, seats)
    if about is not None:
        known = {one.pk: owner_of(council.kind).words(one.dossier) for one in every}
        shown = {one.pk: _subject(one, seats) for one in ([subject] if subject else every)}
        told |= {"subject": shown[about.pk], "count": count_words(about, seats)}
        told["recommendation"] = about.recommendation
        told["applications"] = [_application(one, known[one.pk].get("subject", {})) for one in every]
        told["subjects"] = [
            {**shown[one.pk], **known[one.pk].get("subject", {}), "count": count_words(one, seats)}
            for one in every
            if one.pk in shown
        ]
        told["council"]["chosen"] = _chosen(told["applications"], every)
        for name, row in known[about.pk].items():
            told[name] = {**told.get(name, {}), **row} if isinstance(row, Mapping) else row
    return told


def _ground(council: Council) -> str:
    """The provision that councils of this kind are formed by."""
    least = numbers(council).provision("members-least")
    return unmarked(cite(least.basis)) if least and least.basis.instrument != HOUSE else "……"


def _chosen(applications: list[dict[str, Any]], subjects: list[Subject]) -> str:
    """Who comes first where subjects compete; dots before the count."""
    first = [row for row in applications if row["rank"] == 1]
    if first:
        names = (f"{row['lead']}, chủ nhiệm {row['investigator']}, {row['score']} điểm" for row in first)
        return "; ".join(names)
    return "không hồ sơ nào" if all(one.counted_at for one in subjects) else "……"


def _points(subject: Subject) -> str:
    """Its points as the count writes them, with both decimals."""
    return f"{subject.score:.2f}".replace(".", ",") if subject.score else ""


def _council(council: Council, seats: list[Seat]) -> dict[str, Any]:
    there = [seat for seat in seats if seat.attendance in THERE]
    absent = [str(seat.person) for seat in seats if seat.attendance not in THERE]
    case = council.case
    keeper = case.parties.select_related("user", "unit").filter(party="secretary").first() if case else None
    clerk = keeper and (keeper.user or keeper.unit)
    return {
        "title": council.title, "kind": council.title, "sign": council.decision_sign,
        "decided_on": council.decided_on or "", "meets_at": council.meets_at or "",
        "mode": str(council.get_mode_display()), "venue": council.venue or "……", "link": council.link or "không",
        "chair": _holder(seats, "chair"), "vice_chair": _holder(seats, "vice-chair"),
        "secretary": _holder(seats, "secretary"), "clerks": name_of(clerk) if clerk else "",
        "members_count": len(seats), **_who_came(council, len(there), absent), "guests": council.guests or "không",
        "discussion": council.discussion or "……", "conclusion": council.conclusion or "……",
        "agreed": "……" if council.agreed is None else council.agreed,
        "dissent": _dissent(council) or "Không có ý kiến bảo lưu.",
    }  # fmt: skip


def _who_came(council: Council, there: int, absent: list[str]) -> dict[str, Any]:
    """Dots until somebody notes who is there."""
    if not any(seat.attendance for seat in council.seats.all()):
        return dict.fromkeys(("present_count", "absent", "quorum"), "……")
    quorum = "đủ" if lacking(council) is None else "chưa đủ"
    return {"present_count": there, "absent": ", ".join(absent) or "không", "quorum": quorum}


def _holder(seats: list[Seat], role: str) -> str:
    return ", ".join(str(seat.person) for seat in seats if seat.role == role)


def _dissent(council: Council) -> str:
    rows = council.dissents.select_related("seat__person")
    return "; ".join(f"{row.seat.person}: {row.text}" for row in rows)


def _member(number: int, seat: Seat) -> dict[str, Any]:
    there = {"present": ("có", "trực tiếp"), "online": ("có", "trực tuyến"), "absent": ("vắng", "")}
    present, note = there.get(seat.attendance, ("", ""))
    return {"number": number, **member_words(seat), "present": present, "note": note}


def member_words(seat: Seat) -> dict[str, str]:
    """A member as the papers name one."""
    unit = seat.unit.name if seat.unit else ""
    role = TEAM.get(seat.role) if numbers(seat.council).is_team else None
    return {"name": str(seat.person), "unit": unit, "role": str(role or seat.get_role_display())}


def _questions(council: Council, subject: Subject | None, seats: list[Seat]) -> list[dict[str, Any]]:
    """What members ask of those who applied, on one subject or on all of them."""
    rows = Question.objects.filter(subject__council=council, seat__in=seats).select_related("seat__person")
    asked = rows if subject is None else rows.filter(subject=subject)
    return [{"number": number, "by": str(row.seat.person), "text": row.text} for number, row in enumerate(asked, 1)]


def _subject(subject: Subject, seats: list[Seat]) -> dict[str, Any]:
    reviewers = [str(row.seat.person) for row in subject.reviewers.select_related("seat__person")]
    absent = {seat.pk for seat in seats if seat.attendance not in THERE}
    rows = subject.opinions.select_related("seat__person").filter(seat__in=absent)
    return {
        "number": subject.number, "title": subject.title, "type": label_in("types", subject.type),
        "lead": "", "investigator": "",
        "outcome": str(subject.get_outcome_display()) if subject.outcome else "", "score": _points(subject),
        "rating": LEVELS[Level(subject.rating)] if subject.rating else "", "reviewers": "; ".join(reviewers) or "……",
        "written_opinions": "; ".join(_written(subject.council, row) for row in rows) or "không có",
    }  # fmt: skip


def _written(council: Council, opinion: Opinion) -> str:
    """What a member who did not come wrote, and what it comes to."""
    told = concluded(council, opinion)
    return f"{opinion.seat.person}: {opinion.text}" + (f" ({told})" if told else "")


def _application(subject: Subject, known: Mapping[str, Any]) -> dict[str, Any]:
    """One of those that compete; `known` is what its owner tells of it."""
    return {
        "rank": subject.place or "", "lead": known.get("lead", subject.title), "score": _points(subject),
        "investigator": known.get("investigator", ""), "budget": known.get("budget", 0),
        "note": _why_there(subject.counted),
    }  # fmt: skip


def count_words(subject: Subject, seats: list[Seat]) -> dict[str, Any]:
    """The count of one subject, without whose ballot is whose."""
    counted = subject.counted
    if not subject.counted_at:
        blank = dict.fromkeys((*COUNTS, *NUMERIC), "")
        return {**blank, "board": _board(seats), "outcome": "……", "note": "không", "rows": []}
    present, cast = counted.get("present", 0), counted.get("ballots", 0)
    told: dict[str, Any] = {
        "board": _board(seats), "issued": present, "returned": cast, "valid": counted.get("valid", cast),
        "invalid": counted.get("dropped", 0), "in_favour": counted.get("yes", 0),
        "against": counted.get("of", 0) - counted.get("yes", 0), "excellent": counted.get("excellent", 0),
        "passed": counted.get("passed", 0), "failed": counted.get("failed", 0),
        "average": counted.get("average", ""), "bonus": counted.get("bonus", "0"), "final": counted.get("final", ""),
        "outcome": _outcome(subject), "note": _why_there(counted) or "không",
        "mean_of_all": counted.get("mean_of_all", ""), "rows": _rows(counted),
    }  # fmt: skip
    return {name: value.replace(".", ",") if name in NUMERIC else value for name, value in told.items()}


def _board(seats: list[Seat]) -> str:
    return ", ".join(str(seat.person) for seat in seats if seat.counts_votes) or "……"


COUNTS = (
    "issued", "returned", "valid", "invalid", "in_favour", "against", "excellent", "passed", "failed",
)  # fmt: skip
NUMERIC = ("average", "bonus", "final", "mean_of_all")
BREAKERS = {
    "state-budget": gettext_lazy("The same points: less state money is asked for"),
    "excellent": gettext_lazy("The same points: an excellent mission in the years looked back"),
    "plan-capacity": gettext_lazy("The same points: points for content, plan and capacity"),
    "tie": gettext_lazy("Equal in everything that breaks a tie: the council decides"),
}


def _why_there(counted: Mapping[str, Any]) -> str:
    """What decided the place of one that has the points of another."""
    return str(counted.get("tie_reason") or BREAKERS.get(counted.get("placed_by", ""), ""))


def _outcome(subject: Subject) -> str:
    if subject.rating:
        return LEVELS[Level(subject.rating)]
    return str(subject.get_outcome_display()) if subject.outcome else "……"


def _rows(counted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row a ballot, in the order of the results."""
    kind = counted.get("kind")
    if kind == POINTS:
        given = [(row["total"].replace(".", ","), not row["dropped"]) for row in counted["totals"]]
    elif kind == PASS:
        given = [("Thực hiện", True)] * counted["yes"] + [("Không thực hiện", True)] * (counted["of"] - counted["yes"])
    else:
        names = (("excellent", "Xuất sắc"), ("passed", "Đạt"), ("failed", "Không đạt"))
        given = [(label, True) for name, label in names for _number in range(counted.get(name, 0))]
    return [
        {"number": n, "name": f"Phiếu số {n}", "value": value, "valid": "hợp lệ" if valid else "không hợp lệ"}
        for n, (value, valid) in enumerate(given, 1)
    ]


def ballot_words(sheet: ScoreSheet, ballot: Ballot) -> dict[str, Any]:
    """What stands on a ballot, for its own member."""
    answers = ballot.answers
    if sheet.kind == "rating":
        overall = LEVELS[rated_by(ballot)] if ballot.cast_at else ""
        return {"rows": _rated(sheet, ballot), "total": "", "outcome": overall, "opinion": ballot.opinion}
    rows = [
        {"number": n, "label": str(one.label.vi), "most": one.most, "value": _said(answers.get(one.name))}
        for n, one in enumerate(sheet.criteria, 1)
    ]
    yes = all(answers.get(one.name) is True for one in sheet.criteria)
    points = sheet.kind == "points"
    return {
        "rows": rows, "total": total(sheet, answers) if points else "", "opinion": ballot.opinion,
        "outcome": "" if points else "Thực hiện" if yes else "Không thực hiện",
    }  # fmt: skip


def comment_words(seat: Seat, subject: Subject) -> dict[str, Any]:
    """What a member wrote about a subject; what the sheet asks stands there to be commented on by hand."""
    sheet = numbers(seat.council).sheet(subject.type)
    written = Opinion.objects.filter(seat=seat, subject=subject).first()
    asked = [str(one.label.vi) for one in sheet.criteria] if sheet else []
    rows = [{"number": n, "label": label, "value": ""} for n, label in enumerate(asked, 1)]
    told = concluded(seat.council, written)
    return {"rows": rows, "opinion": written.text if written else GAP, "outcome": told}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value or "").replace(".", ",")


def _rated(sheet: ScoreSheet, ballot: Ballot) -> list[dict[str, Any]]:
    labels = {one.name: one.label for one in owner_of(ballot.subject.council.kind).products(ballot.subject.dossier)}
    rows = [
        (f"{labels.get(name, name)}: {aspect_label(sheet, aspect)}", LEVELS[Level(level)])
        for name, row in ballot.answers.get("products", {}).items()
        for aspect, level in row.items()
    ]
    if ballot.answers.get("report"):
        rows.append((aspect_label(sheet, "report"), LEVELS[Level(ballot.answers["report"])]))
    return [{"number": n, "label": label, "most": "", "value": value} for n, (label, value) in enumerate(rows, 1)]


def paper_label(council: Council, name: str) -> str:
    """What the paper is called in this generation, with its code."""
    paper = numbers(council).process.papers.get(name)
    if paper is None:
        return _("Paper")
    return f"{paper.label} ({paper.code})" if paper.code else str(paper.label)
