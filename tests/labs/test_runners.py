"""What each kind of fence runs in, and what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.labs.runners.sql import statements, table
from nexus_tui.labs.verify.pool import environment
from tests.labs.packs import checked, fence, only, statuses, verified

if TYPE_CHECKING:
    from pathlib import Path


def printed(tmp_path: Path, *fences: str) -> str | None:
    """What the last fence printed."""
    report = verified(tmp_path, *fences)
    result = report.results[-1]
    assert "None" not in result.why
    assert result.printed is not None, f"{result.why}: {result.detail}"
    return result.printed


# ---------------------------------------------------------------- python


def test_python_runs_as_a_script_in_an_empty_folder(tmp_path: Path) -> None:
    code = """
import os, sys
print(__name__, os.listdir(), sys.argv, sys.stdin.read() == "", sys.warnoptions)
open("mine.py", "w").write("x = 1")
import mine
open("mine.py", "w").write("x = 2")
import importlib
print(importlib.reload(mine).x, os.listdir())
"""
    expected = "__main__ [] ['snippet.py'] True ['ignore']\n2 ['mine.py']"
    assert printed(tmp_path, fence("python run", code)) == expected


def test_python_keeps_what_it_defines_in_its_main_module(tmp_path: Path) -> None:
    code = """
import pickle, typing
class A:
    other: "A"
print(pickle.loads(pickle.dumps(A)) is A, typing.get_type_hints(A)["other"] is A)
"""
    assert printed(tmp_path, fence("python run", code)) == "True True"


def test_python_does_not_inherit_how_we_write_ours(tmp_path: Path) -> None:
    code = "def f(x: int): pass\nprint(f.__annotations__)"
    assert printed(tmp_path, fence("python run", code)) == "{'x': <class 'int'>}"


def test_snippets_see_no_variable_but_those_that_are_the_same_everywhere() -> None:
    seen = environment({"PATH": "/bin", "SECRET": "x", "LANG": "de_DE", "GIT_DIR": "/x"})
    assert seen.pop("PATH").endswith(":/bin")
    assert seen == {
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "dumb",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


# ---------------------------------------------------------------- after


def test_a_fence_continues_the_one_it_names_and_what_that_continues(tmp_path: Path) -> None:
    report = verified(
        tmp_path,
        fence("python run id=one", "x = 1\nprint(x)", "1"),
        fence("python run id=two after=one", "x += 1\nprint(x)", "2"),
        fence("python run after=two", "print(x + 1)", "3"),
    )
    assert statuses(report) == ["passed"] * 3


def test_siblings_do_not_see_each_other(tmp_path: Path) -> None:
    report = verified(
        tmp_path,
        fence("python run id=one", "x = [1]"),
        fence("python run after=one", "x.append(2); y = 2\nprint(x)", "[1, 2]"),
        fence("python run after=one", 'x.append(3)\nprint(x, "y" in globals())', "[1, 3] False"),
    )
    assert statuses(report) == ["passed"] * 3


def test_what_continues_a_fence_that_failed_fails_and_says_so(tmp_path: Path) -> None:
    report = verified(
        tmp_path,
        fence("python run id=one", "1 / 0"),
        fence("python run after=one", "print(1)", "1"),
        fence("python run after=one", "print(2)", "2"),
    )
    assert statuses(report) == ["failed"] * 3
    first, *others = report.results
    assert first.detail.endswith("ZeroDivisionError: division by zero")
    assert [other.why for other in others] == ["continues line 1, which failed"] * 2


# ---------------------------------------------------------------- sql


def test_sqlite_prints_rows_as_a_table(tmp_path: Path) -> None:
    code = """
CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, price);
INSERT INTO book VALUES (1, 'Ab', 9.5), (20, NULL, 10);
SELECT * FROM book;
SELECT count(*) AS n FROM book WHERE id > 99; -- none; really
SELECT id FROM book WHERE 0;
INSERT INTO book VALUES (1, 'a;b', 0);
"""
    expected = (
        "id | title | price\n1  | Ab    | 9.5\n20 | NULL  | 10\n\n"
        "n\n0\n\nid\n\nERROR: UNIQUE constraint failed: book.id"
    )
    assert printed(tmp_path, fence("sql run=sqlite", code)) == expected


def test_sqlite_enforces_foreign_keys_and_knows_triggers(tmp_path: Path) -> None:
    code = """
CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (a REFERENCES a);
CREATE TRIGGER t AFTER INSERT ON a BEGIN
  INSERT INTO b VALUES (CASE WHEN NEW.id > 1 THEN NEW.id ELSE 1 END);
  INSERT INTO b VALUES (NEW.id);
