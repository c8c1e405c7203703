"""How long a case file is kept, in the words of its description: “20 năm”, “Vĩnh viễn”, or words a person judges."""

import re
from datetime import date

from khue.language.text import fold

YEARS = re.compile(r"0*([1-9]\d{0,2}) ?(?:nam|years?)")
FOR_GOOD = {"vinh vien", "for good", "permanent", "permanently"}


def years_kept(words: str) -> int | None:
    """The years that the words name; None when they name no period of years and nothing else."""
    told = YEARS.fullmatch(_bare(words))
    return int(told[1]) if told else None


def kept_for_good(words: str) -> bool:
    """Whether the words say that it is never destroyed."""
    return _bare(words) in FOR_GOOD


def kept_until(words: str, ended_on: date | None) -> date | None:
    """The last day of the period, counted from the day of the end; None while or where no day can be told."""
    years = years_kept(words)
    if years is None or ended_on is None:
        return None
    last = ended_on.year + years
    try:
        return ended_on.replace(year=last)
    except ValueError:  # 29 February
        return date(last, 2, 28)


def _bare(words: str) -> str:
    return fold(words).strip(" .,;")
