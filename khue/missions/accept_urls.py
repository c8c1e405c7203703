"""Addresses of acceptance, results and their use."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