END;
INSERT INTO a VALUES (7);
SELECT * FROM b;
INSERT INTO b VALUES (8);
"""
    expected = "a\n7\n7\n\nERROR: FOREIGN KEY constraint failed"
    assert printed(tmp_path, fence("sql run=sqlite", code)) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" ; ;", []),
        ("a; b", ["a", "b"]),
        ("a 'x;y'; b", ["a 'x;y'", "b"]),
        ("a 'it''s;'; b", ["a 'it''s;'", "b"]),
        ('a "x;y"; b', ['a "x;y"', "b"]),
        ("a; -- b; c\nd", ["a", "d"]),
        ("a '--'; b", ["a '--'", "b"]),
        ("f $$ x; y $$; b", ["f $$ x; y $$", "b"]),
        ("f $a$ x; $$ ; $a$; b", ["f $a$ x; $$ ; $a$", "b"]),
        ("a 'open; b", ["a 'open; b"]),
    ],
)
def test_statements_end_at_semicolons_outside_quotes(text: str, found: list[str]) -> None:
    assert statements(text) == found


def test_a_table_is_padded_and_has_no_blanks_at_the_end() -> None:
    assert table(["a", "bc"], [["xyz", None], [1, ""]]) == "a   | bc\nxyz | NULL\n1   |"


# ---------------------------------------------------------------- shell


def test_shell_runs_bash_with_this_python_first(tmp_path: Path) -> None:
    code = "cat <<'E' > a.txt\n$x\nE\nx=1\npython -c 'print(2)'\nls\ncd /\nfalse"
    more = 'echo "$x $PWD" | rev | rev'
    expected = "2\na.txt"
    report = verified(
        tmp_path, fence("sh run id=a", code, expected), fence("sh run after=a", more, "1 /")
    )
    assert statuses(report) == ["passed", "passed"]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("nothing-of-that-name", "failed"),
        ("echo 'open", "failed"),
        ("exit 0", "ended before its last line"),
    ],
)
def test_shell_that_cannot_run_to_its_end_fails(code: str, why: str, tmp_path: Path) -> None:
    assert only(verified(tmp_path, fence("sh run", code))).why == why


# ---------------------------------------------------------------- django, http


def test_django_runs_in_the_bookshop_with_an_empty_database_each_time(tmp_path: Path) -> None:
    code = """
from shop.models import Author
Author.objects.create(name="A")
print(Author.objects.count())
"""
    snippet = fence("python run=django", code, "1")
    report = verified(
        tmp_path,
        snippet,
        snippet,
        questions=(checked(f"# run=django\n{code}assert Author.objects.count() == 1"),),
    )
    assert statuses(report) == ["passed"] * 3


@pytest.mark.parametrize("first", ["", "settings = None\n"])
def test_settings_changed_before_rest_framework_is_imported_hold(
    first: str, tmp_path: Path
) -> None:
    code = """
from django.conf import SETTINGS
SETTINGS.REST_FRAMEWORK = {"DEFAULT_THROTTLE_RATES": {"anon": "1/day"}}
from rest_framework.throttling import AnonRateThrottle
print(AnonRateThrottle.THROTTLE_RATES["anon"])
""".replace("SETTINGS", "settings")
    assert printed(tmp_path, fence("python run=django", first + code)) == "1/day"


def test_http_asks_the_bookshop(tmp_path: Path) -> None:
    made = """
from shop.models import Author, Book
a = Author.objects.create(name="A")
Book.objects.create(title="T", author=a, published="2020-01-01", price="9.90")
"""
    asked = """
@base = http://127.0.0.1:8000
### All books
GET {{base}}/api/books/?page=1
Accept: application/json

### None such
POST /api/books/
Content-Type: application/json

{"title": "x"}
"""
    report = verified(
        tmp_path, fence("python run=django id=one", made), fence("http run after=one", asked)
    )
    found = report.results[-1].printed or ""
    assert found.startswith("HTTP/1.1 200 OK\nContent-Type: application/json\n")
    assert "\n\n[{" in found
    assert '"title":"T"' in found
    assert "\n\nHTTP/1.1 405 Method Not Allowed\n" in found
    assert "\nAllow: GET" in found


@pytest.mark.parametrize("text", ["get /", "GET /\nno header"])
def test_http_that_is_no_request_fails_with_its_line(text: str, tmp_path: Path) -> None:
    result = only(verified(tmp_path, fence("http run", text)))
    assert result.status == "failed"
    assert repr(text.rpartition("\n")[2]) in result.detail


# ---------------------------------------------------------------- redis

COUNT = 'r.incr("n")\nprint(r.incr("n"), r.keys())'


def test_redis_gives_a_client_of_an_empty_server(tmp_path: Path) -> None:
    lua = "print(r.eval(\"return redis.call('SET', KEYS[1], ARGV[1])\", 1, 'a', 'b'), r.get('a'))"
    report = verified(
        tmp_path,
        fence("python run=redis", COUNT, "2 ['n']"),
        fence("python run=redis", COUNT, "2 ['n']"),
        fence("python run=redis", lua, "OK b"),
        questions=(checked("# run=redis\nassert r.dbsize() == 0"),),
    )
    ran = {(result.server, result.status) for result in report.results}
    assert ran == {("fakeredis", "passed"), ("redis", "skipped")}
    assert report.skipped() == {"NEXUS_REDIS_URL names no server": 4}


def test_redis_runs_on_a_real_one_too_and_both_must_print_the_same(
    tmp_path: Path, redis: str
) -> None:
    import redis as client

    with client.Redis.from_url(redis) as connection:
        before = connection.info("keyspace")
        report = verified(
            tmp_path,
            fence("python run=redis", COUNT, "2 ['n']"),
            fence("python run=redis", "print(type(r.connection_pool).__module__)", "redis.x"),
        )
        assert connection.info("keyspace") == before
    version = next(result.server for result in report.results if result.server != "fakeredis")
    assert version is not None and version.startswith("Redis ")
    assert [(r.server, r.status) for r in report.results] == [
        (version, "passed"),
        ("fakeredis", "passed"),
        (version, "failed"),
        ("fakeredis", "failed"),
    ]


def test_code_that_names_redis_itself_has_an_empty_database_of_it(
    tmp_path: Path, redis: str
) -> None:
    code = """
