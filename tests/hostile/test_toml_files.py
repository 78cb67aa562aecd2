"""Whatever TOML comes from a stranger: one sentence, soon."""

import sys
import time

from for_each import for_each
from hostile.toml_corpus import CASES, GOOD, load, mutated_toml

from framingkit.errors import FramingkitError


def said_of(folder, name, text):
    """Read a file of this name; return the refusal, or nothing."""
    began = time.process_time()
    try:
        load(folder, name, text)
        said = ""
    except FramingkitError as error:
        said = str(error)
        assert said.isprintable()
        assert len(said) < 600
        assert f"“{name}”" in said
    assert time.process_time() - began < 2
    return said


@for_each(GOOD)
def test_the_good_files_are_read(text, tmp_path):
    name = next(name for name, good in GOOD.items() if good is text)

    assert said_of(tmp_path, name, text) == ""


@for_each(CASES)
def test_hostile_toml_is_refused_soon_and_in_a_sentence(case, tmp_path):
    text, refusal = case

    assert refusal in said_of(tmp_path, "reading.toml", text)


def test_a_number_is_refused_also_where_python_reads_shorter_ones_only(tmp_path):
    most = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        assert "is not valid TOML" in said_of(tmp_path, "reading.toml", "x = " + "9" * 900)
    finally:
        sys.set_int_max_str_digits(most)


@for_each(range(4))
def test_changed_files_are_read_or_refused(seed, tmp_path):
    for name, text in mutated_toml(seed, 60):
        said_of(tmp_path, name, text)
