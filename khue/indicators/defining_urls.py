"""Addresses of the forms by which an office defines programmes, indicators and targets; below `chi-tieu/`."""

from django.urls import path

from khue.indicators.views import defining, targets

urlpatterns = [
    path("chuong-trinh-moi/", defining.programme_new, name="programme-new"),
    path("chuong-trinh/<slug:code>/sua/", defining.programme_edit, name="programme-edit"),
    path("chuong-trinh/<slug:code>/so-moi/", defining.indicator_new, name="indicator-new"),
    path("so/<str:code>/sua/", defining.indicator_edit, name="indicator-edit"),
    path("so/<str:code>/so-giao/", targets.targets, name="targets"),
]
