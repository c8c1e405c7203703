"""Django's settings. What a site may set comes from the environment; every default works on a laptop."""

import os
from pathlib import Path

from khue.config import mail
from khue.config.database import settings_for
from khue.config.secret import kept_key
from khue.config.sign_in import openid_apps

BASE = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("KHUE_VAR", BASE / "var"))
NODE_MODULES = BASE / "node_modules"


def _shipped(path: str) -> Path:
    """A part of the repository; where Khuê was installed from a wheel, the part of the package it became."""
    return BASE / path if (BASE / path).exists() else BASE / "khue" / Path(path).name


GUIDE = _shipped("docs/guide")
GUIDE_URL = "huong-dan/"
GLOSSARY = _shipped("docs/glossary.md")
PROCESSES = Path(os.environ.get("KHUE_PROCESSES", _shipped("processes")))


SECRET_KEY = os.environ.get("KHUE_SECRET_KEY") or kept_key(VAR / "secret-key")
DEBUG = os.environ.get("KHUE_DEBUG") == "1"
DEMO = os.environ.get("KHUE_DEMO") == "1"
ALLOWED_HOSTS = os.environ.get("KHUE_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("KHUE_ORIGINS", "").split(",") if origin]
SITE_URL = os.environ.get("KHUE_URL", f"http://127.0.0.1:{os.environ.get('KHUE_PORT', '8000')}")
CITY = os.environ.get("KHUE_CITY", "01")
"""The statistical code of the city or province that this site serves."""
DEPARTMENT = os.environ.get("KHUE_DEPARTMENT", "Sở Khoa học và Công nghệ; SKHCN")
"""The department that works with this site, by any of its names, the first that is known: needs come to it."""
SECURE = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "khue.config",
    "khue.site",
    "khue.missions",
    "khue.needs",
    "khue.petitions",
    "khue.initiatives",
    "khue.documents",
    "khue.indicators",
    "khue.councils",
    "khue.matching",
    "khue.flow",
    "khue.office",
    "khue.notices",
    "khue.files",
    "khue.accounts",
    "khue.directory",
    "khue.journal",
    "khue.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pgtrigger",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "khue.core.middleware.content_security",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "khue.site.middleware.language",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "khue.accounts.middleware.acting",
    "khue.accounts.middleware.KeptViews",
    "khue.notices.middleware.opened",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "khue.site.middleware.Answers",
]

ROOT_URLCONF = "khue.config.urls"
WSGI_APPLICATION = "khue.config.wsgi.application"
DATABASES = {"default": settings_for(VAR)}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Our queries take milliseconds; compiling them first takes longer than running them.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "khue.core.templatetags.khue",
                "khue.core.templatetags.sentences",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "khue.site.context.shell",
            ],
        },
    }
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("KHUE_TIME_ZONE", "Asia/Ho_Chi_Minh")
FORMAT_MODULE_PATH = ["khue.core.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "khue.config.staticfiles.NodeModules",
]
# `khue serve` collects them under names with a fingerprint; tests and development read them where they lie.
HASHED_STATIC = os.environ.get("KHUE_HASHED_STATIC") == "1"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "khue.config.staticfiles.Hashed"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = VAR / "files"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "khue.accounts.backends.ByPassword",
    "khue.accounts.backends.ByAddress",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "khue.accounts.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "khue.accounts.adapters.ByInvitation"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the administrator who invites knows the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Khuê] "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "khue_cache"}}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KHUE_PROXIES", "1" if SECURE else "0"))
"""Who guesses passwords is slowed down by the address before these; else all would be one, and one slow everybody."""
INVITATION_DAYS = int(os.environ.get("KHUE_INVITATION_DAYS", "7"))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Khuê"
MFA_FORMS = {"add_webauthn": "khue.accounts.forms.AddKeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SOCIALACCOUNT_ADAPTER = "khue.accounts.adapters.KnownPeopleOnly"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # the provider's verified address opens the account that has it
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_apps(os.environ)}}

DEFAULT_FROM_EMAIL = os.environ.get("KHUE_MAIL_FROM", "Khuê <khue@localhost>")
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}
"""Seconds for which a job that was missed, by a machine that is off at night, is made up for once a worker runs."""
DIGEST_HOUR = int(os.environ.get("KHUE_DIGEST_HOUR", "7"))
"""The local hour from which the daily digest of notices goes out."""
globals().update(mail.settings_for(os.environ.get("KHUE_MAIL_URL", ""), VAR))

SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
CSRF_FAILURE_VIEW = "khue.site.views.errors.session_lost"
X_FRAME_OPTIONS = "DENY"
FORM_TARGETS = [origin for origin in os.environ.get("KHUE_FORM_TARGETS", "").split(",") if origin]
"""Other sites a form may lead to: the address of the single sign-on, such as https://dangnhap.hanoi.gov.vn."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FORM_RENDERER = "khue.core.form_rendering.Renderer"
INSTALLED_APPS.append("django.forms")
