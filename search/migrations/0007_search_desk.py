import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0006_editors_keep_words'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('generation', models.CharField(max_length=60)),
                ('missing', models.PositiveIntegerField()),
                ('surplus', models.PositiveIntegerField()),
                ('stale', models.PositiveIntegerField()),
                ('mended', models.PositiveIntegerField(default=0)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='LoggedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('query', models.CharField(max_length=120, verbose_name='query')),
                ('lang', models.CharField(max_length=2, verbose_name='language')),
                ('hour', models.DateTimeField(verbose_name='hour')),
                ('searches', models.PositiveIntegerField(default=0, verbose_name='searches')),
                ('results', models.PositiveIntegerField(null=True, verbose_name='results')),
                ('clicks', models.PositiveIntegerField(default=0, verbose_name='clicks')),
            ],
            options={
                'verbose_name': 'search that was made',
                'verbose_name_plural': 'searches that were made',
                'ordering': ['-hour', 'query'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['hour', 'query', 'lang'], name='searches_by_hour')],
            },
        ),
        migrations.CreateModel(
            name='Promotion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='The words that people search for. Their order and their endings do not matter.', max_length=120, validators=[django.core.validators.MinLengthValidator(2)], verbose_name='search')),
                ('lang', models.CharField(blank=True, choices=[('', 'Both languages'), ('da', 'Danish'), ('en', 'English')], default='', max_length=2, verbose_name='language')),
                ('key', models.CharField(max_length=60, verbose_name='what is put first')),
                ('name', models.CharField(max_length=255, verbose_name='what is put first')),
                ('until', models.DateField(blank=True, help_text='Without a date it stays until you take it away.', null=True, verbose_name='until and with')),
                ('changed', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'recommended result',
                'verbose_name_plural': 'recommended results',
                'ordering': ['words', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('words', 'lang', 'key'), name='a_thing_is_put_first_once', violation_error_message='It is put first for this search already.')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='What people searched for.', max_length=120, verbose_name='search')),
                ('note', models.TextField(blank=True, help_text='What is missing, and who may know or write it.', validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name='note')),
                ('state', models.CharField(choices=[('open', 'missing'), ('written', 'written'), ('dropped', 'dropped')], default='open', max_length=10, verbose_name='state')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noted')),
                ('page', models.ForeignKey(blank=True, help_text='The page that was written.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page')),
            ],
            options={
                'verbose_name': 'missing story',
                'verbose_name_plural': 'missing stories',
                'ordering': ['-created', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='IndexRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('rebuild', 'build the index anew'), ('audit', 'compare the index with the database')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'waits'), ('running', 'under way'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10)),
                ('asked', models.DateTimeField(default=django.utils.timezone.now)),
                ('touched', models.DateTimeField(default=django.utils.timezone.now)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': ('add',),
                'constraints': [models.UniqueConstraint(models.F('act'), condition=models.Q(('state__in', ('waiting', 'running'))), name='one_unfinished_request_an_act')],
            },
        ),
    ]
