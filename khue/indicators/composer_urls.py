"""Composing reports from figures."""

from django.urls import path

from khue.indicators.views import composer

urlpatterns = [
    path("chuong-trinh/<slug:code>/bao-cao.<str:kind>", composer.programme_report, name="programme-report"),
]
