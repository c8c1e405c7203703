"""Whole đồng, as they are written in Việt Nam."""

import re

_WRITTEN = re.compile(r"-?(\d{1,3}(?:\.\d{3})+|\d+)")
_UNITS = re.compile(r"(₫|đồng|vnđ|vnd|đ)$", re.IGNORECASE)


def read_dong(text: str) -> int:
    """`1.250.000.000 ₫`, `1250000000` or `1 250 000 000 đồng` as a whole number.

    Raises ValueError for anything else, also for a fraction of a đồng: `1,5` is never guessed at.
    """
    bare = _UNITS.sub("", text.strip()).strip()
    bare = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?:\D|$))", ".", bare)
    if not _WRITTEN.fullmatch(bare):
        raise ValueError(text)
    return int(bare.replace(".", ""))


def dong(amount: int) -> str:
    """`1250000000` as `1.250.000.000 ₫`."""
    return f"{amount:,}".replace(",", ".") + " ₫"


def short_dong(amount: int) -> str:
    """For tiles: `1250000000` as `1,25 tỷ ₫`; the exact figure belongs on hover and in exports."""
    for size, word in ((1_000_000_000, "tỷ"), (1_000_000, "triệu")):
        if abs(amount) >= size:
            figure = f"{amount / size:,.2f}".rstrip("0").rstrip(".")
            return figure.replace(",", " ").replace(".", ",").replace(" ", ".") + f" {word} ₫"
    return dong(amount)
