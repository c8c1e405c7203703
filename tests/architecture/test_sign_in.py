"""Nobody sees a page without signing in, except those listed here with the reason."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {
    "account_login": "signing in",
    "account_logout": "signing out shows a page that asks",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password, by the link in the letter",
    "account_reset_password_from_key_done": "a forgotten password",
    "account_confirm_email": "the link in a letter",
    "account_email_verification_sent": "after the link was sent",
    "account_inactive": "says why a deactivated account cannot sign in",
    "account_signup": "closed: says whom to ask",
    "mfa_authenticate": "second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "socialaccount_login_cancelled": "single sign-on was broken off",
    "socialaccount_login_error": "single sign-on failed",
    "socialaccount_signup": "first sign-in by single sign-on",
    "openid_connect_login": "single sign-on",
    "openid_connect_callback": "single sign-on",
    "accounts:welcome": "the link in an invitation carries its secret in the address",
    "councils:invitation": "the one-time link of an invitation carries its secret in the address",
    "notices:calendar": "a calendar program brings the secret in the address",
    "site:components": "the style page, which is only there in the demo and shows nobody's data",
    "site:offline": "shown when the line is down",
    "site:worker": "the script that shows it",
}
VALUES = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-4000-8000-000000000000", "path": "x"}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """(name, an address that matches it) of every page."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, route, inner)
        else:
            name = f"{space}{pattern.name or pattern.lookup_str}"
            path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: VALUES.get(found[1] or "str", "x"), route)
            path = re.sub(r"\(\?P<\w+>[^)]*\)", "x", path).replace("^", "").replace("$", "").replace("\\Z", "")
            yield name, f"/{path}"


PAGES = sorted(set(addresses(get_resolver().url_patterns)))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), PAGES, ids=[name for name, _ in PAGES])
def test_a_page_asks_to_sign_in_unless_listed(name: str, address: str) -> None:
    if name in OPEN:
        return
    response = Client().get(address)
    asks = response.status_code == 302 and response["Location"].startswith(resolve_url(settings.LOGIN_URL))
    assert asks or response.status_code == 405, f"{address} answered {response.status_code} to a stranger"


def test_the_list_names_only_pages_that_are_there() -> None:
    assert set(OPEN) <= {name for name, _ in PAGES}
