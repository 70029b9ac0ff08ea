from django.apps import AppConfig
from django.db.models.signals import post_save


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from partnerships import carrying
        from partnerships.handover import kinds, own_kinds
        from partnerships.models import Document
        from partnerships.reading import document_saved
        from partnerships.services import digests, mail_queue
        from partnerships.told import invitations

        carrying.register()
        kinds.register(*own_kinds.ALL)
        invitations.register()
        mail_queue.WRITE_ANEW[digests.KIND] = digests.written_anew
        post_save.connect(document_saved, sender=Document, dispatch_uid="partnerships-document")
