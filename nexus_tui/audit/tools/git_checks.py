"""What the history and the index of a repository tell."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

CHECKS = (
    Check(
        "git/env-ignored",
        ".env is ignored",
        "high",
        "One `git add .` sends the whole file, with every secret at once.",
        "Add `.env`, `.env.*` and `!.env.example` to .gitignore.",
        "secrets-config",
    ),
    Check(
        "git/env-committed",
        "No .env file was ever committed",
        "high",
        "It is in every clone, also after it was deleted.",
        "Replace each secret in it at its issuer; then take it out with `git rm --cached`.",
        "secrets-config",
    ),
    Check(
        "git/secret-history",
        "No commit holds a secret that was written out",
        "high",
        "Deleting the line leaves it in every clone: `git log -p` shows it in a second.",
        "Revoke the value first; rewriting the history without that protects nothing.",
        "secrets-config",
    ),
    Check(
        "git/state-files",
        "No Terraform state or plan was ever committed",
        "high",
        "State holds passwords of databases in plain text.",
        "Use a remote backend, ignore `*.tfstate*` and `*.tfplan`, replace what was in it.",
        "infrastructure-as-code",
    ),
    Check(
        "git/pull-requests",
        "The last commits came by pull requests",
        "medium",
        "What nobody else has read is understood by one person, and breaks unseen.",
        "Protect the branch, and merge by pull request.",
        "git-github",
    ),
    Check(
        "git/change-size",
        "The median change is at most 400 lines",
        "medium",
        "Beyond some hundred lines reviewers approve what they have not read.",
        "Split by step: refactor, then add, then switch.",
        "code-review",
    ),
    Check(
        "git/restore-drill",
        "A restore was written down in the last 35 days",
        "high",
        "A backup that was never restored is a hope.",
        "Restore the newest backup each month, and note it in docs/drills/restore.md.",
        "backups-recovery",
    ),
    Check(
        "git/rollback-drill",
        "Switching back was written down in the last 90 days",
        "high",
        "Whether the old version reads what the new one wrote shows in a drill or in an outage.",
        "Deploy, write, switch back, read; note it in docs/drills/rollback.md.",
        "blue-green",
    ),
    Check(
        "git/load-report",
        "A load test was reported in the last 30 days",
        "medium",
        "Last year's limit is that of last year's code and data.",
        "Keep each report in load/reports.",
        "load-testing",
    ),
)
