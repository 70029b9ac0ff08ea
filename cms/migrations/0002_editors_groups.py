"""The editors' groups with what they may do (cms/editors.py). Where they may do it, found_site says."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from cms.editors import FILES, MODEL_PERMISSIONS


def make_groups(apps, schema_editor):
    for app in ("portal", "partnerships", "cms", "wagtailadmin", "wagtailcore", "wagtailredirects", "wagtail_localize", "auth"):
        create_permissions(installed.get_app_config(app), verbosity=0)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    for name, codes in MODEL_PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for code in codes:
            label, codename = code.split(".")
            group.permissions.add(*Permission.objects.filter(content_type__app_label=label, codename=codename))
    give_collections(apps)


def give_collections(apps):
    """Editors' images and documents lie in the root collection."""
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    Collection = apps.get_model("wagtailcore", "Collection")
    Given = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = Collection.objects.filter(depth=1).first()
    for name, codes in MODEL_PERMISSIONS.items():
        wanted = [code.split(".")[1] for code in codes if code.rsplit("_", 1)[-1] in FILES]
        for permission in Permission.objects.filter(content_type__app_label="partnerships", codename__in=wanted):
            Given.objects.get_or_create(group=Group.objects.get(name=name), collection=root, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_what_is_shared"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("portal", "0001_user"),
        ("partnerships", "0001_who_takes_part"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
