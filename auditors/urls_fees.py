"""Addresses of fees and of the proxy's fee table."""

from django.urls import path

from auditors.views import fees

urlpatterns = [
    path("auditor/fees/", fees.FeesView.as_view(), name="fees"),
    path("auditor/fees/add/", fees.FeeAddView.as_view(), name="fee_add"),
    path("auditor/fees/<int:pk>/withdraw/", fees.FeeWithdrawView.as_view(), name="fee_withdraw"),
    path("auditor/fees/table/", fees.FeeTableView.as_view(), name="fee_table"),
    path("auditor/fees/table.pdf", fees.FeeTablePdfView.as_view(), name="fee_table_pdf"),
    path("auditor/fees/table.xlsx", fees.FeeTableXlsxView.as_view(), name="fee_table_xlsx"),
    path("auditor/fees/table/issue/", fees.TableIssueView.as_view(), name="fee_table_issue"),
    path("auditor/fees/tables/<int:pk>/", fees.IssuedTableView.as_view(), name="fee_table_issued"),
]
