"""One walk over the syntax tree of a module, with what surrounds each node in mind."""

from __future__ import annotations

import ast
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SECRET = re.compile(
    r"(^|_)(SECRET(_KEY)?|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY)$", re.IGNORECASE
)
_PERSONAL = re.compile(
    r"^(.*_)?(password|passwd|secret|token|authorization|api_?key|cvv|iban|card_number)\d?$",
    re.IGNORECASE,
)
_BODY = {"data", "POST", "body", "headers", "META", "COOKIES"}
_OF_REQUEST = {*_BODY, "GET", "query_params", "validated_data", "FILES"}
_NOT_OURS = {"PATH", "HOME", "CI", "TMPDIR", "DJANGO_SETTINGS_MODULE", "USER", "LANG", "TZ"}
_HTTP = {"get", "post", "put", "patch", "delete", "head", "options", "request"}
_CLIENTS = {"requests", "httpx"}
_LOGS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
_EVALUATES = {"filter", "exclude", "order_by", "first", "last"}
_CACHES = {"set", "add", "get_or_set", "aset", "aadd", "aget_or_set", "set_many", "touch"}
_DROPS = {"delete", "delete_many", "delete_pattern", "incr_version", "adelete", "adelete_many"}
_UPLOADS = {
    f"{of}.{kind}Field" for of in ("models", "serializers", "forms") for kind in ("File", "Image")
}
_READS_ENVIRONMENT = {"os.getenv", "getenv", "os.environ.get", "environ.get", "env", "config"}


def dotted(node: ast.AST) -> str:
    """`a.b.c` of names and attributes; calls and subscripts in between are left out."""
    parts: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            break
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))


