"""What pages of the shell ask of a request."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from khue.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The account behind `request`; the middleware lets nobody else come this far."""
    if not isinstance(request.user, User):
        raise TypeError("This page is for signed-in people.")
    return request.user


def way_back(request: HttpRequest) -> str:
    """The address in `next`, if it is one of ours; else the desk."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else reverse("site:desk")
