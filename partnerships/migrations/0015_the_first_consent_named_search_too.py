"""Version 2026-1 of the consent said both: shown to everyone, and found by search. Each is now a consent of its own."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def give_search_its_own_row(apps, schema_editor):
    consents = apps.get_model("partnerships", "Consent").objects
    given = consents.filter(purpose="contact", text_version="2026-1", withdrawn=None)
    has_it = Exists(consents.filter(profile=OuterRef("profile"), purpose="search", withdrawn=None))
    consents.bulk_create(
        consents.model(profile_id=row.profile_id, purpose="search", text_version=row.text_version, given=row.given)
        for row in given.filter(~has_it)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0014_profiles_say_more"),
    ]

    operations = [
        migrations.RunPython(give_search_its_own_row, migrations.RunPython.noop),
    ]
