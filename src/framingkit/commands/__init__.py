"""The commands of the ``framingkit`` command, by what somebody wants to do."""

from collections.abc import Callable

import typer

from framingkit.commands import annotations, own_course
from framingkit.commands.course import (
    copy_course,
    course_files,
    open_course,
    own_command,
    progress,
    start,
)
from framingkit.commands.giving_out import export, link, serve
from framingkit.commands.with_class import (
    collect,
    feedback,
    grade,
    merge,
    report,
    return_command,
    share,
)

_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
_COMMANDS: dict[str, Callable[..., None]] = {
    "collect": collect, "share": share, "report": report, "grade": grade, "merge": merge,
    "feedback": feedback, "return": return_command, "start": start, "open": open_course,
    "serve": serve, "class-link": link, "export-questions": export, "progress": progress,
}  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the commands to the ``framingkit`` command."""
    for name, command in _COMMANDS.items():
        settings = _PASSED_ON if command is open_course else None
        app.command(name, context_settings=settings)(command)
    own_course.add_to(app)
    annotations.add_to(app)
