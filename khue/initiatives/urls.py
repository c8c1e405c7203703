"""Addresses of initiatives, below `sang-kien/`."""

from django.urls import path

from khue.initiatives.views import after, initiative, listing, rounds, writing

app_name = "initiatives"
urlpatterns = [
    path("", listing.initiatives, name="initiatives"),
    path("excel/", listing.initiatives_excel, name="initiatives-excel"),
    path("dot/", rounds.rounds, name="rounds"),
    path("dot/moi/", rounds.round_new, name="round-new"),
    path("dot/<int:pk>/", rounds.round_board, name="round"),
    path("moi/", writing.new, name="new"),
    path("phieu-cham/<int:unit_pk>/", after.sheet, name="sheet"),
    path("<int:pk>/", initiative.initiative, name="initiative"),
    path("<int:pk>/viet/", writing.write, name="write"),
    path("<int:pk>/luu/", writing.keep, name="keep"),
    path("<int:pk>/bo/", writing.discard, name="discard"),
    path("<int:pk>/tep/", writing.files, name="files"),
    path("<int:pk>/tep/<int:file_pk>/bo/", writing.drop_file, name="drop-file"),
    path("<int:pk>/chuyen-buoc/", initiative.initiative_move, name="move"),
    path("<int:pk>/pham-vi/", after.reach, name="reach"),
    path("<int:pk>/van-ban/<slug:name>/", initiative.initiative_paper, name="paper"),
]
