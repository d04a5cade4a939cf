"""Queries with fixed SQL that is built only once, because building it takes Django ten times as long as running it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.query import ModelIterable, get_related_populators

Row = TypeVar("Row")


class Given(Value):
    """A placeholder in a queryset for a value of this field, passed to each call as `name`, or by the field's name."""

    def __init__(self, model: type[Model], field: str, name: str = "") -> None:
        column = model._meta.get_field(field)
        if not isinstance(column, Field):
            raise TypeError(f"{model.__name__}.{field} is a relation from another table, not a column")
        super().__init__(name or field, output_field=column)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Given]]:  # type: ignore[override]  # see below
        """The placeholder itself is the parameter; `_Statement.run` replaces it by a value."""
        return "%s", [self]


class Compiled(Generic[Row]):
    """A query. Call it with the values of its placeholders; returns a list of instances, or of tuples for
    `values_list`.

    `build` returns the queryset; it is called once per database vendor.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self.build = build
        self.by_vendor: dict[str, _Statement] = {}

    def __call__(self, **given: Any) -> list[Row]:
        statement = self.by_vendor.get(connection.vendor)
        if statement is None:
            statement = self.by_vendor[connection.vendor] = _Statement.of(self.build())
        return statement.run(given)

    def first(self, **given: Any) -> Row | None:
        return next(iter(self(**given)), None)


@dataclass(frozen=True)
class _Statement:
    sql: str
    params: tuple[Any, ...]
    # The number of columns to return; later ones are only for ordering.
    width: int
    # Django's converters by position of the column.
    converters: tuple[tuple[int, list[Any], Any], ...]
    # Makes an instance from a row; None for tuples.
    instance: Callable[[list[Any]], Any] | None

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any]) -> _Statement:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return cls(
            sql,
            tuple(params),
            compiler.col_count,
            tuple((position, functions, column) for position, (functions, column) in converters.items()),
            _maker(compiler) if issubclass(queryset._iterable_class, ModelIterable) else None,
        )

    def run(self, given: dict[str, Any]) -> list[Any]:
        params = [
            param.output_field.get_db_prep_value(given[param.value], connection)
            if isinstance(param, Given)
            else param
            for param in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = [list(row[: self.width]) for row in cursor.fetchall()]
        for position, functions, column in self.converters:
            for row in rows:
                for convert in functions:
                    row[position] = convert(row[position], column, connection)
        return [self.instance(row) for row in rows] if self.instance else [tuple(row) for row in rows]


def _maker(compiler: Any) -> Callable[[list[Any]], Model]:
    """Like django.db.models.query.ModelIterable: makes instances from columns, with related objects and annotations."""
    klass_info, select = compiler.klass_info, compiler.select
    model, places = klass_info["model"], klass_info["select_fields"]
    columns = slice(places[0], places[-1] + 1)
    names = [column[0].target.attname for column in select[columns]]
    populators = get_related_populators(klass_info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # as of Django 6.1
    annotations = compiler.annotation_col_map or {}

    def make(row: list[Any]) -> Model:
        instance: Model = model.from_db(DEFAULT_DB_ALIAS, names, row[columns])
        for populator in populators:
            populator.populate(row, instance)
        for name, position in annotations.items():
            setattr(instance, name, row[position])
        return instance

    return make
