"""Which pages can be reached from the desk by following links, and in how many clicks."""

import re
from collections.abc import Iterable
from http import HTTPStatus

from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.utils.http import urlencode

from tests.architecture.test_sign_in import addresses

OFFICE = ("accounts:", "directory:", "documents:", "notices:", "site:")
RIVER = ("councils:", "indicators:", "matching:", "missions:", "needs:", "petitions:")
OURS = OFFICE + RIVER
LINK = re.compile(r'<a\b[^>]*?\shref="(/[^"#]*)', re.I)
ONE_OF_EACH = 1
"""How many pages of a kind are opened, where they are all alike."""
LOOKED_THROUGH = {
    "directory:unit": 60, "directory:person": 6, "documents:document": 12, "documents:draft": 20, "site:search": 12,
    "councils:council": 6, "missions:application": 6, "missions:order": 20, "missions:mission": 10,
    "missions:selection": 6, "needs:proposal": 6,
}  # fmt: skip
"""Kinds of pages of which only one's own offers more: the list is looked through."""


def names_within(
    client: Client, clicks: int, *, apps: tuple[str, ...] = OURS, sought: Iterable[str] = ()
) -> set[str]:  # fmt: skip
    """Names of our pages that links lead to from the desk in at most `clicks` clicks, through pages of `apps`.

    A click into the search, where the words of `sought` are typed, is one of them.
    """
    opened: dict[str, int] = {}
    reached, now = {"site:desk"}, ["/"]
    for _ in range(clicks):
        following: list[str] = []
        for address in now:
            page = client.get(address, follow=True)
            reached |= {_name(place) for place, _status in page.redirect_chain}
            if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
                continue
            links = LINK.findall(page.content.decode())
            if address == "/":
                links += [f"{reverse('site:search')}?{urlencode({'q': words})}" for words in sought]
            for link in dict.fromkeys(links):
                name = _name(link)
                reached.add(name)
                opened[name] = opened.get(name, 0) + 1
                if (
                    name.startswith((*apps, "site:search"))
                    and opened[name] <= LOOKED_THROUGH.get(name, ONE_OF_EACH)
                    and not _is_file(name)
                ):
                    following.append(link.replace("&amp;", "&"))
        now = following
    return reached


def _name(link: str) -> str:
    try:
        return resolve(link.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _is_file(name: str) -> bool:
    return name.endswith(
        ("-excel", "-word", "-xml", ":word", ":download", "-template", "-export", "-paper", "-picture")
    )


def pages(client: Client) -> set[str]:
    """Names of our addresses that may be asked for; what is only posted answers 405. Files that a page of the river
    offers are no pages."""
    ours = (
        one for one in addresses(get_resolver().url_patterns)
        if one[0].startswith(OFFICE) or (one[0].startswith(RIVER) and not _is_file(one[0]))
    )  # fmt: skip
    asked = ((name, client.get(address).status_code) for name, address in ours if "django.views" not in name)
    return {name for name, status in asked if status != HTTPStatus.METHOD_NOT_ALLOWED}


NOT_PAGES = {
    "accounts:welcome": "the link in an invitation",
    "councils:invitation": "the one-time link in an invitation",
    "directory:suggest": "names for a field",
    "directory:suggest-people": "names for a field",
    "documents:assign-summary": "the dialog before assigning",
    "documents:assigning": "how far an assignment is",
    "documents:extraction-panel": "a part of a page",
    "documents:proposal-edit": "a part of a page",
    "documents:registered": "a row of a page: a dropped file once it is read",
    "documents:remind-late": "the dialog before reminding",
    "documents:unknown-unit": "the dialog for a name that no unit bears",
    "matching:related": "a part of a page",
    "matching:sweep-progress": "how far a comparison is",
    "matching:who-knows-box": "a part of a page",
    "missions:contents": "a part of a page",
    "missions:happened": "a part of a page",
    "missions:board-years": "a part of a page",
    "missions:ledger": "a part of a page",
    "needs:board-alike": "a part of a page",
    "needs:choices": "names for a field",
    "needs:need-related": "a part of a page",
    "petitions:found": "a part of a page",
    "notices:calendar": "for a calendar program",
    "site:components": "for developers",
    "site:import": "comes after a sheet was brought in",
    "site:offline": "comes when the line is down",
    "site:worker": "a script",
}
"""Addresses that no link on a page leads to, and why."""

NOT_IN_THE_CITY = {
    "councils:reviewers": "while a standing council that sits has no documents yet",
    "indicators:indicator-edit": "where a programme is kept by hand; those of the city stand on the shelf",
    "indicators:indicator-new": "where a programme is kept by hand",
    "indicators:measured": "from a figure of a composed report",
    "indicators:programme-edit": "where a programme is kept by hand",
    "indicators:targets": "from the page of an indicator, which is three clicks away: a figure is set once a year",
    "missions:selection-appraisal": "while a budget team has concluded and the department has not taken it over",
}
"""Pages that are offered only where something stands that the demo city has not, or rarely, and why."""
