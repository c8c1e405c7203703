"""Single sign-on by OpenID Connect, out of the environment; see docs/run/sign-in.md."""

from collections.abc import Mapping
from typing import Any


def openid_apps(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """The one provider named by `KHUE_OIDC_URL`, such as VNeID or the city's own; none without it."""
    url = environment.get("KHUE_OIDC_URL")
    if not url:
        return []
    return [
        {
            "provider_id": environment.get("KHUE_OIDC_ID", "sso"),
            "name": environment.get("KHUE_OIDC_NAME", "Đăng nhập một lần"),
            "client_id": environment["KHUE_OIDC_CLIENT"],
            "secret": environment.get("KHUE_OIDC_SECRET", ""),
            "settings": {"server_url": url, "oauth_pkce_enabled": True},
        }
    ]
