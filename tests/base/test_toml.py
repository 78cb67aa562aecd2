import tomllib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base.toml import parse_toml, toml_table
from framingkit.errors import FramingkitError


@dataclass
class Entry:
    quote: str
    start: int
    sure: int | None = None
    scored: bool = True
    accepts: tuple[str, ...] = ()
    note: str = "none"


def read(text, **more):
    return parse_toml(text, "the reading").read(Entry, **more)


def test_every_field_is_read_by_its_type_and_defaults_fill_in():
    assert read('quote = "hot"\nstart = 3') == Entry("hot", 3)
    full = 'quote = "hot"\nstart = 3\nsure = 70\nscored = false\naccepts = ["hedge"]\nnote = ""'
    assert read(full) == Entry("hot", 3, 70, False, ("hedge",), "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("start = 3", "field 'quote' is missing. Add it."),
        ('quote = ""\nstart = 3', "field 'quote' is empty. Fill it in."),
        ('quote = "hot"\nstart = true', "field 'start' must be a whole number, but it is True."),
        ('quote = "hot"\nstart = 3\nsure = "70"', "'sure' must be a whole number"),
        ('quote = "hot"\nstart = 3\nscored = 1', "'scored' must be true or false"),
        ('quote = "hot"\nstart = 3\naccepts = [1]', "'accepts' must be a list of texts"),
        ('qoute = "hot"\nstart = 3', "unknown field 'qoute'. The fields are: quote, start, sure"),
    ],
)
def test_a_mistake_is_named_with_its_table_and_field(text, problem):
    with pytest.raises(FramingkitError, match=f"^In the reading .*{problem}"):
        read(text)


def test_a_given_field_is_not_read_and_its_names_in_the_table_are_known():
    text = 'quote = "hot"\nfrom = 2'
    made = read(text, names={"start": ("from",)}, start=lambda table: table.number("from") + 1)
    assert made == Entry("hot", 3)
    with pytest.raises(FramingkitError, match="unknown field 'from'"):
        read(text, start=3)


def test_a_field_with_few_choices_takes_no_other_text():
    with pytest.raises(FramingkitError, match="'quote' is 'warm'. Choose one of: 'hot', 'cold'"):
        read('quote = "warm"\nstart = 3', choices={"quote": ("hot", "cold")})


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(st.sampled_from("abc"), words | st.integers(0, 2**40) | st.lists(words)))
def test_what_is_written_is_read_back(fields):
    fields = {name: value for name, value in fields.items() if value != []}
    assert tomllib.loads(toml_table(fields, "[entry]")) == {"entry": fields}
