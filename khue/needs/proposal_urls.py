"""Addresses of proposals, below `de-xuat/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
