"""Addresses of the channel, of the desk, and of what is known outside the desk."""

from django.urls import path, register_converter

from whistleblower import texts
from whistleblower.views import cases, channel, desk, intake, keys, outside, visit


class Language:
    """A language that has its file of words."""

    regex = "|".join(texts.LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "language")

urlpatterns = [
    path("concerns/", channel.StartView.as_view(), name="concerns"),
    path("concerns/<language:language>/", channel.StartView.as_view(), name="concerns_start"),
    path(
        "concerns/<language:language>/report/", channel.ReportView.as_view(), name="concerns_report"
    ),
    path(
        "concerns/<language:language>/practice/",
        channel.PracticeView.as_view(),
        name="concerns_practice",
    ),
    path(
        "concerns/<language:language>/return/", visit.ReturnView.as_view(), name="concerns_return"
    ),
    path("concerns/<language:language>/done/", channel.DoneView.as_view(), name="concerns_done"),
    path("channel/", outside.ChannelOutsideView.as_view(), name="channel"),
    path("channel/way/", outside.WayView.as_view(), name="channel_way"),
    path("channel/poster/", outside.PosterView.as_view(), name="channel_poster"),
    path(
        "channel/record/<slug:procedure>/",
        outside.ProcedureRecordView.as_view(),
        name="procedure_record",
    ),
    path("desk/", desk.DeskView.as_view(), name="desk"),
    path("desk/close/", desk.DeskCloseView.as_view(), name="desk_close"),
    path("desk/key/", keys.KeyView.as_view(), name="desk_key"),
    path("desk/intake/", intake.IntakeView.as_view(), name="desk_intake"),
    path("desk/readers/", keys.ReadersView.as_view(), name="desk_readers"),
    path("desk/cases/<slug:case>/", cases.CaseView.as_view(), name="desk_case"),
    path("desk/cases/<slug:case>/<slug:act>/", cases.CaseActView.as_view(), name="desk_act"),
]
