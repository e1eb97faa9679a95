"""Levels of guard rails: what is said of them is so; and how they are put up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.sandbox.rails import Level, Rights
from tests.rarer import rarer
from tests.sandbox.attacks import ATTRIBUTES, FILES, NETWORK, PROCESSES
from tests.sandbox.place import (
    HERE,
    NONE,
    Place,
    only_landlock,
    only_rails,
    only_seccomp,
    refused,
)
from tests.sandbox.test_rails_work import WORKS
from tests.unprivileged import give_to_nobody

if TYPE_CHECKING:
    from pathlib import Path

SIGNALS = [PROCESSES[name] for name in PROCESSES if name.startswith("a signal")]
CANNOT = {
    "write outside its run folder": [FILES["overwriting"], FILES["deleting"], FILES["moving out"]],
    "read your home": [FILES["reading"], FILES["listing"]],
    "use the network": [NETWORK["TCP"], NETWORK["UDP"], NETWORK["a Unix socket"]],
    "use TCP": [NETWORK["TCP"], NETWORK["serving"]],
    "use UDP": [NETWORK["UDP"]],
    "signal other processes": SIGNALS,
    "signal processes older than itself": SIGNALS,
}
CAN = {
    "read and change your files": [FILES["reading"], FILES["deleting"]],
    "change the permissions of your files": [ATTRIBUTES["mode"]],
    "empty them": [ATTRIBUTES["emptying"]],
    "use the network": [NETWORK["TCP"], NETWORK["UDP"]],
    "use UDP": [NETWORK["UDP"]],
    "reach any machine by TCP": [NETWORK["TCP"]],
    "signal your other processes": SIGNALS[:1],
    "signal younger ones": [WORKS["ending a child"]],
}
LEVELS = [Level(7, True), Level(1, False), Level(0, True)]
RARER = [Level(7, False), Level(4, True), Level(4, False), Level(2, True), Level(1, True)]


@pytest.mark.parametrize("port", [False, True], ids=["no port", "port"])
@pytest.mark.parametrize("level", [*LEVELS, *map(rarer, RARER)], ids=str)
def test_what_is_said_of_a_level_is_so(level: Level, port: bool, user: Place) -> None:
    if level.landlock > HERE.landlock or level.seccomp > HERE.seccomp:
        pytest.skip("this kernel cannot hold so much")
    rights = Rights(port=port)
    cannot, _, can = level.said(rights).partition(". It can ")
    said = [(claim, CANNOT) for claim in CANNOT if claim in cannot]
    said += [(claim, CAN) for claim in CAN if claim in can]
    assert said
    for claim, attacks in said:
        for code in attacks[claim]:
            user.reset()
            ended = user.run(code, rights, level=level).ended
            assert (ended in ("done", "parent killed")) == (attacks is CAN), (claim, code)


@only_seccomp
@only_landlock
@pytest.mark.parametrize("what", ["emptying", "mode", "dates"])
def test_an_older_landlock_is_helped_by_seccomp(what: str, user: Place) -> None:
    refused(user, ATTRIBUTES[what], level=Level(1, True))


@only_seccomp
@only_landlock
def test_a_file_that_may_be_read_cannot_be_emptied_beside_an_older_landlock(
    user: Place, tmp_path: Path
) -> None:
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "check.py").write_text("expected = 1")
    give_to_nobody(checks, checks / "check.py")
    code = f"""
path = {str(checks / "check.py")!r}
assert os.read(os.open(path, os.O_RDONLY), 3) == b'exp'
os.open(path, os.O_RDONLY | os.O_TRUNC)
"""
    for level in (Level(1, True), HERE):
        held = user.run(code, level=level, readable=[checks])
        assert held.ended == "PermissionError", held
        assert (checks / "check.py").read_text() == "expected = 1"
    assert user.run(code, level=None).ended == "done"
    assert (checks / "check.py").read_text() == ""


HELD = "This code cannot write outside its run folder, read your home"
SAID = [
    (Level(6, True), NONE, f"{HELD}, use the network or signal other processes."),
    (
        Level(6, True),
        Rights(port=True, subprocess=True),
        (
            f"{HELD}, use UDP or signal other processes. "
            "It can reach any machine by TCP and start programs, held in the same way."
        ),
    ),
    (
        Level(1, False),
        NONE,
        (
            "This code cannot write outside its run folder or read your home. "
            "It can change the permissions of your files, empty them, use the network and signal "
            "your other processes."
        ),
    ),
    (
        Level(0, True),
        NONE,
        (
            "This code cannot use the network or signal processes older than itself. "
            "It can read and change your files and signal younger ones."
        ),
    ),
    (
        Level(0, False),
        Rights(port=True),
        (
            "Only limits hold here: on time, memory, open files, the size of a file and output. "
            "This code can read and change your files and use the network, as any program that "
            "you start."
        ),
    ),
]


@pytest.mark.parametrize(("level", "rights", "said"), SAID)
def test_the_level_is_said_in_plain_words(level: Level, rights: Rights, said: str) -> None:
    assert level.said(rights) == said


# ---------------------------------------------------------------- putting them up


def test_without_rails_to_put_up_nothing_happens(user: Place) -> None:
    assert user.run(FILES["reading"], level=Level(0, False)).ended == "done"


@only_rails
def test_rails_are_not_put_up_beside_other_threads(user: Place) -> None:
    before = (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
    )
    held = user.run("", before=before)
    assert held.ended == "rails not up"
    assert held.printed == ["This process has 2 threads: the guard rails would hold one."]


@only_rails
def test_a_run_folder_that_is_missing_is_said(user: Place) -> None:
    code = """
from pathlib import Path
from nexus_tui.sandbox.rails import Rights, restrict
restrict(Path('nowhere'), Rights())
"""
    held = user.run(code, level=None)
    assert held.ended == "RailsError"
    assert "There is no run folder nowhere." in held.printed[0]


def test_asking_what_holds_restricts_nothing(user: Place) -> None:
    code = """
from nexus_tui.sandbox import rails
rails.probe()
status = dict(line.split(':\\t') for line in open('/proc/self/status') if ':\\t' in line)
print(int(status['NoNewPrivs']), int(status['Seccomp']))
(outside / 'new').write_text('x')
"""
    asked = user.run(code, level=None)
    assert (asked.ended, asked.printed) == ("done", ["0 0"])
