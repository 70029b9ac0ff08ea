"""How well search answers, measured."""
