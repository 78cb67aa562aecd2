"""What an instructor gives out in a terminal: the site, the link of a class, the questions."""

from pathlib import Path
from typing import Annotated

import typer

from framingkit.base import say


def serve(
    site: Annotated[Path, typer.Argument(metavar="SITE", help="What run.py site has built.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8080,
    path: Annotated[str, typer.Option(help="The part of the address below which it lies.")] = "",
    only_here: Annotated[
        bool, typer.Option("--only-here", help="Answer this computer alone.")
    ] = False,
) -> None:
    """For instructors: give the site to the browsers of a classroom."""
    from framingkit.hosting import serve_site

    serve_site(site, port, path, only_here)


def link(
    site: Annotated[str, typer.Argument(metavar="ADDRESS", help="The address of the site.")],
    lesson: Annotated[str, typer.Option(help="Which lesson opens, such as 03.")] = "",
    class_name: Annotated[str, typer.Option("--class", help="How your class is called.")] = "",
    course: Annotated[str, typer.Option(help="The name of a course of your own.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", help="A page to print or show, with a QR code.")
    ] = None,
) -> None:
    """For instructors: make the address that a class opens, with a QR code."""
    from framingkit.hosting import class_link, link_picture, write_class_link

    link = class_link(site, lesson, class_name, course)
    said = write_class_link(output, link, class_name) if output else link_picture(link)
    say(link, *said, error=False)


def export(
    format: Annotated[str, typer.Option(help="moodle, qti12, qti21 or gift.")],
    lesson: Annotated[str, typer.Option(help="One lesson, such as 03; without it, all.")] = "",
    output: Annotated[Path | None, typer.Option("-o", help="The file to write.")] = None,
) -> None:
    """For instructors: write the questions as a file for your school's platform."""
    from framingkit.exchange import export_questions

    say(*export_questions(format, lesson, output))
