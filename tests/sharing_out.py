"""Who runs what where several workers share the tests: what takes long begins first, so that none waits for another at the end.

All that needs the portal in a browser is one piece: one worker starts one portal. Everything else goes by files.
"""

from xdist.scheduler import LoadFileScheduling

IN_A_BROWSER = "tests/e2e/"
LONG = (
    IN_A_BROWSER,
    "tests/search/test_same_behaviour.py",
    "tests/search/test_metamorphic.py",
    "tests/search/test_kill_drills.py",
    "tests/search/test_known_items.py",
    "tests/search/test_outage.py",
    "tests/search/test_random_corpora.py",
    "tests/search/test_random_portals.py",
    *(f"tests/portal/test_{name}.py" for name in ("random_worlds", "crawl", "hostile_input", "view_permissions")),
    "tests/search/",
)
"""In this order; what is not named comes after them."""


def place(nodeid: str) -> int:
    """The number of the first that fits."""
    return next((number for number, start in enumerate(LONG) if nodeid.startswith(start)), len(LONG))


class LongFirst(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return IN_A_BROWSER if nodeid.startswith(IN_A_BROWSER) else super()._split_scope(nodeid)

    def _assign_work_unit(self, node) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=place), last=False)
        super()._assign_work_unit(node)
