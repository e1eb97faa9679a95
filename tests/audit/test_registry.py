"""Each check is whole, and what it names is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.audit.registry import CHECKS
from nexus_tui.audit.verdict import WEIGHTS, Check
from nexus_tui.settings import bundled_content

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def content() -> Path:
    found = bundled_content()
    assert found is not None
    return found


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_says_why_it_matters_how_to_mend_it_and_which_lesson_teaches_it(
    check: Check, content: Path
) -> None:
    assert check.severity in WEIGHTS
    assert len(check.why) > 25 and check.why.endswith(".")
    assert len(check.mend) > 10 and check.mend.endswith(".")
    assert not check.holds.endswith(".")
    assert list(content.glob(f"topics/*/{check.topic}/topic.yaml"))
    if check.stage is not None:
        challenge, _, stage = check.stage.partition("/")
        assert (content / "challenges" / challenge / "stages" / stage / "stage.yaml").is_file()
