"""Whole đồng, as they are written in Việt Nam."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_WRITTEN = re.compile(r"-?(\d{1,3}(?:\.\d{3})+|\d+)")
MOST = 10**16
"""No single amount of anybody reaches it; many of them still add up in a whole number of the database."""
_UNITS = re.compile(r"(₫|đồng|vnđ|vnd|đ)$", re.IGNORECASE)


def read_dong(text: str) -> int:
    """`1.250.000.000 ₫`, `1250000000` or `1 250 000 000 đồng` as a whole number.

    Raises ValueError for anything else, also for a fraction of a đồng: `1,5` is never guessed at; and from `MOST` on.
    """
    bare = _UNITS.sub("", text.strip()).strip()
    bare = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?:\D|$))", ".", bare)
    if not _WRITTEN.fullmatch(bare):
        raise ValueError(text)
    amount = int(bare.replace(".", ""))
    if abs(amount) >= MOST:
        raise ValueError(text)
    return amount


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


class MoneyField(forms.CharField):
    """Whole đồng, with or without points between thousands."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **more)

    def prepare_value(self, value: Any) -> Any:
        """1250000000 as people write it."""
        return dong(value).removesuffix(" ₫") if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The amount as a whole number; None where nothing is required."""
        written = super().clean(value)
        if not written:
            return None
        try:
            return read_dong(str(written))
        except ValueError:
            sentence = _("«%(written)s» is no amount in whole đồng. Write for example 1.250.000.000.")
            raise ValidationError(sentence % {"written": written}) from None
