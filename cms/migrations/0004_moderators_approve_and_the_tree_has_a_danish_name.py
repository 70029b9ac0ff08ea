"""Wagtail's own workflow asked a group that is not here, so nobody would ever have seen what was submitted."""

from django.db import migrations

from cms.editors import ADMINISTRATORS, APPROVAL, MODERATORS, TREE


def give(apps, schema_editor):
    Group, Task = apps.get_model("auth", "Group"), apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow, Page = apps.get_model("wagtailcore", "Workflow"), apps.get_model("wagtailcore", "Page")
    approving = Group.objects.filter(name__in=[MODERATORS, ADMINISTRATORS])
    for task in Task.objects.filter(name="Moderators approval", groups=None):
        task.groups.set(approving)
        task.name = APPROVAL
        task.save()
    Workflow.objects.filter(name="Moderators approval").update(name=APPROVAL)
    Page.objects.filter(depth=1, title="Root").update(title=TREE, draft_title=TREE)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_editors_keep_tiers_members_and_seats"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
