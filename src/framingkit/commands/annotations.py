"""What carries tags to other programs and back, in a terminal: export and import."""

from pathlib import Path
from typing import Annotated

import typer

from framingkit.base import say

_TEXT = typer.Option(
    help="The tagged text, where the file does not hold it: an article’s id, or a path."
)
_CODEBOOK = typer.Option(help="Whose codes the labels are: the id or the path of a codebook.")


def add_to(app: typer.Typer) -> None:
    """Add the commands to the ``framingkit`` command."""
    app.command("export")(export_command)
    app.command("import")(import_command)


def export_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SHEET|CLASS|READING|ARTICLE...",
            help="Files with tags; or an article’s id, for its reference reading.",
        ),
    ],
    format: Annotated[
        str,
        typer.Option(
            help="w3c, qdpx, xmi, csv, brat, doccano, label-studio, hypothesis, tei or framingkit."
        ),
    ],
    output: Annotated[Path | None, typer.Option("-o", help="The file to write.")] = None,
    text: Annotated[list[str] | None, _TEXT] = None,
    codebook: Annotated[str | None, _CODEBOOK] = None,
    coder: Annotated[str, typer.Option(help="Whose tags they are, if no file says so.")] = "",
) -> None:
    """For researchers: write tags as a file that another program opens."""
    from framingkit.formats import export_annotations

    say(*export_annotations(format, sources, output, text or (), codebook, coder))


def import_command(
    source: Annotated[
        Path, typer.Argument(metavar="FILE|FOLDER", help="What another program exported.")
    ],
    output: Annotated[
        Path, typer.Option("-o", help="A reference reading (.toml), or tags of all (.json).")
    ],
    text: Annotated[list[str] | None, _TEXT] = None,
    codebook: Annotated[str | None, _CODEBOOK] = None,
    coder: Annotated[str, typer.Option(help="Whose tags, if there are several coders.")] = "",
) -> None:
    """For researchers: read tags that another program wrote, as a reading or for the library."""
    from framingkit.formats import import_annotations

    say(*import_annotations(source, output, text or (), codebook, coder))
