"""What guard rails leave to ordinary code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from nexus_tui.sandbox.rails import Level, Rights
from tests.sandbox.attacks import NETWORK
from tests.sandbox.place import HERE, ROOT, Place, only_landlock, only_rails
from tests.unprivileged import unprivileged

WORKS = {
    "files": """
from pathlib import Path
Path('deep/er').mkdir(parents=True)
Path('deep/er/file').write_text('x')
os.rename('deep/er/file', 'file')
os.link('file', 'linked')
os.symlink('file', 'soft')
os.mkfifo('fifo')
assert sorted(os.listdir()) == ['deep', 'empty', 'fifo', 'file', 'linked', 'mine', 'soft']
os.truncate('file', 0)
os.unlink('file')
os.rmdir('deep/er')
""",
    "mode and dates": """
import shutil
os.chmod('mine', 0o640)
os.utime('mine', (5, 5))
shutil.copy2('mine', 'copy')
found = os.stat('copy')
assert (found.st_mode & 0o777, found.st_mtime) == (0o640, 5)
os.symlink('nothing', 'empty/link')
shutil.copytree('empty', 'other', symlinks=True)
shutil.rmtree('other')
os.utime('copy')
assert os.stat('copy').st_mtime > 5
with open('mine') as file:
    os.chmod(file.fileno(), 0o600)
assert os.stat('mine').st_mode & 0o777 == 0o600
""",
    "temporary files": """
import tempfile
tempfile.tempdir = None
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile('w') as file:
    assert folder.startswith(os.getcwd()) and file.name.startswith(os.getcwd())
    file.write('x')
""",
    "SQLite": """
import sqlite3
base = sqlite3.connect('base.db')
base.execute('PRAGMA journal_mode = wal')
base.execute('CREATE TABLE t (x)')
base.execute('INSERT INTO t VALUES (1)')
base.commit()
assert base.execute('SELECT * FROM t').fetchall() == [(1,)]
base.close()
""",
    "threads": """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    assert list(pool.map(abs, [-1, 2])) == [1, 2]
""",
    "a loop": """
import asyncio
async def main():
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(10, print)
    await asyncio.sleep(0)
    return await asyncio.to_thread(lambda: 5)
assert asyncio.run(main()) == 5
""",
    "forks": """
import multiprocessing
fork = multiprocessing.get_context('fork')
here, there = fork.Pipe()
process = fork.Process(target=lambda: there.send(os.getpid()))
process.start()
assert here.recv() == process.pid
process.join()
assert process.exitcode == 0
""",
    "ending a child": """
import signal, time
child = os.fork()
if child == 0:
    time.sleep(600)
os.kill(child, signal.SIGTERM)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -15
""",
    "signals to itself": """
import signal, threading
got = []
signal.signal(signal.SIGUSR1, lambda *what: got.append(what[0]))
os.kill(os.getpid(), signal.SIGUSR1)
signal.raise_signal(signal.SIGUSR1)
signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
assert got == [10, 10, 10]
""",
    "imports": """
import django, redis, celery, psycopg, fakeredis, rest_framework, decimal, ssl, zoneinfo
assert zoneinfo.ZoneInfo('Europe/Berlin')
ssl.create_default_context()
import mimetypes
assert mimetypes.guess_type('a.png')[0] == 'image/png'
""",
    "randomness and nothing": """
import secrets, subprocess
assert open('/dev/urandom', 'rb').read(4) and secrets.token_hex()
open(os.devnull, 'w').write('x')
""",
    "what it is": """
assert str(os.getpid()) in open('/proc/self/stat').read()
assert os.listdir('/proc/self/fd')
assert 'VmRSS' in open('/proc/self/status').read() and os.cpu_count()
""",
    "a plain limit": """
