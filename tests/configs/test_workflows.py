"""What a workflow would do after an event: which jobs run, and what stops a deployment."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_tui.configs.workflows import Event, WorkflowProblem, follow, ordered, triggered

PUSH = Event("push", "refs/heads/main")
TAG = Event("push", "refs/tags/v1")
PULL = Event("pull_request", "refs/pull/7/merge")


def flow(**jobs: dict[str, Any]) -> dict[str, Any]:
    return {
        "on": {"push": {"branches": ["main"]}},
        "jobs": {name: {"steps": [{"run": name}], **job} for name, job in jobs.items()},
    }


def began(workflow: dict[str, Any], *failing: str, event: Event = PUSH) -> list[str]:
    return [line for _, line in follow(workflow, event, lambda line: line in failing).lines]


def test_a_job_waits_for_what_it_needs_and_is_skipped_when_that_fails() -> None:
    found = flow(deploy={"needs": ["test"]}, test={})
    assert ordered(found) == ["test", "deploy"]
    assert began(found) == ["test", "deploy"]
    assert began(found, "test") == ["test"]
    assert follow(found, PUSH, lambda line: line == "test").results["deploy"] == "skipped"


@pytest.mark.parametrize(
    ("change", "deploys"),
    [
        ({"if": "always()"}, True),
        ({"if": "${{ !cancelled() }}"}, True),
        ({"if": "github.ref == 'refs/heads/main'"}, False),
        ({"if": "always() && needs.test.result == 'success'"}, False),
        ({"if": "failure() || true"}, True),
        ({"needs": []}, True),
    ],
)
def test_after_red_tests_it_depends_on_the_condition(change: dict[str, Any], deploys: bool) -> None:
    found = flow(test={}, deploy={"needs": ["test"], **change})
    assert ("deploy" in began(found, "test")) is deploys


@pytest.mark.parametrize("step", [{"run": "test || true"}, {"run": "set +e\ntest"}])
def test_a_script_that_goes_on_hides_its_failure(step: dict[str, Any]) -> None:
    found = flow(test={"steps": [step]}, deploy={"needs": ["test"]})
    assert "deploy" in began(found, "test", "test || true")


def test_a_job_that_may_fail_stops_nothing() -> None:
    found = flow(test={"continue-on-error": True}, deploy={"needs": ["test"]})
    assert began(found, "test") == ["test", "deploy"]


@pytest.mark.parametrize(
    ("on", "event", "starts"),
    [
        ("push", PUSH, True),
        (["pull_request"], PUSH, False),
        ({"push": {"branches": ["main"]}}, TAG, False),
        ({"push": {"tags": ["v*"]}}, TAG, True),
        ({"push": {"branches": ["**", "!main"]}}, PUSH, False),
        ({"push": {"branches-ignore": ["main"]}}, PUSH, False),
        ({"pull_request": None}, PULL, True),
        ({"pull_request": {"branches": ["release"]}}, PULL, False),
    ],
)
def test_an_event_starts_it_as_its_filters_say(on: Any, event: Event, starts: bool) -> None:
    assert triggered({"on": on, "jobs": {}}, event) is starts


@pytest.mark.parametrize(
    ("jobs", "said"),
    [
        ({"a": {"needs": ["nope"]}}, "a needs nope, and there is no such job"),
        ({"a": {"needs": "b"}, "b": {"needs": "a"}}, "a circle: a → b → a"),
        ({"a": {"if": "(true"}}, "a bracket is not closed"),
        ({"a": {"if": "hashFiles('x')"}}, "hashfiles\\(\\) is not known here"),
        ({"a": {"if": "true &"}}, "cannot be read at"),
    ],
)
def test_what_cannot_be_followed_says_why(jobs: dict[str, Any], said: str) -> None:
    with pytest.raises(WorkflowProblem, match=said):
        began(flow(**jobs))
