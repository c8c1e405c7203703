"""Databases on a server: made, cloned from a template, dropped."""

from typing import Protocol

import psycopg
from psycopg import sql


class Addressed(Protocol):
    """What can say where a database is: the embedded server, or a real one named by `DATABASE_URL`."""

    def database_url(self, name: str) -> str:
        """The address of the database `name`."""
        ...


def exists(server: Addressed, name: str) -> bool:
    """Whether the server has a database of that name."""
    with _maintenance(server) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    return found is not None


def create_database(server: Addressed, name: str, template: str | None = None) -> None:
    """Makes a database, as a copy of `template` if given (which nobody may be connected to).

    An empty one that another process has just made is fine too. Raises psycopg.errors.DuplicateDatabase for a copy.
    """
    command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template is not None:
        command += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
    with _maintenance(server) as connection:
        try:
            connection.execute(command)
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            if template is not None:
                raise


def drop_database(server: Addressed, name: str) -> None:
    """Drops a database if it exists, sending away whoever is connected to it."""
    with _maintenance(server) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _maintenance(server: Addressed) -> psycopg.Connection:
    return psycopg.connect(server.database_url("postgres"), autocommit=True)
