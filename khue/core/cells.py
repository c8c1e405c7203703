"""What a cell of a sheet means: text, whole numbers, days, words out of a closed list."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from khue.core.days import mistyped
from khue.language.text import fold, nfc

Parse = Callable[[Any], Any]
"""Turns a cell into a value; raises ValueError with a plain sentence."""
SEPARATOR = ";"
"""Between the items of a cell that holds several."""
MOST_NUMBER = 10**18


def text(cell: Any) -> str:
    """A cell as NFC text; whole numbers lose the `.0` that Excel gives them."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(nfc(str(cell)).split())


def shown(cell: Any) -> str:
    """A cell as it is named in a sentence, the way people here write it: `3,5`, `24/11/2026`."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if not isinstance(cell, int | float) or isinstance(cell, bool):
        return text(cell)
    plain = format(Decimal(str(cell)), "f") if abs(cell) < MOST_NUMBER else f"{cell:g}"
    return (plain.rstrip("0").rstrip(".") if "." in plain and "e" not in plain else plain).replace(".", ",")


def short(longest: int) -> Parse:
    """Text of at most `longest` characters, which is what the table behind it holds."""

    def parse(cell: Any) -> str:
        found = text(cell)
        if len(found) > longest:
            sentence = _("This has %(count)s characters; at most %(most)s fit here.")
            raise ValueError(sentence % {"count": len(found), "most": longest})
        return found

    return parse


def items(cell: Any) -> tuple[str, ...]:
    """The items of a cell that holds several, between semicolons."""
    return tuple(item for part in text(cell).split(SEPARATOR) if (item := part.strip()))


def whole(cell: Any) -> int:
    """A whole number. In text a dot or comma is accepted only as a thousands separator, and only one kind of it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if float(cell).is_integer():
            return int(cell)
        raise ValueError(_("“%(cell)s” is not a whole number.") % {"cell": shown(cell)})
    plain = text(cell)
    for separator in (".", ",", " "):
        parts = plain.lstrip("-").split(separator)
        if all(part.isdigit() for part in parts) and all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3:
            return int(plain.replace(separator, ""))
    if plain.lstrip("-").isdigit():
        return int(plain)
    raise ValueError(_("“%(cell)s” is not a whole number.") % {"cell": shown(cell)})


def number(decimals: int) -> Parse:
    """A number with at most `decimals` places, written as people here do: `1.234,5`; also `1234.5`.

    One dot or comma before exactly three digits may mean a thousand or a fraction: with no places it is a thousand
    where it is a dot, as people here write; every other one is asked about instead of guessed.
    """

    def parse(cell: Any) -> Decimal:
        found = Decimal(str(cell)) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
        found = _written(text(cell), decimals) if found is None else found
        if not found.is_finite() or abs(found) >= MOST_NUMBER:
            raise ValueError(_("“%(cell)s” is too large.") % {"cell": shown(cell)})
        if found != round(found, decimals):
            if not decimals:
                raise ValueError(_("“%(cell)s” is not a whole number.") % {"cell": shown(cell)})
            sentence = _("“%(cell)s” has more than %(most)s digits after the comma.")
            raise ValueError(sentence % {"cell": shown(cell), "most": decimals})
        return found

    return parse


_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:(?P<sign>[., ])[0-9]{3})(?:(?P=sign)[0-9]{3})*(?:(?!(?P=sign))[.,][0-9]+)?")
_ONE_GROUP = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


def _written(plain: str, decimals: int) -> Decimal:
    if _ONE_GROUP.fullmatch(plain) and not (plain[-4] == "." and decimals == 0):
        joined, dotted = plain.replace(".", "").replace(",", ""), plain.replace(",", ".")
        sentence = _(
            "“%(cell)s” can mean %(thousand)s or %(fraction)s; write %(thousand)s, or the number without zeros."
        )
        fraction = format(Decimal(dotted).normalize(), "f").replace(".", ",")
        raise ValueError(sentence % {"cell": plain, "thousand": joined, "fraction": fraction})
    if found := _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(found["sign"], "").replace(",", "."))
    if _PLAIN_NUMBER.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    raise ValueError(_("“%(cell)s” is not a number.") % {"cell": plain})


def between(least: int, most: int) -> Parse:
    """A whole number from `least` to `most`."""

    def parse(cell: Any) -> int:
        number = whole(cell)
        if not least <= number <= most:
            sentence = _("Write a whole number from %(least)s to %(most)s.")
            raise ValueError(sentence % {"least": least, "most": most})
        return number

    return parse


def day(cell: Any) -> date:
    """A date of a year that somebody can mean: an Excel date, or text as dd/mm/yyyy."""
    found = _calendar_day(cell)
    if found is None:
        raise ValueError(_("“%(cell)s” is not a date; write it as dd/mm/yyyy.") % {"cell": shown(cell)})
    if sentence := mistyped(found):
        raise ValueError(sentence)
    return found


def _calendar_day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for pattern in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text(cell), pattern).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def spoken(label: object) -> list[str]:
    """`label` in every language of the site, so that a sheet written in one is read in all."""
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.append(str(label))
    return list(dict.fromkeys(found))


def choice(choices: "Callable[[], Iterable[tuple[Any, object]]]") -> Parse:
    """One of `choices` (pairs of value and label, asked for when a cell is read), by value or label, accent-blind."""
    known: dict[str, Any] = {}
    labels: list[str] = []

    def parse(cell: Any) -> Any:
        if not known:
            for value, label in choices():
                labels.append(spoken(label)[0])
                known.update({fold(word): value for word in (str(value), *spoken(label))})
        wanted = fold(text(cell))
        if wanted in known:
            return known[wanted]
        sentence = _("“%(cell)s” is none of: %(labels)s.")
        raise ValueError(sentence % {"cell": shown(cell), "labels": ", ".join(labels)})

    return parse
