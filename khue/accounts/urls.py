"""Addresses of accounts; those of signing in itself come from the sign-in library."""

from django.urls import path
from django.views.generic import RedirectView

from khue.accounts.views import list_views, mine, users

app_name = "accounts"
urlpatterns = [
    path("toi/", mine.profile, name="profile"),
    path("toi/uy-quyen/", mine.delegate, name="delegate"),
    path("toi/uy-quyen/<int:pk>/thu-hoi/", mine.recall, name="recall"),
    path("cach-xem/", list_views.keep, name="keep-view"),
    path("cach-xem/<int:pk>/", list_views.change, name="change-view"),
    path("moi/<str:secret>/", mine.welcome, name="welcome"),
    path("nguoi-dung/", users.users, name="users"),
    path("nguoi-dung/moi/", users.invite, name="invite"),
    path("nguoi-dung/<int:pk>/", users.user, name="user"),
    path("nguoi-dung/<int:pk>/moi-lai/", users.invite_again, name="invite-again"),
    path("nguoi-dung/<int:pk>/vai-tro/", users.give_role, name="give-role"),
    path("nguoi-dung/<int:pk>/khoa/", users.switch, name="switch"),
    path("nguoi-dung/<int:pk>/go-xac-thuc/", users.forget_second_factor, name="forget-second-factor"),
    path("vai-tro/<int:pk>/", users.change_membership, name="change-membership"),
    # The address is the administrator's to change: the library's page for it is not offered.
    path("email/", RedirectView.as_view(pattern_name="accounts:profile")),
]
