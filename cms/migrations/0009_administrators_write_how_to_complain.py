"""Sites founded before get what cms/editors.py has given to new ones since."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from cms.editors import ADMINISTRATORS


def give(apps, schema_editor):
    create_permissions(installed.get_app_config("partnerships"), verbosity=0)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    allowed = Permission.objects.filter(content_type__app_label="partnerships", codename="change_complaintguidance")
    for group in Group.objects.filter(name=ADMINISTRATORS):
        group.permissions.add(*allowed)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0008_administrators_send_mail_again"),
        ("partnerships", "0025_what_nobody_reads_is_not_kept"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
