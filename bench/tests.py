"""Wall time of the test suite without browser tests, as somebody waits for it.

    python bench/tests.py [--small]

`--small` runs the tests of the pure language part alone, which need no database. The last line on standard output is
one JSON object; a suite that does not pass breaks the benchmark off, because its time would mean nothing.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 180.0
COUNTED = re.compile(r"(\d+) passed")


def suite(arguments: list[str]) -> tuple[float, int]:
    """Seconds and number of tests passed. Exits when some fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", *arguments]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    passed = COUNTED.search(done.stdout)
    if done.returncode or passed is None:
        raise SystemExit(done.stdout[-3000:] + done.stderr[-2000:])
    return seconds, int(passed[1])


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="the tests of the language part alone")
    small = parser.parse_args().small
    seconds, passed = suite(["khue/language"] if small else ["--ignore=tests/browser"])
    print(f"{passed} tests in {seconds:.0f} s")
    results = {"suite_s": round(seconds, 1), "tests": passed, "part": "language" if small else "all but browser"}
    # The part says nothing about the whole, so a small run measures and judges nothing.
    targets = {} if small else {"suite_s": {"value": results["suite_s"], "limit": LIMIT, "met": seconds <= LIMIT}}
    print(json.dumps({"bench": "tests", "machine": {"cores": os.cpu_count()}, "results": results, "targets": targets}))


if __name__ == "__main__":
    main()
