"""Addresses of search and comparison."""

from django.urls import path

from khue.matching.views import bench, beside, explore, knowing, related

app_name = "matching"
urlpatterns = [
    path("", explore.explore, name="explore"),
    path("giong/", explore.similar, name="similar"),
    path("lien-quan/", related.box, name="related"),
    path("ai-biet/", knowing.page, name="who-knows"),
    path("ai-biet/hop/", knowing.box, name="who-knows-box"),
    path("so-sanh/", beside.side_by_side, name="beside"),
    path("so-sanh/nhan-dinh/", beside.judge, name="beside-judge"),
    path("so-sanh/hoan-tac/", beside.undo, name="beside-undo"),
    path("cap/", bench.pairs, name="pairs"),
    path("cap/excel/", bench.pairs_excel, name="pairs-excel"),
    path("cap/nhan-dinh/", bench.pairs_judge, name="pairs-judge"),
    path("cap/hoan-tac/", bench.pairs_undo, name="pairs-undo"),
    path("cap/so-tat-ca/", bench.sweep_start, name="sweep"),
    path("cap/tien-do/", bench.sweep_progress, name="sweep-progress"),
]
