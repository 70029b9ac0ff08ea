"""An engine that answers nothing: whatever it is asked, it has failed."""

from search.engines.base import EngineFailed


class AbsentEngine:
    name = "absent"

    def __init__(self):
        self.asked = []

    def __getattr__(self, act):
        def fail(*args, **kwargs):
            self.asked.append(act)
            raise EngineFailed(f"nobody answers {act}")

        return fail
