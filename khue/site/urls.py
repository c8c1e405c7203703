"""Addresses of the shell."""

from django.urls import path

from khue.site import views

app_name = "site"
urlpatterns = [path("", views.desk, name="desk")]
