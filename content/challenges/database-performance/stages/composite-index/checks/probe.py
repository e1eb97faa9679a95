"""Makes the table as production has it, migrates it, and looks at what the dashboard asks."""

from datetime import datetime, timedelta, timezone

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.urls import path

from nexus_tui.labs.probing import django_project as project

PRODUCTION = """
    CREATE TABLE "shop_order" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        "number" varchar(20) NOT NULL UNIQUE, "customer" varchar(80) NOT NULL,
        "status" varchar(12) NOT NULL, "cents" integer unsigned NOT NULL CHECK ("cents" >= 0),
        "created" datetime NOT NULL);
    CREATE INDEX "order_status" ON "shop_order" ("status");
"""
BEGIN = datetime(2026, 1, 1, tzinfo=timezone.utc)
described = {}


def load():
    # First a table as the models describe it, and then the one of production in its place.
    project.set_up("shop", urls="probe", MIGRATION_MODULES={"shop": None})
    described.update(indexes())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shop_order")
    settings.MIGRATION_MODULES = {}
    connection.connection.executescript(PRODUCTION)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for name in ("0001_initial", "0002_order_status"):
        recorder.record_applied("shop", name)

    from shop.views import dashboard

    globals()["urlpatterns"] = [path("dashboard/", dashboard)]


def show(orders):
    """The dashboard, after these orders replaced all others: lists of number, customer, status,
    cents and the minute they were made in."""
    fill(orders)
    return project.get("/dashboard/")


def migrate():
    """What the migrations lack, and the indexes of the table before and after they ran."""
    loader = MigrationLoader(connection)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    missing = [
        operation.describe()
        for migrations in detector.changes(graph=loader.graph).values()
        for migration in migrations
        for operation in migration.operations
    ]
    before = indexes()
    call_command("migrate", verbosity=0)
    return {"missing": missing, "before": before, "after": indexes(), "described": described}


def work(orders):
    """The plan of what the dashboard asks, and the steps that SQLite takes for it."""
    fill(orders)
    raw = connection.connection
    raw.execute("ANALYZE")
    with project.statements() as ran:
        project.Client().get("/dashboard/")
    plan, steps = [], 0

    def count():
        nonlocal steps
        steps += 1

    for statement in list(ran):
        plan += [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}")]
        raw.set_progress_handler(count, 1)
        raw.execute(statement).fetchall()
        raw.set_progress_handler(None, 0)
    return {"plan": plan, "steps": steps}


def fill(orders):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shop_order")
    rows = [
        (number, customer, status, cents, f"{BEGIN + timedelta(minutes=minute):%Y-%m-%d %H:%M:%S}")
        for number, customer, status, cents, minute in orders
    ]
    connection.connection.executemany(
        "INSERT INTO shop_order (number, customer, status, cents, created) VALUES (?, ?, ?, ?, ?)",
        rows,
    )


def indexes():
    """Of the orders' table, by name: the columns, and the condition of a partial one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'index' AND tbl_name = 'shop_order' AND sql IS NOT NULL"
        )
        found = cursor.fetchall()
    return {name: columns(name, sql) for name, sql in found}


def columns(name, sql):
    rows = connection.connection.execute(f'PRAGMA index_xinfo("{name}")').fetchall()
    keys = [f"{row[2]}{' DESC' if row[3] else ''}" for row in rows if row[5]]
    _, where, condition = sql.replace('"', "").partition(" WHERE ")
    return f"({', '.join(keys)}){where}{condition}"
