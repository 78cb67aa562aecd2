"""Count the lines of the library's Python code: no docstrings, no comments, no blank lines.

Usage, from the top folder of the kit::

    python tools/count_code.py
"""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "framingkit"
WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def code_lines(path: Path) -> int:
    """Count the lines of one module that are code."""
    source = path.read_text(encoding="utf-8")
    documented = [
        node.body[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, WITH_DOCSTRING) and ast.get_docstring(node) is not None
    ]
    left_out = {n for first in documented for n in range(first.lineno, first.end_lineno + 1)}
    return sum(
        number not in left_out and not line.strip().startswith("#") and bool(line.strip())
        for number, line in enumerate(source.splitlines(), start=1)
    )


def main() -> None:
    """Print the lines of each room and of the whole."""
    modules = sorted(PACKAGE.rglob("*.py"))
    rooms: dict[str, int] = {}
    for path in modules:
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        rooms[room] = rooms.get(room, 0) + code_lines(path)
    for room, lines in rooms.items():
        print(f"{lines:6,}  {room}")
    print(f"{sum(rooms.values()):6,}  in {len(modules)} modules")


if __name__ == "__main__":
    main()