import os, redis
print(redis.Redis.from_url(os.environ["NEXUS_REDIS_URL"]).dbsize())
"""
    assert printed(tmp_path, fence("python run", code)) == "0"


# ---------------------------------------------------------------- postgres


def databases(url: str) -> set[str]:
    import psycopg

    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT datname FROM pg_database").fetchall()
    return {name for (name,) in found if name.startswith("nexus_verify")}


def test_postgres_prints_what_the_server_says(tmp_path: Path, postgres: str) -> None:
    code = """
CREATE TABLE a (x int PRIMARY KEY, t text);
INSERT INTO a VALUES (1, NULL), (2, 'b;') RETURNING x;
SELECT x = 1 AS one, t, ARRAY[x] AS all FROM a;
SELECT 1 / 0;
DO $$ BEGIN PERFORM 1; PERFORM 2; END $$;
"""
    expected = (
        "x\n1\n2\n\none | t    | all\nt   | NULL | {1}\nf   | b;   | {2}\n\nERROR: division by zero"
    )
    before = databases(postgres)
    assert printed(tmp_path, fence("sql run=postgres", code)) == expected
    assert databases(postgres) <= before


@pytest.mark.parametrize(
    "leaves",
    [
        "CREATE TABLE a (x int)",
        "CREATE SCHEMA s CREATE TABLE a (x int)",
        "CREATE EXTENSION hstore",
        "SELECT lo_create(0)",
        "DROP SCHEMA public",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET jit = on', current_database()); END $$",
        "CREATE PUBLICATION p FOR ALL TABLES",
    ],
)
def test_a_run_on_postgres_finds_nothing_of_the_one_before(
    leaves: str, tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nexus_tui.labs.verify.checking.workers", lambda: 1)
    look = """
SELECT count(*) AS n FROM pg_class JOIN pg_namespace AS s ON s.oid = relnamespace
 WHERE pg_class.oid >= 16384 AND nspname NOT LIKE 'pg\\_%';
SELECT count(*) FROM pg_namespace WHERE nspname IN ('public', 's');
SELECT count(*) FROM pg_extension;
SELECT count(*) FROM pg_largeobject_metadata;
SELECT count(*) FROM pg_publication;
SELECT count(*) FROM pg_db_role_setting JOIN pg_database AS d ON d.oid = setdatabase
 WHERE datname = current_database();
"""
    expected = "n\n0\n\ncount\n1\n\ncount\n1\n\ncount\n0\n\ncount\n0\n\ncount\n0"
    report = verified(
        tmp_path,
        fence("sql run=postgres", leaves + ";", "lo_create\n1" if "lo_" in leaves else None),
        fence("sql run=postgres", look, expected),
    )
    assert report.results[-1].detail == ""


def test_a_check_on_postgres_is_given_a_connection_in_a_transaction(
    tmp_path: Path, postgres: str
) -> None:
    code = """# run=postgres
conn.execute("CREATE TABLE a (x int)")
assert not conn.autocommit
conn.rollback()
try:
    conn.execute("SELECT * FROM a")
except psycopg.errors.UndefinedTable:
    pass
"""
    url = """# run=postgres
import os
with psycopg.connect(os.environ["NEXUS_POSTGRES_URL"]) as second:
    assert second.info.dbname == conn.info.dbname
"""
    report = verified(tmp_path, questions=(checked(code), checked(url, "second")))
    assert statuses(report) == ["passed", "passed"]


def test_a_database_whose_run_was_stopped_is_dropped(tmp_path: Path, postgres: str) -> None:
    from nexus_tui.sandbox.limits import Limits

    before = databases(postgres)
    code = "BEGIN; CREATE TABLE a (x int); SELECT pg_sleep(600);"
    report = verified(tmp_path, fence("sql run=postgres", code), limits=Limits(seconds=1))
    assert only(report).why == "did not end within 1 seconds and was stopped"
    assert databases(postgres) <= before
