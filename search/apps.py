from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from partnerships.services.follows import BEGIN_ANEW
        from partnerships.services.mail_queue import WRITE_ANEW
        from search import at_once, carrying, checks, signals  # noqa: F401
        from search.services.alerts import written_anew
        from search.services.saved_searches import begin_anew

        BEGIN_ANEW.append(begin_anew)
        WRITE_ANEW["alert"] = written_anew
        signals.connect()
        at_once.connect()
        carrying.register()
