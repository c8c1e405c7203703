"""Addresses of calls, applications and selections."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
