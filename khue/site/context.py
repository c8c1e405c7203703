"""What the frame of every page shows: places by role, who is acting, help, appearance."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.accounts.middleware import kept_views_of, part_of
from khue.accounts.models import ListView, User
from khue.accounts.models.list_views import NAME_LENGTH
from khue.accounts.part import Part
from khue.accounts.roles import label as role_label
from khue.accounts.rules import acting_in, may_share_views
from khue.core import exchange, navigation
from khue.core import help as guide
from khue.core.addresses import fixed_address
from khue.core.pages import filters_of, known
from khue.site import appearance

GROUPS: dict[str, Promise | str] = {
    navigation.WORK: "",
    navigation.ASKED: _("Needs and orders"),
    navigation.MISSIONS: _("Selection and missions"),
    navigation.RESULTS: _("Acceptance and use"),
    navigation.FIGURES: _("Targets and figures"),
    navigation.REGISTERS: _("Records"),
    navigation.RUNNING: _("The system"),
}


NAV_COOKIE = "khue_nav"
"""Which groups of places somebody opened (`-1`) or folded (`-0`) in this browser: `asked-1.results-0`; written by
menus.js."""
MOST_PLACES = 14
"""More do not fit beside a page on an office screen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place, ready to be shown."""

    label: str | Promise
    url: str
    icon: str
    key: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Places that belong together; those with a name can be folded away, and stay so (`NAV_COOKIE`)."""

    name: str
    label: str | Promise
    entries: list[Entry]
    open: bool

    @property
    def count(self) -> int:
        """What waits in all of them, for a group that is folded away."""
        return sum(entry.count for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Choice:
    """A part one may act in."""

    value: int
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class HelpFor:
    """The section of the guide for this page, and where to read on."""

    section: guide.Section
    url: str


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view of the list that somebody keeps."""

    kept: ListView
    current: bool

    @property
    def url(self) -> str:
        """Where it is changed."""
        return reverse("accounts:change-view", args=[self.kept.pk])


@dataclass(frozen=True, slots=True)
class KeptViews:
    """The kept views of the list shown, and the filters and order that could be kept now."""

    query: str
    shown: list[KeptView]
    may_share: bool
    name_length: int = NAME_LENGTH

    @property
    def url(self) -> str:
        """Where a further one is kept."""
        return fixed_address("accounts:keep-view")

    @property
    def nameless(self) -> bool:
        """Whether what is shown has filters or an order that no kept view has yet."""
        return bool(self.query) and not any(each.current for each in self.shown)


class Shell:
    """Everything the frame needs; what a page does not show costs nothing."""

    themes = list(appearance.THEMES.items())
    text_sizes = appearance.TEXT_SIZES
    languages = settings.LANGUAGES
    acting_field = "part"

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        looks = appearance.of(request)
        self.theme, self.text_size = looks.theme, looks.text_size

    @property
    def search_url(self) -> str:
        return fixed_address("site:search")

    @property
    def appearance_url(self) -> str:
        return fixed_address("site:appearance")

    @property
    def worker_url(self) -> str:
        return fixed_address("site:worker")

    @property
    def acting_url(self) -> str:
        return fixed_address("site:act")

    @property
    def guide_url(self) -> str:
        return fixed_address("site:guide")

    @property
    def sign_out_url(self) -> str:
        return fixed_address("account_logout")

    @cached_property
    def _user(self) -> User | None:
        user = getattr(self._request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def _items(self) -> list[navigation.Item]:
        if self._user is None:
            return []
        return navigation.items_for(self._user, (part.role for part in acting_in(self._user)))

    @cached_property
    def groups(self) -> list[Group]:
        """The places at the side. A long menu begins with only the group of this page open; what somebody opens or
        folds stays so."""
        found = [(name, label, self._entries(name)) for name, label in GROUPS.items()]
        long = sum(len(entries) for _name, _label, entries in found) > MOST_PLACES
        return [
            Group(name, label, entries, self._is_open(name, entries, long=long))
            for name, label, entries in found
            if entries
        ]

    def _is_open(self, name: str, entries: list[Entry], *, long: bool) -> bool:
        chosen = self._request.COOKIES.get(NAV_COOKIE, "").split(".")
        if any(entry.current for entry in entries):
            return True
        return f"{name}-1" in chosen or (not long and f"{name}-0" not in chosen)

    @cached_property
    def header(self) -> list[Entry]:
        """The places in the bar above, such as the notices."""
        return self._entries(navigation.HEADER)

    @cached_property
    def me(self) -> list[Entry]:
        """The places under one's own name."""
        return self._entries(navigation.ME)

    @cached_property
    def acting(self) -> str:
        """The part this request is made in, in words."""
        part = part_of(self._request)
        return _told(part) if part else ""

    @cached_property
    def acting_choices(self) -> list[Choice]:
        """The parts one may change to."""
        if self._user is None:
            return []
        current = part_of(self._request)
        return [Choice(part.membership_id, _told(part), part == current) for part in acting_in(self._user)]

    @cached_property
    def help(self) -> HelpFor | None:
        """The help for this page, where the guide has some."""
        match = self._request.resolver_match
        found = guide.section_for(match.view_name) if match else None
        if found is None:
            return None
        chapter, section = found
        return HelpFor(section, f"{reverse('site:chapter', args=[chapter.name])}#{section.anchor}")

    @cached_property
    def import_url(self) -> str:
        """Where to bring in what this list shows, for those who may; else nothing."""
        user, path = self._user, self._request.path
        here = (kind for kind in exchange.kinds() if path in kind.addresses())
        open_ = (kind for kind in here if user is not None and kind.may(user) is None)
        return next((reverse("site:import-kind", args=[kind.name]) for kind in open_), "")

    @cached_property
    def kept_views(self) -> "KeptViews | None":
        """What the bar above a list shows of the views that people keep; None where there is no list."""
        match, user = self._request.resolver_match, self._user
        filters = filters_of(match.func) if match else None
        if user is None or filters is None:
            return None
        query = known(self._request.GET.urlencode(), filters)
        shown = [KeptView(view, view.query == query) for view in kept_views_of(self._request)]
        return KeptViews(query, shown, may_share_views(user) is None)

    def _entries(self, group: str) -> list[Entry]:
        return list(self._shown(item for item in self._items if item.group == group))

    def _shown(self, items: Iterable[navigation.Item]) -> Iterable[Entry]:
        for item in items:
            count = item.count(self._user) if item.count and self._user else 0
            url = fixed_address(item.url_name)
            yield Entry(item.label, url, item.icon, item.key, count, url == self._here)

    @cached_property
    def _here(self) -> str:
        """The address of the place that this page belongs to: the longest that its own address begins with."""
        path = self._request.path
        places = [fixed_address(item.url_name) for item in self._items]
        within = [place for place in places if path == place or (place != "/" and path.startswith(place))]
        return max(within, key=len, default="")


def _told(part: Part) -> str:
    told = f"{role_label(part.role)} · {part.unit_name}"
    return f"{told} ({_('for')} {part.delegated_by})" if part.delegated_by else told


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
