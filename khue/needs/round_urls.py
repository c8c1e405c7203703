"""Addresses of collecting rounds, below `nhu-cau/dot/`."""

from django.urls import path

from khue.needs.views import round_answer, round_letter, rounds

urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("moi/", rounds.new, name="round-new"),
    path("<int:pk>/", rounds.round_board, name="round"),
    path("<int:pk>/sua/", rounds.change, name="round-change"),
    path("<int:pk>/excel/", rounds.round_excel, name="round-excel"),
    path("<int:pk>/mau/", round_answer.round_template, name="round-template"),
    path("<int:pk>/tra-loi/<int:row_pk>/", round_answer.round_answer, name="round-answer"),
    path("<int:pk>/tra-loi/<int:row_pk>/excel/", round_answer.round_sheet, name="round-sheet"),
    path("<int:pk>/cong-van/", round_letter.round_letter, name="round-letter"),
    path("<int:pk>/<slug:verb>/", rounds.round_act, name="round-act"),
]
