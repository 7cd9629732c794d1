import django.db.models.deletion
import records.models.bases
import whistleblower.models.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('charters', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Night',
            fields=[
                ('on', models.DateField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('sealed', models.JSONField(default=dict)),
                ('is_clean', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'nightly run',
                'verbose_name_plural': 'nightly runs',
            },
        ),
        migrations.CreateModel(
            name='OpenDesk',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'verbose_name': 'open desk',
                'verbose_name_plural': 'open desks',
            },
        ),
        migrations.CreateModel(
            name='RosterList',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('proposed_on', models.DateField()),
                ('in_force_on', models.DateField(null=True)),
            ],
            options={
                'verbose_name': 'list of readers',
                'verbose_name_plural': 'lists of readers',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.CharField(default=whistleblower.models.ids.new_id, editable=False, max_length=32, primary_key=True, serialize=False)),
                ('locator', models.BinaryField(max_length=32, unique=True)),
                ('received_on', models.DateField()),
                ('is_quarantined', models.BooleanField(default=False)),
                ('is_marked_for_deletion', models.BooleanField(default=False)),
                ('reporter_opens', models.BinaryField(max_length=32)),
                ('reporter_key', models.BinaryField()),
                ('last_used', models.BinaryField()),
            ],
            options={
                'verbose_name': 'case',
                'verbose_name_plural': 'cases',
                'constraints': [models.CheckConstraint(condition=models.Q(('locator__length', 32)), name='case_locator_is_a_hash')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=records.models.bases.new_salt, editable=False, max_length=32)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('way', models.CharField(choices=[('own', "The portal's own channel"), ('outside', 'An outside line')], default='own', max_length=10, verbose_name='how concerns are taken')),
                ('outside_name', models.CharField(blank=True, max_length=150, verbose_name='who runs the outside line')),
                ('outside_address', models.CharField(blank=True, max_length=200, verbose_name='web address or telephone number')),
                ('opened_on', models.DateField(editable=False, null=True, verbose_name='open since')),
                ('lost_from', models.DateField(editable=False, null=True)),
                ('restored_on', models.DateField(editable=False, null=True)),
                ('desk_key_mark', models.CharField(blank=True, editable=False, max_length=64)),
                ('committee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='channel', to='charters.committee')),
            ],
            options={
                'verbose_name': 'concerns channel',
                'verbose_name_plural': 'concerns channels',
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['own', 'outside'])), name='channel_way_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('way', 'outside'), _negated=True), models.Q(models.Q(('outside_name', ''), _negated=True), models.Q(('outside_address', ''), _negated=True)), _connector='OR'), name='outside_line_has_name_and_address'), models.CheckConstraint(condition=models.Q(models.Q(('lost_from', None), ('restored_on', None)), models.Q(('lost_from__isnull', False), ('restored_on__gte', models.F('lost_from'))), _connector='OR'), name='restore_has_both_dates')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.CharField(default=whistleblower.models.ids.new_id, editable=False, max_length=64, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('generation', models.PositiveIntegerField()),
                ('on', models.DateField()),
                ('sealed', models.BinaryField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='whistleblower.case')),
            ],
            options={
                'verbose_name': 'sealed entry',
                'verbose_name_plural': 'sealed entries',
                'ordering': ['case', 'number'],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='part_has_its_number')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=records.models.bases.new_salt, editable=False, max_length=32)),
                ('recorded_at', models.DateTimeField(editable=False, verbose_name='recorded at')),
                ('procedure', models.CharField(choices=[('adopted', 'The complaint procedures were adopted.'), ('reviewed', 'The complaint procedures and the channel were reviewed.'), ('announced', 'The channel was announced to the employees.'), ('tested', 'The channel was tested, and every reader opened the test.'), ('quarter', 'The concerns procedures were followed in the quarter.')], max_length=10)),
                ('performed_on', models.DateField(verbose_name='date')),
                ('serves', models.DateField()),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='whistleblower.channel')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.decision', verbose_name='decision')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'entry on the concerns procedures',
                'verbose_name_plural': 'entries on the concerns procedures',
                'ordering': ['-performed_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('procedure__in', ['adopted', 'reviewed', 'announced', 'tested', 'quarter'])), name='procedure_is_known'), models.UniqueConstraint(condition=models.Q(('procedure', 'quarter')), fields=('channel', 'serves'), name='quarter_is_completed_once'), models.UniqueConstraint(fields=('channel', 'procedure', 'performed_on'), name='procedure_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ReaderKey',
            fields=[
                ('uid', models.CharField(default=whistleblower.models.ids.new_id, editable=False, max_length=32, primary_key=True, serialize=False)),
                ('made_on', models.DateField()),
                ('sealed_seed', models.BinaryField()),
                ('opens', models.CharField(max_length=64, unique=True)),
                ('signs', models.CharField(max_length=64, unique=True)),
                ('sheet_verified_on', models.DateField(null=True)),
                ('opened_on', models.DateField(null=True)),
                ('seen', models.BinaryField(default=bytes)),
                ('ended_on', models.DateField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': "reader's key",
                'verbose_name_plural': "readers' keys",
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('user',), name='reader_has_one_key'), models.CheckConstraint(condition=models.Q(('sheet_verified_on', None), ('sheet_verified_on__gte', models.F('made_on')), _connector='OR'), name='sheet_is_verified_after_the_key_was_made')],
            },
        ),
        migrations.CreateModel(
            name='RosterSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reader', models.CharField(max_length=32)),
                ('signature', models.BinaryField(max_length=64)),
                ('signed_on', models.DateField()),
                ('listed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='whistleblower.rosterlist')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
                'constraints': [models.UniqueConstraint(fields=('listed', 'reader'), name='reader_signs_a_list_once')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.CharField(default=whistleblower.models.ids.new_id, editable=False, max_length=32, primary_key=True, serialize=False)),
                ('generation', models.PositiveIntegerField()),
                ('reader', models.CharField(max_length=32)),
                ('sealed', models.BinaryField(max_length=113)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='whistleblower.case')),
            ],
            options={
                'verbose_name': 'slot',
                'verbose_name_plural': 'slots',
                'constraints': [models.UniqueConstraint(fields=('case', 'generation', 'reader'), name='reader_has_one_slot'), models.CheckConstraint(condition=models.Q(('sealed__length', 113)), name='slot_has_its_size')],
            },
        ),
    ]
