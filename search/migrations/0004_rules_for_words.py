import django.core.validators
import search.models.word_rules
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_saved_searches'),
    ]

    operations = [
        migrations.CreateModel(
            name='WordRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='In its basic form: vindmøllelaug.', max_length=50, unique=True, validators=[django.core.validators.MinLengthValidator(3), django.core.validators.RegexValidator('(?i)^[a-zæøåéèüáóôêñç]+$', 'One word, letters only.')], verbose_name='word')),
                ('kind', models.CharField(choices=[('whole', 'stays whole'), ('parts', 'has these parts'), ('element', 'is a part of other words')], default='whole', help_text='A word that stays whole is not found by what stands inside it. A part of other words is one that the dictionary does not know well: laug makes vindmøllelaug and laugsmøde fall into their parts.', max_length=10, verbose_name='rule')),
                ('parts', models.CharField(blank=True, help_text='In their basic form, with spaces: vindmølle laug. Letters that only link them are left out.', max_length=80, validators=[django.core.validators.RegexValidator('(?i)^[a-zæøåéèüáóôêñç]+( [a-zæøåéèüáóôêñç]+)+$', 'At least two words with a space between them.')], verbose_name='parts')),
                ('opens', models.CharField(blank=True, help_text='Only for a part of other words, where it changes by more than an s: barn stands as børne in børnehave.', max_length=60, validators=[django.core.validators.RegexValidator('(?i)^[a-zæøåéèüáóôêñç]+$', 'One word, letters only.')], verbose_name='before another word')),
                ('mark', models.BigIntegerField(default=search.models.word_rules.new_mark, editable=False)),
            ],
            options={
                'verbose_name': 'rule for a word',
                'verbose_name_plural': 'rules for words',
                'ordering': ['word'],
            },
        ),
    ]
