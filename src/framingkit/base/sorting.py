"""Sorts more rows than memory should hold.

Rows wait, and are sorted, in a private table on disk that the system removes with the program,
so that a class of 100,000 needs little memory.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from framingkit.errors import FramingkitError

_CACHE = -5_000  # 5 MB, written in the way SQLite wants it


class WaitingRows:
    """A private table on disk; rows are added once and read in any order.

    Examples
    --------
    >>> with WaitingRows("item", "coder") as table:
    ...     table.add(("what-chess-hides", "mara"))
    ...     table.add(("airport-verdict", "mara"))
    ...     list(table.rows("item"))
    [('airport-verdict',), ('what-chess-hides',)]
    """

    def __init__(self, *columns: str) -> None:
        import sqlite3  # a browser has none, and a learner needs none

        self._disk = sqlite3.connect("", isolation_level=None)
        for setting in (f"cache_size = {_CACHE}", "journal_mode = OFF", "synchronous = OFF"):
            self._disk.execute(f"PRAGMA {setting}")
        self._disk.execute(
            f"CREATE TABLE waiting (place INTEGER PRIMARY KEY, {', '.join(columns)})"
        )
        self._disk.execute("BEGIN")
        self._columns = columns
        self._insert = (
            f"INSERT INTO waiting ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        )

    def __enter__(self) -> "WaitingRows":
        return self

    def __exit__(self, *_: object) -> None:
        self._disk.close()

    def add(self, row: tuple[Any, ...]) -> None:
        """Add one row."""
        self._run(self._insert, row)

    def add_all(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add several rows."""
        self._run(self._insert, rows, many=True)

    def rows(
        self, *columns: str, order: str = "", where: str = "1", values: tuple[Any, ...] = ()
    ) -> Iterator[Any]:
        """Read some columns, sorted by `order` (by themselves if it is left out).

        The column ``place`` numbers the rows from 1, in the order in which they were added.
        """
        names = ", ".join(columns)
        command = f"SELECT {names} FROM waiting WHERE {where} ORDER BY {order or names}"
        return self._run(command, values)

    def _run(self, command: str, values: Sequence[Any], many: bool = False) -> Iterator[Any]:
        import sqlite3

        try:
            run = self._disk.executemany if many else self._disk.execute
            return run(command, values)
        except sqlite3.OperationalError as error:
            raise FramingkitError(
                f"The disk for temporary files cannot be used ({error}). Free some space, then "
                "try again."
            ) from None