import resource
resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (50, 50))
""",
}


OLDER = Level(min(HERE.landlock, 2), HERE.seccomp)


@pytest.mark.parametrize("code", WORKS.values(), ids=WORKS)
@pytest.mark.parametrize(
    "level",
    [
        pytest.param(HERE, id="this machine"),
        pytest.param(OLDER, id="an older kernel", marks=pytest.mark.promise),
    ],
)
def test_ordinary_code_works(code: str, level: Level, place: Place) -> None:
    if level.landlock < 3 and "os.truncate" in code:
        code = code.replace("os.truncate('file', 0)", "open('file', 'w').close()")
    outcome = place.run(code, level=level)
    assert outcome.ended == "done", outcome.printed


@only_landlock
@pytest.mark.parametrize("what", ["Lock", "Queue", "Pool"])
def test_what_needs_named_semaphores_is_refused(what: str, user: Place) -> None:
    """They are files in `/dev/shm`, beside those of all the user's programs."""
    code = f"import multiprocessing\nmultiprocessing.get_context('fork').{what}()"
    assert user.run(code, level=None).ended == "done"
    assert user.run(code).ended == "PermissionError"


@only_landlock
def test_a_child_cannot_list_its_own_folder_of_proc(user: Place) -> None:
    code = """
child = os.fork()
if child == 0:
    try:
        os.listdir('/proc/self')
    except OSError as error:
        os._exit(error.errno)
    os._exit(0)
print(os.waitstatus_to_exitcode(os.wait()[1]))
"""
    assert user.run(code).printed == ["13"]


@pytest.mark.parametrize(
    "code",
    [
        """
import asyncio
async def answer(reader, writer):
    writer.write(await reader.readline())
    writer.close()
async def main():
    async with await asyncio.start_server(answer, 'localhost', 0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection('localhost', port)
        writer.write(b'hello\\n')
        return await reader.read()
assert asyncio.run(main()) == b'hello\\n'
""",
        """
import http.server, threading, urllib.request
server = http.server.HTTPServer(('127.0.0.1', 0), http.server.SimpleHTTPRequestHandler)
threading.Thread(target=server.handle_request).start()
found = urllib.request.urlopen(f'http://127.0.0.1:{server.server_port}/mine')
assert found.read() == b'mine'
""",
        NETWORK["TCP"],
        NETWORK["serving"],
    ],
    ids=["a server of asyncio", "a web server", "TCP", "serving"],
)
def test_with_the_right_to_a_port_tcp_works(code: str, place: Place) -> None:
    outcome = place.run(code, Rights(port=True))
    assert outcome.ended == "done", outcome.printed


def test_with_the_right_to_programs_asyncio_starts_them(place: Place) -> None:
    code = """
import asyncio, sys
async def main():
    program = await asyncio.create_subprocess_exec(
        sys.executable, '-Ic', 'print(input())', stdin=-1, stdout=-1
    )
    return await program.communicate(b'hello')
assert asyncio.run(main())[0] == b'hello\\n'
"""
    outcome = place.run(code, Rights(subprocess=True))
    assert outcome.ended == "done", outcome.printed


SERVICES = {
    "NEXUS_POSTGRES_URL": "import psycopg\npsycopg.connect(url).execute('SELECT 1')",
    "NEXUS_REDIS_URL": "import redis\nassert redis.Redis.from_url(url).ping()",
    "NEXUS_RABBITMQ_URL": "import kombu\nassert kombu.Connection(url).connect()",
}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_reached_with_the_right_to_a_port(name: str, user: Place) -> None:
    url = os.environ.get(name)
    if not url:
        pytest.skip(f"{name} names no service")
    code = f"url = {url!r}\n{SERVICES[name]}"
    outcome = user.run(code, Rights(port=True))
    assert outcome.ended == "done", outcome.printed


@only_rails
def test_isolated_python_imports_what_it_trusts_then_is_held_then_imports_the_code(
    user: Place,
) -> None:
    (user.folder / "learned.py").write_text(
        "import os\nfrom django.utils import timesince\n"
        "try:\n    os.listdir(os.environ['HOME'])\nexcept PermissionError:\n    print('held')\n"
    )
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
import celery, django, psycopg, redis
from nexus_tui.sandbox.rails import Rights, restrict
sys.path.remove({str(ROOT)!r})
restrict(Path({str(user.folder)!r}), Rights())
sys.path.append({str(user.folder)!r})
import learned
"""
    done = subprocess.run(
        unprivileged(sys.executable, "-I", "-c", code),
        check=False,
        capture_output=True,
        text=True,
        env={"HOME": str(user.outside)},
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("held\n" if HERE.landlock else "", "")
