from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def demo_stays_out_of_production(app_configs: Sequence | None, **kwargs: Any) -> list[Error]:
    """One click signs in as anybody in the demo; with real people's data that must never be."""
    if settings.DEMO and getattr(settings, "PRODUCTION", False):
        return [
            Error("DEMO is on with production settings.", hint="Take DEMO out of the environment.", id="portal.E001")
        ]
    return []
