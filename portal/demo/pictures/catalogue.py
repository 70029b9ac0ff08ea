"""The pictures by name: where the demonstration's content says `picture = "damp"`, it gets what is registered here."""

from collections.abc import Callable

PICTURES: dict[str, Callable[[], str]] = {}


def picture(name: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    def register(draw: Callable[[], str]) -> Callable[[], str]:
        if name in PICTURES:
            raise ValueError(f"There are two pictures called {name}.")
        PICTURES[name] = draw
        return draw

    return register
