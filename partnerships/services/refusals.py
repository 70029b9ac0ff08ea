"""Why a service says no. The message is for the person, in their language; nothing has changed when one is raised."""

from django.utils.functional import Promise


class Refusal(Exception):
    """A service did not do it. `field` names the value at fault, where there is one."""

    def __init__(self, message: str | Promise, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refusal):
    """This person may not do it."""


class WrongState(Refusal):
    """It cannot be done any more, or not yet: somebody else was faster, a term has ended."""


class Invalid(Refusal):
    """A value cannot be kept. `row` says which of several it is in."""

    row: int | None = None
