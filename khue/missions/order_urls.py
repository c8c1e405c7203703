"""Addresses of order lists."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
