import django.core.validators
import django.db.models.deletion
import records.models.bases
import records.models.company
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('on', models.DateField(unique=True, verbose_name='day')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
            ],
            options={
                'verbose_name': 'holiday',
                'verbose_name_plural': 'holidays',
                'ordering': ['on'],
            },
        ),
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('ticker', models.CharField(blank=True, max_length=10, verbose_name='ticker symbol')),
                ('exchange', models.CharField(choices=[('nasdaq', 'Nasdaq'), ('nyse', 'New York Stock Exchange'), ('other', 'Another exchange')], default='nasdaq', max_length=10, verbose_name='exchange')),
                ('state', models.CharField(default='Delaware', max_length=40, verbose_name='state of incorporation')),
                ('time_zone', models.CharField(default='America/New_York', help_text='Legal dates follow this time zone, for example America/New_York.', max_length=60, validators=[records.models.company.validate_time_zone], verbose_name='time zone')),
                ('currency', models.CharField(default='USD', max_length=3, verbose_name='currency')),
                ('locale', models.CharField(choices=[('en-us', 'United States: August 4, 2026'), ('en-gb', 'Elsewhere: 4 August 2026')], default='en-us', max_length=10, verbose_name='date format')),
                ('paper_size', models.CharField(choices=[('letter', 'US Letter'), ('a4', 'A4')], default='letter', max_length=10, verbose_name='paper')),
                ('records_begin', models.DateField(help_text='Earlier due dates are shown as before records begin. For example, with January 1, 2026, a review due on March 15, 2026 needs a record, and one due on December 31, 2025 does not.', verbose_name="the portal's records begin on")),
                ('annually', models.CharField(choices=[('fiscal_year', 'once in each fiscal year'), ('twelve_months', 'also within twelve months of the last one')], default='fiscal_year', max_length=20, verbose_name='“annually” is read as')),
                ('new_accounts', models.CharField(choices=[('at_once', 'at once'), ('by_two', 'after a second person confirms them')], default='at_once', help_text='With two, no secretary or administrator can add a person alone.', max_length=20, verbose_name='new accounts open')),
                ('at_once_asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('to_confirm', models.JSONField(blank=True, default=list, editable=False, help_text='Names of fields with a default value that was not confirmed.', verbose_name='defaults to confirm')),
                ('singleton', models.BooleanField(default=True, editable=False, unique=True)),
                ('at_once_asked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'company',
                'verbose_name_plural': 'companies',
                'constraints': [models.CheckConstraint(condition=models.Q(('singleton', True)), name='one_installation_serves_one_company'), models.CheckConstraint(condition=models.Q(models.Q(('at_once_asked_at', None), ('at_once_asked_by', None)), models.Q(('at_once_asked_at__isnull', False), ('at_once_asked_by__isnull', False), ('new_accounts', 'by_two')), _connector='OR'), name='accounts_at_once_are_asked_for_while_they_take_two')],
            },
        ),
        migrations.CreateModel(
            name='AnnualMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('on', models.DateField(unique=True, verbose_name='day')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='annual_meetings', to='records.company')),
            ],
            options={
                'verbose_name': 'annual meeting',
                'verbose_name_plural': 'annual meetings',
                'ordering': ['on'],
            },
        ),
        migrations.CreateModel(
            name='DeletionPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('is_nightly', models.BooleanField(default=False, verbose_name='deleted overnight')),
            ],
            options={
                'verbose_name': 'deletion policy',
                'verbose_name_plural': 'deletion policies',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_deletion_policy')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('claimed', 'being sent'), ('delivered', 'delivered'), ('uncertain', 'uncertain'), ('failed', 'not accepted'), ('void', 'nothing to send')], db_index=True, default='waiting', max_length=20, verbose_name='state')),
                ('gathered_at', models.DateTimeField(verbose_name='gathered at')),
                ('due_at', models.DateTimeField(verbose_name='next try at')),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='tries')),
                ('claimed_at', models.DateTimeField(null=True, verbose_name='claimed at')),
                ('delivered_at', models.DateTimeField(null=True, verbose_name='delivered at')),
                ('is_to_folder', models.BooleanField(default=False, verbose_name='written to a folder')),
                ('setback', models.CharField(blank=True, choices=[('unreachable', 'The mail server did not answer.'), ('sign_in', "The mail server did not accept the portal's sign-in."), ('settings', "The portal's mail server settings are not valid."), ('later', 'The mail server asked to try again later.'), ('sender', "The mail server did not accept the portal's own address."), ('unwritten', 'The email could not be written.'), ('recipient', "The mail server did not accept the recipient's address."), ('content', 'The mail server did not accept the email.'), ('address', "The recipient's address is not valid.")], max_length=20, verbose_name='what the last try met with')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['-gathered_at', 'pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'claimed', 'delivered', 'uncertain', 'failed', 'void'])), name='delivery_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(('is_to_folder', False), ('state', 'delivered'), _connector='OR'), name='delivery_to_a_folder_is_over'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_at__isnull', False), ('state__in', ['claimed', 'uncertain'])), models.Q(models.Q(('state__in', ['claimed', 'uncertain']), _negated=True), ('claimed_at', None)), _connector='OR'), name='delivery_has_a_claim_while_it_is_open'), models.CheckConstraint(condition=models.Q(models.Q(('delivered_at__isnull', False), ('state', 'delivered')), models.Q(models.Q(('state', 'delivered'), _negated=True), ('delivered_at', None)), _connector='OR'), name='delivery_was_made_at_an_instant'), models.CheckConstraint(condition=models.Q(('setback', ''), ('state', 'failed'), _negated=True), name='delivery_that_was_not_accepted_says_why'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'void']), ('tries__gt', 0), _connector='OR'), name='delivery_was_tried')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('salt', models.CharField(default=records.models.bases.new_salt, editable=False, max_length=32)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(db_index=True, max_length=40, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('file_name', models.CharField(max_length=200, verbose_name='file name')),
                ('content_type', models.CharField(choices=[('application/pdf', 'PDF document'), ('image/png', 'PNG image'), ('image/jpeg', 'JPEG image'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word document'), ('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel workbook'), ('text/plain', 'plain text file')], max_length=100, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256 digest')),
                ('filed_at', models.DateTimeField(verbose_name='filed at')),
                ('series', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('deleted_at', models.DateTimeField(blank=True, null=True, verbose_name='deleted at')),
                ('deleted_because', models.CharField(blank=True, choices=[('draft', 'a draft'), ('superseded', 'superseded by a later version'), ('term', 'its retention period ended')], max_length=20, verbose_name='deleted as')),
                ('filed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='records.document', verbose_name='supersedes')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['-filed_at', 'pk'],
                'default_permissions': ('view',),
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='document_is_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('deleted_at', None), ('deleted_because', ''), models.Q(('title', ''), ('file_name', ''), ('sha256', ''), ('salt', ''), _connector='OR', _negated=True)), models.Q(('deleted_at__isnull', False), ('file_name', ''), ('salt', ''), ('sha256', ''), ('title', ''), models.Q(('deleted_because', ''), _negated=True)), _connector='OR'), name='document_is_whole_or_deleted'), models.UniqueConstraint(fields=('series', 'version'), name='document_version_is_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('supersedes', None), ('version', 1)), models.Q(('supersedes__isnull', False), ('version__gt', 1)), _connector='OR'), name='document_version_follows_another'), models.CheckConstraint(condition=models.Q(('supersedes', None), models.Q(('supersedes', models.F('id')), _negated=True), _connector='OR'), name='document_supersedes_another')],
            },
        ),
        migrations.CreateModel(
            name='FilerStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('category', models.CharField(choices=[('large_accelerated', 'Large accelerated filer'), ('accelerated', 'Accelerated filer'), ('non_accelerated', 'Non-accelerated filer')], max_length=20, verbose_name='filer category')),
                ('is_smaller_reporting', models.BooleanField(default=True, verbose_name='smaller reporting company')),
                ('effective_from', models.DateField(verbose_name='from')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filer_statuses', to='records.company')),
            ],
            options={
                'verbose_name': 'filer status',
                'verbose_name_plural': 'filer statuses',
                'ordering': ['effective_from'],
                'constraints': [models.UniqueConstraint(fields=('company', 'effective_from'), name='one_filer_status_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='FiscalYearEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('effective_from', models.DateField(verbose_name='for years ending on or after')),
                ('month', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='month')),
                ('day', models.PositiveSmallIntegerField(default=31, help_text='31 means the last day of the month.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='day')),
                ('rule', models.CharField(choices=[('date', 'on that date'), ('last_weekday', 'on the last such weekday of the month'), ('nearest_weekday', 'on such weekday nearest to that date')], default='date', max_length=20, verbose_name='the year ends')),
                ('weekday', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], null=True, verbose_name='weekday')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fiscal_year_ends', to='records.company')),
            ],
            options={
                'verbose_name': 'fiscal year end',
                'verbose_name_plural': 'fiscal year ends',
                'ordering': ['effective_from'],
                'constraints': [models.UniqueConstraint(fields=('company', 'effective_from'), name='one_fiscal_year_end_from_a_day'), models.CheckConstraint(condition=models.Q(('month__range', (1, 12)), ('day__range', (1, 31))), name='fiscal_year_end_is_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('rule', 'date'), ('weekday', None)), models.Q(models.Q(('rule', 'date'), _negated=True), ('weekday__isnull', False)), _connector='OR'), name='fiscal_year_end_weekday_goes_with_its_rule')],
            },
        ),
        migrations.CreateModel(
            name='LateNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('period', models.CharField(help_text='The key of the period that the report covers, for example FY2026Q3.', max_length=20, unique=True, verbose_name='report')),
                ('filed_on', models.DateField(verbose_name='Form 12b-25 filed on')),
                ('says_unavoidable', models.BooleanField(default=False, verbose_name='It says the delay could not be avoided without unreasonable effort or expense')),
                ('says_will_file_in_time', models.BooleanField(default=False, verbose_name='It says the report will be filed within the extension')),
                ('auditor_is_cause', models.BooleanField(default=False, verbose_name='The auditor is the cause')),
                ('has_auditor_statement', models.BooleanField(default=False, verbose_name="The auditor's signed statement is attached")),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_notices', to='records.company')),
            ],
            options={
                'verbose_name': 'Form 12b-25',
                'verbose_name_plural': 'Forms 12b-25',
                'ordering': ['-filed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LedgerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('entries', models.PositiveBigIntegerField(verbose_name='entries')),
                ('head_sequence', models.PositiveBigIntegerField(verbose_name='last entry')),
                ('head_hash', models.CharField(max_length=64, verbose_name='hash of the last entry')),
                ('since', models.PositiveBigIntegerField(default=0, verbose_name='read from entry')),
                ('anchors', models.PositiveIntegerField(default=0, verbose_name='anchors')),
                ('anchors_whole', models.BooleanField(default=True, verbose_name='no anchor lost')),
                ('seal', models.CharField(blank=True, max_length=64, verbose_name='seal')),
                ('is_sound', models.BooleanField(verbose_name='sound')),
                ('guards', models.BooleanField(verbose_name='guards present')),
                ('fault_sequence', models.PositiveBigIntegerField(null=True, verbose_name='first faulty entry')),
                ('fault_kind', models.CharField(blank=True, choices=[('changed', 'changed'), ('removed', 'removed'), ('inserted', 'inserted'), ('reordered', 'reordered')], max_length=20, verbose_name='kind of fault')),
                ('fault_anchor', models.PositiveBigIntegerField(null=True, verbose_name='anchor not met')),
            ],
            options={
                'verbose_name': 'ledger check',
                'verbose_name_plural': 'ledger checks',
                'ordering': ['-pk'],
                'default_permissions': ('view',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('fault_kind', ''), ('fault_sequence', None), ('is_sound', True)), models.Q(('fault_sequence__isnull', False), ('is_sound', False), models.Q(('fault_kind', ''), _negated=True)), _connector='OR'), name='ledger_check_names_the_fault_it_found')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('sequence', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('actor', models.CharField(max_length=200, verbose_name='by')),
                ('action', models.CharField(max_length=60, verbose_name='act')),
                ('subject', models.CharField(max_length=100, verbose_name='on')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('previous_hash', models.CharField(max_length=64, unique=True, verbose_name='hash of the entry before')),
                ('hash', models.CharField(max_length=64, unique=True, verbose_name='hash')),
                ('seal', models.CharField(max_length=64, verbose_name='seal')),
            ],
            options={
                'verbose_name': 'ledger entry',
                'verbose_name_plural': 'ledger entries',
                'ordering': ['sequence'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['subject'], name='ledger_by_subject'), models.Index(fields=['action'], name='ledger_by_action'), models.Index(fields=['at'], name='ledger_by_instant'), models.Index(fields=['actor'], name='ledger_by_actor', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('previous_hash', '0000000000000000000000000000000000000000000000000000000000000000'), ('sequence', 1)), models.Q(('sequence__gt', 1), models.Q(('previous_hash', '0000000000000000000000000000000000000000000000000000000000000000'), _negated=True)), _connector='OR'), name='ledger_begins_once'), models.CheckConstraint(condition=models.Q(models.Q(('hash', models.F('previous_hash')), _negated=True), models.Q(('hash', '0000000000000000000000000000000000000000000000000000000000000000'), _negated=True)), name='ledger_entry_follows_another')],
            },
        ),
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'ledger head',
                'verbose_name_plural': 'ledger heads',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='ledger_has_one_head')],
            },
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=records.models.bases.new_salt, editable=False, max_length=32)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('reason', models.TextField(max_length=2000, verbose_name='reason')),
                ('placed_at', models.DateTimeField(verbose_name='placed at')),
                ('lifting_at', models.DateTimeField(blank=True, null=True, verbose_name='lifting proposed at')),
                ('lifting_because', models.TextField(blank=True, max_length=2000, verbose_name='reason for lifting')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted at')),
                ('lifted_because', models.TextField(blank=True, max_length=2000, verbose_name='reason for confirming')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifted by')),
                ('lifting_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifting proposed by')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='placed by')),
            ],
            options={
                'verbose_name': 'hold',
                'verbose_name_plural': 'holds',
                'ordering': ['-placed_at', '-pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_because', ''), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), ('lifted_at__gte', models.F('placed_at')), models.Q(('lifted_because', ''), _negated=True)), _connector='OR'), name='hold_is_lifted_with_a_reason_or_open'), models.CheckConstraint(condition=models.Q(models.Q(('lifting_at', None), ('lifting_because', ''), ('lifting_by', None)), models.Q(('lifting_at__isnull', False), ('lifting_by__isnull', False), ('lifting_at__gte', models.F('placed_at')), models.Q(('lifting_because', ''), _negated=True)), _connector='OR'), name='lifting_is_proposed_with_a_reason_or_not'), models.CheckConstraint(condition=models.Q(('lifted_at', None), models.Q(('lifting_by__isnull', False), models.Q(('lifting_by', models.F('lifted_by')), _negated=True)), _connector='OR'), name='hold_is_lifted_by_two_people')],
            },
        ),
        migrations.CreateModel(
            name='MailRhythm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('rhythm', models.CharField(choices=[('at_once', 'at once, on business days'), ('daily', 'once a day, in the morning of business days'), ('weekly', 'once a week, in the morning of its first business day')], max_length=20, verbose_name='emails arrive')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mail_rhythm', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'email frequency',
                'verbose_name_plural': 'email frequencies',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('rhythm__in', ['at_once', 'daily', 'weekly'])), name='mail_rhythm_is_a_known_one')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=records.models.bases.new_salt, editable=False, max_length=32)),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('key', models.CharField(max_length=200, verbose_name='key')),
                ('subject', models.CharField(blank=True, max_length=100, verbose_name='on')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('owed_at', models.DateTimeField(verbose_name='owed at')),
                ('not_before', models.DateTimeField(null=True, verbose_name='not before')),
                ('state', models.CharField(choices=[('owed', 'waiting to be sent'), ('carried', 'in an email'), ('withdrawn', 'withdrawn'), ('cancelled', 'canceled')], db_index=True, default='owed', max_length=20, verbose_name='state')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('withdrawn_because', models.CharField(blank=True, choices=[('nothing_waits', 'Nothing was left to send.'), ('account_closed', "The person's account was closed.")], max_length=20, verbose_name='withdrawn because')),
                ('cancelled_because', models.CharField(blank=True, max_length=300, verbose_name='canceled because')),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('delivery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='records.delivery')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='to')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ['-owed_at', '-pk'],
                'default_permissions': ('view', 'change'),
                'constraints': [models.UniqueConstraint(fields=('kind', 'recipient', 'key'), name='notice_is_owed_once'), models.CheckConstraint(condition=models.Q(('state__in', ['owed', 'carried', 'withdrawn', 'cancelled'])), name='notice_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('delivery', None), ('state', 'owed')), models.Q(('delivery__isnull', False), ('state', 'carried')), ('state__in', ('withdrawn', 'cancelled')), _connector='OR'), name='notice_is_carried_by_a_delivery'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('withdrawn', 'cancelled'))), models.Q(models.Q(('state__in', ('withdrawn', 'cancelled')), _negated=True), ('ended_at', None)), _connector='OR'), name='notice_that_came_to_nothing_ended_at_an_instant'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), models.Q(('withdrawn_because', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_because', '')), _connector='OR'), name='notice_that_is_withdrawn_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_by__isnull', False), ('state', 'cancelled'), models.Q(('cancelled_because', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_because', ''), ('cancelled_by', None)), _connector='OR'), name='notice_that_is_cancelled_says_by_whom_and_why')],
            },
        ),
    ]
