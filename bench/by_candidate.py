"""Prints SQL that adds the candidate to every key of the tables, as Citus requires to distribute them by candidate.

    python -m bench.by_candidate columns | psql DATABASE_URL

First `columns`: the column, and foreign keys with it; then `keys`: primary keys and unique constraints; then `citus`,
if it is installed. docs/scaling.md says when, and what the product has to change before each. Each statement is
independent and holds locks only briefly: columns and constraints are added first, rows are filled and validated later,
in steps.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Table:
    """A table whose rows belong to another's: its foreign key by column and name, and its unique constraints."""

    name: str
    parent: str
    key: str
    key_name: str
    unique: tuple[str, tuple[str, ...]] | None = None

    @property
    def new_key_name(self) -> str:
        return f"{self.name.removeprefix('drafts_')}_same_candidate"


INTERVIEW = "drafts_interview"
# Parents before their children.
CHILDREN = (
    Table(
        "drafts_interviewer",
        INTERVIEW,
        "interview_id",
        "drafts_interviewer_interview_id_b382cb05_fk_drafts_interview_id",
    ),
    Table(
        "drafts_worksample",
        "drafts_interviewer",
        "interviewer_id",
        "drafts_worksample_interviewer_id_b824612c_fk_drafts_in",
    ),
    Table(
        "drafts_draft",
        "drafts_interviewer",
        "interviewer_id",
        "drafts_draft_interviewer_id_d439869f_fk_drafts_interviewer_id",
        ("draft_one_of_a_kind", ("interviewer_id", "kind")),
    ),
    Table(
        "drafts_draftrevision",
        "drafts_draft",
        "draft_id",
        "drafts_draftrevision_draft_id_aadc06b5_fk_drafts_draft_id",
        ("revision_once_per_version", ("draft_id", "version")),
    ),
)
TABLES = (INTERVIEW, *(table.name for table in CHILDREN))


def columns() -> Iterator[str]:
    """Statements to run on PostgreSQL, one by one, outside of a transaction. The product keeps serving unchanged."""
    for table in CHILDREN:
        yield f"ALTER TABLE {table.name} ADD COLUMN candidate_id uuid"
        yield from _trigger_sql(table)
    for name in TABLES:
        # `id` first, so that a lookup by id alone can use the same index.
        yield f"CREATE UNIQUE INDEX CONCURRENTLY {name}_by_candidate ON {name} (id, candidate_id)"
    for table in CHILDREN:
        # From here on, moving a guest's interviews to an account also updates the rows that belong to them.
        yield _foreign_key(table, "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED NOT VALID")
    for table in CHILDREN:
        yield _fill(table)
        yield f"ALTER TABLE {table.name} VALIDATE CONSTRAINT {table.new_key_name}"
        yield from _not_null(table)


def keys() -> Iterator[str]:
    """Statements to run next, in the same way."""
    for table in CHILDREN:
        yield f"ALTER TABLE {table.name} DROP CONSTRAINT {table.key_name}"
    for name in TABLES:
        yield (
            f"ALTER TABLE {name} DROP CONSTRAINT {name}_pkey, "
            f"ADD CONSTRAINT {name}_pkey PRIMARY KEY USING INDEX {name}_by_candidate"
        )
    for table in CHILDREN:
        yield from _unique(table)


def citus() -> Iterator[str]:
    """Statements to run after both with Citus, once its coordinator knows its workers. Not tested, because Citus was
    not available."""
    for table in CHILDREN:
        # From now on a row cannot move to another candidate, and every row has a candidate.
        yield f"DROP TRIGGER {table.name}_candidate ON {table.name}"
        yield f"ALTER TABLE {table.name} DROP CONSTRAINT {table.new_key_name}"
    # Replicated to every node, because all account tables refer to it and its addresses are unique.
    yield "SELECT create_reference_table('drafts_candidate')"
    yield f"SELECT create_distributed_table('{INTERVIEW}', 'candidate_id')"
    for table in CHILDREN:
        yield f"SELECT create_distributed_table('{table.name}', 'candidate_id', colocate_with => '{INTERVIEW}')"
    for table in CHILDREN:
        yield _foreign_key(table, "")


def _trigger_sql(table: Table) -> Iterator[str]:
    """A trigger that fills the column for rows added by a version of the product that does not set it yet."""
    yield (
        f"CREATE FUNCTION {table.name}_candidate() RETURNS trigger "  # noqa: S608 - names from this file
        "LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.candidate_id IS NULL THEN "
        f"SELECT candidate_id INTO NEW.candidate_id FROM {table.parent} WHERE id = NEW.{table.key}; "
        "END IF; RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {table.name}_candidate BEFORE INSERT ON {table.name} "
        f"FOR EACH ROW EXECUTE FUNCTION {table.name}_candidate()"
    )


def _foreign_key(table: Table, options: str) -> str:
    return (
        f"ALTER TABLE {table.name} ADD CONSTRAINT {table.new_key_name} FOREIGN KEY (candidate_id, {table.key}) "
        f"REFERENCES {table.parent} (candidate_id, id) {options}"
    ).strip()


def _fill(table: Table) -> str:
    """Fills the column in steps by id, each in its own transaction, so that other writes do not wait long."""
    return (
        "DO $$ DECLARE upto uuid; "  # noqa: S608 - names from this file
        "last uuid := '00000000-0000-0000-0000-000000000000'; BEGIN LOOP "
        f"SELECT id INTO upto FROM {table.name} WHERE id > last ORDER BY id OFFSET {ROWS_AT_ONCE - 1} LIMIT 1; "
        f"UPDATE {table.name} child SET candidate_id = parent.candidate_id FROM {table.parent} parent "
        f"WHERE parent.id = child.{table.key} AND child.candidate_id IS NULL "
        "AND child.id > last AND (upto IS NULL OR child.id <= upto); "
        "COMMIT; EXIT WHEN upto IS NULL; last := upto; END LOOP; END $$"
    )


def _not_null(table: Table) -> Iterator[str]:
    """Validates first without a lock, so that SET NOT NULL does not scan the table."""
    check = f"{table.name}_has_candidate"
    yield f"ALTER TABLE {table.name} ADD CONSTRAINT {check} CHECK (candidate_id IS NOT NULL) NOT VALID"
    yield f"ALTER TABLE {table.name} VALIDATE CONSTRAINT {check}"
    yield f"ALTER TABLE {table.name} ALTER COLUMN candidate_id SET NOT NULL"
    yield f"ALTER TABLE {table.name} DROP CONSTRAINT {check}"


def _unique(table: Table) -> Iterator[str]:
    if not table.unique:
        return
    name, columns = table.unique
    yield (
        f"CREATE UNIQUE INDEX CONCURRENTLY {name}_by_candidate "
        f"ON {table.name} ({', '.join(columns)}, candidate_id)"
    )
    yield (
        f"ALTER TABLE {table.name} DROP CONSTRAINT {name}, "
        f"ADD CONSTRAINT {name} UNIQUE USING INDEX {name}_by_candidate"
    )


STEPS = {"columns": columns, "keys": keys, "citus": citus}

if __name__ == "__main__":
    for statement in STEPS[sys.argv[1]]():
        print(f"{statement};")
