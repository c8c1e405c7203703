"""Addresses of the shell."""

from django.conf import settings
from django.urls import path

from khue.site.views import choices, components, desk, guide, lists, search, worker

app_name = "site"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("toi-dang-cho/", desk.waited_for, name="waited-for"),
    path("tim/", search.search, name="search"),
    path(settings.GUIDE_URL, guide.guide, name="guide"),
    path(f"{settings.GUIDE_URL}thuat-ngu/", guide.terms, name="glossary"),
    path(f"{settings.GUIDE_URL}<slug:name>/", guide.chapter, name="chapter"),
    path("nhap/", lists.kinds, name="imports"),
    path("nhap/<slug:name>/", lists.kind, name="import-kind"),
    path("nhap/<slug:name>/mau/", lists.template, name="import-template"),
    path("nhap/<slug:name>/xuat/", lists.export, name="import-export"),
    path("nhap/<slug:name>/<int:pk>/", lists.sheet, name="import"),
    path("giao-dien/", choices.choose_appearance, name="appearance"),
    path("thanh-phan/", components.components, name="components"),
    path("ngoai-tuyen/", worker.offline, name="offline"),
    path("sw.js", worker.worker, name="worker"),
    path("vai-tro/", choices.act, name="act"),
]
