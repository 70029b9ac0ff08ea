from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from cms import carrying, document_links, handing_over, news
        from cms.renditions import make_after_commit

        page_published.connect(make_after_commit, dispatch_uid="cms-renditions")
        document_links.connect()
        news.connect()
        carrying.register()
        handing_over.add()
