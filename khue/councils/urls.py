"""Addresses of councils."""

from django.urls import path

from khue.councils.views import (
    acts,
    ballot,
    board,
    council,
    council_list,
    expert,
    invitation,
    papers,
    propose,
    seat,
    standing,
)

app_name = "councils"
urlpatterns = [
    path("", council_list.councils, name="councils"),
    path("excel/", council_list.councils_excel, name="councils-excel"),
    path("moi/<str:secret>/", invitation.invitation, name="invitation"),
    path("nguoi/<int:person_pk>/", expert.expert, name="expert"),
    path("quan-he/<int:kin_pk>/rut/", expert.kin_withdraw, name="kin-withdraw"),
    path("thuong-truc/", standing.standing_councils, name="standing-list"),
    path("thuong-truc/moi/", standing.new, name="standing-new"),
    path("thuong-truc/<int:pk>/", standing.standing, name="standing"),
    path("<int:pk>/thuong-truc/", standing.sit, name="sit"),
    path("<int:pk>/phan-bien/", standing.reviewers, name="reviewers"),
    path("<int:pk>/", council.council, name="council"),
    path("<int:pk>/viec/<slug:verb>/", acts.act, name="act"),
    path("<int:pk>/thanh-vien/", propose.propose, name="propose"),
    path("<int:pk>/thanh-vien/dua-vao/", propose.take, name="take"),
    path("<int:pk>/thanh-vien/<int:seat_pk>/", propose.seat_edit, name="seat-edit"),
    path("<int:pk>/thanh-vien/<int:seat_pk>/moi/", invitation.invite, name="invite"),
    path("<int:pk>/thanh-vien/<int:seat_pk>/<slug:verb>/", acts.act_on_seat, name="seat-act"),
    path("<int:pk>/kiem-phieu/", board.board, name="board"),
    path("<int:pk>/kiem-phieu/<int:subject_pk>/", board.count, name="count"),
    path("<int:pk>/ghe/<int:seat_pk>/", seat.seat, name="seat"),
    path("<int:pk>/ghe/<int:seat_pk>/phieu/<int:subject_pk>/", ballot.ballot, name="ballot"),
    path("<int:pk>/ghe/<int:seat_pk>/phieu/<int:subject_pk>/nhap/", ballot.draft, name="ballot-draft"),
    path("<int:pk>/ghe/<int:seat_pk>/phieu/<int:subject_pk>/word/", papers.ballot_paper, name="ballot-paper"),
    path("<int:pk>/ghe/<int:seat_pk>/nhan-xet/<int:subject_pk>/word/", papers.comment, name="comment-paper"),
    path("<int:pk>/ghe/<int:seat_pk>/<slug:verb>/", seat.seat_verb, name="seat-verb"),
    path("<int:pk>/van-ban/<slug:name>/", papers.council_paper, name="paper"),
]
