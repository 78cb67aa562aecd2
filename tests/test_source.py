"""Rules for the package's own code: small pieces, known floors, and nothing dangerous."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from for_each import for_each

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "framingkit"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted(PACKAGE.rglob("*.js"))
LONGEST_MODULE, LONGEST_FUNCTION = 400, 25

# Only these modules may know these libraries; a name ending in a dot stands for a whole room.
ROOMS = {
    "ipywidgets": {"widgets."}, "anywidget": {"widgets."}, "traitlets": {"widgets."},
    "IPython": {"widgets."}, "typer": {"cli", "commands."},
    "rich": {"base.console"}, "shutil": {"commands.course"},
    "jupyter_server": {"start.server"}, "tornado": {"start.server"},
    "jupyterlab": {"commands.course"},
    "matplotlib": {"base.figures"}, "tempfile": {"authoring.running"},
    "fastjsonschema": {"work.sheet"},
    "csv": {"base.spreadsheet"}, "sqlite3": {"base.sorting"},
    "zipfile": {"hand_ins.archive", "exchange.package", "authoring.word_files",
                "authoring.packing"},
    "gzip": {"hand_ins.file", "hosting.site_files"}, "segno": {"hosting."},
    # only what counts a whole class: a learner's own path must run without it
    "numpy": {"agreement.", "reports.", "settling."},
}  # fmt: skip
# One module answers a classroom's browsers, one names this computer's addresses; none asks.
ANSWERS = {"hosting.server": {"http", "socket", "urllib"}, "hosting.addresses": {"socket"},
           "hosting.class_link": {"urllib"}}  # fmt: skip
NETWORK = {"socket", "urllib", "http", "requests", "httpx", "ftplib", "smtplib", "ssl"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "subprocess", "ctypes", "yaml", "pandas"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__", "HTML", "HTMLMath", "print", "input"}
UNSAFE_SCRIPT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|"
    r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(|srcdoc"
)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> set[str]:
    """Name the top-level packages that a module imports, wherever in it."""
    nodes = list(ast.walk(tree_of(path)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    given = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | given}


def calls_of(path: Path) -> Iterator[str]:
    """Name every function that a module calls by a bare name or as an attribute."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Attribute) and node.attr in {"HTML", "HTMLMath"}:
            yield node.attr


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function's body without its docstring."""
    first = function.body[0]
    has_words = ast.get_docstring(function) is not None
    start = (first.end_lineno or 0) + 1 if has_words else first.lineno
    return (function.end_lineno or 0) - start + 1


@for_each({name_of(path): path for path in MODULES})
def test_a_module_and_its_functions_are_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]
    assert [f.name for f in functions if code_lines(f) > LONGEST_FUNCTION] == []


@for_each({name_of(path): path for path in MODULES})
def test_a_module_uses_no_network_and_nothing_unsafe(path):
    allowed = ANSWERS.get(name_of(path), set())
    assert imports_of(path) & (NETWORK | UNSAFE_MODULES) - allowed == set()
    assert set(calls_of(path)) & UNSAFE_CALLS == set()


@for_each({name_of(path): path for path in MODULES})
def test_a_library_is_known_only_in_its_room(path):
    module = name_of(path)
    for library in imports_of(path) & set(ROOMS):
        rooms = ROOMS[library]
        assert module in rooms or any(
            room.endswith(".") and module.startswith(room) for room in rooms
        ), f"{module} imports {library}, which only {sorted(rooms)} may"


@for_each(SCRIPTS)
def test_a_script_shows_text_only_as_text_and_stays_offline(path):
    code = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert UNSAFE_SCRIPT.findall(code) == []


def test_every_room_has_a_floor():
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (c for c in table["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    floors = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    rooms = {name_of(path).split(".")[0] for path in MODULES} - {"__init__"}

    assert floors == rooms
    assert contract["exhaustive"]


def test_a_room_is_entered_by_its_face():
    """What a room's ``__init__`` does not name is private to the room; of base, modules may be."""
    wrong = []
    for path in MODULES:
        room = name_of(path).split(".")[0]
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("framingkit."):
                _, other, *inner = (node.module or "").split(".")
                if inner and other != room and room not in ("__init__", "cli", "commands"):
                    wrong.append(f"{name_of(path)} imports {node.module}")
    assert wrong == []
