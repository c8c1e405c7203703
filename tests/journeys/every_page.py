"""Everything that a person can be told by asking any address, so that a secret can be looked for in it."""

import io
import logging
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from itertools import product
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from khue.accounts.models import User
from khue.language.text import fold
from khue.notices.actions import new_calendar_address

OURS = (
    "accounts", "councils", "directory", "documents", "files", "matching", "missions", "needs", "notices", "petitions",
    "site",
)  # fmt: skip
QUERIES = ("q", "text", "tu-khoa")
"""Names under which lists, search and forms take words."""
_ONLY_POSTED: set[str] = set()
"""Pages known to take forms only: whatever number stands in their address, they tell nobody anything, and are not
asked again."""
Values = Mapping[str, Sequence[object]]
"""What to try for each name in an address: `missions.pk`, or `pk` where no app has its own; and, as `records`, the
addresses of the records that are there."""


def told(user: User, values: Values, words: str, apps: tuple[str, ...] = OURS) -> Iterator[tuple[str, str]]:
    """(address, folded text) of every page, list, sheet, paper, file, search and calendar of `apps` that answers
    `user`; lists and searches are also asked for `words`."""
    client = Client()
    client.force_login(user)
    with _without_a_log():
        for name, address in addresses(values, words, apps):
            if name in _ONLY_POSTED:
                continue
            answer: Any = client.get(address)
            if answer.status_code == HTTPStatus.OK:
                yield address, text_of(answer)
            elif answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                _ONLY_POSTED.add(name)
    if "matching" in apps:
        likeness = client.post(reverse("matching:similar"), {"title": words, "text": words, "summary": words})
        yield "matching:similar", text_of(likeness)
    if "notices" in apps:
        secret = new_calendar_address(by=user).calendar_secret
        yield "calendar", text_of(Client().get(reverse("notices:calendar", args=[secret])))


@contextmanager
def _without_a_log() -> Iterator[None]:
    """Without a line in the log for each page that is, rightly, not there."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def addresses(values: Values, words: str, apps: tuple[str, ...] = OURS) -> Iterator[tuple[str, str]]:
    """(name of the page, address): every one of `apps` with every value that may stand in it; lists also with `words`
    sought."""
    for name, names in _routes(get_resolver().url_patterns):
        app = name.partition(":")[0]
        if app not in apps:
            continue
        tried = [values.get(f"{app}.{one}", values.get(one, ())) for one in names]
        records = tuple(map(str, values.get("records", ())))
        yield from ((name, address) for address in _of_its_kind(name, names, tried, records))
        if not names:
            yield name, f"{reverse(name)}?{urlencode(dict.fromkeys(QUERIES, words))}"


def _of_its_kind(name: str, names: list[str], tried: list[Sequence[object]], records: tuple[str, ...]) -> Iterator[str]:
    """Of one page with every number: the addresses below a record that is there, as the other numbers are of other
    kinds of record. Where the page hangs below none, all numbers, each with the first of what may stand behind it."""

    def reversed_with(*choices: Sequence[object]) -> list[str]:
        return [reverse(name, kwargs=dict(zip(names, chosen, strict=True))) for chosen in product(*choices)]

    below = [address for address in reversed_with(*tried) if address.startswith(records)]
    yield from below or reversed_with(*tried[:1], *(choices[:1] for choices in tried[1:]))


def _routes(patterns: "list[URLPattern | URLResolver]", space: str = "") -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif space and pattern.name:
            yield f"{space}{pattern.name}", list(pattern.pattern.converters)


def text_of(answer: Any) -> str:
    """What is written in a page, or inside a Word or Excel file, folded."""
    return fold(_text(b"".join(answer) if answer.streaming else answer.content))


def _text(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
