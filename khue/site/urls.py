"""Addresses of the shell."""

from django.conf import settings
from django.urls import path

from khue.site.views import choices, components, desk, guide, search, worker

app_name = "site"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("toi-dang-cho/", desk.waited_for, name="waited-for"),
    path("tim/", search.search, name="search"),
    path(settings.GUIDE_URL, guide.guide, name="guide"),
    path(f"{settings.GUIDE_URL}<slug:name>/", guide.chapter, name="chapter"),
    path("giao-dien/", choices.choose_appearance, name="appearance"),
    path("thanh-phan/", components.components, name="components"),
    path("ngoai-tuyen/", worker.offline, name="offline"),
    path("sw.js", worker.worker, name="worker"),
    path("vai-tro/", choices.act, name="act"),
]
