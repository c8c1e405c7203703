"""Sign-in and mail are set by the environment."""

from pathlib import Path

import pytest

from khue.config import mail
from khue.config.sign_in import openid_apps


def test_single_sign_on_is_off_without_its_address_and_complete_with_it() -> None:
    assert openid_apps({}) == []
    app = openid_apps({"KHUE_OIDC_URL": "https://sso.example", "KHUE_OIDC_CLIENT": "khue", "KHUE_OIDC_NAME": "VNeID"})[
        0
    ]
    assert (app["provider_id"], app["name"], app["settings"]["server_url"]) == ("sso", "VNeID", "https://sso.example")


def test_mail_goes_to_files_or_to_the_server_named(tmp_path: Path) -> None:
    assert mail.settings_for("", tmp_path)["EMAIL_FILE_PATH"] == tmp_path / "mail"
    smtp = mail.settings_for("smtp://khue:m%40t@mail.example:587?tls=1", tmp_path)
    assert (smtp["EMAIL_HOST"], smtp["EMAIL_PORT"], smtp["EMAIL_HOST_PASSWORD"]) == ("mail.example", 587, "m@t")
    assert smtp["EMAIL_USE_TLS"]
    assert not smtp["EMAIL_USE_SSL"]
    assert mail.settings_for("smtps://mail.example", tmp_path)["EMAIL_PORT"] == 465
    with pytest.raises(ValueError, match="KHUE_MAIL_URL"):
        mail.settings_for("mail.example:25", tmp_path)
