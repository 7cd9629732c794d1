"""Signing in, the people and their roles. Of the sign-in library only what we want is reachable."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="account_login"),
    path("sign-in/again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("sign-in/closed/", allauth.account_inactive, name="account_inactive"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/first/", views.FirstPasswordView.as_view(), name="account_set_password"),
    path("password/forgotten/", allauth.password_reset, name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "password/new/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("demo/people/", views.PersonasView.as_view(), name="personas"),
    path("demo/view-as/", views.ViewAsView.as_view(), name="view_as"),
    path("people/", views.PeopleView.as_view(), name="people"),
    path("people/add/", views.PersonAddView.as_view(), name="person_add"),
    path("people/<int:pk>/", views.PersonView.as_view(), name="person"),
    path("people/<int:pk>/close/", views.AccountCloseView.as_view(), name="account_close"),
    path("people/<int:pk>/open/", views.AccountOpenView.as_view(), name="account_open"),
    path("people/<int:pk>/roles/add/", views.RoleGiveView.as_view(), name="role_give"),
    path("people/roles/<int:pk>/end/", views.RoleEndView.as_view(), name="role_end"),
]
