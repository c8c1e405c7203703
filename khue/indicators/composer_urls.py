"""Composing reports from figures."""

from django.urls import path

from khue.indicators.views import composed, composed_add, composed_list, composer, measured

urlpatterns = [
    path("chuong-trinh/<slug:code>/bao-cao.<str:kind>", composer.programme_report, name="programme-report"),
    path("soan/", composed_list.composed_list, name="composed-list"),
    path("soan/moi/", composed_list.composed_new, name="composed-new"),
    path("soan/<int:pk>/", composed.composed, name="composed"),
    path("soan/<int:pk>/them/", composed_add.composed_add, name="composed-add"),
    path("soan/<int:pk>/luu/", composed.composed_keep, name="composed-keep"),
    path("soan/<int:pk>/xem/", composed.composed_preview, name="composed-preview"),
    path("soan/<int:pk>/word/", composed.composed_word, name="composed-word"),
    path("soan/<int:pk>/excel/", composed.composed_excel, name="composed-excel"),
    path("dem/<str:name>/", measured.measured, name="measured"),
]
