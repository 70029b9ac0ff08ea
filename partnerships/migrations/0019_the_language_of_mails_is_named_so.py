from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0018_meetings_and_documents_of_a_room")]
    operations = [migrations.RenameField("profile", "language", "mail_language")]
