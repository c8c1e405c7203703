"""A unit's report and its way to approval."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
