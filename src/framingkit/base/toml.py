"""Read TOML tables into dataclasses, with a full sentence for every mistake, and write tables.

The kit's data files are written by people. This module is the one place that knows how to tell
a writer which field of which table is missing, misspelt or of the wrong kind.
"""

import json
import re
import reprlib
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from framingkit.base.words import shown
from framingkit.errors import FramingkitError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Made = TypeVar("Made", bound="DataclassInstance")


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
        If the text is not TOML, or so long or so strangely formed that reading it would never end.

    Examples
    --------
    >>> parse_toml('title = "Red carpet"', "document.toml").text("title")
    'Red carpet'
    """
    _check_shape(text, what)
    try:
        return TomlTable(tomllib.loads(text), what)
    except RecursionError:
        raise FramingkitError(
            f"I could not read {what}: its lists are nested too deeply. Flatten them."
        ) from None
    except ValueError as error:  # also of a number that Python does not read
        raise FramingkitError(
            f"I could not read {what}, because it is not valid TOML: {shown(str(error))}. Fix that "
            "place."
        ) from None


_LONGEST_FILE, _LONGEST_NAME, _MOST_DOTS = 600_000, 1_000, 20
_STRINGS = re.compile(
    r'''
    """[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+(?:"{3,5}|\Z)  # a text of several lines
    | \'{3}[^']*+(?:'(?!'')[^']*+)*+(?:\'{3,5}|\Z)
    | "[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"? | '[^'\n]*+'?     # a text on one line
    | \#[^\n]*+                                # a remark
    ''',
    re.DOTALL | re.VERBOSE,
)


def _check_shape(text: str, what: str) -> None:
    """Refuse what would take a parser minutes: long files, long numbers, and names of many parts.

    Texts and remarks are taken out first, because they may hold anything.
    """
    if len(text) > _LONGEST_FILE:
        raise FramingkitError(
            f"I could not read {what}: it has {len(text):,} characters, and at most "
            f"{_LONGEST_FILE:,} are read. Check that it is the right file."
        )
    for part in re.split(r"[=,\n\[\]{}]", _STRINGS.sub("s", text)):
        if len(part.strip()) > _LONGEST_NAME or part.count(".") > _MOST_DOTS:
            raise FramingkitError(
                f"I could not read {what}: a name or a number in it begins with "
                f"“{shown(part.strip(), 40)}” and is far too long. Shorten it."
            )


_SHORT = reprlib.Repr()
_SHORT.maxstring = 70


def _told(value: object) -> str:
    """Show a value of any size in few characters that can be seen."""
    return shown(_SHORT.repr(value), 80)


def parse_tables(text: str, what: str, name: str, noun: str) -> tuple["TomlTable", ...]:
    """Read TOML text that holds nothing but the tables of ``[[name]]``."""
    table = parse_toml(text, what)
    table.only((name,))
    return table.tables(name, noun)


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One TOML table and the words that name it in an error."""

    fields: dict[str, Any]
    what: str

    def read(
        self,
        made: type[Made],
        choices: Mapping[str, Collection[str]] | None = None,
        names: Mapping[str, Sequence[str]] | None = None,
        **given: Any,
    ) -> Made:
        """Make a dataclass from the table; each of its fields is read by its type.

        Fields that nobody reads are refused, because they are most often spelling mistakes.

        Parameters
        ----------
        made
            A dataclass. What is read are texts, whole numbers, true or false, and lists of
            texts; a field with a default may be missing, and so may a list.
        choices
            The texts that a field may have, where they are few.
        names
            The names in the table that a given field was made from, if not its own.
        given
            Fields that are not read by their type: a value, or what makes it from the table.

        Examples
        --------
        >>> @dataclass
        ... class Device:
        ...     name: str
        ...     tier: str = "core"
        >>> parse_toml('name = "Hedge"', "the codebook").read(Device)
        Device(name='Hedge', tier='core')
        >>> parse_toml('nam = "Hedge"', "the codebook").read(Device)
        Traceback (most recent call last):
        framingkit.errors.FramingkitError: In the codebook there is an unknown field 'nam'.
        The fields are: name, tier.
        """
        owned = {field.name: field for field in fields(made)}
        self.only([name for own in owned for name in (names or {}).get(own, (own,))])
        read = {
            name: self._read(field, (choices or {}).get(name))
            for name, field in owned.items()
            if name not in given
        }
        for name, value in given.items():
            read[name] = value(self) if callable(value) else value
        return made(**read)

    def rows(
        self,
        name: str,
        noun: str,
        made: type[Made],
        choices: Mapping[str, Collection[str]] | None = None,
    ) -> tuple[Made, ...]:
        """Make a dataclass from each of the tables of ``[[name]]``."""
        return tuple(table.read(made, choices) for table in self.tables(name, noun))

    def only(self, names: Collection[str]) -> None:
        """Refuse all fields but these."""
        unknown = sorted(set(self.fields) - set(names))
        if unknown:
            raise FramingkitError(
                f"In {self.what} there is an unknown field {_told(unknown[0])}. "
                f"The fields are: {', '.join(names)}."
            )

    def _read(self, field: Field[Any], choices: Collection[str] | None) -> Any:
        name, default = field.name, None if field.default is MISSING else field.default
        if field.type == tuple[str, ...]:
            return self.texts(name)
        if choices:
            return self.one_of(name, choices, default)
        if field.type is str:
            return self.text(name, default)
        if field.type is bool:
            return self._get(name, bool, "true or false", default)
        if field.type == int | None and name not in self.fields:
            return None
        return self.number(name, default)

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
                f"In {self.what} the field {name!r} is {_told(value)}. "
                f"Choose one of: {', '.join(repr(choice) for choice in choices)}."
            )
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """Return a whole number."""
        return int(self._get(name, int, "a whole number", default))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; an absent list is empty."""
        values = self._get(name, list, "a list of texts", [])
        if not all(isinstance(value, str) for value in values):
            raise FramingkitError(
                f"In {self.what} the field {name!r} must be a list of texts in quotation marks."
            )
        return tuple(values)

    def tables(self, name: str, noun: str) -> tuple["TomlTable", ...]:
        """Return the tables of ``[[name]]``, each called by its id or its number in the list.

        No two of them may have the same id, since everything is looked up by its id.
        """
        values = self._get(name, list, f"a list of tables, written [[{name}]]", [])
        if not all(isinstance(value, dict) for value in values):
            raise FramingkitError(
                f"In {self.what} the field {name!r} must be a list of tables, written [[{name}]]."
            )
        refuse_twins([value["id"] for value in values if "id" in value], self.what)
        return tuple(
            TomlTable(value, f"{noun} {_told(value.get('id', number))} of {self.what}")
            for number, value in enumerate(values, start=1)
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
                f"In {self.what} the field {name!r} must be {wanted}, but it is {_told(value)}."
            )
        return value


def refuse_twins(ids: Sequence[Any], what: str) -> None:
    """Refuse an id that is used twice."""
    met = set()
    for id in ids:
        # An id may be of any kind here, also one that a set cannot hold.
        key = id if isinstance(id, str) else repr(id)
        if key in met:
            raise FramingkitError(
                f"In {what} the id {_told(id)} is used twice. Rename one of the two."
            )
        met.add(key)


def toml_table(fields: Mapping[str, Any], head: str = "") -> str:
    r"""Write one table of texts, whole numbers and lists of texts; what is empty is left out.

    Examples
    --------
    >>> toml_table({"quote": "red carpet", "note": "", "accepts": ("hedge",)}, "[[spans]]")
    '[[spans]]\nquote = "red carpet"\naccepts = ["hedge"]\n'
    """
    lines = [head] if head else []
    for name, value in fields.items():
        if value not in ("", ()):
            # JSON writes these values as TOML does, but for one control character.
            written = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
            lines.append(f"{name} = {written}")
    return "".join(f"{line}\n" for line in lines)