class Reader(ast.NodeVisitor):
    """Collects what is found; `seen` names the checks that had something to look at."""

    def __init__(self, *, settings: bool) -> None:
        self.found: list[tuple[str, int, str]] = []
        self.seen: set[str] = set()
        self.variables: list[tuple[str, int]] = []
        self.debug = 0
        """The line where the module says `DEBUG = True`, and nothing else of it."""
        self._settings = settings
        self._loops: list[set[str]] = []
        """For each loop around the node, the names it gives."""
        self._atomic = 0
        self._tainted: set[str] = set()
        self._chain: set[int] = set()
        """Calls that are part of one that was looked at."""

    def _add(self, check: str, node: ast.AST, what: str) -> None:
        self.found.append((f"nexus/{check}", getattr(node, "lineno", 0), what))

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """What runs later is in no loop and no transaction of what is around it."""
        kept = self._loops, self._atomic, self._tainted
        self._loops, self._atomic, self._tainted = [], 0, set(self._tainted)
        yield
        self._loops, self._atomic, self._tainted = kept

    # ------------------------------------------------------------ what surrounds

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        self._loop(_names(node.target), node.body)
        for each in node.orelse:
            self.visit(each)

    visit_AsyncFor = visit_For  # noqa: N815 - the names that ast calls

    def visit_While(self, node: ast.While) -> None:
        self._loop(set(), [node.test, *node.body])

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> None:
        self._generators(node.generators, [node.elt])

    visit_ListComp = visit_SetComp = visit_GeneratorExp = _comprehension  # noqa: N815

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._generators(node.generators, [node.key, node.value])

    def _generators(self, generators: list[ast.comprehension], inside: list[ast.expr]) -> None:
        first, *others = generators
        self.visit(first.iter)
        nested: list[ast.AST] = [*first.ifs, *others, *inside]
        names = set[str]().union(*(_names(each.target) for each in generators))
        self._loop(names, nested)

    def _loop(self, names: set[str], inside: Iterable[ast.AST]) -> None:
        self._loops.append(names)
        for each in inside:
            self.visit(each)
        self._loops.pop()

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        atomic = any(
            dotted(item.context_expr).rpartition(".")[2] == "atomic" for item in node.items
        )
        for item in node.items:
            self.visit(item)
        self._atomic += atomic
        for each in node.body:
            self.visit(each)
        self._atomic -= atomic

    visit_AsyncWith = visit_With  # noqa: N815

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for each in (*node.decorator_list, node.args):
            self.visit(each)
        with self._apart():
            decorators = (dotted(each).rpartition(".")[2] for each in node.decorator_list)
            self._atomic = int("atomic" in decorators)
            for one in node.body:
                self.visit(one)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_Lambda(self, node: ast.Lambda) -> None:
        with self._apart():
            self.visit(node.body)

    # ------------------------------------------------------------ what is looked for

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        broad = node.type is None or dotted(node.type) in {"Exception", "BaseException"}
        if broad and all(_does_nothing(each) for each in node.body):
            self._add("silent-except", node, "an error of any kind is swallowed")
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        assigned = {
            target.id: each
            for each in node.body
            if isinstance(each, ast.Assign)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        if node.name == "Meta":
            self._fields(assigned)
        bases = {dotted(base).rpartition(".")[2] for base in node.bases}
        if "LimitOffsetPagination" in bases:
            self.seen.add("nexus/page-size")
            if _is_none(assigned.get("max_limit")):
                self._add("page-size", node, f"{node.name} has no max_limit")
        if not _is_none(assigned.get("page_size_query_param")):
            self.seen.add("nexus/page-size")
            if _is_none(assigned.get("max_page_size")):
                self._add("page-size", node, f"{node.name} has no max_page_size")
        self.generic_visit(node)

    def _fields(self, assigned: dict[str, ast.Assign]) -> None:
        if "fields" in assigned or ("exclude" in assigned and "model" in assigned):
            self.seen.add("nexus/all-fields")
        fields = assigned.get("fields")
        if fields is not None and _text(fields.value) == "__all__":
            self._add("all-fields", fields, 'fields = "__all__"')
        if "exclude" in assigned and "model" in assigned:
            self._add("all-fields", assigned["exclude"], "exclude lets every new column in")

    def visit_Module(self, node: ast.Module) -> None:
        self.debug = _debug_line(node)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if self._of_request(node.value):
            for target in node.targets:
                self._tainted |= _names(target)
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if self._settings and _text(node.value):
            for name in names:
                if name.isupper() and _SECRET.search(name):
                    self._add("secret-default", node, f"{name} is written into the code")
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            name = _text(key) if key is not None else ""
            if self._settings and name in {"PASSWORD", "SECRET", "TOKEN"} and _text(value):
                self._add("secret-default", value, f'"{name}" is written into the code')
            if name == "TIMEOUT":
                self.seen.add("nexus/cache-forever")
                if _is_none(value):
                    self._add("cache-forever", value, '"TIMEOUT": None')
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if node.value == "rest_framework.pagination.LimitOffsetPagination":
            self.seen.add("nexus/page-size")
            self._add("page-size", node, "LimitOffsetPagination itself has no max_limit")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if dotted(node.value) in {"os.environ", "environ"}:
            self._variable(_text(node.slice), node)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = dotted(node.func)
        keywords = {each.arg: each.value for each in node.keywords}
        self._query(node, name)
        self._outgoing(node, name, keywords)
        self._logged(node, name)
        self._cached(node, name, keywords)
        self._environment(node, name, keywords)
        last = name.rpartition(".")[2]
        if last in {"delay", "apply_async"} and "." in name:
            self.seen.add("nexus/task-in-transaction")
            if self._atomic:
                self._add("task-in-transaction", node, f"{name}() inside a transaction")
        if last == "mark_safe" and node.args and _text(node.args[0]) is None:
            self._add("mark-safe", node, "mark_safe() of something that is no fixed text")
        if name in _UPLOADS:
            self.seen.add("nexus/upload-validators")
            if "validators" not in keywords:
                self._add("upload-validators", node, f"{name}() without validators")
        self.generic_visit(node)

    def _query(self, node: ast.Call, name: str) -> None:
        if id(node) in self._chain or not self._loops:
            return
        inner: ast.AST = node.func
        while isinstance(inner, ast.Attribute | ast.Call):
            if isinstance(inner, ast.Call):
                self._chain.add(id(inner))
            inner = inner.func if isinstance(inner, ast.Call) else inner.value
        parts = name.split(".")
        given = set[str]().union(*self._loops)
        related = len(parts) > 2 and parts[0] in given and parts[2] in _EVALUATES
        if "objects" in parts[1:-1] or related or name.endswith("cursor.execute"):
            self._add("query-in-loop", node, f"{name}() runs once for each round of the loop")

    def _outgoing(self, node: ast.Call, name: str, keywords: dict[str | None, ast.expr]) -> None:
        client, _, method = name.rpartition(".")
        opens = method == "urlopen"
        if not opens and not (client in _CLIENTS and method in _HTTP):
            return
        self.seen |= {"nexus/request-timeout", "nexus/fetched-address"}
        waits = client == "httpx" and "timeout" not in keywords
        given = "timeout" in keywords or None in keywords or (opens and len(node.args) > 2)
        if not waits and (not given or _is_none(keywords.get("timeout", node))):
            self._add("request-timeout", node, f"{name}() waits for ever")
        place = 1 if method == "request" else 0
        address = keywords.get("url") or (node.args[place] if len(node.args) > place else None)
        if address is not None and self._of_request(address):
            self._add("fetched-address", node, f"{name}() of an address that the sender chose")

    def _of_request(self, value: ast.expr) -> bool:
        for node in ast.walk(value):
            if isinstance(node, ast.Name) and node.id in self._tainted:
                return True
            if isinstance(node, ast.Attribute) and node.attr in _OF_REQUEST:
                owner = dotted(node.value).rpartition(".")[2]
                if owner == "request" or node.attr == "validated_data":
                    return True
        return False

    def _logged(self, node: ast.Call, name: str) -> None:
        owner, _, method = name.rpartition(".")
        if method not in _LOGS or not re.search(r"(^|\.|_)log(ger|ging)?$", owner, re.IGNORECASE):
            return
        self.seen.add("nexus/personal-logs")
        for argument in (*node.args, *(each.value for each in node.keywords)):
            for each in ast.walk(argument):
                said = _personal(each)
                if said:
                    self._add("personal-logs", node, f"{said} is logged")
                    return

    def _cached(self, node: ast.Call, name: str, keywords: dict[str | None, ast.expr]) -> None:
        owner, _, method = name.rpartition(".")
        cache = owner.rpartition(".")[2] in {"cache", "caches"}
        if (cache and method in _CACHES) or name.rpartition(".")[2] == "cache_page":
            self.seen.add("nexus/cache-forever")
            place = {"cache_page": 0, "touch": 1, "set_many": 1}.get(method or name, 2)
            by_place = len(node.args) > place and _is_none(node.args[place])
            if by_place or ("timeout" in keywords and _is_none(keywords["timeout"])):
                self._add("cache-forever", node, f"{name}() without an end")
        if cache and method in _DROPS:
            self.seen.add("nexus/cache-after-commit")
            if self._atomic:
                self._add("cache-after-commit", node, f"{name}() before the commit")

    def _environment(self, node: ast.Call, name: str, keywords: dict[str | None, ast.expr]) -> None:
        if name not in _READS_ENVIRONMENT and not name.startswith("env."):
            return
        variable = _text(node.args[0]) if node.args else None
        self._variable(variable, node)
        default = keywords.get("default") or (node.args[1] if len(node.args) > 1 else None)
        if variable and _SECRET.search(variable) and default is not None and _text(default):
            self._add("secret-default", node, f"{variable} has a default in the code")

    def _variable(self, name: str | None, node: ast.AST) -> None:
        if name and re.fullmatch(r"[A-Z][A-Z0-9_]*", name) and name not in _NOT_OURS:
            self.variables.append((name, getattr(node, "lineno", 0)))


def _debug_line(module: ast.Module) -> int:
    """Where a module says plainly `DEBUG = True`; 0 where that is not its last word."""
    line = 0
    for statement in module.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                line = 0  # it may bring another DEBUG
            elif isinstance(node, ast.Name) and node.id == "DEBUG" and _is_stored(node):
                plain = isinstance(statement, ast.Assign) and _is_true(statement.value)
                line = statement.lineno if plain else 0
    return line


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _is_true(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _text(node: ast.AST | None) -> str | None:
    """The text of a literal; None: it is none."""
    found = node.value if isinstance(node, ast.Constant) else None
    return found if isinstance(found, str) else None


def _is_none(node: ast.AST | None) -> bool:
    """Whether it is missing, or the literal None."""
    if isinstance(node, ast.Assign):
        node = node.value
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def _names(target: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _does_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _personal(node: ast.AST) -> str | None:
    """What must not be logged, as it is written; None: it may."""
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value).rpartition(".")[2]
        if (owner == "request" and node.attr in _BODY) or _PERSONAL.match(node.attr):
            return f"{owner}.{node.attr}" if owner else node.attr
    if isinstance(node, ast.Name) and _PERSONAL.match(node.id):
        return node.id
    if isinstance(node, ast.Subscript) and _PERSONAL.match(_text(node.slice) or ""):
        return f'["{_text(node.slice)}"]'
    return None
