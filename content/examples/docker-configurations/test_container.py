"""The container's settings and health check, on a copy of the bookshop and without a container.

`POSTGRES_URL` names a server to test with; without one, only what needs none is tested.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
SERVE = """
import sys
from wsgiref.simple_server import make_server
from bookshop.wsgi import application
with make_server("127.0.0.1", 0, application) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
"""
WITHOUT_EACH = """
import importlib, os, sys
from django.core.exceptions import ImproperlyConfigured
for name in sys.argv[1:]:
    kept = os.environ.pop(name)
    try:
        importlib.import_module("container.settings")
        print("starts without", name)
    except ImproperlyConfigured as error:
        print(error)
    os.environ[name] = kept
"""
GIVEN = {
    "DJANGO_SETTINGS_MODULE": "container.settings",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "localhost",
    "POSTGRES_HOST": "127.0.0.1",
    "POSTGRES_PORT": "9",
    "POSTGRES_PASSWORD": "p",
    "REDIS_URL": "redis://127.0.0.1:9/0",
}


class ContainerTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.project = Path(cls.folder.name) / "bookshop"
        shutil.copytree(HERE.parent / "django-projects" / "bookshop", cls.project)
        shutil.copytree(HERE / "container", cls.project / "container")

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def run_in(self, *command: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.project,
            env=self.environment(changes),
            capture_output=True,
            text=True,
            timeout=60,
        )

    def environment(self, changes: dict[str, str | None]) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        merged = {**kept, **GIVEN, **changes}
        return {key: value for key, value in merged.items() if value is not None}

    def serve(self, **changes: str) -> str:
        """Start the service on a free port and return the port."""
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE],
            cwd=self.project,
            env=self.environment(changes),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait, 10)
        self.addCleanup(server.kill)
        return server.stdout.readline().strip()

    def status(self, port: str, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def test_the_start_ends_with_the_name_of_what_is_missing(self) -> None:
        done = self.run_in("manage.py", "check", SECRET_KEY="")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("set the environment variable SECRET_KEY", done.stderr)

    def test_each_value_is_missed_by_its_name(self) -> None:
        names = ["SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_HOST", "POSTGRES_PASSWORD", "REDIS_URL"]
        done = self.run_in("-c", WITHOUT_EACH, *names)
        expected = [f"set the environment variable {name}" for name in names]
        self.assertEqual(done.stdout.splitlines(), expected)

    def test_a_secret_may_be_a_file_and_one_that_cannot_be_read_is_named(self) -> None:
        file = self.project / "secret"
        file.write_text("from-a-file\n", encoding="utf-8")
        show = "from django.conf import settings; print(settings.SECRET_KEY)"
        done = self.run_in("-c", show, SECRET_KEY=None, SECRET_KEY_FILE=str(file))
        self.assertEqual((done.stdout, done.stderr), ("from-a-file\n", ""))
        done = self.run_in("-c", show, SECRET_KEY=None, SECRET_KEY_FILE="/nowhere")
        self.assertIn("SECRET_KEY_FILE: No such file or directory: /nowhere", done.stderr)

    def test_debug_is_on_for_true_and_for_nothing_else(self) -> None:
        show = "from django.conf import settings; print(settings.DEBUG)"
        for value, expected in (("true", "True"), ("True", "False")):
            with self.subTest(value=value):
                self.assertEqual(self.run_in("-c", show, DEBUG=value).stdout.strip(), expected)

    def test_without_a_database_it_lives_and_is_not_ready(self) -> None:
        port = self.serve()
        self.assertEqual(self.status(port, "/health/live"), 200)
        self.assertEqual(self.status(port, "/health/ready"), 503)
        done = self.run_in("-m", "container.health", PORT=port)
        self.assertEqual(done.returncode, 1)
        self.assertIn("not ready: HTTP Error 503", done.stderr)

    def test_the_health_check_says_where_nothing_listens(self) -> None:
        done = self.run_in("-m", "container.health", PORT="9")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not ready", done.stderr)

    @unittest.skipUnless(os.environ.get("POSTGRES_URL"), "POSTGRES_URL names no server")
    def test_with_a_database_it_migrates_is_ready_and_answers(self) -> None:
        import psycopg

        url = urllib.parse.urlsplit(os.environ["POSTGRES_URL"])
        name = f"bookshop_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(os.environ["POSTGRES_URL"], autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
            try:
                given = {
                    "POSTGRES_HOST": url.hostname,
                    "POSTGRES_PORT": str(url.port or 5432),
                    "POSTGRES_USER": url.username,
                    "POSTGRES_PASSWORD": url.password or "none",
                    "POSTGRES_DB": name,
                }
                for command in (["migrate", "--noinput"], ["seed", "--books", "3"]):
                    done = self.run_in("manage.py", *command, **given)
                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                port = self.serve(**given)
                self.assertEqual(self.status(port, "/health/ready"), 200)
                self.assertEqual(self.status(port, "/api/books/"), 200)
                self.assertEqual(self.run_in("-m", "container.health", PORT=port).returncode, 0)
            finally:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    unittest.main()
