"""A stage without libraries: `calc.total(numbers)` has to add. Its checks take milliseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.models import Challenge, Lab, Mutant, Requirement, Stage
from nexus_tui.labs.challenges.check import Check
from nexus_tui.labs.challenges.stage import StageFiles
from nexus_tui.labs.challenges.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path

STARTER = "def total(numbers):\n    return 0\n"
SOLUTION = "def total(numbers):\n    return sum(numbers)\n"
PROBE = """
import sys


def load():
    import calc


def total(numbers):
    return sys.modules["calc"].total(numbers)


def python(code):
    names = {}
    exec(code, names)
    return names.get("found")
"""
JUDGE = """
from nexus_tui.labs.judging import Lab, Outcome, requirement


@requirement("empty")
def empty(lab):
    found = lab.ask("total", 1.0, numbers=[])
    return Outcome(found == 0, str(found), "0")


@requirement("adds")
def adds(lab):
    numbers = [lab.random.randint(1, 99) for _ in range(5)]
    found = lab.ask("total", 1.0, numbers=numbers)
    return Outcome(type(found) is int and found == sum(numbers), str(found), str(sum(numbers)))
"""
FIRST = "def total(numbers):\n    return numbers[0] if numbers else 0\n"


def stage(
    root: Path,
    *,
    judge: str = JUDGE,
    probe: str = PROBE,
    requirements: tuple[str, ...] = ("empty", "adds"),
    needs: tuple[str, ...] = (),
    rights: tuple[str, ...] = (),
    seconds: int = 10,
) -> StageFiles:
    """The stage, written below `root`."""
    files = {
        "starter/calc.py": STARTER,
        "solution/calc.py": SOLUTION,
        "mutants/first/calc.py": FIRST,
        "checks/judge.py": judge,
        "checks/probe.py": probe,
        "brief.md": "Add them.",
        "debrief.md": "`sum` adds.",
        "hints.md": "## Nudge\n\nAdd.\n\n## Pointer\n\n`sum`\n\n## Skeleton\n\n`sum(____)`\n",
        "stage.yaml": "",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return described(root, requirements=requirements, needs=needs, rights=rights, seconds=seconds)


def described(
    root: Path,
    *,
    requirements: tuple[str, ...] = ("empty", "adds"),
    needs: tuple[str, ...] = (),
    rights: tuple[str, ...] = (),
    seconds: int = 10,
) -> StageFiles:
    """The stage whose files were written below `root`."""
    mutant = Mutant(id="first", fails="adds", misconception="One is enough.", debrief="Give two.")
    lab = Lab(
        tier="T0",
        needs=needs,
        rights=rights,  # type: ignore[arg-type]
        seconds=seconds,
        opens="calc.py",
        starter="adds",
        requirements=tuple(Requirement(id=r, text=f"It {r}") for r in requirements),
        mutants=(mutant, *(mutant.model_copy(update={"id": f"m{n}"}) for n in range(3))),
    )
    about = Stage(id="add", title="Add", minutes=5, summary="Add.", objectives=("python-core/add",))
    return StageFiles("nexus/toys/add", root, about, lab)


def challenge(files: StageFiles) -> Challenge:
    """A challenge of this one stage."""
    return Challenge(
        id="toys",
        title="Toys",
        programme="CH1",
        order=1,
        summary="Toys.",
        topics=("python-core",),
        story="A story.",
        solution="A solution.",
        stages=(files.stage,),
    )


def workspace(folder: Path, code: str) -> Path:
    """A folder with `calc.py`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "calc.py").write_text(code)
    return folder


def verdict(files: StageFiles, folder: Path, runs: Path, seed: int = 7) -> Verdict:
    """What a check of `folder` comes to."""
    *_, last = Check(files, folder, runs=runs, seed=seed).events()
    assert isinstance(last, Verdict)
    return last
