"""Every line of the programme is found by its own words, with something that treats it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.catalog.search import search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.catalog import Catalog

CONTENT = Path(__file__).parents[2] / "content"
PROGRAMME = "resources/learning-materials/programme.md"
DOCUMENTATION = "resources/learning-materials/official-documentation.md"
BOOKS = "resources/learning-materials/books.md"
FIRST = 10

AIMS = (
    "Document critical learnings from the ProDev Backend Engineering Program",
    "Provide a reference guide for backend technologies, concepts, challenges, and solutions",
    "Support current and future learners with practical examples and resources",
)
"""What the whole is for: no single lesson treats these, the programme's own page says them."""

TREATED_BY: dict[str, tuple[str, ...]] = {
    "Foster collaboration between backend and frontend developers": ("backend-frontend-contract",),
    # Key technologies
    "Python: Primary language for backend development": ("python-core", "python-oop-typing"),
    "Django: High-level Python framework for rapid development": ("django-core", "django-orm"),
    "REST APIs: Design and implementation of RESTful services": ("rest-principles",),
    "GraphQL: Query language for flexible API interactions": ("graphql-basics",),
    "Docker: Containerization for consistent environments": ("docker-images", "docker-compose"),
    "CI/CD: Pipelines for automated integration and deployment": ("ci-cd",),
    "PostgreSQL/MySQL: Relational database management systems": ("postgresql-mysql",),
    "Redis: In-memory store for caching": ("redis-core",),
    "Celery: Distributed task queue for asynchronous processing": ("celery-tasks",),
    "RabbitMQ: Message broker for queue management": ("rabbitmq-messaging",),
    "AWS/GCP: Cloud platforms for deployment and scaling": ("cloud-basics",),
    "Git/GitHub: Version control and collaboration tools": ("git-github",),
    # Core concepts
    "Entity Relationship Modeling: Efficient schema design": ("er-modeling",),
    "Normalization: Reducing data redundancy": ("normalization",),
    "Indexing: Enhancing query performance": ("indexing",),
    "Migrations: Managing schema evolution": ("migrations",),
    "Async/Await: Non-blocking code in Python": ("async-await",),
    "Task Queues: Background processing with Celery": ("celery-tasks",),
    "WebSockets: Real-time client-server communication": ("websockets",),
    "Event-Driven Architecture: Scalable, responsive systems": ("event-driven",),
    "Memory Caching: Fast data retrieval with Redis": ("redis-core",),
    "Database Query Caching: Reducing database load": ("query-caching",),
    "CDN Integration: Optimizing content delivery": ("http-caching-cdn",),
    "Cache Invalidation: Ensuring data consistency": ("cache-invalidation",),
    "RESTful Principles: Intuitive and consistent APIs": ("rest-principles",),
    "Authentication & Authorization: Secure endpoint access": ("api-authn-authz",),
    "Rate Limiting: Preventing API abuse": ("rate-limiting",),
    "API Documentation: Using Swagger/OpenAPI for clarity": ("openapi-docs",),
    "Microservices: Modular application architecture": ("microservices",),
    "Load Balancing: Traffic distribution across servers": ("load-balancing",),
    "Scalability Patterns: Horizontal and vertical scaling": ("scalability-patterns",),
    "Monitoring & Logging: Tracking application health": ("observability",),
    # Challenges and solutions
    "Added indexing on frequently queried fields": ("indexing", "database-performance"),
    "Optimized Django ORM with select_related and prefetch_related": ("orm-performance",),
    "Implemented Redis caching for high-traffic data": ("query-caching", "database-performance"),
    "Used Django REST Framework throttling": ("rate-limiting",),
    "Built custom rate-limiting middleware": ("rate-limiting",),
    "Set up monitoring for traffic anomalies": ("slo-alerting", "rate-limiting"),
    "Integrated Celery with RabbitMQ for background tasks": ("celery-tasks",),
    "Added task monitoring and failure handling": ("task-reliability",),
    "Implemented retry mechanisms for failed tasks": ("task-reliability",),
    "Dockerized applications for consistency": ("docker-images", "container-orchestration"),
    "Used Docker Compose for local development": ("docker-compose",),
    "Established CI/CD pipelines for automated deployment": ("ci-cd",),
    # Best practices
    "Adhere to PEP 8 for consistent Python styling": ("pep8-style",),
    "Write comprehensive unit, integration, and API tests": ("testing-strategy", "test-levels"),
    "Conduct peer code reviews for quality assurance": ("code-review", "peer-review"),
    "Maintain clear, detailed code documentation": ("code-documentation", "documentation"),
    "Validate and sanitize all user inputs": ("input-validation",),
    "Implement robust authentication mechanisms": ("authentication-mechanisms",),
    "Use HTTPS in production environments": ("https-production",),
    "Store sensitive data in environment variables": ("secrets-config", "secrets-in-environment"),
    "Regularly analyze and optimize database queries": ("query-analysis",),
    "Implement multi-layer caching strategies": ("multi-layer-caching",),
    "Monitor performance with continuous alerting": ("slo-alerting", "continuous-alerting"),
    "Conduct regular load testing": ("load-testing",),
    "Use Infrastructure as Code (e.g., Terraform)": ("infrastructure-as-code",),
    "Adopt blue-green deployment to minimize downtime": ("blue-green",),
    "Implement automated backups with recovery testing": ("backups-recovery",),
    "Ensure comprehensive monitoring and logging": ("observability", "monitoring-logging"),
    # Resources
    "Django Documentation": (DOCUMENTATION, "django-core"),
    "Django REST Framework": (DOCUMENTATION, "drf-core"),
    "Docker Documentation": (DOCUMENTATION, "docker-images"),
    "PostgreSQL Documentation": (DOCUMENTATION, "postgresql-mysql"),
    "Two Scoops of Django (Django best practices)": (BOOKS, "django-core"),
    "Designing Data-Intensive Applications (system design)": (BOOKS,),
    "Clean Code (maintainable code principles)": (BOOKS, "clean-code-refactoring"),
    "System Design Interview (scalability concepts)": (BOOKS, "system-design-method"),
    # Future enhancements
    "Explore advanced system design (Microservices, Event Sourcing, CQRS)": ("event-sourcing",),
    "Integrate MLOps for machine learning model deployment": ("mlops-serving",),
    "Enhance security with OAuth2, JWT, and API best practices": ("oauth2-oidc",),
    "Optimize performance through advanced caching and sharding": ("sharding",),
    "Adopt cloud-native technologies like Kubernetes and serverless": ("kubernetes", "serverless"),
}
"""Line of the programme → what treats it: a topic, a challenge, a checklist or a document."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    with open_catalog([CONTENT], tmp_path_factory.mktemp("cache")) as catalog:
        yield catalog


def lines() -> list[str]:
    """The bullets of the programme without Markdown."""
    text = (CONTENT / PROGRAMME).read_text(encoding="utf-8")
    bullets = re.findall(r"^- (.+)$", text, re.MULTILINE)
    return [re.sub(r"\[(.*?)\]\(.*?\)", r"\1", b).translate({42: "", 96: ""}) for b in bullets]


def test_the_table_names_every_line_of_the_programme() -> None:
    assert lines() == [*AIMS, *TREATED_BY]


def test_what_treats_the_programme_is_in_the_catalog(shipped: Catalog) -> None:
    known = {topic.key for topic in shipped.topics()}
    known |= {challenge.key for challenge in shipped.challenges()}
    known |= {checklist.key for checklist in shipped.checklists()}
    known |= {document.key for document in shipped.documents()}
    named = {f"nexus/{name}" for names in TREATED_BY.values() for name in names}
    assert named <= known


def practices() -> list[str]:
    """The lines of the programme that say how to work."""
    text = (CONTENT / PROGRAMME).read_text(encoding="utf-8")
    part = text.partition("Best Practices\n")[2].partition("\n## ")[0]
    return re.findall(r"^- (.+)$", part.replace("*", ""), re.MULTILINE)


def test_each_practice_of_the_programme_has_its_checklist(shipped: Catalog) -> None:
    lists = [checklist.model for checklist in shipped.checklists()]
    assert len(practices()) == 16
    assert sorted(c.bullet for c in lists if c.bullet) == sorted(practices())


def test_what_is_no_line_of_the_programme_stands_apart(shipped: Catalog) -> None:
    lists = [checklist.model for checklist in shipped.checklists()]
    apart = [c.id for c in lists if c.group == "beyond-programme"]
    assert apart == [c.id for c in lists if c.programme == "extra"]
    assert apart == [c.id for c in lists if c.bullet is None]


def test_each_item_leads_to_its_topic_and_its_stage(shipped: Catalog) -> None:
    topics = {topic.id for topic in shipped.topics()}
    challenges = [view.model for view in shipped.challenges()]
    stages = {f"{c.id}/{stage.id}" for c in challenges for stage in c.stages}
    items = [item for checklist in shipped.checklists() for item in checklist.model.items]
    assert {item.topic for item in items} <= topics
    assert {item.stage for item in items if item.stage} <= stages


def test_an_item_says_how_much_an_audit_proves_where_one_looks(shipped: Catalog) -> None:
    lists = [checklist.model for checklist in shipped.checklists()]
    looked_at = {f"{c.id}/{i.id}" for c in lists for i in c.items if i.audit}
    proved = {f"{c.id}/{i.id}" for c in lists for i in c.items if i.auto != "no"}
    assert looked_at == proved


@pytest.mark.parametrize("line", TREATED_BY)
def test_a_line_of_the_programme_is_found_with_what_treats_it(line: str, shipped: Catalog) -> None:
    wanted = {f"nexus/{name}" for name in TREATED_BY[line]}
    hits = search(shipped, line, limit=FIRST)
    treating = {hit.key for hit in hits if hit.kind not in {"programme", "question"}}
    assert treating & wanted, [(hit.kind, hit.key) for hit in hits]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Microservices, Event Sourcing, CQRS", ("microservices", "event-sourcing", "cqrs")),
        ("OAuth2, JWT, and API best practices", ("oauth2-oidc", "jwt", "api-security-top10")),
        ("advanced caching and sharding", ("multi-layer-caching", "sharding")),
        ("Kubernetes and serverless", ("kubernetes", "serverless")),
    ],
)
def test_a_line_of_several_subjects_is_found_with_each(
    line: str, names: tuple[str, ...], shipped: Catalog
) -> None:
    (whole,) = [known for known in TREATED_BY if line in known]
    found = {hit.key for hit in search(shipped, whole)}
    assert {f"nexus/{name}" for name in names} <= found


@pytest.mark.parametrize("line", AIMS)
def test_an_aim_of_the_programme_is_found_in_its_own_text(line: str, shipped: Catalog) -> None:
    first = search(shipped, line, limit=FIRST)[0]
    assert (first.kind, first.key) == ("programme", f"nexus/{PROGRAMME}")
