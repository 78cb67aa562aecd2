"""Where the files of a class may be written: over earlier ones of their kind, and nothing else."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from framingkit.base import Row, keeping, read_table, read_table_text, refuse_inputs, refuse_strange
from framingkit.errors import FramingkitError
from framingkit.hand_ins.file import read_class


@contextlib.contextmanager
def writing_class(source: Path, target: Path, key: Path | None = None) -> Iterator[list[str]]:
    """Look after the files that are replaced while a class is written.

    Parameters
    ----------
    source
        What is read: hand-ins, or another class file.
    target, key
        The class file and the key file to write.

    Yields
    ------
    list of str
        Sentences about the files that were replaced, at the end.

    Raises
    ------
    FramingkitError
        If another file is in one of these places.
    """
    refuse_inputs([target, key], [source])
    refuse_strange(target, _is_class, "a class file")
    if key:
        refuse_strange(key, _is_key, "a key file as “framingkit collect” writes it")
    with keeping(target) as kept:
        with keeping(key, is_needed=_has_other_names) as names:
            yield kept
        kept += names


def _is_class(path: Path) -> bool:
    with contextlib.suppress(FramingkitError):
        read_class(path)
        return True
    return False


def _has_other_names(key: Path, backup: Path) -> bool:
    """Tell whether somebody wrote names into an earlier key file that are not in the new one."""
    with contextlib.suppress(FramingkitError):
        return not _names_in(backup) <= _names_in(key)
    return True


def _names_in(path: Path) -> set[str]:
    rows = read_table(read_table_text(path), "it", ["code_name", "handed_in_as"])
    return {row.get(column, "") for row in rows for column in ("handed_in_as", "platform_name")}


def _is_key(path: Path) -> bool:
    """Tell whether a file has the columns of a key file, and none that somebody added."""
    with contextlib.suppress(FramingkitError):
        row = next(read_table(read_table_text(path), "it", ["code_name", "handed_in_as"]), Row())
        return row.keys() <= {"code_name", "handed_in_as", "person", "platform_name"}
    return False
