"""Sites founded before get what cms/editors.py has given to new ones since."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from cms.editors import MODEL_PERMISSIONS


def give(apps, schema_editor):
    create_permissions(installed.get_app_config("search"), verbosity=0)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for group in Group.objects.filter(name__in=MODEL_PERMISSIONS):
        codenames = [code.split(".")[1] for code in MODEL_PERMISSIONS[group.name] if code.startswith("search.")]
        group.permissions.add(*Permission.objects.filter(content_type__app_label="search", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("search", "0007_search_desk")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
