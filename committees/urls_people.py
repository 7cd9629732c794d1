"""Addresses of committees and directors: one verb, one address."""

from django.urls import path

from committees.views.people import chairs, committee, directors, memberships

urlpatterns = [
    path("committee/", committee.CommitteeView.as_view(), name="committee"),
    path(
        "committee/establish/",
        committee.CommitteeEstablishView.as_view(),
        name="committee_establish",
    ),
    path("directors/add/", directors.DirectorAddView.as_view(), name="director_add"),
    path("directors/<int:pk>/", directors.DirectorView.as_view(), name="director"),
    path(
        "directors/<int:pk>/change/", directors.DirectorChangeView.as_view(), name="director_change"
    ),
    path("memberships/add/", memberships.MembershipBeginView.as_view(), name="membership_begin"),
    path(
        "memberships/<int:pk>/end/", memberships.MembershipEndView.as_view(), name="membership_end"
    ),
    path(
        "memberships/<int:pk>/notice/",
        memberships.MembershipNoticeView.as_view(),
        name="membership_notice",
    ),
    path(
        "memberships/<int:pk>/correct/",
        memberships.MembershipCorrectView.as_view(),
        name="membership_correct",
    ),
    path("chair-terms/<int:pk>/end/", chairs.ChairEndView.as_view(), name="chair_end"),
    path(
        "memberships/<int:pk>/chair/", chairs.ChairDesignateView.as_view(), name="chair_designate"
    ),
]
