"""Addresses of documents, registers and directives."""

from django.urls import path

from khue.documents import directive_urls
from khue.documents.views import document

app_name = "documents"
urlpatterns = [
    path("", document.documents, name="documents"),
    path("<int:pk>/", document.document, name="document"),
    *directive_urls.urlpatterns,
]
