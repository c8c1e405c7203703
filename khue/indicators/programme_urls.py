"""Programmes, their indicators and targets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
