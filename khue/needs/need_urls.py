"""Addresses of needs, below `nhu-cau/`."""

from django.urls import path

from khue.needs.views import board, need, need_list, need_moves, suggestions, writing

urlpatterns = [
    path("", need_list.needs, name="needs"),
    path("excel/", need_list.needs_excel, name="needs-excel"),
    path("chon/", need_list.needs_bulk, name="needs-bulk"),
    path("tiep-nhan/", board.board, name="board"),
    path("tiep-nhan/giong-nhau/", board.alike_ones, name="board-alike"),
    path("goi-y/", suggestions.suggested, name="suggestions"),
    path("moi/", writing.new, name="new"),
    path("<int:pk>/", need.need, name="need"),
    path("<int:pk>/lien-quan/", need.need_related, name="need-related"),
    path("<int:pk>/viet/", writing.write, name="write"),
    path("<int:pk>/luu/", writing.keep, name="keep"),
    path("<int:pk>/noi-khac/", writing.elsewhere, name="elsewhere"),
    path("<int:pk>/anh/", writing.photos, name="photos"),
    path("<int:pk>/anh/<int:file_pk>/bo/", writing.drop_photo, name="drop-photo"),
    path("<int:pk>/bo/", writing.discard, name="discard"),
    path("<int:pk>/chuyen-buoc/", need_moves.need_move, name="need-move"),
    path("<int:pk>/tra-loi/", need_moves.need_answer, name="need-answer"),
    path("<int:pk>/gop/", need_moves.need_merge, name="need-merge"),
    path("<int:pk>/de-xuat/", need_moves.need_propose, name="need-propose"),
    path("<int:pk>/phan-loai/", need_moves.need_class, name="need-class"),
    path("<int:pk>/tim/", need_moves.choices, name="choices"),
]
