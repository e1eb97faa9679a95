"""Small packs with code, trusted and verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_tui.catalog.trust import trust
from nexus_tui.labs.verify.checking import verify
from tests.builders import LESSON, choice, make_pack, quiz_file

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.labs.verify.checking import Report
    from nexus_tui.labs.verify.results import Result

ALPHA = "topics/basics/alpha"
SHEET = f"{ALPHA}/cheatsheet.md"
QUIZ = f"{ALPHA}/quiz.yaml"


def fence(opening: str, code: str, output: str | None = None) -> str:
    """A fence, and what it says that it prints."""
    printed = "" if output is None else f"```output\n{output}\n```\n"
    return f"```{opening}\n{code}\n```\n{printed}"


def checked(code: str, name: str = "checked") -> dict[str, Any]:
    """A question with code that checks its key."""
    return choice(id=name, verify=code)


def trusted_pack(tmp_path: Path, *fences: str, questions: tuple[dict[str, Any], ...] = ()) -> Path:
    """A pack that may run: its cheat sheet has the fences."""
    bank = questions or (choice(), choice(id="again"), choice(id="once-more"))
    files = {SHEET: "\n".join(fences) or "Short.\n", QUIZ: quiz_file(*bank)}
    root = make_pack(tmp_path / "pack", {**files, f"{ALPHA}/lesson.md": LESSON})
    trust(root, tmp_path / "data")
    return root


def verified(
    tmp_path: Path, *fences: str, questions: tuple[dict[str, Any], ...] = (), **options: Any
) -> Report:
    """What came of running a pack with these fences and questions."""
    root = trusted_pack(tmp_path, *fences, questions=questions)
    return verify(root, tmp_path / "data", **options)


def only(report: Report) -> Result:
    """Its one result."""
    (found,) = report.results
    return found


def statuses(report: Report) -> list[str]:
    """How each part fared, in the order of the file."""
    return [result.status for result in report.results]
