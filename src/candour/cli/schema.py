"""Whether the database has every table it should have, and how it is brought there."""

from candour.cli import door
from candour.rules.plurals import plural
from candour.rules.refusals import Conflict


def pending() -> list[str]:
    """Name the migrations that were not applied yet; Conflict where the database cannot be reached."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as fault:
        raise door.refusal(fault) from fault
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label} {migration.name}" for migration, _ in plan]


def newer() -> bool:
    """Whether the database carries migrations that this version of Candour does not know."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("candour.")}
    return any(app in ours and (app, name) not in loader.disk_migrations for app, name in loader.applied_migrations)


def bring_up_to_date() -> int:
    """Apply what is pending and return how many migrations that was; the guards go up with them."""
    from django.core.management import call_command

    steps = len(pending())
    call_command("migrate", verbosity=0, interactive=False)
    return steps


def require() -> None:
    """Raise Conflict unless every migration was applied."""
    missing = pending()
    if missing:
        lacks = plural(len(missing), "migration")
        raise Conflict(f"the database lacks {lacks} ({missing[0]} …); run `candour init`")


def place() -> str:
    """Say which database it is, without its password."""
    from django.db import connection

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(settings["NAME"])
    return f"{settings['NAME']} on {settings['HOST'] or 'this machine'}"
