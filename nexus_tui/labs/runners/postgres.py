"""PostgreSQL: SQL, or Python that is given `conn` and `psycopg`, in the database of the job."""

from __future__ import annotations

import os
from typing import Any

from nexus_tui.labs.runners import python, sql


def prepare() -> None:
    """Import the driver."""
    import psycopg  # noqa: F401


def run(job: dict[str, Any]) -> None:
    """Run the parts of a job."""
    import psycopg

    url, speaks_sql = os.environ["NEXUS_POSTGRES_URL"], job["parts"][0][0] == "sql"
    connection = psycopg.connect(url, autocommit=speaks_sql)
    try:
        if speaks_sql:
            sql.run_parts(job, lambda statement: _execute(connection, statement))
        else:
            python.run(job, conn=connection, psycopg=psycopg)
    finally:
        connection.close()


def _execute(connection: Any, statement: str) -> str | None:
    """The rows as the server writes them: `t` and `f`, its own dates and numbers."""
    import psycopg

    try:
        found = connection.execute(statement.encode())
    except psycopg.Error as error:
        return f"ERROR: {error.diag.message_primary or error}"
    result = found.pgresult
    if not found.description:
        return None
    rows = [
        [
            None if (value := result.get_value(row, column)) is None else value.decode()
            for column in range(result.nfields)
        ]
        for row in range(result.ntuples)
    ]
    return sql.table([column.name for column in found.description], rows)
