"""How well documents are read: scores of an extraction against gold made by people.

A directive or petition counts as found when at least half of the gold span is overlapped; each prediction answers one
gold at most. Citations must agree in place and canonical sign. Leads and deadlines are judged on matched directives.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from khue.language.extract import Extraction, extract
from khue.language.source import SourceText
from khue.language.spelling import tidy
from khue.language.text import fold, nfc, plain

Gold = dict[str, Any]


@dataclass(slots=True)
class Count:
    """Right answers, answers wanted, answers given."""

    right: int = 0
    wanted: int = 0
    given: int = 0

    def add(self, right: int, wanted: int, given: int) -> None:
        self.right, self.wanted, self.given = self.right + right, self.wanted + wanted, self.given + given

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 when nothing was wanted and nothing given."""
        return 2 * self.right / (self.wanted + self.given) if self.wanted + self.given else 1.0

    @property
    def share(self) -> float:
        """The share of wanted answers that are right."""
        return self.right / self.wanted if self.wanted else 1.0


@dataclass(slots=True)
class Scores:
    """The scores of a set of documents."""

    citations: Count = field(default_factory=Count)
    directives: Count = field(default_factory=Count)
    leads: Count = field(default_factory=Count)
    deadlines: Count = field(default_factory=Count)
    petitions: Count = field(default_factory=Count)

    def as_json(self) -> dict[str, float]:
        return {
            "citations_f1": round(self.citations.f1, 4),
            "directives_f1": round(self.directives.f1, 4),
            "lead_right": round(self.leads.share, 4),
            "deadline_right": round(self.deadlines.share, 4),
            "petitions_f1": round(self.petitions.f1, 4),
        }


def load(folder: Path) -> Iterable[tuple[str, str, Gold]]:
    """Yield name, NFC text and gold of each document of a folder: `x.txt` beside `x.json` or `x.toml`."""
    for path in sorted(folder.glob("*.txt")):
        text = nfc(path.read_text("utf-8"))
        if path.with_suffix(".json").exists():
            yield path.name, text, json.loads(path.with_suffix(".json").read_text("utf-8"))
        elif path.with_suffix(".toml").exists():
            yield path.name, text, _located(text, tomllib.loads(path.with_suffix(".toml").read_text("utf-8")))


def measure(documents: Iterable[tuple[str, str, Gold]], on: date | None = None) -> Scores:
    """Read every document and add up how far the reading agrees with its gold."""
    scores = Scores()
    for _, text, gold in documents:
        compare(scores, extract(SourceText(text, (), "txt"), on), gold)
    return scores


def compare(scores: Scores, found: Extraction, gold: Gold) -> None:
    """Add one document to the scores."""
    wanted = {(one["start"], one["sign"]) for one in gold["citations"]}
    given = {(one.start, one.sign) for one in found.citations}
    scores.citations.add(len(wanted & given), len(wanted), len(given))
    pairs = matched(gold["directives"], [(d.start, d.end) for d in found.directives])
    scores.directives.add(len(pairs), len(gold["directives"]), len(found.directives))
    for wish, index in pairs:
        directive = found.directives[index]
        leads = {named(a["name"]) for a in wish["assignees"] if a["role"] == "lead"}
        scores.leads.add(leads == {named(a.name) for a in directive.assignees if a.role == "lead"}, 1, 1)
        due = (str(directive.due.first or ""), str(directive.due.last or "")) if directive.due else None
        scores.deadlines.add(due == _due(wish.get("due")), 1, 1)
    answered = matched(gold["petitions"], [(p.start, p.end) for p in found.petitions])
    scores.petitions.add(len(answered), len(gold["petitions"]), len(found.petitions))


def named(name: str) -> str:
    """A name by which two ways to write one unit are the same: written out, blind to tones, case and kind of dash."""
    full = fold(tidy(name))
    for short, written in _BODIES.items():
        full = re.sub(rf"\b{short}\b", written, full)
    return re.sub(r"\s*[-–—]\s*", " - ", full)


_BODIES = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "mttq": "mat tran to quoc"}
"""Bodies whose abbreviations names keep."""


def matched(wanted: Sequence[Gold], given: Sequence[tuple[int, int]]) -> list[tuple[Gold, int]]:
    """Pair gold with answers, the best overlap first, where half of the gold or more is overlapped."""
    overlaps = []
    for place, gold in enumerate(wanted):
        length = gold["end"] - gold["start"]
        for index, (start, end) in enumerate(given):
            common = min(gold["end"], end) - max(gold["start"], start)
            if 2 * common >= length > 0:
                overlaps.append((common / length, place, index))
    pairs: list[tuple[Gold, int]] = []
    taken: set[int] = set()
    used: set[int] = set()
    for _, place, index in sorted(overlaps, reverse=True):
        if place not in taken and index not in used:
            taken.add(place)
            used.add(index)
            pairs.append((wanted[place], index))
    return pairs


def _due(wish: Gold | None) -> tuple[str, str] | None:
    return (wish["from"] or "", wish["to"] or "") if wish else None


def _located(text: str, told: Gold) -> Gold:
    """Gold written by passages, turned into gold written by offsets."""
    citations, at = [], 0
    for sign in told["citations"]:
        start = plain(text).index(sign, at)
        citations.append({"start": start, "end": start + len(sign), "sign": sign})
        at = start + len(sign)
    return {
        **told,
        "citations": citations,
        "directives": [_directive(text, one) for one in told.get("directives", [])],
        "petitions": [{**_span(text, one["text"]), "kind": one["kind"]} for one in told.get("petitions", [])],
    }


def _span(text: str, passage: str) -> Gold:
    start = text.index(nfc(passage))
    return {"start": start, "end": start + len(nfc(passage)), "text": passage}


def _directive(text: str, told: Gold) -> Gold:
    leads = [{"name": name, "role": "lead"} for name in told["lead"]]
    support = [{"name": name, "role": "support"} for name in told.get("support", [])]
    due = told.get("due")
    return {
        **_span(text, told["text"]),
        "assignees": leads + support,
        "due": {"from": due[0], "to": due[1]} if due else None,
        "priority": told.get("priority", "normal"),
    }
