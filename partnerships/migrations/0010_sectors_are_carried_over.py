from django.db import migrations


def carry(apps, schema_editor):
    """The one sector becomes the first of several."""
    Organisation = apps.get_model("partnerships", "Organisation")
    Link = Organisation.sectors.through
    rows = Organisation.objects.exclude(sector=None).values_list("pk", "sector_id")
    Link.objects.bulk_create(
        (Link(organisation_id=organisation, sector_id=sector) for organisation, sector in rows), ignore_conflicts=True
    )


def back(apps, schema_editor):
    """The one sector is the first of those it has."""
    Organisation = apps.get_model("partnerships", "Organisation")
    for organisation, sector in Organisation.sectors.through.objects.order_by("-pk").values_list(
        "organisation_id", "sector_id"
    ):
        Organisation.objects.filter(pk=organisation).update(sector=sector)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0009_organisations_say_more")]

    operations = [migrations.RunPython(carry, back)]
