"""UPDATEs of one row, their SQL built once (drafts/compiled.py)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.sql import UpdateQuery

from drafts.compiled import Given


def store(row: Model, *fields: str) -> None:
    """As `row.save(update_fields=fields)`, for a row that is locked. Sets no time of change by itself."""
    sql, params = _update(connection.vendor, type(row), fields)
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [param.output_field.get_db_prep_save(_value(row, param), connection) for param in params]
        )


def _value(row: Model, param: Given) -> Any:
    return getattr(row, row._meta.get_field(param.value).attname)


@cache
def _update(_vendor: str, model: type[Model], fields: tuple[str, ...]) -> tuple[str, tuple[Given, ...]]:
    """The statement, and whose values it takes."""
    given = {name: Given(model, name) for name in (*fields, model._meta.pk.name)}
    key = given.pop(model._meta.pk.name)
    query = model._default_manager.filter(pk=key).order_by().query.chain(UpdateQuery)
    query.add_update_values(given)
    sql, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return sql, tuple(params)
