"""UPDATE, INSERT and DELETE of single rows with SQL that is built only once (drafts/compiled.py)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.sql import UpdateQuery

from drafts.compiled import Given


def store(row: Model, *fields: str) -> None:
    """Like `row.save(update_fields=fields)`, for a locked row. Does not update `auto_now` fields."""
    sql, params = _update(connection.vendor, type(row), fields)
    _run(sql, [(param.output_field, getattr(row, param.output_field.attname)) for param in params])


@cache
def _update(_vendor: str, model: type[Model], fields: tuple[str, ...]) -> tuple[str, tuple[Given, ...]]:
    """The statement, and the placeholders for its parameters."""
    given = {name: Given(model, name) for name in (*fields, model._meta.pk.name)}
    key = given.pop(model._meta.pk.name)
    query = cast(UpdateQuery, model._default_manager.filter(pk=key).order_by().query.chain(UpdateQuery))
    query.add_update_values(given)
    sql, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return sql, tuple(params)


def add(rows: Sequence[Model]) -> None:
    """Like bulk_create, for rows of one table. A single row, as when someone presses Save, uses SQL that was built
    before."""
    if len(rows) > 1:
        type(rows[0])._default_manager.bulk_create(rows)
    elif rows:
        _add_row(rows[0])


def _add_row(row: Model) -> None:
    fields = row._meta.local_concrete_fields
    _run(_insert(connection.vendor, type(row)), [(field, field.pre_save(row, add=True)) for field in fields])
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _insert(_vendor: str, model: type[Model]) -> str:
    quote = connection.ops.quote_name
    # Fields that are concrete have a column; only the type says that it could be None.
    columns = [quote(field.column) for field in model._meta.local_concrete_fields if field.column]
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)})"  # noqa: S608 - names of our models
        f" VALUES ({', '.join(['%s'] * len(columns))})"
    )


def remove(model: type[Model], key: Any) -> None:
    """Deletes a row that no other refers to."""
    _run(_delete(connection.vendor, model), [(model._meta.pk, key)])


@cache
def _delete(_vendor: str, model: type[Model]) -> str:
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"DELETE FROM {table} WHERE {key} = %s"  # noqa: S608 - names of our models


def _run(sql: str, values: Sequence[tuple[Any, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(value, connection) for field, value in values])
