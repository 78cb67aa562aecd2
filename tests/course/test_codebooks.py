import hashlib

import pytest

from framingkit.course.codebooks import parse_codebook
from framingkit.errors import FramingkitError

HEAD = 'id = "c"\ntitle = "C"\nversion = "1"\n'
DEVICE = """
[[devices]]
id = "hedge"
name = "Hedge"
chip = "HE"
tier = "core"
definition = "Lowers commitment."
decision_rule = "Delete it."
example = "could be"
"""
FRAME = """
[[frames]]
id = "ceremony"
name = "Ceremony"
chip = "CE"
definition = "Ritual."
decision_rule = "Two of three."
indicators = ["Is there a carpet?"]
"""


def test_devices_and_frames_are_found_by_id():
    codebook = parse_codebook(HEAD + DEVICE + FRAME)

    assert codebook.code("hedge").kind == "device"
    assert codebook.code("ceremony").kind == "frame"
    assert codebook.code("ceremony").tier == ""
    assert [code.id for code in codebook.core] == ["hedge"]
    assert [code.id for code in codebook.codes] == ["hedge", "ceremony"]


def test_core_leaves_the_extension_out():
    extension = DEVICE.replace("core", "extension").replace("hedge", "b").replace("HE", "BO")

    assert len(parse_codebook(HEAD + DEVICE + extension).core) == 1


def test_the_fingerprint_is_that_of_the_text():
    text = HEAD + DEVICE

    assert parse_codebook(text).sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_short_rule_is_read_and_leaves_the_fingerprint_as_it_is():
    text = HEAD + DEVICE
    with_it = text.replace("decision_rule", 'short = "Delete it, and it grows."\ndecision_rule')

    codebook = parse_codebook(with_it)

    assert codebook.code("hedge").short == "Delete it, and it grows."
    assert codebook.sha256 == parse_codebook(text).sha256
    assert parse_codebook(text).code("hedge").short == ""


def test_an_unknown_code_names_the_choices():
    codebook = parse_codebook(HEAD + DEVICE)

    with pytest.raises(FramingkitError, match="no code 'irony'.*'hedge'"):
        codebook.code("irony")


def test_a_code_without_a_decision_rule_is_refused_by_name():
    with pytest.raises(FramingkitError, match="device 'hedge'.*'decision_rule' is missing"):
        parse_codebook(HEAD + DEVICE.replace('decision_rule = "Delete it."', ""))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD, "no devices"),
        (HEAD + DEVICE.replace('"Delete it."', '" "'), "'decision_rule' is empty"),
        (HEAD + DEVICE.replace("decision_rule", "decsion_rule"), "unknown field 'decsion_rule'"),
        (HEAD + DEVICE + DEVICE, "'hedge' is used twice"),
        (HEAD + DEVICE + FRAME.replace("CE", "HE"), "'HE' is used twice"),
        (HEAD + DEVICE.replace('"HE"', '"He"'), "two capital letters"),
        (HEAD + DEVICE.replace('"core"', '"basic"'), "'core', 'extension'"),
        (HEAD + DEVICE + FRAME.replace('["Is there a carpet?"]', "[]"), "no indicators"),
        (HEAD + DEVICE + FRAME.replace('["Is there a carpet?"]', "[1]"), "list of texts"),
        ("devices = 3\n" + HEAD, r"\[\[devices\]\]"),
        ("devices = [1]\n" + HEAD, r"\[\[devices\]\]"),
        ("id = ", "not valid TOML"),
        ("a = " + "[" * 5000 + "]" * 5000, "TOML|nested"),
    ],
)
def test_a_codebook_that_cannot_be_used_is_refused_in_a_sentence(text, problem):
    with pytest.raises(FramingkitError, match=problem):
        parse_codebook(text)
