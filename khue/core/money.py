"""Whole đồng, as they are written in Việt Nam."""


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
