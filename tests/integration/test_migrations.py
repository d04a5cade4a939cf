"""Migrations run while the previous version still serves: none may remove what it uses, or require what it does not
set.

CONTRIBUTING.md says how to split such a change into two versions.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED

# From before the product ran on several machines.
LAST_BEFORE = "0008_tidied_day"
# By migration and danger as reported below: why it is safe anyway.
EXPLAINED: dict[tuple[str, str], str] = {
    (
        "0010_follow_ups",
        "AddConstraint draft.draft_kind_known",
    ): "It takes the place of one that allowed less: whatever the version before writes fits.",
    (
        "0016_reminder_hour",
        "AddConstraint candidate.candidate_reminder_hour_exists",
    ): "The version before writes hours that exist, and the one before that none.",
    (
        "0013_outside",
        "AddConstraint draft.draft_kind_known",
    ): "It takes the place of one that allowed less: whatever the version before writes fits.",
}

TAKES_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def dangers(operation: Operation, before: ProjectState, app: str) -> Iterator[str]:
    """What would break the version before this operation."""
    name = type(operation).__name__
    match operation:
        case migrations.SeparateDatabaseAndState():
            for inner in operation.database_operations:
                yield from dangers(inner, before, app)
        case migrations.AddField(field=field):
            if not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED):
                yield f"{name} {operation.model_name}.{operation.name} without null or db_default"
        case migrations.AlterField(field=field):
            old = before.models[app, operation.model_name_lower].get_field(operation.name)
            if shape(old) != shape(field):
                yield f"{name} {operation.model_name}.{operation.name}"
        case migrations.AddConstraint():
            yield f"{name} {operation.model_name}.{operation.constraint.name}"
        case _ if isinstance(operation, TAKES_AWAY):
            yield f"{name} {getattr(operation, 'model_name', '')}.{getattr(operation, 'name', '')}"


def shape(field: models.Field) -> tuple[object, ...]:
    """What the database knows about a field."""
    has_default = field.db_default is not NOT_PROVIDED
    return field.db_type(connection), field.null, field.unique, has_default


def ours() -> Iterator[tuple[str, list[str]]]:
    """Each of our migrations with its dangers."""
    loader = MigrationLoader(None)
    for (app, name), migration in sorted(loader.graph.nodes.items()):
        if app == "drafts" and name > LAST_BEFORE:
            before = loader.project_state((app, name), at_end=False)
            found = []
            for operation in migration.operations:
                found += dangers(operation, before, app)
                operation.state_forwards(app, before)
            yield name, found


def test_every_migration_is_safe_while_the_version_before_it_serves():
    unexplained = [
        (name, danger) for name, found in ours() for danger in found if (name, danger) not in EXPLAINED
    ]
    assert unexplained == []


def test_no_explanation_outlives_what_it_explains():
    assert EXPLAINED.keys() <= {(name, danger) for name, found in ours() for danger in found}


TEXT = models.CharField(max_length=10)
STATE = {"fields": [("id", models.BigAutoField(primary_key=True)), ("a", TEXT)]}


@pytest.mark.parametrize(
    ("operation", "found"),
    [
        (migrations.RemoveField("letter", "a"), ["RemoveField letter.a"]),
        (migrations.DeleteModel("letter"), ["DeleteModel .letter"]),
        (migrations.RenameField("letter", "a", "b"), ["RenameField letter.a"]),
        (migrations.AddField("letter", "b", TEXT), ["AddField letter.b without null or db_default"]),
        (
            migrations.AddField("letter", "b", models.CharField(default="x", max_length=1)),
            ["AddField letter.b without null or db_default"],
        ),
        (migrations.AddField("letter", "b", models.CharField(db_default="", max_length=1)), []),
        (migrations.AddField("letter", "b", models.DateField(null=True)), []),
        (migrations.AlterField("letter", "a", models.CharField(max_length=5)), ["AlterField letter.a"]),
        (
            migrations.AlterField("letter", "a", models.CharField(max_length=10, unique=True)),
            ["AlterField letter.a"],
        ),
        (
            migrations.AlterField(
                "letter", "a", models.CharField("name", max_length=10, choices=[("a", "A")])
            ),
            [],
        ),
        (
            migrations.AddConstraint("letter", models.UniqueConstraint(fields=["a"], name="one")),
            ["AddConstraint letter.one"],
        ),
        (migrations.CreateModel("other", STATE["fields"]), []),
        (migrations.AddIndex("letter", models.Index(fields=["a"], name="by_a")), []),
        (
            migrations.SeparateDatabaseAndState(database_operations=[migrations.DeleteModel("letter")]),
            ["DeleteModel .letter"],
        ),
        (migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("letter")]), []),
    ],
)
def test_a_migration_that_breaks_the_previous_version_is_detected(operation, found):
    before = ProjectState()
    before.add_model(ModelState("drafts", "letter", STATE["fields"]))
    assert list(dangers(operation, before, "drafts")) == found
