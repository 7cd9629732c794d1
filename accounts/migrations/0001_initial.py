import accounts.models.restricted
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='KeptForm',
            fields=[
                ('id', models.CharField(editable=False, max_length=32, primary_key=True, serialize=False)),
                ('kept_at', models.DateTimeField(db_index=True, editable=False, verbose_name='kept')),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='bytes')),
                ('sealed', models.BinaryField()),
            ],
            options={
                'verbose_name': 'form that was typed without a sign-in',
                'verbose_name_plural': 'forms that were typed without a sign-in',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PasswordRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(editable=False, max_length=320, verbose_name='email address')),
                ('asked_at', models.DateTimeField(editable=False, verbose_name='asked')),
            ],
            options={
                'verbose_name': 'request for a new password',
                'verbose_name_plural': 'requests for a new password',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('awaits_confirmation', models.BooleanField(default=False, editable=False)),
                ('sessions_ended', models.PositiveIntegerField(default=0, editable=False)),
                ('withheld_records', accounts.models.restricted.RecordsField(default=frozenset, editable=False)),
                ('registered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['name', 'email'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_is_in_lower_case'), models.CheckConstraint(condition=models.Q(('awaits_confirmation', False), ('is_active', False), _connector='OR'), name='account_opens_once_it_is_confirmed')],
            },
        ),
        migrations.CreateModel(
            name='FactorReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('outcome', models.CharField(blank=True, choices=[('approved', 'approved'), ('declined', 'declined')], max_length=20, verbose_name='outcome')),
                ('checked', models.CharField(blank=True, choices=[('in_person', 'We met in person'), ('by_video', 'We met by video, and I recognized the person'), ('by_call', 'I called back at a number I already had')], max_length=20, verbose_name='checked')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='factor_resets', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'request to reset two-step verification',
                'verbose_name_plural': 'requests to reset two-step verification',
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('outcome', '')), models.Q(('decided_at__isnull', False), ('outcome__in', ['approved', 'declined']), models.Q(('decided_by__isnull', False), ('outcome', 'approved'), _connector='OR')), _connector='OR'), name='factor_reset_decision_is_complete'), models.CheckConstraint(condition=models.Q(models.Q(('checked__in', ['in_person', 'by_video', 'by_call']), ('outcome', 'approved')), models.Q(models.Q(('outcome', 'approved'), _negated=True), ('checked', '')), _connector='OR'), name='factor_reset_is_approved_after_a_check'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('user')), _negated=True), _connector='OR'), name='factor_reset_is_decided_by_a_second_person'), models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('user',), name='person_asks_for_one_factor_reset_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('invited_at', models.DateTimeField(verbose_name='invited')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('sent_at', models.DateTimeField(null=True, verbose_name='link made')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='link works until')),
                ('accepted_at', models.DateTimeField(null=True, verbose_name='accepted')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='replaced or taken back')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['invited_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('expires_at', None), ('sent_at', None)), models.Q(models.Q(('digest', ''), _negated=True), ('expires_at__isnull', False), ('sent_at__isnull', False), ('expires_at__gt', models.F('sent_at'))), _connector='OR'), name='invitation_link_is_whole_or_not_made'), models.CheckConstraint(condition=models.Q(('accepted_at', None), models.Q(('ended_at', None), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='invitation_is_accepted_by_its_link_or_ends'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('ended_at', None)), fields=('user',), name='person_has_one_open_invitation'), models.UniqueConstraint(condition=models.Q(('digest', ''), _negated=True), fields=('digest',), name='invitation_link_is_its_own')],
            },
        ),
        migrations.CreateModel(
            name='RoleTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('role', models.CharField(choices=[('director', 'Director'), ('secretary', 'Corporate secretary'), ('management', 'Management'), ('internal_auditor', 'Internal auditor'), ('external_auditor', 'External auditor'), ('company_counsel', 'Company counsel'), ('independent_counsel', 'Independent counsel'), ('administrator', 'Administrator')], max_length=30, verbose_name='role')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'role held',
                'verbose_name_plural': 'roles held',
                'ordering': ['starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='role_term_ends_no_earlier_than_it_starts'), models.CheckConstraint(condition=models.Q(('role__in', ['director', 'secretary', 'management', 'internal_auditor', 'external_auditor', 'company_counsel', 'independent_counsel', 'administrator'])), name='role_term_is_of_a_known_role'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('user', 'role'), name='role_is_held_once_at_a_time')],
            },
        ),
    ]
