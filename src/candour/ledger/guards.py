"""Append-only, held by the database: the triggers, how they are put up, and whether they still stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import connection, connections
from django.db.models import Model

from candour.ledger import models

ONLY_ADDED = "what was written here stays as it is"


@dataclass(frozen=True)
class Guard:
    """One trigger: its name, its table and the statements that put it up."""

    name: str
    table: str
    statements: tuple[str, ...]


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _histories() -> list[type[models.Known]]:
    return [model for model in apps.get_models() if issubclass(model, models.Known)]


def _only_added() -> list[type[Model]]:
    return [model for model in apps.get_models() if issubclass(model, models.Kept)]


def _sqlite(name: str, table: str, moment: str, when: str, says: str) -> Guard:
    condition = f" when {when}" if when else ""
    return Guard(
        name,
        table,
        (f"create trigger {name} before {moment} on {table}{condition} begin select raise(abort, '{says}'); end",),
    )


def _sqlite_guards() -> Iterator[Guard]:
    entry, words = models.Entry._meta.db_table, models.Words._meta.db_table
    next_number = f"coalesce((select max(number) from {entry} where body = new.body), 0) + 1"
    yield _sqlite("entry_unaltered", entry, "update", "", "the ledger is append-only")
    yield _sqlite("entry_kept", entry, "delete", "", "the ledger is append-only")
    yield _sqlite(
        "entry_follows",
        entry,
        "insert",
        f"new.number <> {next_number} or exists (select 1 from {entry} where id = new.id)",
        "an entry follows the last one",
    )
    same = " or ".join(f"new.{name} is not old.{name}" for name in ("id", "body", "number", "field"))
    yield _sqlite(
        "words_unaltered",
        words,
        "update",
        f"{same} or new.text is not null or new.salt is not null or new.erased_at is null or old.erased_at is not null",
        "words are only ever erased",
    )
    yield _sqlite("words_kept", words, "delete", "", "words are only ever erased")
    yield _sqlite(
        "words_new",
        words,
        "insert",
        f"exists (select 1 from {words} where id = new.id or "
        "(body = new.body and number = new.number and field = new.field))",
        "words are only ever erased",
    )
    for model in _histories():
        yield from _sqlite_history(model)
    for added in _only_added():
        yield from _sqlite_kept(added)


def _sqlite_kept(model: type[Model]) -> Iterator[Guard]:
    table = model._meta.db_table
    yield _sqlite(f"{table}_unaltered", table, "update", "", ONLY_ADDED)
    yield _sqlite(f"{table}_kept", table, "delete", "", ONLY_ADDED)
    yield _sqlite(f"{table}_new", table, "insert", f"exists (select 1 from {table} where id = new.id)", ONLY_ADDED)


def _sqlite_history(model: type[models.Known]) -> Iterator[Guard]:
    table = model._meta.db_table
    altered = " or ".join(f"new.{name} is not old.{name}" for name in _columns(model) if name != "closed")
    says = "what was believed is never altered, only closed, once"
    closes = f"(old.closed is null and new.closed is not null and not ({altered}))"
    allowed = " or ".join([closes, *(_sqlite_loses(model, column) for column in model.loses)])
    yield _sqlite(f"{table}_unaltered", table, "update", f"not ({allowed})", says)
    yield _sqlite(f"{table}_kept", table, "delete", "", says)
    yield _sqlite(f"{table}_new", table, "insert", f"exists (select 1 from {table} where id = new.id)", says)


def _sqlite_loses(model: type[models.Known], column: str) -> str:
    """True where nothing changed but that members which may be lost are gone from a JSON column."""
    same = " and ".join(f"new.{name} is old.{name}" for name in _columns(model) if name != column)
    paths = ", ".join(f"'$.{member}'" for member in model.loses[column])
    rest = f"json_remove(new.{column}, {paths}) is json_remove(old.{column}, {paths})"
    lost = " and ".join(
        f"(json_type(new.{column}, '$.{member}') is null or "
        f"json_extract(new.{column}, '$.{member}') is json_extract(old.{column}, '$.{member}'))"
        for member in model.loses[column]
    )
    return f"({same} and {rest} and {lost})"


def _postgresql(name: str, table: str, moment: str, body: str) -> Guard:
    function = (
        f"create or replace function {name}() returns trigger language plpgsql as $guard$ begin {body} end $guard$"
    )
    return Guard(
        name,
        table,
        (
            function,
            f"create trigger {name} {moment.format(table=table)} execute function {name}()",
            f"alter table {table} enable always trigger {name}",
        ),
    )


_EACH = "before update or delete on {table} for each row"
_CUT = "before truncate on {table} for each statement"


def _refuse(says: str) -> str:
    return f"raise exception '{says}';"


def _postgresql_guards() -> Iterator[Guard]:
    entry, words = models.Entry._meta.db_table, models.Words._meta.db_table
    yield _postgresql("entry_unaltered", entry, _EACH, _refuse("the ledger is append-only"))
    yield _postgresql("entry_cut", entry, _CUT, _refuse("the ledger is append-only"))
    last = f"select max(number) from {entry} e where e.body = a.body"  # read off the index; "exists" reads the table
    yield _postgresql(
        "entry_follows",
        entry,
        "after insert on {table} referencing new table as added for each statement",
        f"""if exists (select 1 from (select body, min(number) low, max(number) high, count(*) many
              from added group by body) a
            where high - low + 1 <> many
               or low <> 1 + coalesce(({last} and e.number < a.low), 0) or high <> ({last}))
            then raise exception 'an entry follows the last one'; end if; return null;""",
    )
    kept = (
        "new.id is distinct from old.id or new.body <> old.body or new.number <> old.number or new.field <> old.field"
    )
    yield _postgresql(
        "words_unaltered",
        words,
        _EACH,
        f"""if tg_op = 'DELETE' then raise exception 'words are only ever erased'; end if;
            if {kept} or new.text is not null or new.salt is not null
              or new.erased_at is null or old.erased_at is not null
            then raise exception 'words are only ever erased'; end if; return new;""",
    )
    yield _postgresql("words_cut", words, _CUT, _refuse("words are only ever erased"))
    for model in _histories():
        yield from _postgresql_history(model)
    for added in _only_added():
        table = added._meta.db_table
        yield _postgresql(f"{table}_unaltered", table, _EACH, _refuse(ONLY_ADDED))
        yield _postgresql(f"{table}_cut", table, _CUT, _refuse(ONLY_ADDED))


def _postgresql_loses(model: type[models.Known]) -> str:
    """Unless nothing changed but that members which may be lost are gone from a JSON column."""
    unless = ""
    for column, members in model.loses.items():
        names = ", ".join(f"'{member}'" for member in members)
        unless += f""" and not (to_jsonb(old) - '{column}' = to_jsonb(new) - '{column}'
              and new.{column} - array[{names}] = old.{column} - array[{names}]
              and old.{column} @> new.{column})"""
    return unless


def _postgresql_history(model: type[models.Known]) -> Iterator[Guard]:
    table = model._meta.db_table
    says = "what was believed is never altered, only closed, once"
    yield _postgresql(
        f"{table}_unaltered",
        table,
        _EACH,
        f"""if tg_op = 'DELETE' then raise exception '{says}'; end if;
            if (old.closed is not null or new.closed is null
              or to_jsonb(old) - 'closed' <> to_jsonb(new) - 'closed'){_postgresql_loses(model)}
            then raise exception '{says}'; end if; return new;""",
    )
    yield _postgresql(f"{table}_cut", table, _CUT, _refuse(says))


def guards(vendor: str) -> list[Guard]:
    """Every trigger that this kind of database should carry."""
    return list(_sqlite_guards() if vendor == "sqlite" else _postgresql_guards())


def _standing() -> dict[str, str]:
    """The triggers that stand and are enabled: name to definition (on PostgreSQL the function's body)."""
    if connection.vendor == "sqlite":
        question = "select name, sql from sqlite_master where type = 'trigger'"
    else:
        question = """select t.tgname, p.prosrc from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                      where not t.tgisinternal and t.tgenabled = 'A'
                        and t.tgrelid in (select oid from pg_class where pg_table_is_visible(oid))"""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return dict(cursor.fetchall())


def fallen() -> list[str]:
    """Name the guards that are gone, disabled or not what they should be; empty when all stand."""
    standing = _standing()
    return [guard.name for guard in guards(connection.vendor) if not _stands(guard, standing.get(guard.name))]


def _stands(guard: Guard, definition: str | None) -> bool:
    if definition is None:
        return False
    said = " ".join(definition.split()).lower()
    return said in " ".join(guard.statements[0].split()).lower()


def put_up() -> None:
    """Put every guard up anew on the tables that exist."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards(connection.vendor):
            if guard.table in tables:
                _take_down(cursor, guard)
                for statement in guard.statements:
                    cursor.execute(statement)


def take_down() -> None:
    """Remove every guard; only a test that must break the record, or empty a test database, does this."""
    with connection.cursor() as cursor:
        for guard in guards(connection.vendor):
            _take_down(cursor, guard)


def _take_down(cursor: Any, guard: Guard) -> None:
    table = f" on {guard.table}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"drop trigger if exists {guard.name}{table}")


def after_migrate(sender: AppConfig, **_: object) -> None:  # noqa: ARG001 - the shape of Django's post_migrate
    """Django's post_migrate calls this once all tables stand."""
    put_up()


def check(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - the shape of Django's checks
    databases: Sequence[str] | None = None,
    **_: object,
) -> list[checks.CheckMessage]:
    """Django's database check: say which guards have fallen."""
    if not databases or models.Entry._meta.db_table not in connections["default"].introspection.table_names():
        return []
    return [
        checks.Error(f"the guard {name} is not up", hint="run `candour init` again", id="candour.E001")
        for name in fallen()
    ]
