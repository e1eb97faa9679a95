"""Examples are read whole in the library: the README first, then each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.compiled import fingerprint, open_catalog
from nexus_tui.catalog.search import search
from tests.builders import make_pack, open_pack

if TYPE_CHECKING:
    from pathlib import Path

README = "examples/shop/README.md"
FILES: dict[str, str | None] = {
    README: "# Shop\n\nA shop.\n\n## Run it\n\nRun it.\n",
    "examples/shop/app.py": "print('[red]')\n",
    "examples/shop/app/views.py": "def view():\n    return 1\n",
    "examples/shop/app/__init__.py": "",
    "examples/shop/app/migrations/0001_initial.py": "made = 1\n",
    "examples/shop/notes.bin": "x\n",
    "examples/shop/Dockerfile": "FROM scratch\n",
    "examples/shop/.env.example": "KEY=\n",
    "examples/shop/odd.py": "text = '''\n~~~~\n'''\n",
    "examples/shop/inner/README.md": "# Inner\n\nAnother.\n",
    "examples/shop/inner/own.py": "own = 1\n",
}


def test_the_files_of_an_example_follow_its_readme(tmp_path: Path) -> None:
    with open_pack(tmp_path, FILES) as catalog:
        found = catalog.document(f"tiny/{README}")
    assert [part.heading for part in found.sections] == [
        "",
        "Run it",
        ".env.example",
        "Dockerfile",
        "app.py",
        "odd.py",
        "app/views.py",
    ]
    bodies = {part.heading: part.body for part in found.sections}
    assert bodies["app.py"] == "~~~~python\nprint('[red]')\n~~~~"
    assert bodies["odd.py"].startswith("~~~~~python\n")


def test_an_example_inside_another_has_its_own_files(tmp_path: Path) -> None:
    with open_pack(tmp_path, FILES) as catalog:
        found = catalog.document("tiny/examples/shop/inner/README.md")
    assert [part.heading for part in found.sections] == ["", "own.py"]


def test_code_of_an_example_is_found(tmp_path: Path) -> None:
    with open_pack(tmp_path, FILES) as catalog:
        hits = search(catalog, "def view")
    assert ("document", "app/views.py") in [(hit.kind, hit.heading) for hit in hits]


def test_a_changed_file_of_an_example_makes_the_index_anew(tmp_path: Path) -> None:
    root = make_pack(tmp_path / "pack", FILES)
    with open_catalog([root], tmp_path / "cache"):
        before = fingerprint([root])
    (root / "examples/shop/app.py").write_text("print('other')\n")
    assert fingerprint([root]) != before
    with open_catalog([root], tmp_path / "cache") as catalog:
        bodies = [part.body for part in catalog.document(f"tiny/{README}").sections]
    assert "~~~~python\nprint('other')\n~~~~" in bodies
