"""Puts versions of the list under the learner's tests, and runs these."""

import importlib
import sys
import unittest
from pathlib import Path
from types import ModuleType

import django.test.testcases  # noqa: F401 - warm
from django.test.utils import setup_test_environment
from django.urls import clear_url_caches, set_urlconf

from nexus_tui.labs.probing import django_project as project

GOOD_VIEW = """
from django.db.models import Prefetch
from django.http import JsonResponse
from catalogue.models import Author, Book, Tag
from catalogue.serializers import book_as_json

def book_list(request):
    active = Tag.objects.filter(active=True).order_by("name")
    books = (
        Book.objects.select_related("author")
        .prefetch_related(Prefetch("tags", queryset=active, to_attr="active_tags"))
        .order_by("title", "id")
    )
    return JsonResponse({"books": [book_as_json(book) for book in books]})
"""
GOOD_SERIALIZER = """
def book_as_json(book):
    return {
        "title": book.title,
        "author": book.author.name,
        "tags": [tag.name for tag in book.active_tags],
    }
"""
JOIN, LAST = '.select_related("author")', "    return JsonResponse("
VERSIONS = {
    "join lost": {"views": GOOD_VIEW.replace(JOIN, "")},
    "tags filtered again": {
        "serializers": GOOD_SERIALIZER.replace(
            "book.active_tags", 'book.tags.filter(active=True).order_by("name")'
        )
    },
    "author by author": {
        "views": GOOD_VIEW.replace(JOIN, "").replace(
            LAST,
            "    books, authors = list(books), {}\n"
            "    for book in books:\n"
            "        if book.author_id not in authors:\n"
            "            authors[book.author_id] = Author.objects.get(pk=book.author_id)\n"
            "        book.author = authors[book.author_id]\n" + LAST,
        )
    },
    "tag by tag": {"views": GOOD_VIEW.replace('order_by("name")', 'order_by("name").only("id")')},
    "total in a header": {
        "views": GOOD_VIEW.replace("return JsonResponse(", "answer = JsonResponse(")
        + '    answer["X-Total-Count"] = Book.objects.count()\n    return answer\n'
    },
    "authors prefetched": {"views": GOOD_VIEW.replace(JOIN, '.prefetch_related("author")')},
}


class Result(unittest.TestResult):
    """Keeps the first line of what made a test red."""

    def __init__(self):
        super().__init__()
        self.red = []

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.keep(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self.keep(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.keep(test, err)

    def keep(self, test, err):
        if not isinstance(err, str):
            err = f"{err[0].__name__}: {err[1]}".strip().splitlines()[0]
        self.red.append({"test": test.id().split()[0].rpartition(".")[2], "message": err})


STAY = ("catalogue", "catalogue.models")


def load():
    project.set_up("catalogue", urls="catalogue.urls")
    setup_test_environment()
    importlib.import_module("catalogue.models")


def cost(version, books):
    """How many queries a version takes for so many books, of an author and a tag each."""
    use(version)
    from catalogue.models import Author, Book, Tag

    link, numbers = Book.tags.through, range(1, books + 1)
    Author.objects.bulk_create(Author(pk=n, name=f"A{n}") for n in numbers)
    Book.objects.bulk_create(Book(pk=n, title=f"B{n}", author_id=n) for n in numbers)
    Tag.objects.bulk_create(Tag(pk=n, name=f"T{n}") for n in numbers)
    link.objects.bulk_create(link(book_id=n, tag_id=n) for n in numbers)
    taken = project.get("/books/")["queries"]
    for model in (link, Book, Author, Tag):
        model.objects.all().delete()
    return taken


def run(version=None):
    """What becomes of the learner's tests with a version of the list; None: with the learner's."""
    use(version)
    work = Path.cwd()
    suite = unittest.TestSuite()
    for path in sorted(work.rglob("test*.py")):
        name = ".".join(path.relative_to(work).with_suffix("").parts)
        module = importlib.import_module(name)
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    result = Result()
    suite.run(result)
    for test in result.unexpectedSuccesses:
        result.keep(test, "an unexpected success")
    skipped = len(result.skipped) + len(result.expectedFailures)
    return {"ran": result.testsRun - skipped, "red": result.red}


def use(version):
    """Import everything of the workspace anew but its models, with the files of a version."""
    work = str(Path.cwd())
    for name, module in list(sys.modules.items()):
        if name not in STAY and str(getattr(module, "__file__", None) or "").startswith(work):
            del sys.modules[name]
    clear_url_caches()
    set_urlconf(None)
    package = sys.modules["catalogue"]
    files = VERSIONS[version] if version else {}
    for part, good in (("serializers", GOOD_SERIALIZER), ("views", GOOD_VIEW)):
        name = f"catalogue.{part}"
        if version is None:
            module = importlib.import_module(name)
        else:
            module = sys.modules[name] = ModuleType(name)
            module.__file__ = f"{work}/catalogue/{part}.py"
            exec(compile(files.get(part, good), module.__file__, "exec"), module.__dict__)
        setattr(package, part, module)
    package.urls = importlib.import_module("catalogue.urls")
