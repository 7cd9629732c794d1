"""Signing in, the people and their roles. Of the sign-in library only what we want is reachable."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts.views import deciding, entrance, factors, people, sessions, sign_in

urlpatterns = [
    path("sign-in/", sign_in.SignInView.as_view(), name="account_login"),
    path("sign-in/passkey/", sign_in.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-step/", sign_in.SecondStepView.as_view(), name="mfa_authenticate"),
    path("sign-in/second-step/lost/", entrance.FactorLostView.as_view(), name="factor_lost"),
    path("invitation/", entrance.InvitationView.as_view(), name="invitation"),
    path("invitation/<str:secret>/", entrance.InvitationLinkView.as_view(), name="invitation_link"),
    path("sign-in/again/", allauth.reauthenticate, name="account_reauthenticate"),
    path(
        "sign-in/again/passkey/",
        factors.PasskeyAgainView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-in/closed/", allauth.account_inactive, name="account_inactive"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/first/", sign_in.FirstPasswordView.as_view(), name="account_set_password"),
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
    # One's own second factors and sessions.
    path("my/sign-in/", factors.SecurityView.as_view(), name="mfa_index"),
    path("my/passkeys/add/", factors.PasskeyAddView.as_view(), name="mfa_add_webauthn"),
    path(
        "my/passkeys/<int:pk>/name/", factors.PasskeyRenameView.as_view(), name="mfa_edit_webauthn"
    ),
    path(
        "my/passkeys/<int:pk>/remove/",
        factors.PasskeyRemoveView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("my/codes/add/", factors.CodesAddView.as_view(), name="mfa_activate_totp"),
    path("my/codes/remove/", factors.CodesRemoveView.as_view(), name="mfa_deactivate_totp"),
    path("my/recovery-codes/", factors.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "my/recovery-codes/make/",
        factors.RecoveryCodesMakeView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("my/sessions/", sessions.SessionsView.as_view(), name="usersessions_list"),
    path("my/sessions/<int:pk>/end/", sessions.SessionEndView.as_view(), name="session_end"),
    path("demo/people/", sign_in.PersonasView.as_view(), name="personas"),
    path("demo/view-as/", sign_in.ViewAsView.as_view(), name="view_as"),
    path("people/", people.PeopleView.as_view(), name="people"),
    path("people/add/", people.PersonAddView.as_view(), name="person_add"),
    path("people/<int:pk>/", people.PersonView.as_view(), name="person"),
    path("people/<int:pk>/invite/", people.InviteView.as_view(), name="person_invite"),
    path("people/<int:pk>/confirm/", people.AccountConfirmView.as_view(), name="account_confirm"),
    path("people/resets/<int:pk>/", deciding.FactorResetView.as_view(), name="factor_reset"),
    path(
        "people/resets/<int:pk>/decline/",
        deciding.FactorResetDeclineView.as_view(),
        name="factor_reset_decline",
    ),
    path("people/<int:pk>/close/", people.AccountView.as_view(), name="account_close"),
    path("people/<int:pk>/open/", people.AccountView.as_view(opens=True), name="account_open"),
    path("people/<int:pk>/roles/add/", deciding.RoleGiveView.as_view(), name="role_give"),
    path("people/roles/<int:pk>/end/", deciding.RoleEndView.as_view(), name="role_end"),
]
