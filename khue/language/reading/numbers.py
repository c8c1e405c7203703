"""How a list prints its numbers."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def format_number(number: int, kind: str) -> str:
    """`number` in a numbering format of WordprocessingML (`decimal`, `lowerLetter`, `upperRoman`, …)."""
    if number < 1 or number > 3999:
        return str(number)
    if kind in ("lowerLetter", "upperLetter"):
        # After z a word processor doubles the letter: aa, bb, cc.
        text = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif kind in ("lowerRoman", "upperRoman"):
        text = _roman(number)
    elif kind == "decimalZero":
        return f"{number:02d}"
    else:
        return str(number)
    return text.upper() if kind.startswith("upper") else text


def symbol(text: str) -> str:
    """A bullet as it is seen: characters of symbol fonts, which have no meaning outside them, become a dot."""
    if not text or "\ue000" <= text[0] <= "\uf8ff" or text[0] in "·§Øü":
        return {"\uf02d": "-", "\uf0d8": "➢", "\uf0fc": "✓"}.get(text[:1], "•")
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
