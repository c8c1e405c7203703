"""Composing reports from figures."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
