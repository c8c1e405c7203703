"""The refusal of a file, from the table of sentences (`data/refusals.toml`)."""

import tomllib
from importlib.resources import files

from khue.language.source import Unreadable

MEGABYTE = 1024 * 1024
_SENTENCES: dict[str, str] = tomllib.loads((files("khue.language") / "data" / "refusals.toml").read_text("utf-8"))


def refusal(
    code: str, name: str, *, label: str = "", wanted: str = "", suffix: str = "", page: int = 0, size: int = 0,
    limit: int = 0,
) -> Unreadable:  # fmt: skip
    """The refusal of the file `name` for the reason `code` (a key of the table); `size` and `limit` in bytes."""
    told = {"label": label, "wanted": wanted, "suffix": suffix, "page": page, "size": _megabytes(size),
            "limit": _megabytes(limit)}  # fmt: skip
    return Unreadable(code, _SENTENCES[code].format(name=name, **told))


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",")
