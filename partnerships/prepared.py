"""A query that Django puts together once and that is asked often, each time with other values.

Who knows is one query of seven parts, what waits for somebody one of ten: putting them together takes Django longer than
the database takes to answer them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, Expression, QuerySet


class Given(Expression):
    """Stands in a filter for values that are known when the query is asked: `filter(slug__in=[Given("topic")])`."""

    def __init__(self, name: str) -> None:
        super().__init__(CharField())
        self.name = name

    def as_sql(self, *_compiler_and_connection: Any) -> tuple[str, list]:
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Whose rights and which day it was made for is among its parameters: whoever keeps it keeps it by both.

    `pieces` is the SQL between the parameters.
    """

    pieces: tuple[str, ...]
    params: tuple

    @classmethod
    def of(cls, rows: QuerySet) -> "Prepared":
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
        return cls(tuple(sql.split("%s")), tuple(params))

    def rows(self, given: Mapping[str, Iterable]) -> list[tuple]:
        """Columns as the database has them: right for numbers and texts."""
        return asked([(self, given)])

    def filled(self, given: Mapping[str, Iterable]) -> tuple[str, list]:
        first, *others = self.pieces
        sql, params = [first], []
        for param, piece in zip(self.params, others, strict=True):
            values = [*given[param.name]] if isinstance(param, Given) else [param]
            params += values or [None]
            sql += [", ".join(["%s"] * (len(values) or 1)), piece]
        return "".join(sql), params


def asked(questions: Iterable[tuple[Prepared, Mapping[str, Iterable]]]) -> list[tuple]:
    """The rows of all of them, in one query."""
    filled = [prepared.filled(given) for prepared, given in questions]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _params in filled), [one for _sql, own in filled for one in own])
        return cursor.fetchall()
