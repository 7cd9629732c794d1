"""Addresses of committees and directors: one verb, one address."""

from django.urls import path

from committees.views import people

urlpatterns = [
    path("committee/", people.CommitteeView.as_view(), name="committee"),
    path(
        "committee/establish/", people.CommitteeEstablishView.as_view(), name="committee_establish"
    ),
    path("directors/add/", people.DirectorAddView.as_view(), name="director_add"),
    path("directors/<int:pk>/", people.DirectorView.as_view(), name="director"),
    path("directors/<int:pk>/change/", people.DirectorChangeView.as_view(), name="director_change"),
    path("memberships/add/", people.MembershipBeginView.as_view(), name="membership_begin"),
    path("memberships/<int:pk>/end/", people.MembershipEndView.as_view(), name="membership_end"),
    path(
        "memberships/<int:pk>/notice/",
        people.MembershipNoticeView.as_view(),
        name="membership_notice",
    ),
    path(
        "memberships/<int:pk>/correct/",
        people.MembershipCorrectView.as_view(),
        name="membership_correct",
    ),
    path("chair-terms/<int:pk>/end/", people.ChairEndView.as_view(), name="chair_end"),
    path(
        "memberships/<int:pk>/chair/", people.ChairDesignateView.as_view(), name="chair_designate"
    ),
]
