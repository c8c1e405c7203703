"""Extraction of directives: scores on annotated documents, and speed beside underthesea on the same text.

    python bench/extract.py [--small]

Real documents are taken from `$KHUE_DATA` or a `shared/data` folder beside the repository, where there is one; the
invented corpus of the repository is always measured. The last line on standard output is one JSON object.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from khue.language.extract import extract
from khue.language.measure import load, measure
from khue.language.source import SourceText

ROOT = Path(__file__).resolve().parent.parent
INVENTED = ROOT / "khue" / "language" / "tests" / "corpus"
LIMITS = {
    "citations_f1": 0.98,
    "directives_f1": 0.85,
    "lead_right": 0.9,
    "deadline_right": 0.9,
    "petitions_f1": 0.75,
    "chars_per_minute": 6_000_000,
    "times_word_tokenize": 1.0,
}


def real_documents() -> Path | None:
    """The folder of annotated real documents, where this machine has one."""
    named = [Path(os.environ["KHUE_DATA"])] if "KHUE_DATA" in os.environ else []
    for base in (*named, *(parent / "shared" / "data" for parent in ROOT.parents)):
        if (base / "directives").is_dir():
            return base / "directives"
    return None


def speed(read: Callable[[str], object], texts: list[str], rounds: int) -> float:
    """Characters a minute on one core: the median of several rounds."""
    length = sum(map(len, texts))
    figures = []
    for _ in range(rounds):
        begun = time.process_time()
        for text in texts:
            read(text)
        figures.append(60 * length / max(time.process_time() - begun, 1e-9))
    return statistics.median(figures)


def peers() -> Iterator[tuple[str, Callable[[str], object], int]]:
    """What others offer for the same text, with the characters that a round may take."""
    try:
        from underthesea import ner, word_tokenize
    except ImportError:
        print("underthesea is not installed (make setup-bench); its speed is left out")
        return
    yield "underthesea.word_tokenize", word_tokenize, 60_000
    yield "underthesea.ner", ner, 4_000


def speeds(texts: list[str], rounds: int) -> dict[str, float]:
    found = {"khue": speed(lambda text: extract(SourceText(text, (), "txt")), texts, rounds)}
    for name, read, budget in peers():
        part: list[str] = []
        for text in texts:
            room = budget - sum(map(len, part))
            part += [text[:room]] if room > 0 else []
        try:
            read(part[0][:200])
            found[name] = speed(read, part, max(rounds // 2, 1))
        except Exception as error:  # noqa: BLE001  a peer that cannot run here is reported, not fatal
            print(f"{name} does not run here: {type(error).__name__}: {error}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="ends within a minute on two cores")
    small = parser.parse_args().small
    results: dict[str, Any] = {"invented": measure(load(INVENTED)).as_json()}
    texts = [text for _, text, _ in load(INVENTED)]
    folder = real_documents()
    if folder is None:
        print("No real documents here (KHUE_DATA, or shared/data beside the repository): the invented ones stand in.")
    else:
        results["real"] = measure(load(folder)).as_json()
        texts += [text for _, text, _ in load(folder)]
    figures = speeds(texts * (4 if small else 20), 3 if small else 7)
    results["chars_per_minute"] = {name: round(figure) for name, figure in figures.items()}
    values = {**results.get("real", results["invented"]), "chars_per_minute": round(figures["khue"])}
    if peer := figures.get("underthesea.word_tokenize"):
        values["times_word_tokenize"] = round(figures["khue"] / peer, 2)
    report(results, values)


def report(results: dict[str, Any], values: dict[str, float]) -> None:
    targets = {
        name: {"value": values[name], "limit": limit, "met": values[name] >= limit}
        for name, limit in LIMITS.items()
        if name in values
    }
    for name, target in targets.items():
        print(f"{name:22} {target['value']:>14,} (≥ {target['limit']:,}) {'met' if target['met'] else 'NOT MET'}")
    machine = {"cores": os.cpu_count()}
    print(json.dumps({"bench": "extract", "machine": machine, "results": results, "targets": targets}))


if __name__ == "__main__":
    main()
