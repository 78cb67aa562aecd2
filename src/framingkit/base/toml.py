"""Read TOML tables field by field, with a full sentence for every mistake.

The kit's data files are written by people. This module is the one place that knows
how to tell a writer which field of which table is missing, misspelt or of the wrong kind.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from framingkit.errors import FramingkitError


def parse_toml(text: str, what: str) -> "TomlTable":
    """Read TOML text as one table.

    Parameters
    ----------
    text
        The whole TOML file.
    what
        How to name the file in an error, for example "the codebook".

    Raises
    ------
    FramingkitError
        If the text is not TOML.

    Examples
    --------
    >>> parse_toml('title = "Red carpet"', "document.toml").text("title")
    'Red carpet'
    """
    try:
        return TomlTable(tomllib.loads(text), what)
    except tomllib.TOMLDecodeError as error:
        raise FramingkitError(
            f"I could not read {what}, because it is not valid TOML: {error}. Mend that place."
        ) from None
    except RecursionError:
        raise FramingkitError(
            f"I could not read {what}: its lists are nested too deeply. Flatten them."
        ) from None


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One TOML table and the words that name it in an error."""

    fields: dict[str, Any]
    what: str

    def only(self, names: Collection[str]) -> None:
        """Refuse fields that nobody reads, because they are most often spelling mistakes."""
        unknown = sorted(set(self.fields) - set(names))
        if unknown:
            raise FramingkitError(
                f"In {self.what} there is an unknown field {unknown[0]!r}. "
                f"The fields are: {', '.join(names)}."
            )

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there and not be empty."""
        value = self._get(name, str, "a text in quotation marks", default)
        if default is None and not value.strip():
            raise FramingkitError(f"In {self.what} the field {name!r} is empty. Fill it in.")
        return str(value)

    def one_of(self, name: str, choices: Collection[str], default: str | None = None) -> str:
        """Return a text that is one of a few choices."""
        value = self.text(name, default)
        if value not in choices:
            raise FramingkitError(
                f"In {self.what} the field {name!r} is {value!r}. "
                f"Choose one of: {', '.join(repr(choice) for choice in choices)}."
            )
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """Return a whole number."""
        value = self._get(name, int, "a whole number", default)
        return int(value)

    def flag(self, name: str, default: bool) -> bool:
        """Return true or false."""
        return bool(self._get(name, bool, "true or false", default))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; an absent list is empty."""
        values = self._get(name, list, "a list of texts", [])
        if not all(isinstance(value, str) for value in values):
            raise FramingkitError(
                f"In {self.what} the field {name!r} must be a list of texts in quotation marks."
            )
        return tuple(values)

    def tables(self, name: str, one: str) -> tuple["TomlTable", ...]:
        """Return the tables of ``[[name]]``, each named by its id or its place in the list."""
        values = self._get(name, list, f"a list of tables, written [[{name}]]", [])
        if not all(isinstance(value, dict) for value in values):
            raise FramingkitError(
                f"In {self.what} the field {name!r} must be a list of tables, written [[{name}]]."
            )
        return tuple(
            TomlTable(value, f"{one} {value.get('id', place)!r} of {self.what}")
            for place, value in enumerate(values, start=1)
        )

    def _get(self, name: str, kind: type, wanted: str, default: Any) -> Any:
        if name not in self.fields and default is not None:
            return default
        if name not in self.fields:
            raise FramingkitError(f"In {self.what} the field {name!r} is missing. Add it.")
        value = self.fields[name]
        # bool is a kind of int in Python, but true is not a number to a person.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise FramingkitError(
                f"In {self.what} the field {name!r} must be {wanted}, but it is {value!r}."
            )
        return value


def refuse_twins(ids: Collection[str], what: str) -> None:
    """Refuse an id that is used twice, since ids are how things are found again."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise FramingkitError(f"In {what} the id {one!r} is used twice. Rename one of the two.")
        seen.add(one)
