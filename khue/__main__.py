"""The command `khue`. Commands that need no database are run without loading Django."""

import os
import sys
from collections.abc import Callable


def _pure(name: str) -> Callable[[list[str]], int] | None:
    if name == "extract":
        from khue.language.command import main as extract

        return extract
    if name == "assign":
        from khue.councils.assigning.command import main as assign

        return assign
    if name == "rank":
        from khue.matching.rank.command import main as rank

        return rank
    return None


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 refused with a sentence on stderr, 2 wrong use."""
    arguments = sys.argv[1:] if argv is None else argv
    if len(arguments) == 2 and arguments[0] == "help" and _pure(arguments[1]):
        arguments = [arguments[1], "--help"]
    pure = _pure(arguments[0]) if arguments else None
    if pure is not None:
        return pure(arguments[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
    from khue.config.command import execute

    return execute(arguments)


if __name__ == "__main__":
    sys.exit(main())
