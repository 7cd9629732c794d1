import accounts.models.restricted
import django.db.models.deletion
import records.models.bases
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('charters', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BoardReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted_roles', accounts.models.restricted.RolesField(default=frozenset, editable=False, roles=['director', 'secretary', 'management', 'internal_auditor', 'external_auditor', 'company_counsel', 'independent_counsel', 'administrator'], verbose_name='restricted from roles')),
                ('restricted_people', accounts.models.restricted.PeopleField(default=frozenset, editable=False, verbose_name='restricted from people')),
                ('restricted_since', models.DateField(editable=False, help_text='A role held on this date restricts permanently.', verbose_name='issued on')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='number')),
                ('chair_name', models.CharField(blank=True, max_length=150, verbose_name='chair')),
                ('period_from', models.DateField(verbose_name='from')),
                ('period_to', models.DateField(verbose_name='to')),
                ('as_of', models.DateField(verbose_name='status as of')),
                ('audience', models.CharField(choices=[('board', 'Full Board'), ('independent', 'Independent directors only')], max_length=20, verbose_name='audience')),
                ('data', models.JSONField(verbose_name='values')),
                ('head_sequence', models.PositiveBigIntegerField(verbose_name='last ledger entry')),
                ('head_hash', models.CharField(max_length=64, verbose_name='its hash')),
                ('issued_at', models.DateTimeField(verbose_name='issued at')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_reports', to='charters.committee', verbose_name='committee')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='board_report', to='records.document', verbose_name='document')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='charter_portal.boardreport', verbose_name='replaces')),
            ],
            options={
                'verbose_name': 'report to the Board',
                'verbose_name_plural': 'reports to the Board',
                'ordering': ['-number'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='board_report_numbers_begin_at_one'), models.CheckConstraint(condition=models.Q(('period_to__gte', models.F('period_from'))), name='board_report_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('as_of__gte', models.F('period_from'))), name='board_report_reads_standings_after_it_begins'), models.CheckConstraint(condition=models.Q(('audience__in', ['board', 'independent'])), name='board_report_has_an_audience'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'independent'), _negated=True), ('restricted_roles__contains', ',management,'), _connector='OR'), name='independent_report_is_restricted_from_management'), models.CheckConstraint(condition=models.Q(('replaces', None), models.Q(('replaces', models.F('id')), _negated=True), _connector='OR'), name='board_report_replaces_another')],
            },
        ),
        migrations.CreateModel(
            name='PreparedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted_roles', accounts.models.restricted.RolesField(default=frozenset, editable=False, roles=['director', 'secretary', 'management', 'internal_auditor', 'external_auditor', 'company_counsel', 'independent_counsel', 'administrator'], verbose_name='restricted from roles')),
                ('restricted_people', accounts.models.restricted.PeopleField(default=frozenset, editable=False, verbose_name='restricted from people')),
                ('restricted_since', models.DateField(editable=False, help_text='A role held on this date restricts permanently.', verbose_name='issued on')),
                ('salt', models.CharField(default=records.models.bases.new_salt, editable=False, max_length=32)),
                ('recorded_at', models.DateTimeField(editable=False, verbose_name='recorded at')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('audience', models.CharField(choices=[('board', 'Full Board'), ('independent', 'Independent directors only')], max_length=20, verbose_name='audience')),
                ('data', models.JSONField(verbose_name='values')),
                ('state', models.CharField(choices=[('waiting', 'waiting for the chair'), ('sent-back', 'sent back by the chair'), ('prepared-again', 'prepared again'), ('issued', 'issued')], default='waiting', max_length=20, verbose_name='state')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prepared_reports', to='charters.committee', verbose_name='committee')),
                ('issued', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='prepared_as', to='charter_portal.boardreport')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charter_portal.boardreport')),
            ],
            options={
                'verbose_name': 'prepared report to the Board',
                'verbose_name_plural': 'prepared reports to the Board',
                'ordering': ['-pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('committee', 'audience'), name='one_prepared_report_waits_for_each_audience'), models.CheckConstraint(condition=models.Q(models.Q(('issued__isnull', False), ('state', 'issued')), models.Q(models.Q(('state', 'issued'), _negated=True), ('issued', None)), _connector='OR'), name='prepared_report_is_issued_with_its_report'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'prepared-again']), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='prepared_report_is_answered_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseDelegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=records.models.bases.new_salt, editable=False, max_length=32)),
                ('recorded_at', models.DateTimeField(editable=False, verbose_name='recorded at')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.committee')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.decision', verbose_name='decision')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'delegation of issuing reports',
                'verbose_name_plural': 'delegations of issuing reports',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('committee',), name='reports_are_delegated_once_at_a_time')],
            },
        ),
    ]
