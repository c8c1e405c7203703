"""Where a form leads back to: an address that the page sent along, or somebody else, so it must be one of ours."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether the address leads to a page of this site."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def way_back(request: HttpRequest, otherwise: str, *, field: str = "back") -> str:
    """The address in `field`, if it is one of ours; else `otherwise`, the name of a page."""
    address = request.POST.get(field) or request.GET.get(field) or ""
    return address if is_ours(request, address) else otherwise
