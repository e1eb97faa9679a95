"""What is looked at in GitHub workflows beside their schema."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

_TOPIC, _STAGE = "ci-cd", "container-orchestration/release-pipeline"
CHECKS = (
    Check(
        "nexus/workflow-needs",
        "Jobs wait for jobs that exist",
        "high",
        "GitHub refuses the workflow, nothing runs, and nothing is red.",
        "Correct the name under `needs`; break the circle.",
        _TOPIC,
        _STAGE,
    ),
    Check(
        "nexus/workflow-untrusted",
        "Code of strangers does not run with your secrets",
        "high",
        "pull_request_target has your secrets; a changed setup.py of the checkout sends them away.",
        "Use `pull_request`, or do not check out the head of the pull request.",
        _TOPIC,
    ),
    Check(
        "nexus/workflow-injection",
        "No text of strangers is put into a script",
        "high",
        'A title such as `"; curl …` becomes a command of the runner.',
        'Hand it over in `env:` and write "$TITLE" in the script.',
        _TOPIC,
    ),
    Check(
        "nexus/workflow-permissions",
        "Workflows say which permissions they need",
        "medium",
        "Without it, in many repositories, the token of each step may write everything.",
        "`permissions: {contents: read}` at the top, more in the one job that needs it.",
        _TOPIC,
    ),
    Check(
        "nexus/workflow-pinned",
        "Actions of others are pinned to a commit",
        "low",
        "A tag can be moved to other code overnight, and it has happened.",
        "`uses: owner/action@<40 hex digits>  # v4`; let Dependabot raise it.",
        "dependency-supply-chain",
    ),
)
